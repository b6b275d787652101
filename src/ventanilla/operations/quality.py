"""`test` and `check`: what a change must pass, on both databases, saying what was left out."""

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable

from ventanilla.operations.commands import HOME
from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble

POSTGRES = "postgres://ventanilla:ventanilla@127.0.0.1:5432/ventanilla"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def run(args: Namespace) -> int:
    if not (HOME / "tests").is_dir():
        raise Trouble("Aquí no están las pruebas.", advice="Use una copia completa del código: git clone …")
    return test(args.rest) if args.command == "test" else check(args.rest)


def test(rest: list[str]) -> int:
    """The tests on SQLite and then, where a server answers, those that may differ on PostgreSQL."""
    skipped = []
    if not any(map(shutil.which, BROWSERS)):
        skipped.append("las pruebas de navegador: no hay Chromium (sudo apt install chromium)")
        os.environ["VENTANILLA_NO_BROWSER"] = "1"
    say("— Pruebas en SQLite —")
    failed = _pytest(rest, database=None)
    url = os.environ.get("VENTANILLA_TEST_POSTGRES", POSTGRES)
    if _answers(url):
        say("— Pruebas en PostgreSQL —")
        failed |= _pytest(["-m", "not browser", *rest], database=url)
    else:
        skipped.append("PostgreSQL: no responde ningún servidor (VENTANILLA_TEST_POSTGRES; .ci/run lo prepara)")
    for each in skipped:
        say(f"Sin hacer: {each}")
    say("Las pruebas fallaron." if failed else "Las pruebas pasaron.")
    return failed


def _pytest(rest: list[str], *, database: str | None) -> int:
    parallel = [] if any(each.startswith("-n") for each in rest) else ["-n", "2", "--dist", "worksteal"]
    env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VENTANILLA_DATA"}}
    # The application's settings are chosen by pyproject.toml for the tests.
    env.pop("DJANGO_SETTINGS_MODULE", None)
    env |= {"DATABASE_URL": database} if database else {}
    ended = subprocess.run([sys.executable, "-m", "pytest", *parallel, *rest], cwd=HOME, env=env, check=False)
    # 5: nothing was chosen, which a narrow choice may well mean on one of the two databases.
    return int(ended.returncode not in {0, 5})


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def check(rest: list[str]) -> int:
    """Every check, all of them even when one fails; then the tests."""
    failed = [name for name, passes in CHECKS.items() if not _told(name, passes)]
    if test(rest):
        failed.append("pruebas")
    say("Falla: " + ", ".join(failed) if failed else "Todo en orden.")
    return int(bool(failed))


def _told(name: str, passes: Callable[[], bool]) -> bool:
    note(f"— {name} —")
    return passes()


def _python(*words: str) -> bool:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{HOME / 'src'}{os.pathsep}{HOME}"}
    env.pop("VENTANILLA_DATA", None)
    return subprocess.run([sys.executable, *words], cwd=HOME, env=env, check=False).returncode == 0


def _templates() -> bool:
    folders = [str(path) for path in sorted((HOME / "src").glob("ventanilla/*/templates"))]
    return not folders or _python("-m", "djlint", *folders, "--lint", "--quiet")


def _translations() -> bool:
    """The catalogues hold the texts of the code, all translated, and the compiled ones say the same."""
    from ventanilla.operations.translations import catalogues, extraction

    wrong = list(catalogues.out_of_date(extraction.extracted()))
    for each in wrong:
        note(each)
    if wrong:
        note("Qué hacer: ./ventanilla translations")
    return not wrong


CHECKS: dict[str, Callable[[], bool]] = {
    "ruff": lambda: _python("-m", "ruff", "check", "."),
    "formato": lambda: _python("-m", "ruff", "format", "--check", "."),
    "mypy": lambda: _python("-m", "mypy"),
    "pisos": lambda: _python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "migraciones": lambda: _python("-m", "django", "makemigrations", "--check", "--dry-run"),
    "plantillas": _templates,
    "traducciones": _translations,
}
