"""The catalogue in memory: cheap to ask, soon up to date, and never in the way of a filing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ventanilla.catalog import actions, published
from ventanilla.catalog.models import Procedure, RoutingRule
from ventanilla.lib.expressions import BadExpression
from ventanilla.organization.models import Department, Municipality

VALUES = {
    "type": "pothole",
    "service": "streets",
    "kind": "service_request",
    "district": "",
    "neighborhood": "",
    "answers": {},
    "hour": 10,
    "office_open": True,
    "weekday": 3,
    "channel": "web",
    "identity": "anonymous",
    "urgent": False,
}


def routed(key: str, **values: object) -> str:
    catalogue = published.current()
    route = catalogue.route(catalogue.by_key[key], {**VALUES, "type": key, **values})
    return f"{route.department.key} {route.rule}".strip()


def test_it_is_read_in_three_statements_and_then_kept(costa_rica: Municipality) -> None:
    published.forget()
    with CaptureQueriesContext(
        connection,
    ) as first:
        published.current()
    with CaptureQueriesContext(connection) as second:
        assert published.current().find("bache")
    assert (len(first), len(second)) == (3, 0)


def test_the_finder_is_made_anew_only_when_words_change(costa_rica: Municipality) -> None:
    before = published.current().index
    actions.define_procedure(key="pothole", by="user:ana", weight=3)
    assert published.current().index is before
    actions.define_procedure(key="pothole", by="user:ana", words=["cangilón"])
    assert published.current().find("cangilones")[0].key == "pothole"


def test_a_type_out_of_use_is_not_found_and_still_there_for_its_cases(costa_rica: Municipality) -> None:
    actions.define_procedure(key="pothole", by="user:ana", is_active=False)
    catalogue = published.current()
    assert "pothole" not in [each.key for each in catalogue.find("bache")]
    assert "pothole" not in [each.key for each in catalogue.of_service(catalogue.services[0])]
    assert Procedure.objects.get(key="pothole").pk in catalogue.procedures


def test_types_of_a_service_come_in_their_order(costa_rica: Municipality) -> None:
    catalogue = published.current()
    assert [each.key for each in catalogue.of_service(catalogue.services[0])][:3] == ["pothole", "sinkhole", "sidewalk"]


def test_a_case_goes_to_the_department_of_its_type(costa_rica: Municipality) -> None:
    assert routed("pothole") == "works"


@pytest.mark.parametrize(
    ("values", "department"),
    [
        ({"urgent": True, "office_open": False}, "public_services"),
        ({"urgent": True, "office_open": True}, "works"),
        ({"urgent": False, "office_open": False}, "works"),
    ],
)
def test_what_is_urgent_at_night_goes_to_whoever_is_on_duty(
    costa_rica: Municipality, values: dict[str, object], department: str
) -> None:
    assert routed("pothole", **values).split()[0] == department


@pytest.mark.parametrize(
    ("answers", "department"), [({"cause": "roots"}, "parks"), ({"cause": "hole"}, "works"), ({}, "works")]
)
def test_a_pavement_lifted_by_roots_goes_to_the_tree_crew(
    costa_rica: Municipality, answers: dict[str, str], department: str
) -> None:
    assert routed("sidewalk", answers=answers).split()[0] == department


def test_the_case_is_told_which_rule_sent_it(costa_rica: Municipality) -> None:
    assert routed("sidewalk", answers={"cause": "roots"}) == "parks 20: Acera levantada por raíces: a arbolado"


def test_a_rule_that_asks_for_an_answer_nobody_gave_does_not_hold(costa_rica: Municipality) -> None:
    attention = Department.objects.get(key="attention")
    actions.define_routing_rule(
        order=1, condition='answers.size == "huge"', by="user:ana", name="Enorme", department=attention
    )
    assert routed("pothole") == "works"
    assert routed("pothole", answers={"size": "huge"}) == "attention 1: Enorme"


def test_a_condition_that_is_not_understood_is_refused(costa_rica: Municipality) -> None:
    with pytest.raises(BadExpression):
        actions.define_routing_rule(
            order=1, condition="hour >", by="user:ana", name="Rota", department=Department.objects.get(key="works")
        )
    assert not RoutingRule.objects.filter(order=1).exists()


def test_a_stored_condition_gone_bad_stops_nobody(costa_rica: Municipality) -> None:
    RoutingRule.objects.filter(order=10).update(condition="hour >")
    published.forget()
    assert routed("pothole", urgent=True, office_open=False) == "works"
