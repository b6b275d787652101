"""docs/api.md, tried: each of its commands against a demo that is served, with the keys that `demo` printed."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.operations.conftest import HOME, Demonstration
from tests.operations.test_commands import free_port, wait_for
from tests.pictures import jpeg

DOCUMENT = HOME / "docs/api.md"
BLOCK = re.compile(r"^```(sh|json|xml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# What answers carry on to the next commands, and under which name.
CARRIED = {
    "service_request_id": "REFERENCE", "reference": "REFERENCE", "uuid": "UUID", "follow_code": "CODE",
    "next": "CURSOR",
}  # fmt: skip
# Where the document tells the very value and not only of what sort it is.
EXACT = {
    "answer", "can_be_filed", "code", "datatype", "detail", "is_required", "kind", "label", "nature", "pointer",
    "question", "service_code", "state", "state_label", "status", "status_notes", "title", "type", "visibility",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl or bash")


@pytest.fixture
def served(demonstration: Demonstration) -> Iterator[dict[str, str]]:
    """The address of the demo while it is served, and the keys as it printed them."""
    port = free_port()
    server = demonstration.place.start("run", "--prepared", "--no-jobs", "--port", str(port))
    try:
        assert wait_for(port, lambda status, _said: status == 503)  # nobody does the jobs
        keys = dict(re.findall(r"^(OPEN311_API_KEY|API_KEY)=(\S+)$", demonstration.said, re.MULTILINE))
        yield {"BASE": f"http://127.0.0.1:{port}", **keys}
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=180)


def test_every_command_answers_as_the_document_says(served: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(jpeg())
    known, answer = dict(served), ""
    blocks = BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert [language for language, _text in blocks][::2].count("sh") == len(blocks) / 2 > 15, "each with its answer"
    for language, text in blocks:
        if language == "sh":
            answer = _run(text, known, tmp_path)
            continue
        if language == "json":
            found = json.loads(answer)
            assert _fits(json.loads(text), found), f"the document says\n{text}and it answers\n{answer}"
            known |= _carried(found)
        else:
            assert _has(etree.fromstring(text), etree.fromstring(answer.encode())), answer


def _run(command: str, known: dict[str, str], folder: Path) -> str:
    """What a command prints, in the shell people paste it into."""
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **known}
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command], env=env, cwd=folder, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"{command}\n{ended.stderr}"
    return ended.stdout


def _carried(answer: Any) -> dict[str, str]:
    """The newest of what later commands name. Files and updates are not asked about again."""
    told = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
    if not isinstance(told, dict) or "media_type" in told:
        return {}
    return {name: str(told[key]) for key, name in CARRIED.items() if told.get(key)}


def _fits(sample: Any, answer: Any, key: str = "") -> bool:
    """Whether an answer has all that the document shows, each of its sort; of a list, some item does."""
    if isinstance(sample, dict):
        return isinstance(answer, dict) and all(
            name in answer and _fits(sample[name], answer[name], name) for name in sample
        )
    if isinstance(sample, list):
        return isinstance(answer, list) and all(any(_fits(one, each, key) for each in answer) for one in sample)
    if key in EXACT:
        return bool(sample == answer)
    return isinstance(answer, (int, float) if type(sample) in (int, float) else type(sample))


def _has(sample: etree._Element, answer: etree._Element) -> bool:
    return sample.tag == answer.tag and all(any(_has(one, each) for each in answer) for one in sample)


def test_a_printed_key_opens_what_it_is_for_and_nothing_else(served: dict[str, str]) -> None:
    def status(path: str, key: str) -> int:
        request = urllib.request.Request(served["BASE"] + path, headers={"Authorization": f"Bearer {key}"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert status("/api/v1/cases", served["API_KEY"]) == 200
    assert status("/api/v1/cases", served["OPEN311_API_KEY"]) == 403
    assert status("/open311/v2/requests.json", served["OPEN311_API_KEY"]) == 200


def test_both_readmes_lead_to_the_document() -> None:
    for name in ("README.md", "README.es.md", "docs/architecture.md"):
        assert "api.md" in (HOME / name).read_text(encoding="utf-8"), name
