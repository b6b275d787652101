from threading import local

from django.apps import AppConfig
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

IN_FORCE = ((trans_real, "_active"), (timezone, "_active"), (base, "_prefixes"), (base, "_urlconfs"))
"""Where Django keeps what is in force while a request is answered: the language, the time zone, the addresses."""


class DesignConfig(AppConfig):
    name = "ventanilla.design"

    def ready(self) -> None:
        keep_by_thread()


def keep_by_thread() -> None:
    """Keep what is in force in Python's own locals of a thread (ADR 0008).

    Django keeps it in locals that serve coroutines too, of which there are none here; a page of the desk asks them some
    six hundred times, which took a tenth of its time.
    """
    for module, name in IN_FORCE:
        own, former = local(), getattr(module, name)
        if hasattr(former, "value"):
            own.value = former.value
        setattr(module, name, own)
