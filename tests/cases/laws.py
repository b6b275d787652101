"""Moving the cast's municipality under another country's law, and putting terms in force that wait to be confirmed."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast, forget_everything
from ventanilla.calendars import actions as calendars
from ventanilla.calendars import official
from ventanilla.cases.models import Case
from ventanilla.organization.models import Municipality


def under(country: str) -> None:
    """The municipality is of this country from now on, with its terms as they ship."""
    town = Municipality.objects.get()
    town.country = country
    town.save()
    forget_everything()
    calendars.start(town)
    official.forget()


def confirm(cast: Cast, *keys: str) -> None:
    """An administrator has read these terms."""
    for key in keys:
        calendars.confirm_rule(key=key, by=cast.coro)
    official.forget()


def application(cast: Cast, **more: Any) -> Case:
    """Rosa applies for something: a dealing that ES, CL and PE give a term to answer."""
    return cast.file(procedure=_of_nature(cast, "application"), place=None, answers={}, **more)


def petition(cast: Cast, **more: Any) -> Case:
    """Rosa asks in writing: a petition, which has a term to answer in most countries."""
    return cast.file(procedure=cast.complaint, place=None, answers={}, **more)


def _of_nature(cast: Cast, nature: str) -> Any:
    procedure = cast.complaint
    if procedure.nature != nature:
        procedure.nature = nature
        procedure.save()
        forget_everything()
    return procedure
