"""«¿Cómo va?»: by number and code, as the person reads it."""

from __future__ import annotations

import hmac
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import HeaderEx, P, Path, QueryEx

from ventanilla.accounts import limits
from ventanilla.api.rest import problems, schemas, writing
from ventanilla.api.rest.server import ANYBODY, key_if_any, server
from ventanilla.cases import line
from ventanilla.cases.enums import CaseState, Visibility
from ventanilla.cases.models import Case
from ventanilla.lib import references

# What the person may read of their case; of its process, which version it runs.
COLUMNS = (
    "uuid", "reference", "procedure", "kind", "state", "department", "filed_at", "updated_at",
    "closed_at", "taken_at", "assignee", "response_due_at", "target_due_at", "outcome", "follow_code",
    "process__definition__key", "process__definition__version",
)  # fmt: skip
CODE = r"^[A-Za-z0-9-]{1,20}$"


@server.get(
    "follow/{reference}", response=schemas.Followed, tags=[_("Presentar y seguir")], summary=_("Ver cómo va"),
    description=_(
        "Con el número y el código que se dieron al presentarlo. El código va mejor en la cabecera `X-Follow-Code`: "
        "así no queda en los registros de las direcciones visitadas. Sin clave se puede preguntar 30 veces por hora."
    ),
    operation_id="follow", openapi_extra=ANYBODY,
)  # fmt: skip
def follow(
    request: HttpRequest,
    reference: Path[schemas.Short],
    code: QueryEx[str | None, P(pattern=CODE)] = None,
    x_follow_code: HeaderEx[str | None, P(alias="X-Follow-Code", pattern=CODE)] = None,
) -> Any:
    if key_if_any(request) is None:
        limits.demand("follow-from", limits.origin(request), limit=30, seconds=3600)
    case = _case(reference, x_follow_code or code or "")
    return HttpResponse(msgspec.json.encode(_followed(case)), content_type="application/json; charset=utf-8")


def _case(typed: str, code: str) -> Case:
    """The case of a number and its code; whether it is the number or the code that is wrong isn't said."""
    number = references.parse(typed)
    held = Case.objects.select_related("process__definition").only(*COLUMNS)
    case = held.filter(reference=number).first()
    expected, given = case.follow_code if case else "", code.replace("-", "").upper()
    if case is None or not hmac.compare_digest(expected.encode(), given.encode()):
        raise problems.not_found()
    return case


def _followed(case: Case) -> dict[str, Any]:
    events = list(case.events.exclude(visibility=Visibility.STAFF).order_by("seq"))
    return {
        "reference": case.reference,
        "procedure": writing.named(case.procedure),
        "state": case.state,
        "state_label": str(CaseState(case.state).label),
        "department": writing.named(case.department),
        "filed_at": case.filed_at,
        "updated_at": case.updated_at,
        "closed_at": case.closed_at,
        "outcome": case.outcome,
        "asked": writing.asked(case, events),
        "clocks": writing.clocks(case.deadlines.all()),
        "steps": [{"title": s.title, "text": s.text, "kind": s.kind, "at": s.at} for s in line.steps(case, events)],
        "timeline": [writing.moment(event) for event in events],
    }
