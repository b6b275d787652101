"""From the screen to the case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import structs

from ventanilla.cases.actions import Filing, answer_at_once, follow, foresee, open_case
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog import published
from ventanilla.catalog.enums import Kind, PlaceNeed
from ventanilla.catalog.models import Procedure
from ventanilla.desk.attending.forms import AttendForm, Said, WhoForm
from ventanilla.lib.actors import Actor
from ventanilla.people import actions as people
from ventanilla.people.models import Person
from ventanilla.places import geocode
from ventanilla.places.rules import Place, said_only


class NobodyToTell(ValueError):
    """Following takes a person who can be told."""


def stops(procedure: Procedure) -> bool:
    """Whether a type is not taken here: an emergency is called in, a technical matter its own department takes."""
    return procedure.is_emergency or procedure.technical_only


def inquiry_type() -> Procedure | None:
    """The type under which a question answered on the spot is kept, if the catalogue has one."""
    every = published.current().by_key.values()
    return next((each for each in every if each.kind == Kind.INQUIRY and not stops(each)), None)


def place_of(told: dict[str, Any]) -> Place | None:
    """Where, as chosen among the candidates or as said; with the hint for whoever goes there."""
    said, hint = told.get("said", ""), told.get("hint", "")
    if not said:
        return said_only(hint) if hint else None
    spot = told.get("spot")
    chosen = next((each for each in geocode.suggest(said) if each.label == spot), None) if spot else None
    place = chosen.to_place(as_said=said) if chosen else geocode.placed(said)
    return structs.replace(place, parts={**place.parts, "hint": hint}) if hint else place


def foreseen(form: AttendForm) -> Case:
    """The case that is being typed, as it would be filed now. Raises OutsideMunicipality."""
    told = form.cleaned_data
    said = told["person"] or told["applicant"]
    identity = Identity(told["identity"]) if said else Identity.ANONYMOUS
    return foresee(replace(filing_of(form), identity=identity))


def filing_of(form: AttendForm, *, applicant: Person | None = None, affected: Person | None = None) -> Filing:
    """What would be filed of what is typed so far."""
    told, questions = form.cleaned_data, form.questions
    procedure = told["procedure"]
    place = place_of(told) if procedure.place_need != PlaceNeed.NONE else None
    checked = questions if questions and questions.is_valid() else None
    return Filing(
        procedure=procedure,
        channel=Channel(told["channel"]),
        description=told["description"],
        answers=checked.answers() if checked else {},
        missing=[*(checked.missing() if checked else []), *_missing(told, place, applicant)],
        place=place,
        identity=Identity(told["identity"]) if applicant else Identity.ANONYMOUS,
        applicant=applicant,
        affected=affected,
        mood=told["mood"],
    )


def _missing(told: dict[str, Any], place: Place | None, applicant: Person | None) -> list[str]:
    """What the type asks for besides its particulars and was not said."""
    procedure = told["procedure"]
    no_document = procedure.needs_document and applicant is not None and not applicant.documents.exists()
    no_place = procedure.place_need == PlaceNeed.REQUIRED and place is None
    return ["place"] * no_place + ["document"] * no_document


def applicant_of(form: WhoForm, *, by: Actor) -> Person | None:
    """Who presents it: the person chosen, or somebody new by what they said; nobody where nothing was said."""
    told = form.cleaned_data
    if told["identity"] == Identity.ANONYMOUS:
        return None
    return _person(told["person"], told["applicant"], by)


def _person(chosen: Any, said: Said, by: Actor) -> Person | None:
    person = Person.objects.findable().filter(uuid=chosen).first() if chosen else None
    if person is None and not said:
        return None
    if person is None:
        person = people.claimed_person(name=said.name, contacts=[said.contact] if said.contact else [], by=by.ref)
    if said.document:
        people.add_document(person=person, kind="national", number=said.document, by=by.ref)
    return person


def file(form: AttendForm, *, user: Any, by: Actor) -> Case:
    """File it. Sent twice under one key it is one case, and nobody is registered twice. Raises OutsideMunicipality."""
    key = _key(form, user)
    told = form.cleaned_data
    with transaction.atomic():
        affected = _person(told["affected"], told["affected_said"], by)
        filing = filing_of(form, applicant=applicant_of(form, by=by), affected=affected)
        case = open_case(replace(filing, idempotency_key=key), by=by, filed_by=user)
        _only_once(case, filing)
    return case


def answer(form: AttendForm, *, text: str, user: Any, by: Actor) -> Case:
    """Keep a question that was answered by word of mouth. Raises LookupError where the catalogue has no such type."""
    kind = inquiry_type()
    if kind is None:
        raise LookupError(_("El catálogo no tiene un tipo de consulta donde anotarlo: pídalo a coordinación."))
    told = form.cleaned_data
    with transaction.atomic():
        person = applicant_of(form, by=by)
        filing = Filing(
            procedure=kind,
            channel=Channel(told["channel"]),
            description=_asked(told),
            identity=Identity(told["identity"]) if person else Identity.ANONYMOUS,
            applicant=person,
            mood=told["mood"],
            idempotency_key=_key(form, user),
        )
        case = answer_at_once(filing, text=text, by=by, filed_by=user)
        _only_once(case, filing)
    return case


def _asked(told: dict[str, Any]) -> str:
    about = told["procedure"].name if told["procedure"] else ""
    return "\n".join(part for part in (about, told["description"]) if part)


def _key(form: AttendForm, user: Any) -> str | None:
    """The matter's own key, made by the page; one user's keys don't meet another's."""
    key = form.cleaned_data["key"]
    return f"attend:{user.uuid}:{key}" if key else None


def _only_once(case: Case, filing: Filing) -> None:
    """Where the case had been filed before, what was written on the way to it is taken back."""
    if case.applicant_id != (filing.applicant.pk if filing.applicant else None):
        transaction.set_rollback(True)


def join(case: Case, form: WhoForm, *, by: Actor) -> Person:
    """Add who calls to those who follow a report that is already open. Raises NobodyToTell, Refused."""
    with transaction.atomic():
        person = applicant_of(form, by=by)
        if person is None:
            raise NobodyToTell(_("Para sumarla hace falta saber quién es: sin nombre ni contacto no podemos avisarle."))
        follow(case, person=person, by=by)
    return person
