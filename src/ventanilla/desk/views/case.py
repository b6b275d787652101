"""The case page: the story at the left, the facts at the right, every action in place."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases import actions
from ventanilla.cases.enums import EventKind
from ventanilla.cases.models import Case, ReplyTemplate, WorkItem
from ventanilla.cases.permissions import can, can_work, sees_identity
from ventanilla.design.languages import translated
from ventanilla.desk import acting, aside, next_step, story
from ventanilla.desk.acting.act import Undo
from ventanilla.desk.actor import actor
from ventanilla.desk.forms import ActForm, StepForm
from ventanilla.files.rules import RefusedFile, StorageFull
from ventanilla.forms.build import form_class
from ventanilla.forms.models import FormVersion
from ventanilla.lib import clock, references
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of

RELATED = ("assignee", "applicant")


def found(request: HttpRequest, uuid: Any) -> Case:
    """The case, if this user may see it. What they may not see does not exist for them."""
    case = Case.objects.visible_to(request.user).select_related(*RELATED).filter(uuid=uuid).first()
    if case is None:
        raise Http404
    return case


@needs(Permission.CASE_VIEW)
@require_safe
def show(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One case, everything about it on one page."""
    return page(request, found(request, uuid))


def page(
    request: HttpRequest,
    case: Case,
    *,
    form: ActForm | None = None,
    act: str = "",
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page, with one action open if `act` says which, and `more` of what its box shows."""
    can_do = [each for each in acting.ACTS.values() if each.may(request.user, case)]
    opened = act or request.GET.get("hacer", "")
    chosen = next((each for each in can_do if each.name == opened and each.name not in acting.HIDDEN), None)
    context = {
        "case": case,
        "act": chosen,
        "first_acts": [each for each in can_do if each.name in acting.FIRST],
        "more_acts": [each for each in can_do if each.name not in (*acting.FIRST, *acting.HIDDEN)],
        "may": {each.name for each in can_do},
        "said": _said(request, case),
        "keys": keys(),
        "show": request.GET.get("ver", ""),
        **_facts(request, case),
    }
    context["next"] = ahead = next_step.next_of(case, _seen(request, context))
    if ahead and ahead.act:
        context["next_effects"] = ahead.act.effects(case, context["reached"])
    box = _box(request, case, chosen, form, context)
    return render(request, "desk/case.html", {**context, **box, **(more or {})}, status=status)


def _facts(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The story and what stands beside it."""
    user, named = request.user, sees_identity(request.user, case)
    told, files, items = story.events(case), aside.attachments(case), aside.work(case)
    contacts = aside.contacts(case)
    return {
        "now": clock.now(),
        "told": told,
        "lines": story.lines(told, story.known(user, told, files, items), request.GET.get("ver", "")),
        "terms": aside.terms(case),
        "waiting": aside.waiting(case),
        "why": aside.why(case),
        "person": aside.person(case, contacts, user) if named else None,
        "named": named,
        "reached": aside.reached(case, contacts, named=named),
        "place": aside.place(case),
        "items": aside.doable(items, user),
        "answers": aside.answers(case),
        "look": aside.look(case),
        "attachments": files,
        "near": aside.near_by(case, user),
        "links": aside.links(case, user),
        "map": aside.map_of(case),
        "may_see_person": access_of(user).may_somewhere(Permission.PERSON_VIEW),
        "may_export": named and can(user, Permission.CASE_EXPORT, case),
    }


def _seen(request: HttpRequest, context: dict[str, Any]) -> next_step.Seen:
    spoken = next((each for each in context["told"] if each.kind == EventKind.PERSON_REPLIED), None)
    return next_step.Seen(
        user=request.user,
        can_do=context["may"],
        items=context["items"],
        waiting=context["waiting"],
        links=context["links"],
        name=context["reached"].name,
        last_said=spoken.text if spoken else "",
    )


def _box(
    request: HttpRequest, case: Case, act: acting.Act | None, form: ActForm | None, context: dict[str, Any]
) -> dict[str, Any]:
    """The action that is open: its form, what it says it will do, the templates it may begin from."""
    if act is None:
        return {"form": None}
    shown = form or focused(empty_form(act, case, request.user, initial=_initial(request)))
    use = shown.use if shown else None
    return {
        "form": shown,
        "effects": act.effects(case, context["reached"]),
        "templates": templates(case, use) if use else [],
        "may_edit_templates": access_of(request.user).may_somewhere(Permission.CASE_TEMPLATE_EDIT),
        "offered": context["near"] if act.name == "vincular" else [],
    }


def _initial(request: HttpRequest) -> dict[str, str]:
    """What an address may fill in: the number of another case, which is public knowledge to whoever has it."""
    other = references.parse(request.GET.get("con", ""))
    return {"other": other, "chosen": other} if other else {}


def focused(form: ActForm | None, name: str = "") -> ActForm | None:
    """The form with the cursor in a field, the first one unless named."""
    fields = [each for each in form.visible_fields() if not name or each.name == name] if form else []
    if fields:
        fields[0].field.widget.attrs["autofocus"] = True
    return form


def templates(case: Case, use: str) -> list[ReplyTemplate]:
    """The reply templates for this case and this use."""
    return list(ReplyTemplate.objects.for_case(case.department_id, case.kind).filter(use=use))


def keys() -> list[tuple[str, str]]:
    """The single keys of a case's actions, for the help."""
    return [(act.key, str(act.label)) for act in acting.ACTS.values() if act.key]


def empty_form(
    act: acting.Act, case: Case, user: Any, data: Any = None, uploads: Any = None, *, initial: Any = None
) -> ActForm | None:
    """The form of an action, filled with what was sent."""
    return act.form(data, uploads, case=case, user=user, initial=initial) if act.form else None


@needs(Permission.CASE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, uuid: Any, name: str) -> HttpResponse:
    """Do one thing to a case; asked for its page, the case with that form open."""
    case, act = found(request, uuid), acting.ACTS.get(name)
    if act is None or not can(request.user, act.permission, case):
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('desk:case', args=[uuid])}?{urlencode({'hacer': name})}")
    if not act.may(request.user, case):
        messages.warning(request, _("El expediente cambió mientras tanto y eso ya no se puede hacer."))
        return redirect("desk:case", uuid=uuid)
    form = empty_form(act, case, request.user, request.POST, request.FILES)
    if form is not None and not form.is_valid():
        return _not_valid(request, case, act, form)
    try:
        result = act.do(case, form.cleaned_data if form else {}, request.user, actor(request))
    except (RefusedFile, StorageFull) as error:
        return _refused(request, case, act, form, error.message, at="file")
    except (actions.Refused, actions.OutsideMunicipality) as error:
        return _refused(request, case, act, form, str(error) or _("Ese lugar queda fuera del municipio."))
    messages.success(request, act.said(result), extra_tags=_undo_tag(act.undo(case, result)))
    return _after(request, case)


