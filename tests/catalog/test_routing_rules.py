"""The rules are kept in order, whatever is done to them, and the trail tells all of it."""

from __future__ import annotations

import pytest

from ventanilla.accounts.models import User
from ventanilla.audit.models import TrailEntry
from ventanilla.catalog import actions, published
from ventanilla.catalog.models import RoutingRule
from ventanilla.lib.expressions import BadExpression
from ventanilla.organization.models import Department, Municipality, Team

BY = "user:ana"
POTHOLE = 'type == "pothole"'


def trail(chain: str) -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(chain=chain).order_by("seq"))


def add(name: str, condition: str = POTHOLE, department: str = "attention", **more: object) -> RoutingRule:
    target = actions.Target(Department.objects.get(key=department), **more)  # type: ignore[arg-type]
    return actions.add_rule(name=name, condition=condition, target=target, by=BY)


def names() -> list[str]:
    return list(RoutingRule.objects.kept().order_by("order").values_list("name", flat=True))


def routed(**values: object) -> tuple[str, str]:
    catalogue = published.current()
    base = {"type": "pothole", "service": "streets", "urgent": False, "office_open": True, "answers": {}}
    route = catalogue.route(catalogue.by_key["pothole"], {**base, **values})
    return route.department.key, route.rule


@pytest.fixture
def three(costa_rica: Municipality) -> list[RoutingRule]:
    """Three rules and no others."""
    RoutingRule.objects.all().delete()
    return [add("Una"), add("Dos", department="water"), add("Tres", department="parks")]


def test_a_new_rule_comes_last(three: list[RoutingRule]) -> None:
    assert names() == ["Una", "Dos", "Tres"]
    assert [rule.order for rule in three] == [10, 20, 30]


def test_the_first_whose_condition_holds_decides(three: list[RoutingRule]) -> None:
    assert routed() == ("attention", "10: Una")
    actions.move_rule(three[1], up=True, by=BY)
    assert names() == ["Dos", "Una", "Tres"]
    assert routed() == ("water", "10: Dos")


def test_moved_down_and_up_again_it_stands_where_it_stood(three: list[RoutingRule]) -> None:
    actions.move_rule(three[0], up=False, by=BY)
    actions.move_rule(three[0], up=True, by=BY)
    assert names() == ["Una", "Dos", "Tres"]


def test_the_first_moves_no_further_up_nor_the_last_down(three: list[RoutingRule]) -> None:
    actions.move_rule(three[0], up=True, by=BY)
    actions.move_rule(three[2], up=False, by=BY)
    assert names() == ["Una", "Dos", "Tres"]


def test_a_rule_switched_off_is_kept_and_not_asked(three: list[RoutingRule]) -> None:
    actions.switch_rule(three[0], on=False, by=BY)
    assert names() == ["Una", "Dos", "Tres"]
    assert routed()[0] == "water"
    actions.switch_rule(three[0], on=True, by=BY)
    assert routed()[0] == "attention"


def test_a_removed_rule_is_put_back_where_it_was(three: list[RoutingRule]) -> None:
    actions.remove_rule(three[1], by=BY)
    assert names() == ["Una", "Tres"]
    actions.restore_rule(three[1], by=BY)
    assert names() == ["Una", "Dos", "Tres"]


def test_a_removed_rule_whose_place_is_taken_comes_last(three: list[RoutingRule]) -> None:
    actions.remove_rule(three[2], by=BY)
    add("Cuatro")
    actions.restore_rule(three[2], by=BY)
    assert names() == ["Una", "Dos", "Cuatro", "Tres"]


def test_doing_it_twice_writes_the_trail_once(three: list[RoutingRule]) -> None:
    for _again in range(2):
        actions.remove_rule(three[0], by=BY)
    for _again in range(2):
        actions.restore_rule(three[0], by=BY)
    verbs = [entry.verb for entry in trail("catalog")][-2:]
    assert verbs == ["routing_rule.removed", "routing_rule.restored"]


def test_the_trail_names_the_rule_and_whom_it_sends_to(three: list[RoutingRule]) -> None:
    ana = User.objects.create_user("ana", None, name="Ana")
    target = actions.Target(Department.objects.get(key="works"), Team.objects.get(key="streets_crew"), ana)
    actions.change_rule(three[0], name="Otra", condition="urgent", target=target, by=BY)
    said = trail("catalog")[-1]
    assert said.verb == "routing_rule.changed"
    data = {"rule": str(three[0].uuid), "order": 10, "condition": "urgent", "department": "works"}
    assert said.data == {**data, "team": "streets_crew", "assignee": str(ana.uuid)}


def test_a_condition_that_may_not_be_asked_changes_nothing(three: list[RoutingRule]) -> None:
    target = actions.Target(Department.objects.get(key="works"))
    with pytest.raises(BadExpression):
        actions.change_rule(three[0], name="Otra", condition="typo", target=target, by=BY)
    with pytest.raises(BadExpression):
        actions.add_rule(name="Otra", condition="typo", target=target, by=BY)
    assert names() == ["Una", "Dos", "Tres"]


def test_a_case_goes_to_a_person_while_their_account_is_open(three: list[RoutingRule]) -> None:
    ana = User.objects.create_user("ana", None, name="Ana")
    target = actions.Target(Department.objects.get(key="works"), assignee=ana)
    actions.change_rule(three[0], name="A Ana", condition=POTHOLE, target=target, by=BY)
    catalogue = published.current()
    values = {"type": "pothole"}
    assert catalogue.route(catalogue.by_key["pothole"], values).assignee_id == ana.pk
    User.objects.filter(pk=ana.pk).update(is_active=False)
    published.forget()
    catalogue = published.current()
    route = catalogue.route(catalogue.by_key["pothole"], values)
    assert (route.assignee_id, route.department.key) == (None, "works")
