"""The course of a report: mended, scheduled, refused, forgotten, and all that happens beside. Pure."""

from __future__ import annotations

import math
from datetime import timedelta

from ventanilla.demo import wording
from ventanilla.demo.telling import Course, Teller

ELSEWHERE = {
    "storm_drain": ("water", "water_crew"),
    "sinkhole": ("water", "water_crew"),
    "hanging_cable": ("public_services", "services_office"),
    "sidewalk": ("parks", "trees_crew"),
    "tree_pruning": ("public_services", "services_office"),
    "illegal_dump": ("planning", "inspection"),
    "street_dirty": ("parks", "parks_crew"),
    "park_water": ("water", "water_crew"),
    "dead_animal": ("animals", "animals_team"),
    "manhole_loose": ("water", "water_crew"),
    "obstacle": ("cleaning", "cleaning_crew"),
    "lamp_post_damaged": ("public_services", "on_call"),
    "neglected_lot": ("cleaning", "cleaning_crew"),
    "water_leak": ("works", "streets_crew"),
    "bus_stop": ("works", "streets_crew"),
}
"""Where a type ends up now and then, though its type sends it to another department."""

FATES = (
    ("mended", 725),
    ("unfounded", 45),
    ("duplicate", 35),
    ("refused", 22),
    ("cancelled", 15),
    ("withdrawn", 28),
    ("scheduled", 74),
    ("forgotten", 28),
    ("stalled", 28),
)


STEP_BY_STEP, JOINED, SELDOM = 0.3, 0.2, 0.06
"""How many are worked through every step of the process, and how many are joined by neighbours: of late, and before."""