def _not_valid(request: HttpRequest, case: Case, act: acting.Act, form: ActForm) -> HttpResponse:
    """Back to the form; what has none on the page says what is wrong above it."""
    if act.name in acting.HIDDEN:
        problems = [text for errors in form.errors.values() for text in errors]
        messages.warning(request, " ".join(map(str, problems)))
        return redirect("desk:case", uuid=case.uuid)
    return page(request, case, form=form, act=act.name, status=422)


def _refused(
    request: HttpRequest, case: Case, act: acting.Act, form: ActForm | None, said: str, *, at: str | None = None
) -> HttpResponse:
    """Back to the form, with what was typed, and why not: of the whole of it, or `at` one field."""
    if form is None or act.name in acting.HIDDEN:
        messages.warning(request, said)
        return redirect("desk:case", uuid=case.uuid)
    form.add_error(at, said)
    return page(request, case, form=form, act=act.name, status=422)


def _after(request: HttpRequest, case: Case) -> HttpResponse:
    """Back to the case; to the inbox where it is no longer theirs to see."""
    still = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("desk:case", uuid=case.uuid) if still else redirect("desk:inbox")


# What was just done, and taking it back -------------------------------------------------------------------------------

_UNDO = "deshacer"


def _undo_tag(undo: Undo | None) -> str:
    """What takes an action back, carried with its message: the inverse action and what its form is told."""
    return urlencode([(_UNDO, undo[0]), *undo[1].items()]) if undo else ""


