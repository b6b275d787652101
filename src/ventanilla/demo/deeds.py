"""Doing what the plan says, by the doors that everybody uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ventanilla.accounts.models import ApiKey, User
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing
from ventanilla.cases.enums import Channel, DeadlineKind, WorkKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.catalog import published
from ventanilla.demo import answering
from ventanilla.demo.album import Album
from ventanilla.demo.cast import Staff, actor
from ventanilla.demo.hours import Office
from ventanilla.demo.matters import Matter
from ventanilla.demo.neighbours import Town as People
from ventanilla.demo.plan import Plan
from ventanilla.demo.telling import Deed
from ventanilla.lib import clock, ids
from ventanilla.lib.actors import ANONYMOUS, Actor
from ventanilla.lib.workingtime import Unit
from ventanilla.organization.models import Department, Team
from ventanilla.people.models import Person
from ventanilla.places import geocode
from ventanilla.places.enums import PlaceSource
from ventanilla.places.rules import Place

KEY = "demo-{:05}"
"""The idempotency key of a matter: filed again after a restart it is the same case."""


@dataclass
class Doer:
    """Who does the deeds, and with what."""

    plan: Plan
    staff: Staff
    people: People
    album: Album
    app: ApiKey
    office: Office
    cases: dict[int, Case] = field(default_factory=dict)
    """The cases of this run by the number of their matter, as the last deed left them."""
    held: dict[int, int] = field(default_factory=dict)
    """The keys of those that an earlier run filed, which was stopped."""
    departments: dict[int, Department] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.departments = {row.pk: row for row in Department.objects.all()}
        self.teams = {row.pk: row for row in Team.objects.all()}
        filed = Case.objects.filter(idempotency_key__startswith="demo-").values_list("idempotency_key", "pk")
        self.held = {int(str(key).removeprefix("demo-")): pk for key, pk in filed}

    def do(self, deed: Deed) -> bool:
        """Do a deed; False where the case no longer allows it, as when somebody comes too late."""
        matter = self.plan.matters[deed.number]
        if deed.kind == "file":
            self.cases[deed.number] = self._file(matter)
            return True
        case = self._case(deed.number)
        if not case.is_open and deed.kind not in _AFTER_THE_END:
            return False
        try:
            done = _DEEDS[deed.kind](self, case, matter, deed.told)
        except actions.Refused:
            return False
        if isinstance(done, Case):
            self.cases[deed.number] = done
        return done is not False

    def _case(self, number: int) -> Case:
        if number not in self.cases:
            self.cases[number] = Case.objects.select_related("assignee").get(pk=self.held[number])
        return self.cases[number]

    # Filing ----------------------------------------------------------

    def _file(self, matter: Matter) -> Case:
        person = self.people.person(matter.person) if matter.person is not None else None
        affected = self.people.person(matter.affected) if matter.affected is not None else None
        clerk = self._clerk(matter) if matter.channel in (Channel.PHONE, Channel.COUNTER) else None
        by = actor(clerk) if clerk else self._filer(matter, person)
        filing = Filing(
            procedure=published.current().by_key[matter.procedure],
            channel=matter.channel,
            description=matter.description,
            answers=matter.answers,
            missing=matter.missing,
            place=matter.spot.place() if matter.spot else None,
            identity=matter.identity,
            applicant=person,
            affected=affected,
            files=self.album.keep(matter.photos, by=by.ref),
            mood=matter.mood,
            is_urgent=matter.is_urgent,
            idempotency_key=KEY.format(matter.number),
        )
        return actions.open_case(filing, by=by, filed_by=clerk)

    def _clerk(self, matter: Matter) -> User:
        return self.staff.desk[matter.number % len(self.staff.desk)]

    def _filer(self, matter: Matter, person: Person | None) -> Actor:
        if matter.channel == Channel.OPEN311:
            return Actor(f"key:{self.app.prefix}", self.app.name)
        return _as_person(person) if person else ANONYMOUS

    def _person(self, matter: Matter) -> Actor:
        return _as_person(self.people.person(matter.person)) if matter.person is not None else ANONYMOUS

    # Staff ----------------------------------------------------------

    def who(self, case: Case, role: str, number: int) -> User:
        """Who of the case's department and team does what a role does; out of hours, whoever is on call."""
        if role != "oversight" and not self.office.is_open(clock.now()):
            return self.staff.users["guardia"]
        team = self.teams[case.team_id].key if case.team_id else ""
        return self.staff.of_role(role, self.departments[case.department_id].key, team, number)

    def take(self, case: Case, matter: Matter, _told: dict[str, Any]) -> Any:
        # Who denounced is kept from the crew.
        role = "crew" if matter.number % 5 < 2 and not case.is_reserved else "service_manager"
        user = self.who(case, role, matter.number)
        return actions.take_case(case, user=user, by=actor(user))

    def assign(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        giver = self.who(case, "service_manager", 0) if matter.number % 3 else self.staff.users["coordinacion"]
        if told.get("contracted"):
            team = next(row for row in self.teams.values() if row.is_contractor)
            return actions.assign_case(case, user=self.staff.users["contratista"], team=team, by=actor(giver))
        return actions.assign_case(case, user=self.who(case, "crew", matter.number), by=actor(giver))

    def step(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        """Finish the step of the process that is owed, if it is the one that was planned."""
        item = WorkItem.objects.filter(case=case, state=WorkState.OPEN, kind=WorkKind.PROCESS).first()
        if item is None or item.form_key != told["form"]:
            return False
        user = self.who(case, item.role, matter.number)
        answers = {name: self._said(case, value) for name, value in told["answers"].items()}
        files = self.album.keep_one(told.get("look"), mended=True, by=actor(user).ref)
        item.case = case
        return actions.complete_work(item, answers=answers, user=user, by=actor(user), note=told["note"], files=files)

    def _said(self, case: Case, value: Any) -> Any:
        """An answer; where it names another case, with that case's number."""
        if isinstance(value, str) and "{reference}" in value:
            return value.format(reference=self._other(case) or "anterior")
        return value

    def _other(self, case: Case) -> str:
        """An earlier case of the same type, the open ones first."""
        earlier = Case.objects.filter(procedure=case.procedure_id, pk__lt=case.pk)
        known = earlier.open().order_by("-pk").first() or earlier.order_by("-pk").first()
        return known.reference if known else ""

    def duplicate(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        other = self._other(case)
        facts = {"facts": "duplicate", "duplicate_of": other} if other else {"facts": "unfounded"}
        return self.step(case, matter, {"form": "check_facts", "note": "", "answers": {**facts, **told}})

    def resolve(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        user = case.assignee or self.who(case, "service_manager", matter.number)
        files = self.album.keep_one(told["look"], mended=True, by=actor(user).ref)
        return actions.resolve_case(case, text=told["text"], by=actor(user), files=files)

    def route(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        department = next(row for row in self.departments.values() if row.key == told["department"])
        team = next((row for row in self.teams.values() if row.key == told["team"]), None)
        by = actor(self.who(case, "service_manager", 0))
        return actions.route_case(case, department=department, team=team, reason=told["text"], by=by)

    def extend(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        """What waits for money gets a new date."""
        deadline = case.deadlines.filter(kind=DeadlineKind.TARGET).first()
        if deadline is None:
            return False
        by = actor(self.who(case, "service_manager", 0))
        longer = {Unit.MONTH: 4, Unit.CLOCK_HOUR: 1200}.get(Unit(deadline.unit), 90)
        return actions.extend_term(case, kind=DeadlineKind.TARGET, quantity=longer, text=told["text"], by=by)

    def note(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        return actions.note(case, text=told["text"], by=actor(self.who(case, "crew", matter.number)))

    def reply(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        return actions.reply(case, text=told["text"], by=actor(self.who(case, "service_manager", 0)))

    def ask(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        return actions.ask_person(case, text=told["text"], by=actor(self.who(case, "service_manager", 0)))

    def contact(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        channel = "phone" if matter.number % 3 else "counter"
        return actions.log_contact(case, channel=channel, text=told["text"], by=actor(self._clerk(matter)))

    def correct(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        """The crew puts it where it really is: some tens of metres from where it was said to be."""
        if case.lon is None or case.lat is None:
            return False
        place = geocode.pointed("", case.lon + 0.0003, case.lat - 0.0002, PlaceSource.MAP)
        if not place.label:
            return False
        by = actor(self.who(case, "crew", matter.number))
        told_place = Place.from_json({**place.to_json(), "as_said": told["text"]})
        try:
            return actions.correct_place(case, place=told_place, by=by)
        except actions.OutsideMunicipality:
            return False

    def urgent(self, case: Case, _matter: Matter, _told: dict[str, Any]) -> Any:
        return actions.mark_urgent(case, urgent=True, by=actor(self.who(case, "service_manager", 0)))

    def complete(self, case: Case, matter: Matter, _told: dict[str, Any]) -> Any:
        """What was missing is asked by telephone and filled in."""
        if not case.is_incomplete:
            return False
        given = answering.completed(ids.source(), case.procedure, matter.missing, day=clock.now().date())
        return actions.complete_data(case, answers=given, missing=(), by=actor(self._clerk(matter)))

    def refused(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        return actions.refuse_case(case, text=told["text"], by=actor(self.staff.users["coordinacion"]))

    def cancelled(self, case: Case, _matter: Matter, told: dict[str, Any]) -> Any:
        return actions.cancel_case(case, text=told["text"], by=actor(self.staff.users["coordinacion"]))

    # People ----------------------------------------------------------

    def withdrawn(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        return actions.withdraw_case(case, text=told["text"], by=self._person(matter))

    def answer(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        return actions.person_replies(case, text=told["text"], by=self._person(matter))

    def says(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        by = self._person(matter)
        files = self.album.keep_one(told["look"], mended=False, by=by.ref)
        return actions.person_replies(case, text=told["text"], by=by, files=files)

    def follow(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        if told["person"] == matter.person:
            return False
        person = self.people.person(told["person"])
        return actions.follow(case, person=person, by=_as_person(person))

    def survey(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        return actions.answer_survey(case, mark=told["mark"], comment=told["text"], by=self._person(matter))

    def reopen(self, case: Case, matter: Matter, told: dict[str, Any]) -> Any:
        return actions.reopen_case(case, text=told["text"], by=self._person(matter))


_AFTER_THE_END = frozenset({"survey", "reopen"})
_Do = Callable[[Doer, Case, Matter, dict[str, Any]], Any]
_DEEDS: dict[str, _Do] = {
    name: getattr(Doer, name)
    for name in (
        "take", "assign", "step", "duplicate", "resolve", "route", "note", "reply", "ask", "contact", "correct",
        "urgent", "complete", "extend", "refused", "cancelled", "withdrawn",
        "answer", "says", "follow", "survey", "reopen",
    )
}  # fmt: skip


def _as_person(person: Person) -> Actor:
    return Actor(f"person:{person.uuid}", person.name)
