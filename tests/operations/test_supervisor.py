"""Children that die are started again; one that can't start ends it all."""

import signal
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
WATCH = """
import sys
from ventanilla.operations import supervisor
supervisor._FIRST_PAUSE = 0.01
supervisor._MOST_FAILURES = int(sys.argv[1])
child = supervisor.Child("child", [sys.executable, "-c", sys.argv[2]])
sys.exit(supervisor.Supervisor([child]).run())
"""


def watch(failures: int, child: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WATCH, str(failures), child],
        env={"PYTHONPATH": str(HOME / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_child_that_keeps_dying_ends_it_with_advice() -> None:
    process = watch(3, "print('born', flush=True)")
    said, complaints = process.communicate(timeout=180)
    assert process.returncode == 1
    assert said.count("born") == 3
    assert "Qué hacer" in complaints


def test_told_to_stop_it_stops_its_child_first() -> None:
    process = watch(
        3,
        "import os, signal; signal.signal(15, lambda *_: os._exit(os.write(1, b'bye') - 3));"
        "print('ready', flush=True); signal.pause()",
    )
    assert process.stdout
    assert process.stdout.readline().strip() == "ready"
    process.send_signal(signal.SIGTERM)
    said, _complaints = process.communicate(timeout=180)
    assert process.returncode == 0
    assert said.strip() == "bye"


def test_when_it_is_killed_its_child_does_not_stay() -> None:
    process = watch(3, "import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    assert process.stdout
    process.stdout.readline()
    process.kill()
    # The pipe closes only once the child, which holds it too, is gone.
    assert process.stdout.read() == ""
    process.communicate(timeout=180)