def _said(request: HttpRequest, case: Case) -> list[dict[str, Any]]:
    """The messages, each with the action that takes it back where that may be done now."""
    return [_with_undo(request, case, message) for message in messages.get_messages(request)]


def _with_undo(request: HttpRequest, case: Case, message: Any) -> dict[str, Any]:
    told = dict(parse_qsl(message.extra_tags or "", keep_blank_values=True))
    act = acting.ACTS.get(told.pop(_UNDO, ""))
    shown = act is not None and act.may(request.user, case)
    return {"text": message.message, "tone": message.level_tag, "undo": act if shown else None, "told": told}


# Steps ----------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, uuid: Any, item_uuid: Any) -> HttpResponse:
    """Do a step of the process: its form, a note and evidence."""
    case = found(request, uuid)
    item = WorkItem.objects.select_related("case").filter(case=case, uuid=item_uuid, state="open").first()
    if item is None or not can_work(request.user, item):
        raise Http404
    version = FormVersion.objects.latest_of(item.form_key) if item.form_key else None
    data = request.POST if request.method == "POST" else None
    form = form_class(version)(data) if version else None
    more = StepForm(data, request.FILES)
    if data is not None and _are_whole(form, more) and _is_known(request, form):
        return _do_work(request, case, item, form, more)
    return _step(request, case, item, form, more)


def _are_whole(form: forms.Form | None, more: StepForm) -> bool:
    """Both are asked, so that all that is wrong is said at once."""
    return all([form is None or form.is_valid(), more.is_valid()])


def _step(request: HttpRequest, case: Case, item: WorkItem, form: forms.Form | None, more: StepForm) -> HttpResponse:
    """The page of a step, with what was typed."""
    asked = [each for each in (form, more) if each is not None]
    wrong = next((each for each in asked if each.errors), more)
    context = {
        "case": case,
        "item": item,
        "now": clock.now(),
        "forms": asked,
        "wrong": wrong,
        "map": aside.map_of(case),
        "place": aside.place(case),
        "answers": aside.answers(case),
        "photos": [each for each in aside.attachments(case) if each.file.is_photo],
    }
    return render(request, "desk/work.html", context, status=422 if wrong.errors else 200)


def _is_known(request: HttpRequest, form: Any) -> bool:
    """Whether the case that this one is said to repeat is there, and may be seen; the form says so where it isn't."""
    typed = form.answers().get("duplicate_of", "") if form else ""
    reference = references.parse(str(typed)) if typed else None
    if not typed or (reference and Case.objects.visible_to(request.user).filter(reference=reference).exists()):
        return True
    form.add_error("duplicate_of", _("No hay un expediente con ese número que usted pueda ver."))
    return False


def _do_work(request: HttpRequest, case: Case, item: WorkItem, form: forms.Form | None, more: StepForm) -> HttpResponse:
    by, told = actor(request), more.cleaned_data
    answers = form.answers() if form else {}  # type: ignore[attr-defined]
    try:
        held = acting.kept(told["file"], by)
        actions.complete_work(item, answers=answers, user=request.user, by=by, note=told["note"], files=held)
    except (RefusedFile, StorageFull) as error:
        more.add_error("file", error.message)
        return _step(request, case, item, form, more)
    except actions.Refused as error:
        messages.warning(request, str(error))
        return redirect("desk:case", uuid=case.uuid)
    messages.success(request, _("Paso hecho: %(name)s.") % {"name": translated(item.name)})
    return _after(request, case)