class Reports(Teller):
    """Tells the course of what follows the process of a report."""

    def report(self, course: Course) -> None:
        fate = self.rnd.choices([name for name, _share in FATES], [share for _name, share in FATES])[0]
        if fate == "scheduled" and not course.tale.later:
            fate = "mended"
        if fate in ("refused", "cancelled", "withdrawn"):
            self._ended_early(course, fate)
            return
        self._beside(course)
        if fate == "forgotten":
            course.begins = self.after(course.ends, self.rnd.uniform(30, 560))
            course.ends = self.after(course.begins, max(2.0, course.hours))
            fate = "mended"
        self._received(course)
        getattr(self, f"_{fate}")(course)

    def _ended_early(self, course: Course, fate: str) -> None:
        if fate == "withdrawn" and not self.by_person(course):
            fate = "cancelled"
        part = self.rnd.uniform(0.1, 0.6)
        service, why = course.procedure.service.key, self.common.refused
        name = f"{fate} {service}" if fate == "refused" else fate
        refused = why.get(service, why["other"])
        cards = {"refused": refused, "cancelled": self.common.cancelled, "withdrawn": self.common.withdrawn}
        self.do(course, fate, part, text=self.text(name, cards[fate], course.begins))

    def _received(self, course: Course) -> None:
        """Somebody takes it, or is given it; now and then it belongs to another department."""
        away = ELSEWHERE.get(course.procedure.key)
        if away and self.chance(0.16):
            reason = self.text("routed", self.common.routed, course.begins)
            at = self.after(course.matter.at, self.between(course.matter.at, course.begins) * 0.6)
            self.at(course, "route", at, department=away[0], team=away[1], text=reason)
        contracted = course.procedure.key in ("tree_pruning", "tree_risk") and self.chance(0.3)
        self.do(course, "assign" if contracted or self.chance(0.18) else "take", 0, contracted=contracted)

    def _mended(self, course: Course) -> None:
        self._asked(course)
        if self.chance(STEP_BY_STEP if self.is_recent(course) else SELDOM):
            self._whole_process(course)
        else:
            self.do(course, "resolve", 1, text=self.done(course, course.ends), look=self._after_look(course))
        self.afterwards(course)

    def _whole_process(self, course: Course, first: float = 0.1) -> None:
        self._checked(course, first)
        self._planned(course, first + (1 - first) * 0.25)
        self._acted(course, first + (1 - first) * 0.8)
        if self.chance(0.05):
            wanting = self.text("wanting", self.common.wanting, course.ends)
            again = self.rnd.choice(("not_mended", "not_mended", "plan_again"))
            self.step(course, first + (1 - first) * 0.86, "verify_work", work=again, checked="on_site", wanting=wanting)
            if again == "plan_again":
                self._planned(course, first + (1 - first) * 0.89)
            self._acted(course, first + (1 - first) * 0.92)
        self.step(course, first + (1 - first) * 0.96, "verify_work", work="mended", checked=self._how())
        self.step(course, 1, "tell_outcome", text=self.done(course, course.ends))

    def _how(self) -> str:
        return self.rnd.choice(("photos", "photos", "on_site", "person"))

    def _checked(self, course: Course, part: float, facts: str = "real") -> None:
        self.step(course, part, "check_facts", facts=facts, seen=self.deck.draw("checked", self.common.checked))

    def _planned(self, course: Course, part: float) -> None:
        on = self.office.local(course.ends).date().isoformat()
        needs = self.deck.draw("needs", self.common.needs)
        self.step(course, part, "plan_work", plan="ready", planned_on=on, **({"needs": needs} if needs else {}))

    def _acted(self, course: Course, part: float) -> None:
        at, said = self.when(course, part), self.deck.draw("acted", self.common.acted)
        answers = {"done": said, "done_on": self.office.local(at).date().isoformat()}
        told = {"form": "record_work", "note": "", "answers": answers, "look": self._after_look(course)}
        self.at(course, "step", at, **told)

    def _after_look(self, course: Course) -> tuple[str, int] | None:
        if course.tale.look and course.procedure.may_be_public and self.chance(0.3):
            return course.tale.look, self.rnd.randrange(100)
        return None

    def _unfounded(self, course: Course) -> None:
        self._checked(course, 0.6, "unfounded")
        self.step(course, 1, "explain_closing", text=self.text("unfounded", self.common.unfounded, course.ends))

    def _duplicate(self, course: Course) -> None:
        """The number of the other one is found when it is done."""
        self.do(course, "duplicate", 0.4, seen=self.deck.draw("checked", self.common.checked))
        text = self.deck.draw("duplicate", self.common.duplicate)
        self.step(course, 0.6, "explain_closing", text=text)

    def _scheduled(self, course: Course) -> None:
        self._checked(course, 0.2)
        later = self.text(f"later {course.procedure.key}", course.tale.later, course.ends)
        answers = {"plan": "no_budget", "needs": "Presupuesto"}
        at = self.when(course, 0.6)
        self.at(course, "step", at, form="plan_work", note=later, answers=answers)
        if self.chance(0.75):
            self.at(course, "extend", at + timedelta(minutes=self.rnd.randint(2, 9)), text=later)
        if self.chance(0.3):
            course.begins = self.after(at, self.rnd.uniform(100, 420))
            course.ends = self.after(course.begins, max(6.0, course.hours * 0.5))
            self.at(course, "step", course.begins, form="", note="Ya hay con qué hacerlo.", answers={})
            self._planned(course, 0.2)
            self._acted(course, 0.8)
            self.step(course, 0.9, "verify_work", work="mended", checked=self._how())
            self.step(course, 1, "tell_outcome", text=self.done(course, course.ends))
            self.afterwards(course)

    def _stalled(self, course: Course) -> None:
        """Taken and looked at; then long nothing."""
        self._checked(course, 0.3)
        course.begins = course.ends
        course.ends = self.after(course.ends, self.rnd.uniform(50, 600))
        text = self.done(course, course.ends)
        self.do(course, "resolve", 1, text=text, look=None)
        self.afterwards(course)

    def _beside(self, course: Course) -> None:
        """What happens around any report: notes, calls, corrections, neighbours who have the same trouble."""
        rnd, common = self.rnd, self.common
        if self.chance(0.11):
            self.do(course, "note", rnd.uniform(0.05, 0.7), text=self.deck.draw("notes", common.notes))
        if self.by_person(course):
            if self.chance(0.08):
                self.do(course, "contact", rnd.uniform(0.3, 0.95), text=self.deck.draw("contact", common.contact))
            if self.chance(0.15):
                at = rnd.uniform(0.2, 0.8)
                self.do(course, "reply", at, text=self.text("progress", common.progress, self.when(course, at)))
            if self.chance(0.05):
                look = (course.tale.look, rnd.randrange(100)) if course.tale.look and self.chance(0.5) else None
                self.do(course, "says", rnd.uniform(0.1, 0.8), text=self.deck.draw("added", common.added), look=look)
        if course.matter.spot and self.chance(0.03):
            self.do(course, "correct", rnd.uniform(0.02, 0.3), text=self.deck.draw("corrected", common.corrected))
        if course.procedure.weight >= 3 and self.chance(0.02):
            self.do(course, "urgent", 0.05)
        if course.matter.missing and self.chance(0.75):
            self.do(course, "complete", rnd.uniform(0.1, 0.9))
        self._followed(course)

    def _followed(self, course: Course) -> None:
        if not course.procedure.may_be_public or not self.chance(JOINED if self.is_recent(course) else SELDOM):
            return
        count = min(14, 1 + int(self.rnd.expovariate(0.45)))
        for person in self.rnd.sample(range(self.people), min(count, self.people)):
            self.do(course, "follow", self.rnd.uniform(0.02, 0.9), person=person)

    def _asked(self, course: Course) -> None:
        """The person is asked something; who doesn't answer makes everything wait."""
        told = "pole" in course.matter.answers
        asks = [each for each in course.tale.asks if not (told and "{pole}" in each[1])]
        if not (self.by_person(course) and asks and self.chance(0.26)):
            return
        question, answer = self.deck.draw(f"asks {course.procedure.key} {told}", asks)
        values = wording.slots(self.rnd, self.office.local(course.begins), pole=course.matter.pole)
        at = self.do(course, "ask", 0.08, text=wording.fill(question, values))
        wait = timedelta(hours=self.rnd.lognormvariate(math.log(22), 1.0))
        answers = self.chance(0.66)
        if answers:
            self.at(course, "answer", at + wait, text=wording.fill(answer, values))
        course.begins = max(self.after(at, 1), at + wait if answers else self.after(at, 82))
        course.ends = self.after(course.begins, course.hours * 0.8)
