"""What the installation says about itself: its data folder, its keys, `ventanilla.toml` and the environment.

Nothing is written outside the data folder. A value in the environment wins over the file.
"""

import os
import secrets
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

KEYS = ("secret", "audit")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine for itself."""


class NotInitialised(RuntimeError):
    """The data folder holds no installation; the message says what to type."""


@cache
def data_folder() -> Path:
    """The folder of everything that must be backed up: database, files, keys."""
    return Path(os.environ.get("VENTANILLA_DATA", "data")).absolute()


@cache
def _file() -> dict[str, Any]:
    path = data_folder() / "ventanilla.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def option(name: str, default: Any = None) -> Any:
    """An option by its name in `ventanilla.toml`; `VENTANILLA_NAME` in the environment wins, as text."""
    from_environment = os.environ.get(f"VENTANILLA_{name.upper()}")
    return from_environment if from_environment is not None else _file().get(name, default)


def flag(name: str, default: bool) -> bool:
    """A yes-or-no option."""
    value = option(name, default)
    return value if isinstance(value, bool) else str(value).lower() in {"1", "true", "yes", "si", "sí"}


def words(name: str, default: list[str]) -> list[str]:
    """A list option; in the environment, separated by commas."""
    value = option(name, default)
    return value if isinstance(value, list) else [part.strip() for part in str(value).split(",") if part.strip()]


def site_address(hosts: list[str], *, https: bool) -> str:
    """What links begin with where nobody asks: `site_address`, else the first public name, else this machine."""
    public = next((host.removeprefix(".") for host in hosts if host not in LOCAL and "*" not in host), "")
    own = f"http{'s' * https}://{public}" if public else f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return str(option("site_address", own)).rstrip("/")


def key(name: str) -> str:
    """A secret key from `keys/`.

    Raises NotInitialised where there is none.
    """
    path = data_folder() / "keys" / f"{name}.key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise NotInitialised(
            f"No hay una instalación en {data_folder()}. Escriba «./ventanilla init» para crearla, "
            "o «./ventanilla demo» para probarla."
        ) from None


def make_keys() -> None:
    """Make the keys that are missing, readable by this user alone. Existing ones are kept."""
    folder = data_folder() / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in KEYS:
        path = folder / f"{name}.key"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(secrets.token_hex(32) + "\n")
