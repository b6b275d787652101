"""What is in force while a request is answered belongs to its thread, and is kept where that is cheap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone
from threading import Barrier, local

from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone as zones
from django.utils import translation

from ventanilla.design.apps import IN_FORCE, keep_by_thread


def test_django_keeps_it_in_locals_of_a_thread() -> None:
    assert [type(getattr(module, name)) for module, name in IN_FORCE] == [local] * len(IN_FORCE)


def test_each_thread_has_its_own() -> None:
    together = Barrier(2)

    def answer(language: str, hours: int, prefix: str) -> tuple[str | None, str, str]:
        translation.activate(language)
        zones.activate(timezone(timedelta(hours=hours)))
        set_script_prefix(prefix)
        together.wait(timeout=5)
        return translation.get_language(), str(zones.get_current_timezone()), get_script_prefix()

    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(answer, ["es", "en"], [-6, 1], ["/uno/", "/dos/"]))
    assert said == [("es", "UTC-06:00", "/uno/"), ("en", "UTC+01:00", "/dos/")]


def test_what_was_in_force_goes_on() -> None:
    with translation.override("en"):
        keep_by_thread()
        assert translation.get_language() == "en"
