"""`lock`: compiles `pyproject.toml` into the requirement files, with hashes and without any index address.

What this machine says about package indexes is left out, so that none of it leaks into the files.
"""

import os
import subprocess
import sys
from argparse import Namespace

from ventanilla.operations.commands import HOME
from ventanilla.operations.console import note
from ventanilla.operations.trouble import Trouble

# The first is the base; the others hold it too, at the same versions.
FILES = {"run": None, "linkage": "linkage", "development": "dev"}


def run(args: Namespace) -> int:
    for name, extra in FILES.items():
        note(f"requirements/{name}.txt")
        _compile(name, extra, upgrade=args.upgrade)
    return 0


def _compile(name: str, extra: str | None, *, upgrade: bool) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version=3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-config", "--quiet"]
    command += ["--custom-compile-command=./ventanilla lock", f"--output-file=requirements/{name}.txt"]
    command += [f"--extra={extra}", "--constraint=requirements/run.txt"] if extra else []
    command += ["--upgrade"] if upgrade else []
    if subprocess.run(command, cwd=HOME, env=_without_indexes(), check=False).returncode:
        raise Trouble(
            f"No pude compilar requirements/{name}.txt.",
            advice="Lea el mensaje de arriba: revise la conexión a internet o las versiones pedidas en pyproject.toml.",
        )


def _without_indexes() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
