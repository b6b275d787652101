"""The steps of a report. Each shows itself and takes its answer; what it says next is a path or its own page again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.cases import near
from ventanilla.cases.actions import drafts
from ventanilla.forms.build import form_class
from ventanilla.lib.actors import ANONYMOUS
from ventanilla.portal import around
from ventanilla.portal.fields import receive_files
from ventanilla.portal.report.answers import Answer, StepPage
from ventanilla.portal.report.flow import Flow
from ventanilla.portal.report.forms import DescriptionForm, PhotosForm
from ventanilla.portal.report.where import show_where, take_where
from ventanilla.portal.report.who import show_code, show_who, take_code, take_who


def show_near(flow: Flow) -> dict[str, Any]:
    """Open reports of the same type close by, with how they go and a photo."""
    found = near.open_reports(flow.procedure, flow.place) if flow.place else []
    return {"reports": [(around.report_of(each.case), each.metres, around.photos_of(each.case)) for each in found]}


def take_near(flow: Flow) -> Answer:
    """«Es otro»: the report goes on. «A mí también» is taken by its own page."""
    flow.save(has_near=None)
    return Answer(True)


# Details ----------------------------------------------------------------------------------------------------------


def _details_forms(flow: Flow, data: Any = None) -> tuple[Any, DescriptionForm]:
    held = flow.data.get("details", {})
    own = flow.procedure.form
    questions = form_class(own)(data, initial=held.get("answers", {})) if own else None
    return questions, DescriptionForm(data, initial={"description": held.get("description")}, procedure=flow.procedure)


def show_details(flow: Flow) -> dict[str, Any]:
    return _shown(*_details_forms(flow))


def _shown(questions: Any, description: DescriptionForm) -> dict[str, Any]:
    return {"questions": questions, "form": description, "forms": [each for each in (questions, description) if each]}


def take_details(flow: Flow) -> Answer:
    questions, description = _details_forms(flow, flow.request.POST)
    both = [each for each in (questions, description) if each]
    if not all([each.is_valid() for each in both]):  # noqa: C419 every form must show its errors
        return Answer(False, _shown(questions, description))
    answers = questions.answers() if questions else {}
    flow.save(details={"answers": answers, "description": description.cleaned_data["description"]})
    return Answer(True)


# Photos and documents -----------------------------------------------------------------------------------------------


def show_photos(flow: Flow) -> dict[str, Any]:
    room, papers = _room(flow), flow.takes_papers
    shown = {"form": PhotosForm(room=room, papers=papers), "photos": flow.photos, "room": room, "papers": papers}
    return {**shown, "limit": drafts.PHOTO_LIMIT, **({"title": _("¿Tiene fotos o documentos?")} if papers else {})}


def _room(flow: Flow) -> int:
    return drafts.PHOTO_LIMIT - len(flow.photos)


def take_photos(flow: Flow) -> Answer:
    if "quitar" in flow.request.POST and flow.draft:
        drafts.drop_photo(flow.draft, flow.request.POST["quitar"])
        return Answer(True, path=flow.path("fotos"))
    form = PhotosForm(flow.request.POST, flow.request.FILES, room=_room(flow), papers=flow.takes_papers)
    problems = _keep_photos(flow, form.cleaned_data["photos"]) if form.is_valid() else []
    if problems:
        form.add_error("photos", problems)
    if form.errors:
        del flow.photos
        return Answer(False, {**show_photos(flow), "form": form})
    flow.save()
    return Answer(True, path=flow.path("fotos") if "agregar" in flow.request.POST else "")


def _keep_photos(flow: Flow, uploads: list[Any]) -> list[str]:
    """Keep the files that can be taken; what is wrong with the others. Who sends them isn't known to the file:
    they may yet choose not to say."""
    taken, problems = receive_files(uploads, papers=flow.takes_papers)
    draft = flow.save()
    for staged in taken:
        try:
            drafts.add_staged_photo(draft, staged, by=ANONYMOUS.ref)
        except drafts.TooManyPhotos:
            said = _("Caben %(limit)s archivos.") if flow.takes_papers else _("Caben %(limit)s fotos.")
            return [*problems, said % {"limit": drafts.PHOTO_LIMIT}]
    return problems


PAGES = {
    "donde": StepPage(gettext_lazy("¿Dónde está?"), show_where, take_where),
    "parecidos": StepPage(gettext_lazy("¿Es uno de estos?"), show_near, take_near),
    "detalles": StepPage(gettext_lazy("Cuéntenos más"), show_details, take_details),
    "fotos": StepPage(gettext_lazy("¿Tiene fotos?"), show_photos, take_photos),
    "quien": StepPage(gettext_lazy("¿Quién lo presenta?"), show_who, take_who),
    "codigo": StepPage(gettext_lazy("Escriba el código"), show_code, take_code),
}
