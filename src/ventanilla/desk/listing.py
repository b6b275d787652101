"""What stands around a list of cases, in the inbox and beside the map: its filters, its pages, its saved views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases import inbox, paging
from ventanilla.cases.inbox import Filters
from ventanilla.design import dates
from ventanilla.design.components import Chip
from ventanilla.desk import acting, many, rows, undoing
from ventanilla.desk.choices import Choice, choices, label_of
from ventanilla.lib import clock
from ventanilla.organization.permissions import access_of

SAVED = "guardada"
"""The name in the address of the saved view that is open."""


FIRST = ("responder", "tomar", "asignar", "derivar")
"""What can be done to the case in hand from the list itself, each by its key."""
INBOX, MAP = "desk:inbox", "desk:map"


def fragment(request: HttpRequest, query: QueryDict) -> HttpResponse:
    """The list alone, so that it refreshes in place."""
    return render(request, "desk/_inbox_list.html", {**_list(request, query, INBOX), "markable": True})


def page(request: HttpRequest, query: QueryDict, *, status: int = 200, **more: Any) -> HttpResponse:
    """The inbox; `more` is what is open in it: an action on the marked cases, with its form."""
    listed, access = _list(request, query, INBOX), access_of(request.user)
    shown = {row.uuid for row in listed["rows"]}
    context = {
        **listed,
        **_filtering(request, query, INBOX),
        **_saved(request, query),
        "markable": True,
        "tabs": _tabs(request),
        "keys": [(acting.ACTS[name].key, str(acting.ACTS[name].label)) for name in FIRST],
        "many": [act for act in many.ACTS.values() if access.may_somewhere(act.permission)],
        "may_file": access.may_somewhere(Permission.CASE_FILE),
        "may_export": access.may_somewhere(Permission.CASE_EXPORT),
        "undo": undoing.offered(request),
        "shown_at": dates.when(clock.now()),
        "marked_elsewhere": [case for case in more.get("marked_cases", ()) if str(case.uuid) not in shown],
        **more,
    }
    return render(request, "desk/inbox.html", context, status=status)


def of_map(request: HttpRequest, query: QueryDict) -> dict[str, Any]:
    """The list beside the map, with its filters."""
    return {**_list(request, query, MAP), **_filtering(request, query, MAP)}


def _list(request: HttpRequest, query: QueryDict, here: str) -> dict[str, Any]:
    filters = Filters.of(query)
    found = paging.page(request.user, filters)
    return {
        "rows": rows.of_cases(found.cases),
        "filters": filters,
        "view": filters.view,
        "has_filters": bool(filters.asked()),
        "own_query": back(query).partition("?")[2],
        "next_path": path(query, here, desde=found.next_after) if found.next_after else "",
        "previous_path": path(query, here, hasta=found.previous_before) if found.previous_before else "",
        "first_path": path(query, here) if found.previous_before else "",
    }


def _filtering(request: HttpRequest, query: QueryDict, here: str) -> dict[str, Any]:
    """The filters in force as chips, and what could be asked."""
    filters = Filters.of(query)
    offered = choices(request.user, closed=filters.is_closed)
    return {
        "here": reverse(here),
        "chips": [
            Chip(_chip_label(name, value, offered), path(query, here, **{name: ""}))
            for name, value in filters.asked().items()
        ],
        "choices": [(each.name, each.label, each.with_chosen(query.get(each.name, ""))) for each in offered],
    }


def path(query: QueryDict, here: str = INBOX, **changes: str) -> str:
    """A list with these filters and some changed. Where in it one is goes, unless that is among the changes."""
    kept = {name: query.get(name, "") for name in (*inbox.NAMES.values(), SAVED)}
    kept |= {"desde": "", "hasta": "", **changes}
    return f"{reverse(here)}?{urlencode({name: value for name, value in kept.items() if value})}"


def back(query: QueryDict) -> str:
    """The same place of the same list of the inbox."""
    return path(query, desde=query.get("desde", ""), hasta=query.get("hasta", ""))


def sent(request: HttpRequest) -> QueryDict:
    """The list that something was done from: of what was sent only the query is taken."""
    return QueryDict(request.POST.get("volver", "").lstrip("?")[:1000])


def clean(query: Mapping[str, str]) -> str:
    """What a saved view keeps of an address: its view and its filters, in one order."""
    filters = Filters.of(query)
    return urlencode({"vista": filters.view, **filters.asked()})


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    counts = inbox.counts(request.user)
    return [
        {"name": name, "label": label, "count": counts.said(name), "urgent": name in inbox.URGENT_VIEWS}
        for name, label in inbox.VIEWS.items()
    ]


def _chip_label(name: str, value: str, offered: list[Choice]) -> str:
    plain = {"urgente": _("Urgentes"), "faltan-datos": _("Faltan datos")}
    if name in plain:
        return plain[name]
    if name in ("entro-desde", "entro-hasta"):
        day = inbox.day_of(value)
        words = _("Entró desde el %(day)s") if name == "entro-desde" else _("Entró hasta el %(day)s")
        return words % {"day": dates.near_day(day)} if day else value
    return label_of(name, value, offered)


def _saved(request: HttpRequest, query: QueryDict) -> dict[str, Any]:
    """The user's saved views; and of the one that is open, whether its filters were changed meanwhile."""
    views = list(request.user.saved_views.all())  # type: ignore[union-attr]
    opened = next((view for view in views if str(view.uuid) == query.get(SAVED)), None)
    return {
        "saved": views,
        "opened": opened,
        "opened_changed": opened is not None and opened.query != clean(query),
    }
