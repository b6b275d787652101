"""`init` leaves a municipality ready for visitors, and done again it changes nothing."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from ventanilla.audit.models import TrailEntry
from ventanilla.calendars.models import TermRule
from ventanilla.catalog import actions, published, starting
from ventanilla.catalog.models import Procedure, RoutingRule, Service
from ventanilla.forms.actions import publish
from ventanilla.forms.enums import Kind
from ventanilla.forms.models import FormVersion
from ventanilla.organization import registry
from ventanilla.organization.models import Department, Municipality, Role, Team
from ventanilla.workflow.actions import READY, current_definition, outline
from ventanilla.workflow.models import ProcessDefinition

READY_KEYS = sorted(path.stem for path in READY.glob("*.bpmn"))
CONDITION = re.compile(r"<bpmn:conditionExpression[^>]*>(.*?)</bpmn:conditionExpression>")


def everything() -> list[list[dict[str, Any]]]:
    tables = (Service, Procedure, RoutingRule, FormVersion, Department, Team, Role, TermRule, ProcessDefinition)
    return [list(table.objects.order_by("pk").values()) for table in tables] + [
        [{"entries": TrailEntry.objects.count()}]
    ]


def test_a_municipality_begins_with_all_it_needs_in_seconds(founded: Callable[[str], Municipality]) -> None:
    begun = time.process_time()
    founded("CR")
    assert time.process_time() - begun < 5
    assert Service.objects.count() == len(starting.services()) == 11
    assert Procedure.objects.count() == sum(len(service.procedures) for service in starting.services())
    assert not Procedure.objects.filter(team=None).exists()
    assert TermRule.objects.filter(country="CR").exists()
    assert sorted(ProcessDefinition.objects.values_list("key", flat=True)) == READY_KEYS


def test_beginning_twice_changes_nothing(costa_rica: Municipality) -> None:
    before = everything()
    for fill in registry.in_order():
        fill(costa_rica)
    assert everything() == before


def test_what_the_municipality_changed_stays(costa_rica: Municipality) -> None:
    actions.define_service(key="trees", by="user:ana", name="Árboles", icon="tree")
    actions.define_procedure(key="pothole", by="user:ana", name="Hueco", is_active=False, weight=5)
    RoutingRule.objects.all().delete()
    actions.define_routing_rule(
        order=1, condition="urgent", by="user:ana", name="Urgente", department=Department.objects.get(key="works")
    )
    Department.objects.filter(key="works").update(name="Vialidad")
    schema = {"type": "object", "properties": {"deep": {"type": "boolean"}}}
    ours = publish(
        key="pothole", schema=schema, layout={"questions": [{"field": "deep", "question": "¿Es hondo?"}]}, by="user:ana"
    )
    before = everything()
    for fill in registry.in_order():
        fill(costa_rica)
    assert everything() == before
    assert FormVersion.objects.latest_of("pothole") == ours


def test_what_is_missing_is_made_again_with_the_form_of_today(costa_rica: Municipality) -> None:
    Procedure.objects.get(key="graffiti").delete()
    schema = {"type": "object", "properties": {"wall": {"type": "boolean"}}}
    ours = publish(
        key="graffiti",
        schema=schema,
        layout={"questions": [{"field": "wall", "question": "¿Es un muro?"}]},
        by="user:ana",
    )
    actions.start(costa_rica)
    assert Procedure.objects.get(key="graffiti").form == ours


@pytest.mark.parametrize(
    ("country", "name"),
    [("CR", "Bombillo quemado en la calle"), ("ES", "Farola apagada"), ("MX", "Luminaria o foco fundido")],
)
def test_types_are_named_as_the_country_names_them(
    founded: Callable[[str], Municipality], country: str, name: str
) -> None:
    founded(country)
    assert Procedure.objects.get(key="street_light_out").name == name


@pytest.mark.parametrize("country", ["AR", "CL", "CO", "PE", "UY"])
def test_every_country_with_a_preset_can_begin(founded: Callable[[str], Municipality], country: str) -> None:
    founded(country)
    assert len(published.current().by_key) == Procedure.objects.count()


def test_every_type_runs_a_process_that_is_there(costa_rica: Municipality) -> None:
    keys = set(ProcessDefinition.objects.filter(is_current=True).values_list("key", flat=True))
    assert set(Procedure.objects.values_list("process_key", flat=True)) <= keys


@pytest.mark.parametrize("key", READY_KEYS)
def test_every_form_that_a_ready_process_names_is_there(costa_rica: Municipality, key: str) -> None:
    named = outline(current_definition(key)).forms
    assert named
    assert named == set(FormVersion.objects.filter(key__in=named).values_list("key", flat=True))


def test_no_form_of_a_step_is_left_without_a_process(costa_rica: Municipality) -> None:
    named = {form for key in READY_KEYS for form in outline(current_definition(key)).forms}
    assert {step.key for step in starting.steps()} == named


@pytest.mark.parametrize("key", READY_KEYS)
def test_what_the_conditions_of_a_process_read_is_always_answered_in_a_step_before(
    costa_rica: Municipality, key: str
) -> None:
    definition = current_definition(key)
    said = outline(definition)
    asked = {
        question.field: question
        for form in FormVersion.objects.filter(key__in=said.forms)
        for question in form.paper.questions
    }
    assert bool(said.variables) == (key != "compliment"), "only what is given thanks for needs no decision"
    for variable in said.variables:
        assert asked[variable].is_required
        assert asked[variable].when is None
    for text in CONDITION.findall(bytes(definition.xml).decode()):
        compared(text, asked)


def compared(condition: str, asked: dict[str, Any]) -> None:
    """Every value a condition compares with is one that can be answered; a bare variable is a yes or no."""
    variable = re.match(r"\w+", condition.strip())
    assert variable
    values = set(re.findall(r'"([^"]*)"|&quot;([^&]*)&quot;', condition))
    question = asked[variable[0]]
    offered = {value for value, _label in question.options}
    assert {one or other for one, other in values} <= offered
    assert values or question.kind == Kind.YESNO


def test_the_trail_tells_what_the_catalogue_began_with(costa_rica: Municipality) -> None:
    told = TrailEntry.objects.filter(chain="catalog", verb="procedure.defined", by="init")
    assert told.count() == Procedure.objects.count()
