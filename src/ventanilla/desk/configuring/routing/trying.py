"""«¿A quién le llegaría?»: a case that doesn't exist is held against the rules, those as they stand or with a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ventanilla.accounts.models import User
from ventanilla.calendars.clocks import is_open
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure, RoutingRule
from ventanilla.catalog.published import CompiledRule, Route
from ventanilla.desk.configuring.routing.forms import TryForm
from ventanilla.organization.models import Team


@dataclass(frozen=True)
class Asked:
    """A rule that was asked in its turn, and whether it took the case."""

    rule: RoutingRule
    took_it: bool
    is_draft: bool


@dataclass(frozen=True)
class Trial:
    """Who would get the case, and the rules that were asked until one took it."""

    procedure: Procedure
    to: str
    rule: str
    asked: Sequence[Asked]


def attempt(form: TryForm, draft: RoutingRule | None = None) -> Trial | None:
    """What would become of the case of a valid form. A `draft` stands in the place of its rule, or last."""
    procedure = form.procedure
    if procedure is None:
        return None
    catalogue = published.current()
    rules = _with(catalogue.routing, draft) if draft else catalogue.routing
    values = _values(form, procedure)
    asked = list(_asked(rules, values, draft))
    route = replace(catalogue, routing=rules).route(procedure, values)
    return Trial(procedure, _who(route), route.rule, asked)


def _values(form: TryForm, procedure: Procedure) -> dict[str, Any]:
    moment, said = form.moment(), form.cleaned_data
    district, neighborhood = form.zone_keys()
    return {
        "type": procedure.key,
        "service": procedure.service.key,
        "kind": procedure.kind,
        "district": district,
        "neighborhood": neighborhood,
        "answers": form.answers(),
        "hour": moment.hour,
        "weekday": moment.isoweekday(),
        "office_open": is_open(moment),
        "channel": said["channel"],
        "identity": "identified",
        "urgent": said["urgent"],
    }


def _with(rules: Iterable[CompiledRule], draft: RoutingRule) -> list[CompiledRule]:
    others = [each for each in rules if each.rule.pk != draft.pk or draft.pk is None]
    own = list(published.compiled([draft]))
    return sorted([*others, *own], key=lambda each: each.rule.order)


def _asked(rules: Iterable[CompiledRule], values: dict[str, Any], draft: RoutingRule | None) -> Iterable[Asked]:
    for each in rules:
        took_it = each.holds(values)
        yield Asked(each.rule, took_it, each.rule is draft)
        if took_it:
            return


def _who(route: Route) -> str:
    """The department, and in it the team or somebody."""
    user = User.objects.filter(pk=route.assignee_id).first() if route.assignee_id else None
    team = Team.objects.filter(pk=route.team_id).first() if route.team_id else None
    within = user.name if user else str(team or "")
    return f"{route.department}, {within}" if within else str(route.department)
