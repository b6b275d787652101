"""What a new municipality's catalogue begins with, put in place."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction

from ventanilla.audit.actions import Entry
from ventanilla.catalog import starting
from ventanilla.catalog.actions.record import record
from ventanilla.catalog.models import Procedure, RoutingRule, Service
from ventanilla.forms.actions import publish
from ventanilla.forms.models import FormVersion
from ventanilla.organization.models import Department, Municipality, Team

INIT = "init"


@transaction.atomic
def start(municipality: Municipality) -> None:
    """Make the services, types, forms and routing rules that are missing, named as the country names them.

    What is there already stays as it is, so it is safe to repeat. The departments come from `organization`.
    """
    forms = _start_forms()
    entries = [*_start_services(municipality.country), *_start_procedures(municipality.country, forms)]
    entries += _start_rules()
    if entries:
        record(entries, by=INIT)


def _start_forms() -> dict[str, FormVersion]:
    """Publish each starting form that nobody has published; the latest version of every form by key."""
    for step in starting.steps():
        _publish_first(step.key, step.questions)
    for service in starting.services():
        for procedure in service.procedures:
            _publish_first(procedure.key, starting.questions(procedure))
    return {version.key: version for version in FormVersion.objects.order_by("version")}


def _publish_first(key: str, questions: list[starting.Question]) -> None:
    if questions and not FormVersion.objects.filter(key=key).exists():
        publish(key=key, schema=starting.schema(questions), layout=starting.layout(questions), by=INIT)


def _start_services(country: str) -> list[Entry]:
    here = set(Service.objects.values_list("key", flat=True))
    new = [service for service in starting.services() if service.key not in here]
    Service.objects.bulk_create(
        Service(
            key=each.key,
            name=each.names.get(country, each.name),
            description=each.description,
            icon=each.icon,
            order=each.order,
        )
        for each in new
    )
    return [Entry("service.defined", {"key": each.key}) for each in new]


def _start_procedures(country: str, forms: dict[str, FormVersion]) -> list[Entry]:
    here = set(Procedure.objects.values_list("key", flat=True))
    rows = _Rows(_rows(Service), _rows(Department), _rows(Team), forms)
    made = [
        _procedure(service, procedure, rows, name=procedure.name_in(country), order=order)
        for service in starting.services()
        for order, procedure in enumerate(service.procedures, start=1)
        if procedure.key not in here
    ]
    Procedure.objects.bulk_create(made)
    return [Entry("procedure.defined", {"key": each.key, "nature": each.nature}) for each in made]


def _rows(model: type[Any]) -> dict[str, Any]:
    return {row.key: row for row in model.objects.all()}


class _Rows(NamedTuple):
    """What a type points at, by key."""

    services: dict[str, Service]
    departments: dict[str, Department]
    teams: dict[str, Team]
    forms: dict[str, FormVersion]


def _procedure(
    service: starting.Service, begun: starting.Procedure, rows: _Rows, *, name: str, order: int
) -> Procedure:
    return Procedure(
        key=begun.key,
        service=rows.services[service.key],
        name=name,
        description=begun.description,
        words=begun.words,
        kind=begun.kind,
        nature=begun.nature,
        place_need=begun.place,
        form=rows.forms.get(begun.key),
        process_key=begun.process,
        department=rows.departments[service.department_of(begun)],
        team=rows.teams.get(service.team_of(begun)),
        target_quantity=begun.target.quantity if begun.target else None,
        target_unit=begun.target.unit if begun.target else "",
        weight=begun.weight,
        is_emergency=begun.is_emergency,
        emergency_advice=begun.advice,
        is_public=begun.is_public,
        at_dwelling=begun.at_dwelling,
        technical_only=begun.technical_only,
        order=order,
    )


def _start_rules() -> list[Entry]:
    """The starting rules, where the municipality has none: an order of its own is not to be mixed with ours."""
    if RoutingRule.objects.kept().exists():
        return []
    departments, teams = _rows(Department), _rows(Team)
    RoutingRule.objects.bulk_create(
        RoutingRule(
            order=each.order,
            name=each.name,
            condition=each.condition,
            department=departments[each.department],
            team=teams[each.team],
        )
        for each in starting.routing()
    )
    return [
        Entry("routing_rule.defined", {"order": each.order, "condition": each.condition}) for each in starting.routing()
    ]
