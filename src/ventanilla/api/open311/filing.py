"""Filing through GeoReport v2: the same action, its answers checked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ventanilla.accounts.models import ApiKey
from ventanilla.api import claims, keys
from ventanilla.api.open311 import reading
from ventanilla.api.open311.reading import Problem, Problems
from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT, Filing, OutsideMunicipality, open_case
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog.enums import PlaceNeed
from ventanilla.catalog.models import Procedure
from ventanilla.files import actions as files
from ventanilla.files.enums import FileKind
from ventanilla.files.rules import RefusedFile, StorageFull
from ventanilla.forms import open311 as flat
from ventanilla.forms.rules import validate
from ventanilla.organization import municipality
from ventanilla.people.enums import ContactKind
from ventanilla.people.rules import BadContact
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import placed, pointed
from ventanilla.places.models import Address
from ventanilla.places.rules import Place
from ventanilla.search import actions as search

FILES_LIMIT = 5
SAID_LIMIT = 300
URL_LIMIT = 500
Claim = tuple[str, list[tuple[ContactKind, str]]]


@dataclass(frozen=True)
class Report:
    """What a client sent, read and right."""

    answers: dict[str, Any]
    place: Place | None
    description: str
    external: dict[str, Any]
    claim: Claim
    files: Sequence[files.Staged]
    idempotency_key: str | None


def read_report(request: HttpRequest, procedure: Procedure, key: ApiKey) -> Report:
    """Read what was sent for a type. Raises Problem with everything there is to mend."""
    problems = Problems()
    said = problems.of(reading.one, request.POST, "description", DESCRIPTION_LIMIT)
    answers = problems.of(_answers, request, procedure)
    place = problems.of(_place, request, procedure)
    external = problems.of(_external, request)
    claim = problems.of(_claim, request)
    once = problems.of(reading.idempotency, request, key)
    problems.say()
    staged = receive(request)
    return Report(answers or {}, place, said or "", external or {}, claim or ("", []), staged, once)


def file_report(report: Report, procedure: Procedure, key: ApiKey, *, trial: bool = False) -> Case:
    """File it; filed before under its idempotency key, the same case. `trial` leaves nothing behind. Raises Problem."""
    by = keys.actor_of(key)
    with transaction.atomic():
        with search.together():
            case = open_case(_filing(report, procedure, key), by=by)
        filed_before = not case.receipt_code
        if trial or filed_before:  # nothing of this call stays
            transaction.set_rollback(True)
        return case


def _filing(report: Report, procedure: Procedure, key: ApiKey) -> Filing:
    by = keys.actor_of(key)
    applicant, contacts = claims.person_of_claim(*report.claim, by=by.ref)
    return Filing(
        procedure=procedure,
        channel=Channel.OPEN311,
        description=report.description,
        answers=report.answers,
        place=report.place,
        applicant=applicant,
        contacts=contacts,
        identity=Identity.IDENTIFIED if applicant else Identity.ANONYMOUS,
        files=[(files.keep(each, by=by.ref), each.name) for each in report.files],
        source=keys.source_of(key),
        external=report.external,
        idempotency_key=report.idempotency_key,
    )


def outside() -> str:
    """What to say of a place outside the municipality: who to turn to."""
    return municipality.current().outside_advice or _("Ese lugar queda fuera del municipio.")


def _answers(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    sent, version = reading.attributes(request.POST), procedure.form
    if version is None:
        return _none(sent)
    checked = validate(version.schema, version.layout, flat.answers(version, sent))
    if checked.errors:
        raise Problem(*((400, f"attribute[{name[:80]}]: {message}") for name, message in checked.errors.items()))
    return checked.answers


def _none(sent: dict[str, list[str]]) -> dict[str, Any]:
    """What a type that asks nothing is answered. Raises Problem where something is."""
    unknown = [code for code, values in sent.items() if any(values)]
    if unknown:
        raise Problem(
            *((400, _("attribute[%(code)s]: este tipo no pregunta eso.") % {"code": code[:80]}) for code in unknown)
        )
    return {}


def _external(request: HttpRequest) -> dict[str, Any]:
    """What clients send that we keep as it came: media addresses are stored and never fetched."""
    kept: dict[str, Any] = {
        name: value
        for name in ("device_id", "account_id", "address_id")
        if (value := reading.one(request.POST, name, 100))
    }
    addresses = media_addresses(request)
    return {**kept, "media_url": addresses} if addresses else kept


def media_addresses(request: HttpRequest) -> list[str]:
    """The addresses of media elsewhere, as they came. Raises Problem for what is no web address."""
    found = [reading.clean(url, "media_url") for url in request.POST.getlist("media_url")]
    addresses = [url for url in found if url]
    if len(addresses) > FILES_LIMIT or not all(_is_web_address(url) for url in addresses):
        raise Problem((400, _("«media_url»: a lo sumo %(limit)s direcciones de la web.") % {"limit": FILES_LIMIT}))
    return addresses


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(url) <= URL_LIMIT


def _place(request: HttpRequest, procedure: Procedure) -> Place | None:
    lat, lon = reading.number(request.POST, "lat", -90, 90), reading.number(request.POST, "long", -180, 180)
    said, door = reading.one(request.POST, "address_string", SAID_LIMIT), reading.one(request.POST, "address_id", 100)
    if (lat is None) != (lon is None):
        raise Problem((400, _("«lat» y «long» van juntos.")))
    if lon is not None and lat is not None:
        return pointed(said, lon, lat, PlaceSource.MAP)
    if said:
        return placed(said)
    if door:
        return _of_address_book(door)
    if procedure.place_need == PlaceNeed.REQUIRED:
        raise Problem((400, _("Falta el lugar: «lat» y «long», «address_string» o «address_id».")))
    return None


def _of_address_book(key: str) -> Place:
    """A door of the municipality's own address book, by its key."""
    found = Address.objects.filter(key=key).first()
    if found is None:
        raise Problem((400, _("No conocemos el «address_id» que envió.")))
    return pointed(str(found), found.lon, found.lat, PlaceSource.GEOCODED)


def _claim(request: HttpRequest) -> Claim:
    name = " ".join(reading.one(request.POST, part) for part in ("first_name", "last_name")).strip()
    typed = {kind: reading.one(request.POST, str(kind)) for kind in ContactKind}
    try:
        return claims.read_claim(name, email=typed[ContactKind.EMAIL], phone=typed[ContactKind.PHONE])
    except BadContact as error:
        raise Problem((400, str(error))) from error


def receive(request: HttpRequest) -> list[files.Staged]:
    """The files that came, looked through and ready to be kept. Raises Problem."""
    uploads = list(reading.files(request))
    if len(uploads) > FILES_LIMIT:
        raise Problem((400, _("Caben %(limit)s archivos a lo sumo.") % {"limit": FILES_LIMIT}))
    return [_received(upload) for upload in uploads]


def _received(upload: Any) -> files.Staged:
    try:
        return files.receive(upload, kinds=FileKind.PHOTO | FileKind.DOCUMENT)
    except RefusedFile as error:
        raise Problem((400, error.message)) from error
    except StorageFull as error:
        raise Problem((503, error.message)) from error


def file_request(request: HttpRequest, procedure: Procedure, key: ApiKey, *, trial: bool = False) -> Case:
    """Read and file what a client sent for a type. Raises Problem."""
    try:
        return file_report(read_report(request, procedure, key), procedure, key, trial=trial)
    except OutsideMunicipality as error:
        raise Problem((400, outside())) from error
