"""«A mí también»: who follows a public case is told of each step, and weighs."""

from __future__ import annotations

import pytest

from tests.cast import Cast, actor
from tests.cast import standing as cast
from ventanilla.cases import actions
from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Case, Follower
from ventanilla.lib.actors import Actor
from ventanilla.notifications.models import Message
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person

__all__ = ["cast"]


@pytest.fixture
def juan(cast: Cast) -> Person:
    contacts = [(ContactKind.EMAIL, "juan@correo.example")]
    return people.register_person(by="system", name="Juan Solano Mora", contacts=contacts, verified=True)


def follow(case: Case, person: Person) -> Case:
    return actions.follow(case, person=person, by=Actor(f"person:{person.uuid}", person.name))


def news(case: Case) -> list[str]:
    told = Message.objects.filter(about=case.chain, kind="follower_news").order_by("pk")
    return [message.address for message in told]


def test_who_follows_is_counted_once(cast: Cast, juan: Person) -> None:
    case = cast.file()
    for _time in range(2):
        case = follow(case, juan)
    assert (case.follower_count, Follower.objects.count()) == (1, 1)


@pytest.mark.parametrize("kind", ["complaint", "breach"])
def test_what_is_not_public_is_not_followed(cast: Cast, juan: Person, kind: str) -> None:
    case = cast.file(procedure=getattr(cast, kind), answers={})
    with pytest.raises(actions.Refused):
        follow(case, juan)


def test_what_has_ended_is_not_followed(cast: Cast, juan: Person) -> None:
    case = actions.resolve_case(cast.file(), text="Listo.", by=actor(cast.olga))
    with pytest.raises(actions.Refused):
        follow(case, juan)


def test_who_follows_hears_of_each_step_and_nothing_of_who_filed(cast: Cast, juan: Person) -> None:
    case = actions.take_case(follow(cast.file(), juan), user=cast.olga, by=actor(cast.olga))
    actions.resolve_case(case, text="Cambiado.", by=actor(cast.olga))
    assert news(case) == ["juan@correo.example"] * 2
    assert not any(
        "Rosa" in body for body in Message.objects.filter(kind="follower_news").values_list("body", flat=True)
    )


def test_who_follows_does_not_hear_what_is_said_to_the_person(cast: Cast, juan: Person) -> None:
    case = actions.reply(follow(cast.file(), juan), text="Rosa, vamos mañana.", by=actor(cast.olga))
    assert news(case) == []


def test_that_somebody_follows_is_for_the_desk(cast: Cast, juan: Person) -> None:
    assert follow(cast.file(), juan).events.latest("seq").visibility == Visibility.STAFF


def test_who_stops_following_is_counted_no_more(cast: Cast, juan: Person) -> None:
    case = follow(cast.file(), juan)
    case = actions.unfollow(case, person=juan, by=Actor(f"person:{juan.uuid}", juan.name))
    assert (case.follower_count, Follower.objects.exists()) == (0, False)


def test_who_did_not_follow_stops_nothing(cast: Cast, juan: Person) -> None:
    case = cast.file()
    assert actions.unfollow(case, person=juan, by=Actor(f"person:{juan.uuid}", juan.name)).follower_count == 0
