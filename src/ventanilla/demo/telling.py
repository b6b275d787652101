"""Telling what comes of a matter: moments, words and deeds, and what people think of it afterwards. Pure.

How long a team takes is told as a share of what is promised; one team is late so that the numbers have a story.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ventanilla.cases.enums import Identity
from ventanilla.catalog.models import Procedure
from ventanilla.demo import stories, wording
from ventanilla.demo.hours import Office
from ventanilla.demo.matters import Matter
from ventanilla.demo.stories import Tale
from ventanilla.demo.wording import Deck
from ventanilla.lib import workingtime
from ventanilla.lib.workingtime import Term, Unit

UNPROMISED = Term(10, Unit.WORKING_DAY)
"""What a matter without a promise of its own is measured by: the term in law for a petition."""

PACE = {
    "lighting_crew": (0.6, 0.3),
    "collection_crew": (0.62, 0.32),
    "cleaning_crew": (0.66, 0.32),
    "parks_crew": (0.7, 0.3),
    "trees_crew": (1.12, 0.4),
    "streets_crew": (0.71, 0.31),
    "signs_crew": (0.74, 0.3),
    "traffic_inspectors": (0.64, 0.4),
    "water_crew": (0.62, 0.33),
    "animals_team": (0.6, 0.34),
    "inspection": (0.7, 0.33),
    "billing_office": (0.62, 0.35),
    "oversight_office": (0.64, 0.25),
    "front_office": (0.5, 0.45),
}
"""The middle of the share of its term that a team uses, and the spread around it (of the logarithm)."""
USUAL = (0.62, 0.35)
BEGAN, BECAME = 1.14, 0.9
"""How much slower than now the house was half a year ago, and how much faster it is of late."""


RECENT = timedelta(days=75)
TALK = frozenset({"note", "reply", "contact", "correct"})


@dataclass(frozen=True)
class Deed:
    """One thing done to a matter. `kind` names the action; `told` is what it needs."""

    at: datetime
    number: int
    kind: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass
class Course:
    """A matter on its way: when it begins and ends, and the deeds so far."""

    matter: Matter
    procedure: Procedure
    tale: Tale
    hours: float
    begins: datetime
    ends: datetime
    is_late: bool
    deeds: list[Deed] = field(default_factory=list)


class Teller:
    """Tells the course of matters, one after the other."""

    def __init__(self, rnd: random.Random, deck: Deck, office: Office, until: datetime, people: int) -> None:
        self.rnd, self.deck, self.office, self.until, self.people = rnd, deck, office, until, people
        self.on_duty = False
        """Whether the matter at hand is attended round the clock, as what is promised in hours of the clock."""
        self.common = stories.common()

    def after(self, start: datetime, hours: float) -> datetime:
        return self.office.after(start, hours, round_the_clock=self.on_duty)

    def between(self, start: datetime, end: datetime) -> float:
        return self.office.between(start, end, round_the_clock=self.on_duty)

    def begun(self, matter: Matter, procedure: Procedure, tale: Tale) -> Course:
        self.on_duty = procedure.target is not None and procedure.target.unit == Unit.CLOCK_HOUR
        promised = self.hours(procedure, matter.at)
        middle, spread = PACE.get(procedure.team.key if procedure.team else "", USUAL)
        age = (self.until - matter.at) / timedelta(days=184)
        share = self.rnd.lognormvariate(math.log(middle), spread) * (BECAME + (BEGAN - BECAME) * min(1.0, age))
        hours = max(0.6, promised * share)
        begins = self.after(matter.at, min(hours * 0.4, self.rnd.lognormvariate(math.log(2.5 + 2 * middle), 0.7)))
        return Course(matter, procedure, tale, hours, begins, self.after(matter.at, hours), share > 1)

    def hours(self, procedure: Procedure, at: datetime) -> float:
        """The hours of work that the promise gives."""
        due = workingtime.due_at(procedure.target or UNPROMISED, at, self.office.calendar)
        return max(2.0, self.between(at, due))

    def do(self, course: Course, kind: str, part: float, **told: Any) -> datetime:
        """A deed when a part of the way from beginning to end has gone by; what is only talk waits for the morning."""
        at = self.when(course, part)
        if kind in TALK:
            at = self.office.after(at, 0.1)
        course.deeds.append(Deed(at, course.matter.number, kind, told))
        return at

    def when(self, course: Course, part: float) -> datetime:
        return self.after(course.begins, self.between(course.begins, course.ends) * part)

    def at(self, course: Course, kind: str, at: datetime, **told: Any) -> None:
        course.deeds.append(Deed(at, course.matter.number, kind, told))

    def step(self, course: Course, part: float, form: str, *, note: str = "", **answers: Any) -> datetime:
        return self.do(course, "step", part, form=form, note=note, answers=answers)

    def text(self, name: str, cards: Sequence[str], at: datetime) -> str:
        said = self.deck.draw(name, cards)
        return wording.fill(said, wording.slots(self.rnd, self.office.local(at))) if said else ""

    def done(self, course: Course, at: datetime) -> str:
        """What is told at the end."""
        tale, key = course.tale, course.procedure.key
        if tale.paired:
            return self.text(f"done {key} {course.matter.said}", [tale.done[course.matter.said]], at)
        return self.text(f"done {key}", tale.done, at)

    def chance(self, share: float) -> bool:
        return self.rnd.random() < share

    def by_person(self, course: Course) -> bool:
        return course.matter.person is not None

    def afterwards(self, course: Course) -> None:
        """What the person thinks of it, and whether it comes back."""
        if course.matter.identity != Identity.IDENTIFIED:
            return
        mark = self.mark(course)
        at = course.ends + timedelta(hours=self.rnd.lognormvariate(math.log(20), 0.9))
        if self.chance(0.24):
            self.at(course, "survey", at, mark=mark, text=self.opinion(course, mark))
        if course.procedure.process_key == "report" and self.chance(0.32 if mark <= 2 else 0.012):
            self.again(course, at + timedelta(minutes=self.rnd.randint(2, 50)))

    def is_recent(self, course: Course) -> bool:
        """Whether somebody who looks around may still come upon it: what is long past is told in fewer words."""
        return self.until - course.matter.at < RECENT

    def mark(self, course: Course) -> int:
        shares = (14, 20, 26, 28, 12) if course.is_late else (2, 4, 12, 38, 44)
        return self.rnd.choices((1, 2, 3, 4, 5), shares)[0]

    def opinion(self, course: Course, mark: int) -> str:
        """What is written beside a mark: of a repair, or of an answer."""
        common = self.common
        if course.procedure.process_key != "report":
            cards = common.clear if mark >= 4 else common.unclear
            return self.deck.draw(f"answer {cards is common.clear}", cards)
        cards = common.good if mark >= 4 else common.fair if mark == 3 else common.bad
        return self.deck.draw(f"mark {mark}", cards)

    def again(self, course: Course, at: datetime) -> None:
        """It is opened again and mended, better this time."""
        self.at(course, "reopen", at, text=self.deck.draw("reopened", self.common.reopened))
        course.begins = self.after(at, self.rnd.uniform(1, 9))
        course.ends = self.after(course.begins, max(4.0, course.hours * 0.7))
        self.do(course, "take", 0)
        self.do(course, "resolve", 1, text=self.done(course, course.ends), look=None)
        if self.chance(0.4):
            late = course.ends + timedelta(hours=self.rnd.uniform(3, 60))
            self.at(course, "survey", late, mark=self.rnd.choice((3, 4, 5)), text="Ahora sí.")
