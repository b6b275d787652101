"""What the catalogue begins with says what it must; read from its files, without a database."""

import re

import pytest

from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog import starting
from ventanilla.catalog.enums import Kind, PlaceNeed
from ventanilla.catalog.models import Procedure as StoredProcedure
from ventanilla.catalog.starting import Answer, Procedure, Question, Service
from ventanilla.design.icons import ICONS
from ventanilla.forms import open311
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import completed
from ventanilla.lib import expressions
from ventanilla.organization.starting import departments
from ventanilla.workflow.actions import READY

PAIRS = [(service, procedure) for service in starting.services() for procedure in service.procedures]
ALL = [procedure for _service, procedure in PAIRS]
NINE = [
    "Calles y otros",
    "Alumbrado público",
    "Tránsito y señalamiento",
    "Agua corriente",
    "Higiene urbana",
    "Arbolado urbano",
    "Parques y plazas",
    "Mascotas perdidas y adopción",
    "Falta de suministro eléctrico",
]
COUNTRIES = {"AR", "CL", "CO", "CR", "ES", "MX", "PA", "PE", "UY"}
TEAMS = {key: department.key for department in departments() for key in department.teams}
every_type = pytest.mark.parametrize(
    ("service", "procedure"), PAIRS, ids=[procedure.key for _service, procedure in PAIRS]
)


def version(questions: list[Question]) -> FormVersion:
    schema, layout = starting.schema(questions), starting.layout(questions)
    return FormVersion(key="form", version=1, schema=completed(schema, layout), layout=layout, digest="x")


def test_the_nine_services_of_the_requirement_come_first_and_in_its_order() -> None:
    assert [service.name for service in starting.services()][:9] == NINE


def test_billing_is_a_service_of_its_own() -> None:
    """Requirement P17: in billing season, complaints about bills must not hide those about services."""
    charged = {service.key for service, procedure in PAIRS if "cobro" in procedure.name.lower()}
    assert charged == {"billing"}


def test_keys_are_taken_once_and_no_type_takes_that_of_a_step() -> None:
    keys = [procedure.key for procedure in ALL] + [step.key for step in starting.steps()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("service", starting.services(), ids=lambda service: service.key)
def test_a_service_has_its_words_and_its_icon(service: Service) -> None:
    assert service.icon in ICONS
    assert service.description.endswith(".")
    assert set(service.names) <= COUNTRIES
    assert TEAMS[service.team] == service.department


@every_type
def test_a_type_is_described_in_a_sentence_with_words_of_people(service: Service, procedure: Procedure) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{2,39}", procedure.key)
    assert 5 <= len(procedure.name) <= 60
    assert procedure.name[0].isupper()
    assert not procedure.name.endswith(".")
    assert procedure.description.endswith(".")
    assert len(procedure.description) <= 130
    assert len(procedure.words) >= 9
    assert len(set(procedure.words)) == len(procedure.words)
    assert not any("," in word for word in procedure.words), "Open311 lists keywords with commas"
    assert set(procedure.names) <= COUNTRIES


@every_type
def test_a_type_has_a_department_of_ours_and_a_team_in_it(service: Service, procedure: Procedure) -> None:
    assert TEAMS[service.team_of(procedure)] == service.department_of(procedure)


@every_type
def test_a_type_is_before_the_law_what_its_kind_is(service: Service, procedure: Procedure) -> None:
    owed = {
        Kind.SERVICE_REQUEST: LegalNature.SERVICE_NOTICE,
        Kind.COMPLAINT: LegalNature.COMPLAINT,
        Kind.REPORT_OF_BREACH: LegalNature.REPORT_OF_BREACH,
        Kind.INQUIRY: LegalNature.PETITION,
        Kind.SUGGESTION: LegalNature.PETITION,
        Kind.COMPLIMENT: LegalNature.SERVICE_NOTICE,
    }
    assert procedure.nature == owed[procedure.kind]
    assert (READY / f"{procedure.process}.bpmn").exists()


@every_type
def test_complaints_denuncias_and_dwellings_are_never_public(service: Service, procedure: Procedure) -> None:
    stored = StoredProcedure(kind=procedure.kind, is_public=procedure.is_public, at_dwelling=procedure.at_dwelling)
    if procedure.kind != Kind.SERVICE_REQUEST or procedure.at_dwelling:
        assert not stored.may_be_public
    if procedure.kind != Kind.SERVICE_REQUEST:
        assert not procedure.is_public


@every_type
def test_what_is_promised_follows_from_what_it_is(service: Service, procedure: Procedure) -> None:
    """Work in the street has its date; an emergency and a technical matter promise none, nor does an answer."""
    works = procedure.kind in (Kind.SERVICE_REQUEST, Kind.REPORT_OF_BREACH)
    assert bool(procedure.target) == (works and not procedure.is_emergency and not procedure.technical_only)
    assert 0 <= procedure.weight <= 5


@every_type
def test_an_emergency_says_what_to_do_and_asks_nothing(service: Service, procedure: Procedure) -> None:
    assert bool(procedure.advice) == procedure.is_emergency
    assert len(procedure.advice) <= 300
    assert bool(starting.questions(procedure)) == (not procedure.is_emergency and not procedure.technical_only)
    if procedure.is_emergency:
        assert procedure.weight == 5


@every_type
def test_its_questions_are_few_short_and_plain(service: Service, procedure: Procedure) -> None:
    asked = starting.questions(procedure)
    assert len(asked) <= 4
    for question in asked:
        reads_well(question)
        assert not question.required, "a report is never held up: what is wanting becomes work"
        assert question.answer != Answer.LONG, "there is a field for telling it"
    assert sum(question.essential for question in asked) <= 2


def reads_well(question: Question) -> None:
    assert re.fullmatch(r"¿[A-ZÁÉÍÓÚ].{4,60}\?", question.question)
    assert all(re.fullmatch(r"[A-ZÁÉÍÓÚ].{0,44}[^.]", label) for label in question.options.values())
    assert bool(question.options) == (question.answer in (Answer.CHOICE, Answer.SEVERAL))
    for sentence in filter(None, (question.script, question.hint)):
        assert sentence.endswith(".")


@every_type
def test_its_form_can_be_published_and_told_in_open311(service: Service, procedure: Procedure) -> None:
    asked = starting.questions(procedure)
    form = version(asked)
    assert open311.expressible(form)
    assert [said["code"] for said in open311.attributes(form)] == [question.field for question in asked]


@pytest.mark.parametrize("step", starting.steps(), ids=lambda step: step.key)
def test_the_form_of_a_step_can_be_published_and_reads_well(step: starting.Form) -> None:
    assert version(step.questions).paper.questions
    for question in step.questions:
        reads_well(question)
    spoken = [question for question in step.questions if "a la persona" in question.question]
    assert {question.field for question in spoken} <= {"text"}


def test_what_concerns_nobody_s_street_asks_for_no_place() -> None:
    placeless = {procedure.kind for procedure in ALL if procedure.place == PlaceNeed.NONE}
    assert placeless.isdisjoint({Kind.SERVICE_REQUEST, Kind.REPORT_OF_BREACH})


def test_the_starting_rules_are_understood_and_few() -> None:
    rules = starting.routing()
    assert 1 <= len(rules) <= 3
    for rule in rules:
        assert expressions.compile(rule.condition)
        assert TEAMS[rule.team] == rule.department


def test_names_of_a_country_differ_from_the_common_one() -> None:
    assert [(each.key, country) for each in ALL for country, name in each.names.items() if name == each.name] == []
