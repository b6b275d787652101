"""Filing a case: by the one door of every channel, what is sent checked again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import HeaderEx, P
from ninja.responses import Status

from ventanilla.accounts.enums import Scope
from ventanilla.accounts.models import ApiKey
from ventanilla.api import claims, keys
from ventanilla.api.rest import problems, schemas, writing
from ventanilla.api.rest.problems import Problem
from ventanilla.api.rest.server import needs, server
from ventanilla.cases.actions import Filing, OutsideMunicipality, open_case, receipts
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog import published
from ventanilla.catalog.enums import PlaceNeed
from ventanilla.catalog.models import Procedure
from ventanilla.forms.rules import validate
from ventanilla.lib.actors import Actor
from ventanilla.notifications.actions import Contact
from ventanilla.organization import municipality
from ventanilla.people import actions as people
from ventanilla.people.models import Person
from ventanilla.people.rules import BadContact, normal_document
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import placed, pointed
from ventanilla.places.rules import Place
from ventanilla.search import actions as search

IDEMPOTENCY = r"^[\x21-\x7e]{1,60}$"
Claim = tuple[str, claims.Contacts]


@server.post(
    "cases", auth=needs(Scope.CASE_FILE), response={201: schemas.Filed, 200: schemas.Filed}, operation_id="file",
    tags=[gettext_noop("Presentar y seguir")], summary=gettext_noop("Presentar un caso"),
    description=gettext_noop(
        "Devuelve el número, los códigos y los plazos. Repetido con la misma `Idempotency-Key` no se presenta dos "
        "veces: contesta 200 con el mismo caso. Las fotos van después, a `cases/{uuid}/attachments`."
    ),
)  # fmt: skip
def file_case(
    request: HttpRequest,
    sent: schemas.CaseIn,
    idempotency_key: HeaderEx[str | None, P(alias="Idempotency-Key", pattern=IDEMPOTENCY)] = None,
) -> Any:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    procedure = _procedure(sent.procedure)
    case = _file(procedure, sent, _claim(procedure, sent), key, idempotency_key)
    return Status(201 if case.receipt_code else 200, _filed(case))


def _procedure(key: str) -> Procedure:
    found = published.current().by_key.get(key)
    if found is None:
        raise problems.invalid("#/procedure", _("No hay un tipo de trámite con esa clave."))
    if found.is_emergency:
        phone = found.emergency_phone or municipality.current().emergency_phone
        raise problems.invalid("#/procedure", _("Es una emergencia: llame al %(phone)s.") % {"phone": phone})
    if not writing.can_be_filed(found):
        raise problems.invalid("#/procedure", _("Este tipo solo lo inicia el área técnica."))
    return found


def _answers(procedure: Procedure, sent: schemas.CaseIn) -> dict[str, Any]:
    version = procedure.form
    if version is None:
        if sent.answers:
            raise problems.invalid("#/answers", _("Este tipo no pregunta nada."))
        return {}
    checked = validate(version.schema, version.layout, sent.answers)
    if checked.errors:
        raise wrong_answers(checked.errors)
    return checked.answers


def wrong_answers(errors: dict[str, str]) -> Problem:
    """The answers that don't fit their form."""
    found = [{"detail": text, "pointer": f"#/answers/{field[:80]}"} for field, text in errors.items()]
    return Problem(422, _("Hay datos que corregir."), errors=found[:50])


def _place(procedure: Procedure, sent: schemas.PlaceIn | None) -> Place | None:
    if sent is None or (not sent.said and sent.lon is None and sent.lat is None):
        if procedure.place_need == PlaceNeed.REQUIRED:
            raise problems.invalid("#/place", _("Falta el lugar: «lon» y «lat», o «said»."))
        return None
    if (sent.lon is None) != (sent.lat is None):
        raise problems.invalid("#/place/lat", _("«lat» y «lon» van juntos."))
    if sent.lon is not None and sent.lat is not None:
        return pointed(sent.said, sent.lon, sent.lat, PlaceSource.MAP)
    return placed(sent.said)


def _claim(procedure: Procedure, sent: schemas.CaseIn) -> Claim:
    """Who files, as far as their identity is to be known."""
    if Identity(sent.identity) == Identity.ANONYMOUS:
        if sent.applicant is not None:
            raise problems.invalid("#/identity", _("Si es anónimo, no mande quién lo presenta."))
        if procedure.needs_document:
            raise problems.invalid("#/identity", _("Este trámite pide documento de identidad."))
        return "", []
    applicant = sent.applicant
    if applicant is None or not (applicant.name or applicant.email or applicant.phone):
        raise problems.invalid("#/applicant", _("Falta quién lo presenta: nombre o contacto."))
    if procedure.needs_document and applicant.document is None:
        raise problems.invalid("#/applicant/document", _("Este trámite pide documento de identidad."))
    if applicant.document is not None and not normal_document(applicant.document.number):
        raise problems.invalid("#/applicant/document/number", _("Ese documento no tiene números ni letras."))
    try:
        return claims.read_claim(applicant.name, email=applicant.email, phone=applicant.phone)
    except BadContact as error:
        raise problems.invalid("#/applicant", str(error)) from error


def _file(procedure: Procedure, sent: schemas.CaseIn, claim: Claim, key: ApiKey, idempotency_key: str | None) -> Case:
    """File it; filed before under its idempotency key, the same case with nothing of this call left."""
    answers, place, by = _answers(procedure, sent), _place(procedure, sent.place), keys.actor_of(key)
    try:
        with transaction.atomic():
            with search.together():
                applicant, contacts = _applicant(sent, claim, by)
                filing = Filing(
                    procedure=procedure,
                    channel=Channel.API,
                    description=sent.description,
                    answers=answers,
                    place=place,
                    identity=Identity(sent.identity),
                    applicant=applicant,
                    contacts=contacts,
                    source=keys.source_of(key),
                    idempotency_key=keys.idempotency(key, idempotency_key or ""),
                )
                case = open_case(filing, by=by, filed_by=key.user)
            if not case.receipt_code:
                transaction.set_rollback(True)
            return case
    except OutsideMunicipality as error:
        advice = municipality.current().outside_advice or _("Ese lugar queda fuera del municipio.")
        raise problems.invalid("#/place", advice) from error


def _applicant(sent: schemas.CaseIn, claim: Claim, by: Actor) -> tuple[Person | None, list[Contact] | None]:
    applicant, contacts = claims.person_of_claim(*claim, by=by.ref)
    document = sent.applicant.document if sent.applicant else None
    if applicant is not None and document is not None:
        people.add_document(person=applicant, kind=document.kind[:30], number=document.number, by=by.ref)
    return applicant, contacts


def _filed(case: Case) -> dict[str, Any]:
    started = case.started_clocks
    code = case.receipt_code or receipts.receipt_of(case, build=str).code
    return {
        "uuid": case.uuid,
        "reference": case.reference,
        "follow_code": case.follow_code,
        "receipt_code": code,
        "state": case.state,
        "filed_at": case.filed_at,
        "department": writing.named(case.department),
        "clocks": writing.clocks(case.deadlines.all() if started is None else started),
    }
