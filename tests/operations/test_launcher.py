"""`./ventanilla`: what it does before there is an environment."""

import importlib.util
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The launcher as a module, standing in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("launcher", str(HOME / "ventanilla"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for kind in ("run", "development"):
        (tmp_path / "requirements" / f"{kind}.txt").write_text(f"{kind}==1\n")
    for name, path in {"HERE": tmp_path, "VENV": tmp_path / ".venv", "PYTHON": tmp_path / ".venv/bin/python"}.items():
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv/ventanilla.stamp")
    monkeypatch.setattr(module.shutil, "which", lambda _name: None)
    return module


def installs(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let commands succeed without running, making what they would; returns them as they come."""
    ran: list[list[str]] = []

    def call(command: list[str]) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        for name in ("python", "pip"):
            path = launcher.VENV / "bin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return subprocess.CompletedProcess(command, 0, "")

    monkeypatch.setattr(launcher, "call", call)
    return ran


def test_it_installs_once_with_hashes(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = installs(launcher, monkeypatch)
    launcher.prepare("run", "")
    assert launcher.is_ready("run")
    assert not launcher.is_ready("development")
    assert "--require-hashes" in ran[-1]
    launcher.prepare("run", "")
    assert len(ran) == 2  # the environment and the libraries, once


def test_what_development_installs_serves_running_too(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installs(launcher, monkeypatch)
    launcher.prepare("development", "")
    assert launcher.is_ready("run")


def test_it_installs_again_when_the_requirements_change(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installs(launcher, monkeypatch)
    launcher.prepare("run", "")
    launcher.requirements("run").write_text("run==2\n")
    assert not launcher.is_ready("run")


def test_uv_is_used_where_it_is_present(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = installs(launcher, monkeypatch)
    monkeypatch.setattr(launcher.shutil, "which", lambda _name: "/somewhere/uv")
    launcher.prepare("run", "")
    assert [command[0] for command in ran] == ["/somewhere/uv", "/somewhere/uv"]
    assert "--require-hashes" in ran[-1]


def test_without_internet_it_takes_a_folder_of_wheels(launcher: ModuleType, tmp_path: Path) -> None:
    assert launcher.take_wheels(["run", "--wheels", str(tmp_path), "--port", "1"]) == (
        str(tmp_path),
        ["run", "--port", "1"],
    )
    assert launcher.take_wheels(["run", f"--wheels={tmp_path}"]) == (str(tmp_path), ["run"])
    with pytest.raises(launcher.Trouble, match="le falta la carpeta"):
        launcher.take_wheels(["run", "--wheels"])
    with pytest.raises(launcher.Trouble, match="No existe la carpeta"):
        launcher.take_wheels(["run", "--wheels", str(tmp_path / "none")])


def test_wheels_shut_out_the_index(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = installs(launcher, monkeypatch)
    launcher.prepare("run", "/wheels")
    assert ran[-1][ran[-1].index("--no-index") :][:3] == ["--no-index", "--find-links", "/wheels"]


def test_a_missing_ensurepip_is_answered_with_the_line_to_type(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    package = f"python3.{sys.version_info.minor}-venv"
    with pytest.raises(launcher.Trouble, match=f"sudo apt install {package}"):
        launcher.prepare("run", "")


def test_another_python_than_the_systems_needs_a_venv_of_its_own(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the launcher, begun by a python3 that is too old, goes on with a newer one beside it."""
    failed = subprocess.CompletedProcess([], 1, "ensurepip is not available")
    monkeypatch.setattr(launcher, "call", lambda _command: failed)
    monkeypatch.setattr(launcher.sys, "version_info", (3, 13, 1))
    with pytest.raises(launcher.Trouble, match=r"sudo apt install python3\.13-venv"):
        launcher.prepare("run", "")


@pytest.mark.parametrize(
    ("output", "wheels", "advice"),
    [
        ("Could not find a version; Connection refused", "", "--wheels CARPETA"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "", "no es el esperado"),
        ("OSError: [Errno 28] No space left on device", "", "Libere"),
        ("No matching distribution found", "/wheels", "pip download"),
    ],
)
def test_a_failed_installation_says_what_to_do(launcher: ModuleType, output: str, wheels: str, advice: str) -> None:
    assert advice in launcher.install_advice(output, "run", wheels)


def test_a_folder_of_another_user_is_said(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.os, "access", lambda *_: False)
    with pytest.raises(launcher.Trouble, match="chown"):
        launcher.prepare("run", "")


def test_an_old_python_is_told_which_one_is_needed(tmp_path: Path) -> None:
    code = "import sys; sys.version_info = (3, 9, 0); sys.argv = ['ventanilla']; exec(open(sys.orig_argv[-1]).read())"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(HOME / "ventanilla")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "3.11" in ended.stderr
    assert "sudo apt install" in ended.stderr
