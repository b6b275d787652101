"""Who is on the other side of a portal page: a person who proved a contact, or somebody who knows a case's code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from ventanilla.cases.enums import HIDDEN_NAME, Identity
from ventanilla.cases.models import Case
from ventanilla.cases.permissions import can_view_as_person
from ventanilla.design import languages
from ventanilla.lib.actors import ANONYMOUS, Actor
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person

_PERSON, _CASES, _PROVEN = "person", "cases", "proven"
CASES_KEPT = 30


def person_of(request: HttpRequest) -> Person | None:
    """The person who signed in by a proven contact."""
    if not hasattr(request, "_person"):
        uuid = request.session.get(_PERSON)
        found = Person.objects.filter(uuid=uuid, erased_at=None).first() if uuid else None
        request._person = found  # type: ignore[attr-defined]
    return request._person  # type: ignore[attr-defined,no-any-return]


def sign_in(request: HttpRequest, person: Person) -> None:
    """Begin the person's session; its id changes so that nobody who knew the old one comes along."""
    request.session.cycle_key()
    request.session[_PERSON] = str(person.uuid)
    request._person = person  # type: ignore[attr-defined]
    speaks(request, languages.current())


def speaks(request: HttpRequest, language: str) -> None:
    """The person on this page wants what we write to them in this language, where we know who they are."""
    person = person_of(request)
    if person and language in dict(languages.offered()):
        people.speak_with(person=person, language=language, by=f"person:{person.uuid}")


def sign_out(request: HttpRequest) -> None:
    """End the person's session and forget the cases it opened. A member of staff at the same browser stays in."""
    for name in (_PERSON, _CASES, _PROVEN):
        request.session.pop(name, None)
    request.session.cycle_key()
    request._person = None  # type: ignore[attr-defined]


def actor_of(person: Person | None, identity: str = Identity.IDENTIFIED) -> Actor:
    """Who does a thing under an identity: what the trail and the timeline keep tells no more than the person did."""
    if person is None or identity == Identity.ANONYMOUS:
        return ANONYMOUS
    label = HIDDEN_NAME if identity == Identity.CONFIDENTIAL else person.name
    return Actor(f"person:{person.uuid}", label)


def actor(request: HttpRequest, case: Case) -> Actor:
    """Who does what is done to a case on this page."""
    return actor_of(person_of(request), case.identity)


def let_in(request: HttpRequest, case: Case) -> None:
    """This browser gave the case's code, or filed it: it may follow it until its session ends."""
    request.session.cycle_key()
    opened = [uuid for uuid in request.session.get(_CASES, []) if uuid != str(case.uuid)]
    request.session[_CASES] = [*opened, str(case.uuid)][-CASES_KEPT:]


def may_follow(request: HttpRequest, case: Case) -> bool:
    """Whether this browser may read the person's side of a case."""
    return str(case.uuid) in request.session.get(_CASES, []) or can_view_as_person(person_of(request), case)


def remember_proven(request: HttpRequest, kind: str, value: str) -> None:
    """A contact proven in this session needs no second code."""
    request.session.cycle_key()
    request.session[_PROVEN] = [str(kind), value]


def proven(request: HttpRequest) -> tuple[ContactKind, str] | None:
    """The contact proven in this session."""
    held: Any = request.session.get(_PROVEN)
    return (ContactKind(held[0]), held[1]) if held else None


def case_uuids(request: HttpRequest) -> list[UUID]:
    """The cases this browser opened by their codes."""
    return [UUID(each) for each in request.session.get(_CASES, [])]


def is_known(request: HttpRequest) -> bool:
    """Whether this browser has anything of its own to look at: a person's session, or cases opened by code."""
    return bool(request.session.get(_PERSON) or request.session.get(_CASES))
