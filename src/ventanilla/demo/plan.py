"""Half a year of a municipality, decided beforehand: what is filed, by whom, where, and what comes of it.

Everything follows from a seed, the moment the demo is made and the catalogue; nothing is written here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ventanilla.cases.enums import Channel, Identity
from ventanilla.catalog.enums import Kind, PlaceNeed
from ventanilla.catalog.models import Procedure
from ventanilla.demo import answering, season, stories, wording
from ventanilla.demo.courses import Courses
from ventanilla.demo.hours import Office
from ventanilla.demo.matters import Matter
from ventanilla.demo.stories import Tale
from ventanilla.demo.telling import Deed
from ventanilla.demo.whereabouts import Atlas, Spot
from ventanilla.demo.wording import Deck

SEED = 1849
PEOPLE_PER_CASE = 0.22
CHANNELS = ((Channel.WEB, 47), (Channel.PHONE, 28), (Channel.COUNTER, 18), (Channel.OPEN311, 7))
TYPED_HOURS = (1, 0, 0, 0, 1, 3, 7, 10, 9, 7, 6, 6, 8, 6, 5, 5, 6, 8, 10, 11, 9, 7, 4, 2)
"""How many file from their phone at each hour of the day."""


@dataclass
class Plan:
    """All matters by number, and all deeds in the order they happen."""

    matters: dict[int, Matter] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    people: int = 0


@dataclass
class _Town:
    """What the drawing of matters works with."""

    rnd: random.Random
    deck: Deck
    atlas: Atlas
    office: Office
    until: datetime
    people: int


def draw(
    *, procedures: Sequence[Procedure], atlas: Atlas, office: Office, until: datetime, days: int, cases: int
) -> Plan:
    """The plan of so many cases in the days before a moment. The same arguments give the same plan."""
    rnd = random.Random(SEED)
    drawing = _Town(rnd, Deck(rnd), atlas, office, until, max(30, round(cases * PEOPLE_PER_CASE)))
    courses = Courses(rnd, drawing.deck, office, until, drawing.people)
    known = {each.key: each for each in procedures}
    plan = Plan(people=drawing.people)
    for number, (day, stormy) in enumerate(_days(drawing, days, cases), start=1):
        tale_key = _choose(rnd, known, day, stormy)
        procedure, tale = known[tale_key], stories.tales()[tale_key]
        matter = _matter(drawing, number, procedure, tale, day)
        plan.matters[number] = matter
        plan.deeds += [Deed(matter.at, number, "file"), *courses.of(matter, procedure, tale)]
    plan.deeds.sort(key=lambda deed: deed.at)
    return plan


def _days(town: _Town, days: int, cases: int) -> list[tuple[date, bool]]:
    """The day of each case, in order, and whether it was stormy."""
    today = town.office.local(town.until).date()
    span = [today - timedelta(days=back) for back in range(days, -1, -1)]
    gone = (town.office.local(town.until).hour + 1) / 24
    counts, stormy = season.by_day(town.rnd, span, cases, town.office.is_working, gone)
    return [(day, day in stormy) for day, count in zip(span, counts, strict=True) for _each in range(count)]


def _choose(rnd: random.Random, known: dict[str, Procedure], day: date, stormy: bool) -> str:
    told = {key: tale for key, tale in stories.tales().items() if key in known}
    weights = [
        tale.often * season.season_factor(rain=tale.rain, dry=tale.dry, day=day, stormy=stormy)
        for tale in told.values()
    ]
    return rnd.choices(list(told), weights)[0]


# One matter ----------------------------------------------------------


def _matter(town: _Town, number: int, procedure: Procedure, tale: Tale, day: date) -> Matter:
    rnd = town.rnd
    channel = _channel(town, procedure, day)
    at = _moment(town, channel, day)
    identity = _identity(rnd, procedure, channel)
    spot = _spot(town, procedure, channel)
    said = town.deck.draw(f"says {procedure.key}", range(len(tale.says)))
    text, told = _words(town, (procedure.key, said), channel, spot, at)
    by_staff = channel in (Channel.PHONE, Channel.COUNTER)
    pole = town.atlas.pole_near(spot) if spot else ""
    answers, missing = answering.answers(rnd, procedure, told, day=day, pole=pole, may_miss=by_staff)
    person = None if identity == Identity.ANONYMOUS else _person(rnd, town.people)
    return Matter(
        number=number,
        procedure=procedure.key,
        at=at,
        channel=channel,
        identity=identity,
        person=person,
        affected=_person(rnd, town.people) if by_staff and procedure.at_dwelling and rnd.random() < 0.08 else None,
        description=text,
        said=said,
        answers=answers,
        missing=missing,
        spot=spot,
        pole=pole,
        photos=_photos(rnd, tale, channel),
        mood=town.deck.draw("mood", stories.common().moods) if by_staff and rnd.random() < 0.15 else "",
        is_urgent=procedure.weight >= 4 and by_staff and rnd.random() < 0.25,
    )


def _channel(town: _Town, procedure: Procedure, day: date) -> Channel:
    if procedure.technical_only:
        return Channel.COUNTER
    allowed = [
        (channel, share)
        for channel, share in CHANNELS
        if (town.office.is_working(day) or channel not in (Channel.PHONE, Channel.COUNTER))
        and (channel != Channel.OPEN311 or procedure.may_be_public)
    ]
    return town.rnd.choices([channel for channel, _share in allowed], [share for _channel, share in allowed])[0]


def _moment(town: _Town, channel: Channel, day: date) -> datetime:
    """When in the day it comes in, never after the moment the demo is made."""
    rnd, office = town.rnd, town.office
    if channel in (Channel.PHONE, Channel.COUNTER):
        minutes = int(rnd.triangular(0, 8 * 60, 140))
        at = office.moment(day, time(7, 35)) + timedelta(minutes=minutes)
    else:
        hour = rnd.choices(range(24), TYPED_HOURS)[0]
        at = office.moment(day, time(hour, rnd.randint(0, 59), rnd.randint(0, 59)))
    if at >= town.until:
        begins = office.moment(day, time(0, 5))
        at = begins + (town.until - begins) * rnd.random() * 0.98
    return at


def _identity(rnd: random.Random, procedure: Procedure, channel: Channel) -> Identity:
    shares = (78, 6, 16)
    if procedure.kind == Kind.REPORT_OF_BREACH:
        shares = (34, 30, 36)
    elif procedure.kind != Kind.SERVICE_REQUEST or procedure.at_dwelling:
        shares = (94, 2, 4)
    if procedure.service.key == "billing":
        shares = (100, 0, 0)
    if channel == Channel.OPEN311:
        shares = (55, 0, 45)
    choices = [Identity.IDENTIFIED, Identity.CONFIDENTIAL, Identity.ANONYMOUS]
    return rnd.choices(choices, shares)[0]


def _person(rnd: random.Random, people: int) -> int:
    """Most file once or twice in half a year; a few, again and again."""
    frequent = max(3, people // 16)
    return rnd.randrange(frequent) if rnd.random() < 0.2 else rnd.randrange(people)


def _spot(town: _Town, procedure: Procedure, channel: Channel) -> Spot | None:
    rnd, common = town.rnd, stories.common()
    if procedure.place_need == PlaceNeed.NONE:
        return None
    if procedure.place_need == PlaceNeed.OPTIONAL and rnd.random() < 0.7:
        return None
    if procedure.at_dwelling:
        return town.atlas.home(rnd)
    if procedure.service.key == "street_lighting" and rnd.random() < 0.3:
        return town.atlas.pole(rnd)
    by_phone = channel in (Channel.PHONE, Channel.COUNTER)
    vague = town.deck.draw("vague", common.where_vague) if by_phone and rnd.random() < 0.03 else ""
    beside = town.deck.draw("beside", common.beside) if rnd.random() < 0.35 else ""
    return town.atlas.street(rnd, by_phone=by_phone, vague=vague, beside=beside)


def _words(
    town: _Town, which: tuple[str, int], channel: Channel, spot: Spot | None, at: datetime
) -> tuple[str, dict[str, Any]]:
    """What is said, and the answers that the words decide. `which`: the tale, and which of the things it says."""
    key, said = which
    rnd, common, tale = town.rnd, stories.common(), stories.tales()[key]
    card = tale.says[said]
    core, told = (card, {}) if isinstance(card, str) else card
    near = town.atlas.mark_near(spot) if spot else ""
    pole = town.atlas.pole_near(spot) if spot else ""
    values = wording.slots(rnd, town.office.local(at), near=near, pole=pole)
    parts = [wording.fill(core, values)]
    if tale.more and rnd.random() < 0.66:
        parts.append(wording.fill(town.deck.draw(f"more {key}", tale.more), values))
    if spot and rnd.random() < 0.5:
        parts.append(wording.fill(town.deck.draw("tails", common.tails), values))
    if channel in (Channel.PHONE, Channel.COUNTER):
        heard = common.by_phone if channel == Channel.PHONE else common.at_counter
        parts[0] = wording.heard(town.deck.draw(f"heard {channel}", heard), parts[0])
        return " ".join(parts), told
    if rnd.random() < 0.14:
        parts[0] = wording.led(town.deck.draw("leads", common.leads), parts[0])
    if rnd.random() < 0.12:
        parts.append(town.deck.draw("thanks", common.thanks))
    return wording.typed(rnd, " ".join(parts)), told


def _photos(rnd: random.Random, tale: Tale, channel: Channel) -> tuple[tuple[str, int], ...]:
    chance = {Channel.WEB: 0.36, Channel.OPEN311: 0.5, Channel.COUNTER: 0.04, Channel.PHONE: 0.0}[channel]
    if not tale.look or rnd.random() >= chance:
        return ()
    count = 2 if rnd.random() < 0.15 else 1
    return tuple((tale.look, number) for number in rnd.sample(range(100), count))
