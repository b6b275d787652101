"""The rules that say who gets a new case: their order is what counts, so it is changed under a lock."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import transaction

from ventanilla.accounts.models import User
from ventanilla.audit.actions import Entry
from ventanilla.catalog.actions.record import plain, record
from ventanilla.catalog.models import RoutingRule
from ventanilla.catalog.rules import conditions
from ventanilla.lib import clock
from ventanilla.organization.models import Department, Team

_STEP = 10
"""Between two rules, so that an import can put one of its own between them."""
_APART = 30_000
"""Where orders are set aside while others take their places; the column holds no more than 32,767."""


class Target(NamedTuple):
    """Who gets the case."""

    department: Department
    team: Team | None = None
    assignee: User | None = None


@transaction.atomic
def define_routing_rule(*, order: int, condition: str, by: str, **fields: Any) -> RoutingRule:
    """Make a routing rule or change the one at that place. Raises expressions.BadExpression."""
    conditions.check(condition)
    rule, _made = RoutingRule.objects.kept().update_or_create(order=order, defaults={"condition": condition, **fields})
    _note("defined", rule, by=by, condition=condition, **plain(fields))
    return rule


@transaction.atomic
def add_rule(*, name: str, condition: str, target: Target, by: str) -> RoutingRule:
    """A rule after all others. Raises expressions.BadExpression."""
    conditions.check(condition)
    rules = _in_order()
    order = rules[-1].order + _STEP if rules else _STEP
    rule = RoutingRule.objects.create(order=order, name=name, condition=condition, **target._asdict())
    _note("added", rule, by=by, condition=condition, **plain(target._asdict()))
    return rule


@transaction.atomic
def change_rule(rule: RoutingRule, *, name: str, condition: str, target: Target, by: str) -> None:
    """What a rule asks and where it sends. Raises expressions.BadExpression."""
    conditions.check(condition)
    fields = {"name": name, "condition": condition, **target._asdict()}
    for field, value in fields.items():
        setattr(rule, field, value)
    rule.save(update_fields=list(fields))
    _note("changed", rule, by=by, condition=condition, **plain(target._asdict()))


@transaction.atomic
def move_rule(rule: RoutingRule, *, up: bool, by: str) -> None:
    """Ask a rule before the one above it, or after the one below. The first moves no further up."""
    rules = _in_order()
    at = next((place for place, each in enumerate(rules) if each.pk == rule.pk), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(rules):
        return
    one, two = rules[at], rules[other]
    RoutingRule.objects.filter(pk=one.pk).update(order=_APART)
    RoutingRule.objects.filter(pk=two.pk).update(order=one.order)
    RoutingRule.objects.filter(pk=one.pk).update(order=two.order)
    _note("moved", one, by=by, before=one.order, after=two.order)


@transaction.atomic
def switch_rule(rule: RoutingRule, *, on: bool, by: str) -> None:
    """Ask a rule or leave it out, without losing it."""
    if RoutingRule.objects.kept().filter(pk=rule.pk, is_active=not on).update(is_active=on):
        _note("switched_on" if on else "switched_off", rule, by=by)


@transaction.atomic
def remove_rule(rule: RoutingRule, *, by: str) -> None:
    """Take a rule out of the list. It is kept, so that it can be put back where it was."""
    if RoutingRule.objects.kept().filter(pk=rule.pk).update(removed_at=clock.now()):
        _note("removed", rule, by=by)


@transaction.atomic
def restore_rule(rule: RoutingRule, *, by: str) -> None:
    """Put a removed rule back: where it was, or at the end where another has its place now."""
    rules = _in_order()
    gone = RoutingRule.objects.removed().filter(pk=rule.pk).first()
    if gone is None:
        return
    if any(each.order == gone.order for each in rules):
        gone.order = rules[-1].order + _STEP
    gone.removed_at = None
    gone.save(update_fields=["order", "removed_at"])
    _note("restored", gone, by=by, order=gone.order)


def _in_order() -> list[RoutingRule]:
    """The rules, locked: two who move them wait for each other."""
    return list(RoutingRule.objects.kept().select_for_update().order_by("order"))


def _note(what: str, rule: RoutingRule, *, by: str, **facts: Any) -> None:
    record([Entry(f"routing_rule.{what}", {"rule": str(rule.uuid), "order": rule.order, **facts})], by=by)
