"""The list of rules, and what is done to one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.catalog import actions
from ventanilla.catalog.models import RoutingRule
from ventanilla.catalog.rules import conditions
from ventanilla.desk.actor import actor
from ventanilla.desk.configuring.access import sets
from ventanilla.desk.configuring.routing import lists, words
from ventanilla.desk.configuring.routing.editing import Editor
from ventanilla.desk.configuring.routing.forms import TryForm
from ventanilla.desk.configuring.routing.lists import Division
from ventanilla.desk.configuring.routing.trying import attempt
from ventanilla.lib.expressions import BadExpression

REMOVED_SHOWN = 20


@dataclass(frozen=True)
class Row:
    """A rule as the list shows it: in words where it was picked, else its text; `trouble` where it isn't asked."""

    rule: RoutingRule
    asks: list[str]
    text: str
    to: str
    trouble: str


@sets(Permission.CATALOG_EDIT)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The rules in their order, and the trial of a case against them (`?prueba-type=…`)."""
    services, districts = lists.services(), lists.districts()
    rules = RoutingRule.objects.kept().select_related("department", "team", "assignee").order_by("order")
    is_tried = "prueba-type" in request.GET
    form = TryForm(request.GET if is_tried else None, prefix="prueba", districts=districts)
    trial = attempt(form) if is_tried and form.is_valid() else None
    removed = RoutingRule.objects.removed().select_related("department", "team", "assignee")[:REMOVED_SHOWN]
    shown = {
        "rows": [_row(rule, services, districts) for rule in rules],
        "removed": [(rule, words.sent_to(rule)) for rule in removed],
        "undo": _just_removed(request),
        "form": form,
        "trial": trial,
    }
    return render(request, "desk/settings/routing/list.html", shown)


def _row(rule: RoutingRule, services: list[Division], districts: list[Division]) -> Row:
    held = conditions.read(rule.condition)
    asks = words.said(held, services=services, districts=districts) if held else []
    return Row(rule, asks, "" if held else rule.condition, words.sent_to(rule), _trouble(rule))


def _trouble(rule: RoutingRule) -> str:
    try:
        conditions.check(rule.condition)
    except BadExpression as error:
        return words.error_said(error)
    return ""


def _just_removed(request: HttpRequest) -> RoutingRule | None:
    try:
        uuid = UUID(request.GET.get("quitada", ""))
    except ValueError:
        return None
    return RoutingRule.objects.removed().filter(uuid=uuid).first()


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new rule, at the end."""
    return Editor(request, None).answer()


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One rule."""
    return Editor(request, _found(uuid)).answer()


def _found(uuid: UUID) -> RoutingRule:
    rule = lists.rule_of(uuid)
    if rule is None:
        raise Http404
    return rule


def _back(rule: RoutingRule) -> HttpResponse:
    """To the list, where this rule is."""
    return redirect(f"{reverse('desk:routing')}#regla-{rule.uuid}")


def _changes(do: Callable[[RoutingRule, str, str], None]) -> Callable[[HttpRequest, UUID, str], HttpResponse]:
    """A view that does one thing to a rule and goes back to where it is."""

    def view(request: HttpRequest, uuid: UUID, way: str) -> HttpResponse:
        rule = _found(uuid)
        do(rule, way, actor(request).ref)
        return _back(rule)

    return sets(Permission.CATALOG_EDIT)(require_POST(view))


move = _changes(lambda rule, way, by: actions.move_rule(rule, up=way == "arriba", by=by))
switch = _changes(lambda rule, way, by: actions.switch_rule(rule, on=way == "encender", by=by))


@sets(Permission.CATALOG_EDIT)
@require_POST
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a rule off the list; the list offers to put it back."""
    rule = _found(uuid)
    actions.remove_rule(rule, by=actor(request).ref)
    return redirect(f"{reverse('desk:routing')}?quitada={rule.uuid}")


@sets(Permission.CATALOG_EDIT)
@require_POST
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a removed rule back."""
    rule = get_object_or_404(RoutingRule, uuid=uuid)
    actions.restore_rule(rule, by=actor(request).ref)
    return _back(rule)
