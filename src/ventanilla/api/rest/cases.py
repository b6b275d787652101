"""Cases as whoever has the key sees them: the list, and one with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from ventanilla.accounts.enums import Scope
from ventanilla.api.rest import acting, cursors, problems, schemas, writing
from ventanilla.api.rest.problems import Problem
from ventanilla.api.rest.server import needs, server
from ventanilla.cases import inbox
from ventanilla.cases.enums import WorkState
from ventanilla.cases.models import Attachment, Case, CaseQuerySet, WorkItem
from ventanilla.cases.permissions import can_work, sees_identity
from ventanilla.forms.models import FormVersion, as_answered
from ventanilla.forms.reading import pairs

TAGS = [gettext_noop("Atender")]

# What is told of a case, and nothing else of its row or of what it points to.
LISTED = (
    "uuid", "reference", "kind", "state", "channel", "place_label", "lon", "lat", "filed_at", "updated_at", "due_at",
    "closed_at", "order_at", "is_urgent", "is_incomplete", "is_reserved", "follower_count", "procedure",
    "department", "team", "district", "neighborhood", "assignee__username", "assignee__name",
)  # fmt: skip
WHOLE = (
    *LISTED, "description", "outcome", "nature", "identity", "answers", "form_version", "routing", "place",
    "corrected_place", "applicant__uuid", "applicant__given_names", "applicant__first_surname",
    "applicant__second_surname",
)  # fmt: skip


@server.get(
    "cases", auth=needs(Scope.CASE_READ, acts=True), response=schemas.Page, tags=TAGS, operation_id="cases",
    summary=gettext_noop("Los casos que ve"),
    description=gettext_noop(
        "Los que ve en la mesa quien tiene la clave, por páginas. Repita los filtros con cada `cursor`."
    ),
)  # fmt: skip
def cases(request: HttpRequest, filters: Query[schemas.Filters]) -> Any:
    order = cursors.ORDERS[filters.order or ("urgency" if filters.status == "open" else "filed")]
    if order.name == "urgency" and filters.status != "open":
        raise Problem(422, _("Por urgencia solo se ordenan los abiertos."))
    found = _of_status(Case.objects.visible_to(request.auth.user), filters.status)  # type: ignore[attr-defined]
    found = order.apply(_within(inbox.filtered(found, _inbox_filters(filters)), filters))
    try:
        found = cursors.after(found, order, filters.cursor) if filters.cursor else found
    except cursors.BadCursor as error:
        raise Problem(422, _("Ese cursor no es de esta lista.")) from error
    page = _page(found, filters.limit, order)
    return HttpResponse(msgspec.json.encode(page), content_type="application/json; charset=utf-8")


def _of_status(found: CaseQuerySet, status: str) -> CaseQuerySet:
    return found.open() if status == "open" else found.closed() if status == "closed" else found


def _inbox_filters(filters: schemas.Filters) -> inbox.Filters:
    """The filters that the inbox knows too."""
    same = ("department", "team", "procedure", "service", "state", "channel", "district", "neighborhood")
    assignee = "" if filters.assignee in (None, "none") else filters.assignee
    return inbox.Filters(assignee=str(assignee), **{name: getattr(filters, name) or "" for name in same})


def _within(found: CaseQuerySet, filters: schemas.Filters) -> CaseQuerySet:
    if filters.assignee == "none":
        found = found.filter(assignee=None)
    if filters.filed_after:
        found = found.filter(filed_at__gte=filters.filed_after)
    if filters.filed_before:
        found = found.filter(filed_at__lte=filters.filed_before)
    return found.filter(updated_at__gte=filters.updated_after) if filters.updated_after else found


def _page(found: CaseQuerySet, limit: int, order: cursors.Order) -> dict[str, Any]:
    """First the rows in order out of the index alone, then those whole."""
    ids = list(found.values_list("pk", flat=True)[: limit + 1])
    whole = {case.pk: case for case in _columns(Case.objects.filter(pk__in=ids[:limit]), LISTED)}
    listed = [whole[pk] for pk in ids[:limit] if pk in whole]
    more = len(ids) > limit and bool(listed)
    return {
        "cases": [writing.summary(case) for case in listed],
        "next": cursors.cursor(order, listed[-1]) if more else None,
    }


def seen(request: HttpRequest, uuid: UUID, *, only: Sequence[str]) -> Case:
    """The case, if whoever has the key sees it, with these columns alone. Raises Problem 404."""
    user = request.auth.user  # type: ignore[attr-defined]
    found = _columns(Case.objects.visible_to(user).filter(uuid=uuid), only).first()
    if found is None:
        raise problems.not_found()
    return found


def _columns(found: CaseQuerySet, only: Sequence[str]) -> CaseQuerySet:
    """The cases with some columns, their own and (`department__name`) of what they point to."""
    related = {name.partition("__")[0] for name in only if "__" in name}
    return (found.select_related(*related) if related else found).only(*only)


@server.get(
    "cases/{uuid:uuid}", auth=needs(Scope.CASE_READ, acts=True), response=schemas.Detail, tags=TAGS,
    summary=gettext_noop("Un caso"), operation_id="case",
    description=gettext_noop("Con su historia, sus plazos, el trabajo que debe y lo que puede hacerse con él."),
)  # fmt: skip
def case(request: HttpRequest, uuid: UUID) -> Any:
    user, found = request.auth.user, seen(request, uuid, only=WHOLE)  # type: ignore[attr-defined]
    return {
        **writing.summary(found),
        "description": found.description,
        "outcome": found.outcome,
        "nature": found.nature,
        "identity": found.identity,
        "applicant": _applicant(found) if sees_identity(user, found) else None,
        "answers": _answers(found),
        "routing": found.routing,
        "said_place": found.place,
        "corrected_place": found.corrected_place,
        "clocks": writing.clocks(found.deadlines.all()),
        "work": _work(found, user),
        "timeline": _timeline(found),
        "acts": acting.possible(user, found),
    }


def _applicant(case: Case) -> dict[str, Any] | None:
    person = case.applicant
    if person is None:
        return None
    contacts = [{"kind": each.kind, "value": each.value} for each in person.contacts.all()]
    return {"uuid": person.uuid, "name": person.name, "contacts": contacts}


def _answers(case: Case) -> list[dict[str, str]]:
    form = case.procedure.form
    if form is None or not case.answers or case.form_version is None:
        return []
    said = pairs(as_answered(form, case.form_version), case.answers)
    return [{"question": question, "answer": answer} for question, answer in said]


def _timeline(case: Case) -> list[dict[str, Any]]:
    files = Prefetch("attachments", queryset=Attachment.objects.select_related("file"))
    events = case.events.order_by("seq").prefetch_related(files)
    return [
        {
            **writing.moment(each),
            "visibility": each.visibility,
            "data": each.data,
            "files": [writing.file(held) for held in each.attachments.all()],
        }
        for each in events
    ]


def _work(case: Case, user: Any) -> list[dict[str, Any]]:
    items = list(case.work_items.exclude(state=WorkState.CANCELLED).order_by("pk"))
    forms = _forms({item.form_key for item in items if item.form_key and item.state == WorkState.OPEN})
    return [_item(item, case, user, forms.get(item.form_key)) for item in items]


def _forms(keys: set[str]) -> dict[str, FormVersion]:
    """The versions asked today of some forms, in one statement."""
    found = FormVersion.objects.filter(key__in=keys).order_by("version") if keys else []
    return {each.key: each for each in found}


def _item(item: WorkItem, case: Case, user: Any, form: FormVersion | None) -> dict[str, Any]:
    item.case = case
    is_open = item.state == WorkState.OPEN
    return {
        "uuid": item.uuid,
        "name": item.name,
        "kind": item.kind,
        "role": item.role,
        "state": item.state,
        "opened_at": item.opened_at,
        "due_at": item.due_at,
        "done_at": item.done_at,
        "can_be_done": is_open and can_work(user, item),
        "questions": writing.questions(form) if is_open else [],
    }
