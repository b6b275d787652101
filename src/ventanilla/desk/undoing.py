"""What was just given to somebody can be taken back for some minutes: how it stood is kept in the session."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest

from ventanilla.cases.actions.many import Before, Outcome
from ventanilla.lib import clock

MINUTES = 10
_KEY = "undo"


def keep(request: HttpRequest, outcome: Outcome) -> None:
    """Remember how these stood. Only the last deed can be undone."""
    forget(request)
    if outcome.before:
        request.session[_KEY] = {
            "at": clock.now().timestamp(),
            "cases": [asdict(each) for each in outcome.before],
        }


def offered(request: HttpRequest) -> int:
    """How many cases can be given back; 0 where nothing can be undone any more."""
    return len(before(request))


def before(request: HttpRequest) -> list[Before]:
    """How they stood."""
    kept: dict[str, Any] = request.session.get(_KEY) or {}
    if not kept or clock.now().timestamp() - kept["at"] > 60 * MINUTES:
        return []
    return [Before(**each) for each in kept["cases"]]


def forget(request: HttpRequest) -> None:
    """It was undone, or something else was done."""
    request.session.pop(_KEY, None)
