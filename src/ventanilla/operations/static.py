"""The style sheets, scripts and images, gathered into the data folder when they have changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = "gathered.txt"


def gather() -> bool:
    """Gather them unless nothing has changed since the last time; returns whether it had to."""
    if is_gathered():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    (Path(settings.STATIC_ROOT) / _STAMP).write_text(_fingerprint(), encoding="ascii")
    return True


def is_gathered() -> bool:
    """Whether what is served is what the code brings."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    return stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint()


def _fingerprint() -> str:
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            seen.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()
