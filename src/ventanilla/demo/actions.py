"""Making the demo municipality, by calling the actions that everybody uses."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from msgspec.structs import replace

from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.audit import actions as audit
from ventanilla.calendars.clocks import working_calendar
from ventanilla.cases import numbers
from ventanilla.cases.search import index_owed
from ventanilla.catalog import published
from ventanilla.demo import cast, living, neighbours, plan, progress, setting, town
from ventanilla.demo.album import Album
from ventanilla.demo.deeds import Doer
from ventanilla.demo.hours import Office
from ventanilla.demo.progress import Progress
from ventanilla.demo.whereabouts import Atlas
from ventanilla.lib import clock, ids
from ventanilla.search import vocabulary

BY = "demo"
CASES, DAYS = 3000, 184
APP = "Aplicación vecinal"

Say = Callable[[str], None]
Account = tuple[str, str, str]


def fill(*, say: Say, days: int | None = None) -> Sequence[Account]:
    """Make the demo, or go on where a start before was killed; once made it costs a query.

    `days` of history (half a year if None, one at least), with as many cases as fall to them. Returns its accounts:
    username, password, what for; last a person's, whose contact is sent a code instead of having a password. `say` is
    told in Spanish what goes on.
    """
    held = progress.read()
    if held is None:
        lived = max(1, days or DAYS)
        cases = max(1, CASES * lived // DAYS)
        held = progress.write(Progress(clock.now().replace(second=0, microsecond=0), cases, lived))
    if not held.is_complete:
        # This process began before its folder said that it is a demo's.
        settings.DEMO = True
        with _seldom_tidied():
            _make(held, say)
    return [*cast.accounts(), neighbours.account()]


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Python looks for what refers to itself in circles so often that it takes a fourteenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _make(held: Progress, say: Say) -> None:
    say("Levanto el pueblo: barrios, calles y señas…")
    built = town.build()
    with _story("town", held.until - timedelta(days=held.days + 1)):
        town.lay(built, by=BY)
        setting.describe(by=BY)
        staff, app = cast.hire(by=BY), _app()
    office = Office.on(working_calendar())
    drawn = plan.draw(
        procedures=list(published.current().by_key.values()),
        atlas=Atlas(built),
        office=office,
        until=held.until,
        days=held.days,
        cases=held.cases,
    )
    say("Dibujo las fotos…")
    album = Album()
    album.fill(drawn)
    people = neighbours.Town(neighbours.invent(drawn.people), by=BY)
    living.live(held, Doer(drawn, staff, people, album, app, office), office, story=_story, say=say)
    _finish(say)


def _app() -> ApiKey:
    """The key under which an Open311 app files. Its secret is thrown away: the demo shows keys of its own."""
    made = ApiKey.objects.filter(name=APP).first()
    return made or issue_api_key(name=APP, scopes=[Scope.OPEN311_POST])[0]


@contextmanager
def _story(chapter: str, at: datetime) -> Iterator[None]:
    """Ids, codes and salts that come out the same whenever this chapter is told."""
    with ids.seeded(zlib.crc32(f"{plan.SEED} {chapter} {at.isoformat()}".encode())), clock.at(at):
        yield


def _finish(say: Say) -> None:
    """Count what pages don't, anchor the trail, and only then call it complete. May be repeated."""
    say("Hago las cuentas y firmo el registro…")
    numbers.count_months()
    index_owed()
    vocabulary.count()
    audit.anchor()
    held = progress.read()
    if held:
        progress.write(replace(held, is_complete=True))
