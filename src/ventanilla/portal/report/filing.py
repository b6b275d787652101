"""From a draft to a case."""

from __future__ import annotations

from django.db import transaction
from msgspec import structs

from ventanilla.cases.actions import Filing, drafts, open_case
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case, Draft
from ventanilla.forms.rules import validate
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.places.rules import Place
from ventanilla.portal import visitor
from ventanilla.portal.report.flow import Flow


def file_report(flow: Flow) -> Case:
    """File what the draft says, once: the draft is held meanwhile, and sent again it gives the same case.

    Raises OutsideMunicipality, and Draft.DoesNotExist where it was dropped meanwhile.
    """
    assert flow.draft is not None  # noqa: S101 the check page has made sure of it
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=flow.draft.pk)
        if "filed" in draft.data:
            return Case.objects.get(uuid=draft.data["filed"])
        person = _person(flow)
        identity = Identity(flow.data["identity"])
        case = open_case(_filing(flow, person, identity), by=visitor.actor_of(person, identity))
        drafts.settle_draft(draft, case)
    if person and flow.is_proven and not visitor.person_of(flow.request):
        visitor.sign_in(flow.request, person)
    return case


def _person(flow: Flow) -> Person | None:
    """Who files: who is signed in, whose contact was proven, or who they say to be where nothing can prove it.

    A name given anew with a contact already proven doesn't rename whom it belongs to.
    """
    if flow.data["identity"] == Identity.ANONYMOUS:
        return None
    person = visitor.person_of(flow.request) or _named(flow)
    if person and flow.data.get("document"):
        people.add_document(person=person, kind="national", number=flow.data["document"], by=f"person:{person.uuid}")
    return person


def _named(flow: Flow) -> Person | None:
    if not flow.data.get("contact"):
        return None
    kind, value = ContactKind(flow.data["contact"][0]), flow.data["contact"][1]
    name = flow.data.get("name", "")
    if not flow.is_proven:
        return people.claimed_person(name=name, contacts=[(kind, value)], by="portal")
    return people.person_of_proven_contact(kind=kind, value=value, name=name, by="portal")


def _filing(flow: Flow, person: Person | None, identity: Identity) -> Filing:
    procedure, details = flow.procedure, flow.data["details"]
    answers, missing = details["answers"], []
    if procedure.form:
        checked = validate(procedure.form.schema, procedure.form.layout, answers)
        answers, missing = checked.answers, checked.missing
    return Filing(
        procedure=procedure,
        channel=Channel.WEB,
        description=details["description"],
        answers=answers,
        missing=missing,
        place=_place(flow),
        identity=identity,
        applicant=person,
        files=[(each, each.name) for each in flow.photos],
        idempotency_key=f"draft:{flow.draft.pk}" if flow.draft else None,
    )


def _place(flow: Flow) -> Place | None:
    place, hint = flow.place, flow.data.get("hint")
    return structs.replace(place, parts={**place.parts, "hint": hint}) if place and hint else place
