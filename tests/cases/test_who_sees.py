"""Who sees what of cases: each predicate is the twin of a queryset, for the whole cast."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.cast import MEMBERS, Cast, actor, join
from tests.pictures import jpeg
from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.cases import actions
from ventanilla.cases.enums import Identity, Visibility
from ventanilla.cases.models import Attachment, Case, ReplyTemplate, WorkItem
from ventanilla.cases.permissions import (
    can,
    can_edit_template,
    can_view_as_person,
    can_view_case,
    can_work,
    sees_identity,
)
from ventanilla.files import actions as files
from ventanilla.organization.permissions import access_of
from ventanilla.organization.starting import ROLES

MORE = {
    "alba": ("Alba Solano Cruz", "mayor"),
    "conce": ("Conce Arias Mora", "council"),
    "eladio": ("Eladio Pérez Soto", "contractor", "alumbrado", "cuadrilla-1"),
}
"""Who isn't in the cast of every test: with them, each role a municipality begins with has somebody."""
NAMES = [*MEMBERS, *MORE]


@pytest.fixture
def cast(cast: Cast) -> Cast:
    for username, seat in MORE.items():
        join(cast, username, *seat)
    return cast


@pytest.fixture
def cases(cast: Cast) -> dict[str, Case]:
    """A case of each sort that matters to who sees it."""
    crew = actions.assign_case(cast.file(), user=cast.cuca, team=cast.crew_team, by=actor(cast.olga))
    closed = actions.resolve_case(cast.file(), text="Listo.", by=actor(cast.olga))
    return {
        "of lighting": cast.file(),
        "of the crew": crew,
        "closed": closed,
        "confidential": cast.file(identity=Identity.CONFIDENTIAL),
        "of streets": cast.file(procedure=cast.complaint, place=None, answers={}),
        "reserved": cast.file(procedure=cast.breach, answers={}),
    }


def fresh(user: User) -> User:
    """The user as the next request has them: what they may do is read anew."""
    return User.objects.get(pk=user.pk)


def viewers(cast: Cast) -> list[tuple[str, User | None]]:
    left = fresh(cast.carlos)
    left.is_active = False
    return [*((name, fresh(user)) for name, user in cast.users.items()), ("who left", left), ("a stranger", None)]


def test_the_predicate_is_the_queryset_for_everybody(cast: Cast, cases: dict[str, Case]) -> None:
    for name, user in viewers(cast):
        found = set(Case.objects.visible_to(user).values_list("pk", flat=True))
        assert found == {case.pk for case in cases.values() if can_view_case(user, case)}, name


SEEN = {
    "olga": {"of lighting", "of the crew", "closed", "confidential"},
    "carlos": {"of lighting", "of the crew", "closed", "confidential"},
    "otilia": {"of streets", "reserved"},
    "cuca": {"of the crew"},
    "coro": {"of lighting", "of the crew", "closed", "confidential", "of streets"},
    "vera": {"of lighting", "of the crew", "closed", "confidential", "of streets"},
    "fede": {"of lighting", "of the crew", "closed", "confidential", "of streets"},
    "admin": set(),
    "alba": {"of lighting", "of the crew", "closed", "confidential", "of streets"},
    "conce": {"of lighting", "of the crew", "closed", "confidential", "of streets"},
    "eladio": {"of the crew"},
}


def test_every_role_a_municipality_begins_with_is_looked_at(cast: Cast) -> None:
    held = {role for user in cast.users.values() for role in access_of(fresh(user)).roles}
    assert held == {role.key for role in ROLES}


@pytest.mark.parametrize("name", NAMES)
def test_what_each_of_the_cast_sees(cast: Cast, cases: dict[str, Case], name: str) -> None:
    user = fresh(cast.users[name])
    assert {what for what, case in cases.items() if can_view_case(user, case)} == SEEN[name]


def test_nobody_may_do_a_thing_to_a_case_they_do_not_see(cast: Cast, cases: dict[str, Case]) -> None:
    for name, user in viewers(cast):
        for what, case in cases.items():
            for permission in Permission:
                assert not can(user, permission, case) or can_view_case(user, case), (name, what, permission)


def test_work_is_shown_to_be_done_only_to_who_sees_its_case(cast: Cast, cases: dict[str, Case]) -> None:
    for name, user in viewers(cast):
        for item in WorkItem.objects.select_related("case"):
            assert not can_work(user, item) or can_view_case(user, item.case), (name, item.name)


def test_work_is_of_a_role_or_of_who_hands_out_the_case(cast: Cast, cases: dict[str, Case]) -> None:
    item = WorkItem.objects.select_related("case").filter(case=cases["of the crew"], state="open").first()
    assert item is not None
    item.role = "crew"
    may = {name for name in NAMES if can_work(fresh(cast.users[name]), item)}
    assert may == {"cuca", "olga", "carlos", "coro"}


@pytest.mark.django_db(transaction=True)
def test_a_file_is_seen_by_who_sees_its_case(cast: Cast, cases: dict[str, Case], client: Client) -> None:
    for case in cases.values():
        staged = files.receive(SimpleUploadedFile("poste.jpg", jpeg()))
        with transaction.atomic():
            kept = files.keep(staged, by="user:olga")
        actions.attach(case, files=[(kept, "poste.jpg")], visibility=Visibility.STAFF, by=actor(cast.olga))
    for name, user in cast.users.items():
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for held in Attachment.objects.select_related("case"):
            answer = client.get(f"/mesa/archivo/{held.uuid}/")
            answer.close()
            assert (answer.status_code == 200) == can_view_case(fresh(user), held.case), name


def test_the_name_of_who_asked_to_be_kept_apart_is_for_who_sees_what_is_reserved(
    cast: Cast, cases: dict[str, Case]
) -> None:
    knows = {name for name in NAMES if sees_identity(fresh(cast.users[name]), cases["confidential"])}
    assert knows == {"olga", "carlos"}


def test_a_person_sees_their_own_and_what_is_about_them(cast: Cast, cases: dict[str, Case]) -> None:
    about = cast.file(applicant=None, affected=cast.rosa, identity=Identity.ANONYMOUS)
    everything = Case.objects.all()
    own = set(Case.objects.of_person(cast.rosa))
    assert own == {case for case in everything if can_view_as_person(cast.rosa, case)}
    assert about in own
    assert not any(can_view_as_person(None, case) for case in everything)


def test_templates_are_edited_by_who_answers_for_them(cast: Cast) -> None:
    rows = [
        ReplyTemplate.objects.create(name="De todos", text="Hola."),
        ReplyTemplate.objects.create(name="De alumbrado", text="Hola.", department=cast.lighting),
        ReplyTemplate.objects.create(name="De calles", text="Hola.", department=cast.streets),
    ]
    for name, user in viewers(cast):
        found = set(ReplyTemplate.objects.editable_by(user))
        assert found == {row for row in rows if can_edit_template(user, row)}, name
    assert [row.name for row in rows if can_edit_template(fresh(cast.olga), row)] == ["De alumbrado"]
    assert len(ReplyTemplate.objects.editable_by(fresh(cast.coro))) == 3


def test_whoever_loses_their_place_sees_nothing_more(cast: Cast, cases: dict[str, Case]) -> None:
    cast.olga.memberships.all().delete()
    assert not Case.objects.visible_to(fresh(cast.olga)).exists()
    assert access_of(fresh(cast.olga)).roles == frozenset()
