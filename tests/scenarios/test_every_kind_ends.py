"""Whatever somebody files in a new municipality becomes work that those it falls to may do, and comes to an end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import actor, forget_everything
from ventanilla.accounts.models import User
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing
from ventanilla.cases.enums import Channel, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.forms.enums import Kind as AnswerKind
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import Question, validate
from ventanilla.lib.actors import ANONYMOUS
from ventanilla.organization.actions import found_municipality
from ventanilla.organization.models import Membership, Role

HOMEWARD = {"work": "mended", "answer": "answered", "measures": True}
"""Answers by which a process goes on to its end; of any other question the first possible one."""
STEPS = 10


@pytest.fixture(autouse=True)
def founded(db: None, settings: Any) -> None:
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    forget_everything()
    found_municipality(name="Villa", country="CR", time_zone="America/Costa_Rica", kind="Municipalidad", by="test")
    forget_everything()


def one_of(kind: Kind) -> Procedure:
    found = [each for each in published.current().by_key.values() if each.kind == kind and not each.is_emergency]
    return next(each for each in found if not each.technical_only)


def somebody(role: str, case: Case) -> User:
    """A member of staff with this role, in the department and team of a case."""
    user, _made = User.objects.get_or_create(username=role, defaults={"name": role})
    seat = {"department": case.department, "team": case.team}
    Membership.objects.get_or_create(user=user, role=Role.objects.get(key=role), **seat)
    return User.objects.get(pk=user.pk)


def answers(form_key: str) -> dict[str, Any]:
    """What is said in a form so that the process goes on."""
    form = FormVersion.objects.latest_of(form_key)
    given: dict[str, Any] = {}
    for question in form.paper.visible(given) if form else ():
        given[question.field] = HOMEWARD.get(question.field, _any(question))
    for question in form.paper.visible(given) if form else ():
        given.setdefault(question.field, _any(question))
    assert form is None or not validate(form.schema, form.layout, given).errors
    return given


def _any(question: Question) -> Any:
    if question.options:
        first = question.options[0][0]
        return [first] if question.kind == AnswerKind.CHOICES else first
    if question.kind == AnswerKind.DATE:
        return date(2026, 12, 1).isoformat()
    return question.kind == AnswerKind.YESNO or "Como se acordó."


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.APPLICATION])
def test_what_is_filed_is_worked_by_whom_it_falls_to_and_ends(kind: Kind) -> None:
    case = actions.open_case(Filing(procedure=one_of(kind), channel=Channel.WEB, description="Así es."), by=ANONYMOUS)
    done = []
    for _step in range(STEPS):
        item = WorkItem.objects.select_related("case").filter(case=case, state=WorkState.OPEN).first()
        if item is None:
            break
        user = somebody(item.role, case)
        item.case = Case.objects.select_related("process", "procedure", "department", "applicant").get(pk=case.pk)
        assert can_work(user, item), f"{item.role} may not do «{item.name}»"
        actions.complete_work(item, answers=answers(item.form_key), user=user, by=actor(user))
        done.append(item.node)
    case.refresh_from_db()
    assert done
    assert not case.is_open, done
    assert case.process is not None
    assert case.process.outcome


def test_every_kind_but_procedures_can_be_filed_at_once() -> None:
    """What needs requirements and fees is another issue's."""
    kinds = {each.kind for each in published.current().by_key.values()}
    assert kinds == {str(kind) for kind in Kind} - {Kind.APPLICATION}
