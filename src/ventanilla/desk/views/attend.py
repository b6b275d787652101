"""Attending: one screen for somebody who listens. What was said goes by POST, so that no address ever holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.audit.actions import record_access
from ventanilla.calendars.clocks import describe_due
from ventanilla.cases import near
from ventanilla.cases.actions import OutsideMunicipality, Refused
from ventanilla.cases.models import Case
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.design.languages import for_the_record
from ventanilla.desk import calling, rows
from ventanilla.desk.actor import actor
from ventanilla.desk.attending import filing, problems, receipts
from ventanilla.desk.attending.forms import AttendForm, WhoForm, heard, questions_of
from ventanilla.organization import municipality
from ventanilla.organization.guards import needs
from ventanilla.organization.models import Department
from ventanilla.people import finding
from ventanilla.people.models import Person
from ventanilla.people.rules import masked, masked_document, read_told
from ventanilla.places import geocode, minimap
from ventanilla.places.geocode import SURE
from ventanilla.places.rules import Place

LEAST = 2
"""Letters from which on looking makes sense."""
NEEDED = {"said", "spot", "hint", "identity", "channel", "description", "mood", "applicant"}
"""What must have been understood before it can be foreseen what would come of it."""


@needs(Permission.CASE_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The screen; sent, the matter is filed and its receipt takes its place."""
    if request.method != "POST":
        return render(request, "desk/attend.html", _page(request, AttendForm()))
    form = AttendForm(request.POST, is_inquiry="consulta" in request.POST)
    if not form.is_valid() or (form.questions and not form.questions.is_valid()):
        return _refused(request, form)
    try:
        case = _done(request, form)
    except OutsideMunicipality:
        form.add_error("said", _outside())
    except (LookupError, Refused) as error:
        form.add_error(None, str(error.args[0]))
    else:
        return _receipt(request, receipts.of_filing(case, request))
    return _refused(request, form)


def _page(request: HttpRequest, form: AttendForm, **more: Any) -> dict[str, Any]:
    return {"form": form, "attended": _attended(request), "has_inquiry": filing.inquiry_type() is not None, **more}


def _attended(request: HttpRequest) -> int:
    """How many the user has attended today."""
    return Case.objects.filter(filed_by=request.user.pk, filed_at__gte=receipts.start_of_day()).count()


def _done(request: HttpRequest, form: AttendForm) -> Case:
    """File it; or keep that it was only asked, or that the person was sent to who takes it."""
    procedure = form.cleaned_data["procedure"]
    by = actor(request)
    if "consulta" in request.POST:
        return filing.answer(form, text=_on_the_spot(), user=request.user, by=by)
    if filing.stops(procedure):
        return filing.answer(form, text=referral(procedure), user=request.user, by=by)
    return filing.file(form, user=request.user, by=by)


@for_the_record()
def _on_the_spot() -> str:
    return _("Se le respondió en el momento.")


@for_the_record()
def referral(procedure: Procedure) -> str:
    """What the person is told of a type that is not taken here."""
    if procedure.is_emergency:
        phone = procedure.emergency_phone or municipality.current().emergency_phone
        return _("Es una emergencia: se le indicó llamar al %(phone)s.") % {"phone": phone}
    department = procedure.department
    reach = " · ".join(part for part in (department.phone, department.email) if part)
    told = _("Esto lo toma %(department)s: se le indicó a quién acudir. %(reach)s")
    return (told % {"department": department.name, "reach": reach}).strip()


def _outside() -> str:
    advice = municipality.current().outside_advice
    return " ".join(part for part in (_("Ese lugar queda fuera del municipio."), advice) if part)


def _refused(request: HttpRequest, form: AttendForm) -> HttpResponse:
    """What is wrong, over what was typed, which stays as it is."""
    found = problems.of([form, form.questions])
    if request.htmx:  # type: ignore[attr-defined]
        return problems.fragment(request, found)
    return render(request, "desk/attend.html", _page(request, form, problems=found), status=422)


def _receipt(request: HttpRequest, receipt: receipts.Receipt) -> HttpResponse:
    context: dict[str, Any] = {"receipt": receipt}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/attend.html", _page(request, AttendForm(), **context))
    context |= {"swap": True, "attended": _attended(request)}
    return render(request, "desk/_attend_receipt.html", context)


# Who --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_FILE, Permission.PERSON_VIEW)
@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """Who may be meant by what is being typed, with contacts and documents masked."""
    is_affected = "affected_who" in request.POST
    typed = request.POST.get("affected_who" if is_affected else "who", "").strip()[:200]
    found = finding.find(typed) if len(typed) >= LEAST else []
    context = {
        "people": [{"person": each, "known_by": _known_by(each)} for each in found],
        "typed": typed,
        "told": read_told(typed, municipality.current().country),
        "is_affected": is_affected,
    }
    return render(request, "desk/_attend_people.html", context)


