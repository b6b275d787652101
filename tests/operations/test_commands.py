"""The words people type, and the answers when something is wrong."""

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.operations.conftest import HOME, Demonstration, Installation, free_port
from ventanilla.operations import commands

Place = Callable[[str], Installation]


def complained(ended: subprocess.CompletedProcess[str], about: str) -> bool:
    said = ended.stderr
    return ended.returncode == 1 and about in said and "Qué hacer: " in said and "Traceback" not in said


def test_words_for_others_are_handed_on_untouched() -> None:
    args = commands.parse(["test", "-k", "one", "--lf"])
    assert (args.data, args.rest) == (None, ["-k", "one", "--lf"])
    args = commands.parse(["manage", "--data", "there", "migrate", "--plan"])
    assert (args.data, args.rest) == ("there", ["migrate", "--plan"])


@pytest.mark.parametrize(
    ("typed", "about", "advice"),
    [
        ("", "Falta decir: ORDEN", "./ventanilla --help"),
        ("correr", "No conozco la orden «correr»", "./ventanilla --help"),
        ("run --puerto 1", "No conozco «--puerto 1»", "./ventanilla --help"),
        ("run --port ocho", "--port lleva un número, y dice «ocho»", "./ventanilla run --help"),
        ("run --data", "A --data le falta su valor", "./ventanilla run --help"),
        ("run --no-jobs=si", "--no-jobs no lleva valor, y dice «si»", "./ventanilla run --help"),
        ("demo --no 1", "--no puede ser cualquiera de estas: --no-jobs, --no-serve", "./ventanilla demo --help"),
        ("backup", "Falta decir: ARCHIVO", "./ventanilla backup --help"),
        ("import", "Falta decir: CLASE, ARCHIVO", "./ventanilla import --help"),
    ],
)
def test_wrong_words_are_answered_in_spanish_with_what_to_do(
    capsys: pytest.CaptureFixture[str], typed: str, about: str, advice: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.parse(typed.split())
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Error: {about}")
    assert f"Qué hacer: Vea cómo se escribe con {advice}\n" in said
    assert not re.search(r"usage|error:|argument|choose|required", said)


@pytest.mark.parametrize("command", [[], *([name] for name in commands.COMMANDS)])
def test_the_help_is_in_spanish(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit):
        commands.parse([*command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("Uso: ventanilla")
    assert not re.search(r"usage|positional|options|show this|default", said)


def test_an_unknown_command_of_django_is_said(installed: Installation) -> None:
    assert complained(installed.run("manage", "lodprocess"), "no conoce la orden «lodprocess»")


@pytest.mark.parametrize("command", ["run", "doctor", "upgrade", "backup x.tar"])
def test_without_an_installation_it_says_to_make_one(place: Place, command: str) -> None:
    assert complained(place("nowhere").run(*command.split()), "./ventanilla init")


def test_init_asks_for_what_is_missing(place: Place) -> None:
    assert complained(place("data").run("init", "--non-interactive", "--country", "CR"), "Falta un dato")


@pytest.mark.parametrize("wrong", [["--country", "Costa Rica"], ["--country", "CR", "--time-zone", "Marte/Olimpo"]])
def test_init_refuses_what_does_not_exist(place: Place, wrong: list[str]) -> None:
    assert complained(place("data").run("init", "--non-interactive", "--name", "Lugar", *wrong), "no es un")


def test_init_says_which_countries_it_knows(place: Place) -> None:
    ended = place("data").run("init", "--non-interactive", "--name", "Lugar", "--country", "ec")
    assert complained(ended, "no tenemos todavía los plazos")
    assert "AR, CL, CO, CR, ES, MX, PE, UY" in ended.stderr


def test_init_is_done_once(installed: Installation) -> None:
    again = installed.run("init", "--non-interactive", "--country", "CR", "--name", "Otra")
    assert complained(again, "ya hay una municipalidad")


def test_init_keeps_what_it_makes_from_other_users(pattern: Installation) -> None:
    assert [path for path in pattern.data.rglob("*") if path.stat().st_mode & 0o077] == []


def test_a_taken_port_is_said(installed: Installation) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        assert complained(installed.run("run", "--port", str(holder.getsockname()[1])), "está ocupado")


def test_a_folder_that_cannot_be_written_is_said(place: Place, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("a file where a folder should be")
    ended = place("plain").run("init", "--non-interactive", "--country", "CR", "--name", "Lugar")
    assert complained(ended, "plain")


def test_a_database_that_does_not_answer_is_said(installed: Installation) -> None:
    broken = Installation(installed.data, "postgres://nobody:x@127.0.0.1:9/nothing")
    assert complained(broken.run("upgrade"), "No puedo entrar a la base de datos")


def test_an_unknown_import_is_said(installed: Installation) -> None:
    assert complained(installed.run("import", "dragons", "x.csv"), "dragons")


def test_the_demo_stays_away_from_a_real_municipality(installed: Installation) -> None:
    assert complained(installed.run("demo", "--no-serve"), "municipalidad real")


def test_the_demo_prints_its_addresses_and_keys_each_time(demonstration: Demonstration) -> None:
    first, second = demonstration.said, demonstration.place.run("demo", "--no-serve").stdout
    keys = [line for line in first.splitlines() if line.startswith(("OPEN311_API_KEY=vt_", "API_KEY=vt_"))]
    assert len(keys) == 2
    assert set(keys) <= set(second.splitlines())
    assert "http://127.0.0.1:8000/" in first


SIGN_IN = """
import re
from email import message_from_bytes
from pathlib import Path
from django.test import Client
from ventanilla.notifications import delivery
contact, outbox = "CONTACT", Path("OUTBOX")
client = Client(headers={"host": "127.0.0.1"})
client.post("/entrar/", {"contact": contact})
delivery.deliver_due()
newest = max(outbox.glob("*verification_code*"), key=os.path.getmtime)
parts = message_from_bytes(newest.read_bytes()).walk()
letter = next(part for part in parts if part.get_content_type() == "text/plain")
code = re.search(r"\\b\\d{6}\\b", letter.get_payload(decode=True).decode())[0]
print(client.post("/entrar/codigo/", {"code": code})["Location"])
"""
"""As somebody who does what the demo's closing lines say."""


def test_the_demo_says_how_a_person_signs_in(demonstration: Demonstration) -> None:
    place = demonstration.place
    said = next(line for line in demonstration.said.splitlines() if line.startswith("En el portal: "))
    contact = said.removeprefix("En el portal: ").partition(",")[0]
    outbox = place.data / "outbox"
    assert "http://127.0.0.1:8000/entrar/" in said
    assert str(outbox) in demonstration.said
    assert place.answer(SIGN_IN.replace("CONTACT", contact).replace("OUTBOX", str(outbox))) == "/lo-mio/"
    readmes = [(HOME / name).read_text() for name in ("README.md", "README.es.md")]
    assert all(contact in each and "data-demo/outbox" in each for each in readmes)


def test_the_export_holds_every_table_and_no_secret(installed: Installation, tmp_path: Path) -> None:
    assert installed.run("export", str(tmp_path / "todo.zip")).returncode == 0
    with zipfile.ZipFile(tmp_path / "todo.zip") as zipped:
        about = json.loads(zipped.read("about.json"))
        rows = list(csv.DictReader(io.TextIOWrapper(zipped.open("tables/accounts_user.csv"), "utf-8")))
    assert about["tables"]["organization_municipality"]["rows"] == 1
    assert [row["username"] for row in rows] == ["admin"]
    assert "password" not in rows[0]
    assert "follow_code" not in about["tables"]["cases_case"]["columns"], "whoever holds it reads the case"


def test_the_export_holds_every_file_as_it_was_sent(demonstration: Demonstration, tmp_path: Path) -> None:
    place = demonstration.place
    assert place.run("export", str(tmp_path / "todo.zip")).returncode == 0
    kept = [path for path in (place.data / "files").rglob("*") if path.is_file()]
    lying = {path.relative_to(place.data).as_posix(): path for path in kept}
    with zipfile.ZipFile(tmp_path / "todo.zip") as zipped:
        packed = {name for name in zipped.namelist() if name.startswith("files/")}
        assert packed == set(lying)
        assert all(zipped.read(name) == path.read_bytes() for name, path in lying.items())
        rows = list(csv.DictReader(io.TextIOWrapper(zipped.open("tables/files_storedfile.csv"), "utf-8")))
    # Whoever reads the table finds each file by its digest.
    named = {Path(name).name for name in packed}
    assert len(rows) > 5
    assert {row["sha256"] for row in rows} <= named
    assert {sha256(path.read_bytes()).hexdigest() for path in lying.values()} >= {row["sha256"] for row in rows}


def test_the_doctor_finds_a_key_that_others_can_read(installed: Installation) -> None:
    assert installed.run("doctor").returncode == 0
    (installed.data / "keys" / "audit.key").chmod(0o644)
    ended = installed.run("doctor")
    assert ended.returncode == 1
    assert "audit.key" in ended.stdout
    assert "chmod 600" in ended.stdout


def test_the_doctor_says_where_links_lead(installed: Installation) -> None:
    assert "llevan a http://127.0.0.1:8000, que es esta máquina" in installed.run("doctor").stdout
    options = installed.data / "ventanilla.toml"
    options.write_text('hosts = ["127.0.0.1", "ventanilla.example.org"]\nhttps = true\n', encoding="utf-8")
    assert "https://ventanilla.example.org" in installed.run("doctor").stdout


def health(port: int) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def wait_for(port: int, wanted: Callable[[int, dict[str, Any]], bool]) -> bool:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if wanted(*health(port)):
                return True
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    return False


def test_it_serves_and_stops_cleanly(installed: Installation) -> None:
    port = free_port()
    server = installed.start("run", "--port", str(port), "--no-jobs")
    try:
        # Nobody does the jobs, which a monitor should hear of.
        assert wait_for(port, lambda status, said: status == 503 and said["checks"]["jobs"] == "error")
        assert health(port)[1]["checks"]["migrations"] == "ok"
    finally:
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=180)[1]
    assert server.returncode == 0, said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert any(line.get("route") == "healthz" and line["request_id"] for line in lines)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the children where Linux lists them")
def test_it_is_well_once_web_and_jobs_run_and_starts_again_what_dies(installed: Installation) -> None:
    port = free_port()
    server = installed.start("run", "--port", str(port))
    try:
        assert wait_for(port, lambda status, _said: status == 200)
        for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        assert wait_for(port, lambda status, _said: status == 200)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=180)
    assert server.returncode == 0
