"""Acting as staff, with the permissions of whoever has the key. The timeline names both, the person and the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey, User
from ventanilla.api.rest import acting, problems, schemas, writing
from ventanilla.api.rest.cases import TAGS, seen
from ventanilla.api.rest.filing import wrong_answers
from ventanilla.api.rest.problems import Problem
from ventanilla.api.rest.server import needs, server
from ventanilla.calendars.rules import NotAllowed
from ventanilla.cases import actions
from ventanilla.cases.enums import DeadlineKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import validate
from ventanilla.lib.actors import Actor
from ventanilla.lib.expressions import ExpressionError
from ventanilla.organization.models import Department, Team
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import placed, pointed
from ventanilla.workflow.rules import StepNotOpen


def actor_of(key: ApiKey) -> Actor:
    """Whoever has the key, by the hand of their program."""
    user: Any = key.user
    return Actor(f"user:{user.uuid}", f"{user.name or user.username} ({key.name})"[:150])


# Where a case stands: all that permissions ask. The action itself reads the case again, held.
STANDING = ("uuid", "state", "closed_at", "department", "team", "is_reserved")


def _begin(request: HttpRequest, uuid: UUID, name: str) -> tuple[Case, Actor]:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    case = seen(request, uuid, only=STANDING)
    acting.demand(key.user, case, name)
    return case, actor_of(key)


def _act(name: str, summary: str, description: str) -> Callable[[Any], Any]:
    """An address that does one thing to a case."""
    return server.post(
        f"cases/{{uuid:uuid}}/{name}",
        auth=needs(Scope.CASE_ACT, acts=True),
        response=schemas.Done,
        tags=TAGS,
        summary=summary,
        description=description,
        operation_id=name,
    )


@_act("take", gettext_noop("Tomar"), gettext_noop("El caso pasa a ser de quien tiene la clave; la persona lo sabe."))
def take(request: HttpRequest, uuid: UUID) -> Any:
    case, by = _begin(request, uuid, "take")
    return writing.done(actions.take_case(case, user=request.auth.user, by=by))  # type: ignore[attr-defined]


@_act("assign", gettext_noop("Asignar"), gettext_noop("A alguien del área, a un equipo suyo, o a nadie."))
def assign(request: HttpRequest, uuid: UUID, sent: schemas.AssignIn) -> Any:
    case, by = _begin(request, uuid, "assign")
    team = _team(sent.team, case.department_id)
    return writing.done(actions.assign_case(case, user=_member(sent.user, case), team=team, by=by))


def _member(username: str | None, case: Case) -> User | None:
    if username is None:
        return None
    members = User.objects.filter(is_active=True, memberships__department=case.department_id)
    found = members.filter(username=username).distinct().first()
    if found is None:
        raise problems.invalid("#/user", _("Nadie de esa área tiene ese usuario."))
    return found


def _team(key: str | None, department: int) -> Team | None:
    if key is None:
        return None
    found = Team.objects.filter(key=key, department=department, is_active=True).first()
    if found is None:
        raise problems.invalid("#/team", _("Ese equipo no es de esa área."))
    return found


@_act(
    "route", gettext_noop("Derivar"), gettext_noop("A otra área, con una razón que la persona lee. Los plazos siguen.")
)
def route(request: HttpRequest, uuid: UUID, sent: schemas.RouteIn) -> Any:
    case, by = _begin(request, uuid, "route")
    department = Department.objects.filter(key=sent.department, is_active=True).first()
    if department is None:
        raise problems.invalid("#/department", _("No hay un área con esa clave."))
    team = _team(sent.team, department.pk)
    return writing.done(actions.route_case(case, department=department, team=team, reason=sent.reason, by=by))


@_act("note", gettext_noop("Anotar"), gettext_noop("Solo para la mesa."))
def note(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "note")
    return writing.done(actions.note(case, text=sent.text, by=by))


@_act("reply", gettext_noop("Responder"), gettext_noop("Un mensaje a la persona."))
def reply(request: HttpRequest, uuid: UUID, sent: schemas.ReplyIn) -> Any:
    case, by = _begin(request, uuid, "reply")
    return writing.done(actions.reply(case, text=sent.text, answers=sent.answers, by=by))


@_act("ask", gettext_noop("Pedir un dato"), gettext_noop("Donde la ley lo permite, el plazo espera la respuesta."))
def ask(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "ask")
    return writing.done(actions.ask_person(case, text=sent.text, by=by))


@_act(
    "place",
    gettext_noop("Corregir el lugar"),
    gettext_noop("Junto a lo que dijo la persona, que se conserva."),
)
def place(request: HttpRequest, uuid: UUID, sent: schemas.PlaceFix) -> Any:
    case, by = _begin(request, uuid, "place")
    if (sent.lon is None) != (sent.lat is None):
        raise problems.invalid("#/lat", _("«lat» y «lon» van juntos."))
    if sent.lon is None or sent.lat is None:
        found = placed(sent.said)
    else:
        found = pointed(sent.said, sent.lon, sent.lat, PlaceSource.MAP)
    try:
        return writing.done(actions.correct_place(case, place=found, by=by))
    except actions.OutsideMunicipality as error:
        raise problems.invalid("#/lon", _("Ese lugar queda fuera del municipio.")) from error


@_act("extend", gettext_noop("Ampliar un plazo"), gettext_noop("Solo si la ley de ese plazo lo permite."))
def extend(request: HttpRequest, uuid: UUID, sent: schemas.ExtendIn) -> Any:
    case, by = _begin(request, uuid, "extend")
    kind = DeadlineKind(sent.kind)
    try:
        done = actions.extend_term(case, kind=kind, quantity=sent.quantity, text=sent.text, by=by)
    except NotAllowed as error:
        raise Problem(409, _("La ley de este plazo no deja ampliarlo así.")) from error
    return writing.done(done)


@_act("urgent", gettext_noop("Marcar urgente, o no"), gettext_noop("Acorta los plazos que la ley deja acortar."))
def urgent(request: HttpRequest, uuid: UUID, sent: schemas.UrgentIn) -> Any:
    case, by = _begin(request, uuid, "urgent")
    return writing.done(actions.mark_urgent(case, urgent=sent.urgent, by=by))


@_act(
    "schedule",
    gettext_noop("Programar"),
    gettext_noop("Cumple el plazo para contestar; sigue abierto hasta el arreglo."),
)
def schedule(request: HttpRequest, uuid: UUID, sent: schemas.ScheduleIn) -> Any:
    case, by = _begin(request, uuid, "schedule")
    return writing.done(actions.schedule_case(case, text=sent.text, without_budget=sent.without_budget, by=by))


@_act("resolve", gettext_noop("Resolver"), gettext_noop("La persona lee cómo quedó. Cumple los dos plazos."))
def resolve(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "resolve")
    return writing.done(actions.resolve_case(case, text=sent.text, by=by))


@_act("refuse", gettext_noop("No procede"), gettext_noop("La persona lee por qué y a quién acudir."))
def refuse(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "refuse")
    return writing.done(actions.refuse_case(case, text=sent.text, by=by))


@_act("cancel", gettext_noop("Anular"), gettext_noop("Lo que no debió existir: un error, una prueba, un repetido."))
def cancel(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "cancel")
    return writing.done(actions.cancel_case(case, text=sent.text, by=by))


@_act("reopen", gettext_noop("Reabrir"), gettext_noop("Los plazos empiezan de nuevo."))
def reopen(request: HttpRequest, uuid: UUID, sent: schemas.TextIn) -> Any:
    case, by = _begin(request, uuid, "reopen")
    return writing.done(actions.reopen_case(case, text=sent.text, by=by))


@server.post(
    "cases/{uuid:uuid}/work/{uuid:item}/complete", auth=needs(Scope.CASE_ACT, acts=True), response=schemas.Done,
    tags=TAGS, summary=gettext_noop("Hacer un paso"), operation_id="complete",
    description=gettext_noop("Contesta lo que el paso pregunta; el proceso sigue con lo que viene."),
)  # fmt: skip
def complete(request: HttpRequest, uuid: UUID, item: UUID, sent: schemas.WorkIn) -> Any:
    user = request.auth.user  # type: ignore[attr-defined]
    case = seen(request, uuid, only=STANDING)
    found = WorkItem.objects.filter(case=case, uuid=item).first()
    if found is None:
        raise problems.not_found()
    found.case = case
    if not can_work(user, found):
        raise Problem(403, _("Ese paso no le toca a quien tiene la clave."))
    if found.state != WorkState.OPEN:
        raise Problem(409, _("Ese paso ya no está pendiente."))
    answers = _step_answers(found, sent.answers)
    try:
        done = actions.complete_work(found, answers=answers, user=user, by=actor_of(request.auth), note=sent.note)  # type: ignore[attr-defined]
    except (ExpressionError, StepNotOpen) as error:
        raise problems.invalid("#/answers", _("Con esas respuestas no se sabe qué sigue.")) from error
    return writing.done(done)


def _step_answers(item: WorkItem, sent: dict[str, Any]) -> dict[str, Any]:
    version = FormVersion.objects.latest_of(item.form_key) if item.form_key else None
    if version is None:
        if not all(isinstance(value, str | bool | int) and "\x00" not in str(value) for value in sent.values()):
            raise problems.invalid("#/answers", _("Cada respuesta es un texto, un número entero o sí o no."))
        return sent
    checked = validate(version.schema, version.layout, sent)
    if checked.errors:
        raise wrong_answers(checked.errors)
    return checked.answers