def _known_by(person: Person) -> str:
    contacts: Iterable[str] = (masked(each.kind, each.value) for each in person.contacts.all())
    documents = (_("documento %(number)s") % {"number": masked_document(e.number)} for e in person.documents.all())
    return ", ".join([*contacts, *documents])


@needs(Permission.CASE_FILE, Permission.PERSON_VIEW)
@require_safe
def person(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The person who was chosen and their last cases with us. Looking at it is noted."""
    found = get_object_or_404(Person.objects.findable().prefetch_related("contacts", "documents"), uuid=uuid)
    record_access(by=actor(request).ref, about=f"person:{found.uuid}", what="person.attended")
    cases = rows.of_cases(calling.of_people(request.user, [found], 4))
    context = {"person": found, "known_by": _known_by(found), "rows": cases}
    return render(request, "desk/_attend_person.html", context)


# What -------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_FILE)
@require_POST
def kinds(request: HttpRequest) -> HttpResponse:
    """What it may be about, by the words heard or by those typed to look for it."""
    typed = request.POST.get("kind_words", "").strip()
    said = typed or request.POST.get("description", "")
    found = [{"procedure": each, "stops": filing.stops(each)} for each in heard(said)] if len(said) >= LEAST else []
    return render(request, "desk/_attend_kinds.html", {"kinds": found, "said": said.strip()})


@needs(Permission.CASE_FILE)
@require_safe
def script(request: HttpRequest, key: str) -> HttpResponse:
    """What to ask for a type; for what is not taken here, whom to call or where to go."""
    procedure = published.current().by_key.get(key)
    if procedure is None:
        raise Http404
    context = {
        "procedure": procedure,
        "stops": filing.stops(procedure),
        "emergency_phone": procedure.emergency_phone or municipality.current().emergency_phone,
        "questions": questions_of(procedure),
        "has_inquiry": filing.inquiry_type() is not None,
    }
    return render(request, "desk/_attend_script.html", context)


# Where ------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_FILE)
@require_POST
def places(request: HttpRequest) -> HttpResponse:
    """Where may be meant, while it is being typed."""
    typed = request.POST.get("said", "").strip()[:200]
    found = geocode.suggest(typed, limit=4) if len(typed) >= LEAST else []
    rivals = [each for each in found[1:] if each.confidence >= found[0].confidence]
    sure = bool(found) and found[0].confidence >= SURE and not rivals
    return render(request, "desk/_attend_places.html", {"places": found, "sure": sure, "typed": typed})


@needs(Permission.CASE_FILE)
@require_POST
def foreseen(request: HttpRequest) -> HttpResponse:
    """What would come of what is typed so far: the place drawn, the same thing near by, who gets it and by when."""
    form = AttendForm(request.POST, is_inquiry=True)
    form.is_valid()
    context: dict[str, Any] = {}
    if form.cleaned_data.get("procedure") and form.cleaned_data.keys() >= NEEDED:
        context = _foreseen(form)
    return render(request, "desk/_attend_foreseen.html", context)


def _foreseen(form: AttendForm) -> dict[str, Any]:
    procedure = form.cleaned_data["procedure"]
    try:
        case = filing.foreseen(form)
    except OutsideMunicipality:
        return {"procedure": procedure, "outside": _outside()}
    place = Place.from_json(case.place) if case.place else None
    map_here = minimap.svg(case.lon, case.lat, 500, ratio=0.6) if case.lon is not None and case.lat is not None else ""
    return {
        "procedure": procedure,
        "case": case,
        "department": Department.objects.get(pk=case.department_id),
        "stops": filing.stops(procedure),
        "answer_by": describe_due(case.response_due_at, case.filed_at) if case.response_due_at else "",
        "mend_by": describe_due(case.target_due_at, case.filed_at) if case.target_due_at else "",
        "map": map_here,
        "near": near.open_reports(procedure, place) if place else [],
    }


@needs(Permission.CASE_FILE)
@require_POST
def join(request: HttpRequest, uuid: Any) -> HttpResponse:
    """«Sumarla a ese»: who calls follows the report that is already open, instead of another being filed."""
    case = get_object_or_404(Case.objects.public().open(), uuid=uuid)
    form = WhoForm(request.POST)
    try:
        if form.is_valid():
            joined = filing.join(case, form, by=actor(request))
            return render(request, "desk/_attend_joined.html", {"case": case, "person": joined})
    except (filing.NobodyToTell, Refused) as error:
        form.add_error(None, str(error))
    return problems.fragment(request, problems.of([form]))
