"""What helps while an action of the case page is written: a template put into it, other cases to choose from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions.templates import filled
from ventanilla.cases.models import Case
from ventanilla.desk import acting, aside, calling
from ventanilla.desk.acting import Act
from ventanilla.desk.forms import ActForm
from ventanilla.desk.views import case as case_page
from ventanilla.organization.guards import needs

LIMIT = 6


def _opened(request: HttpRequest, uuid: Any, name: str) -> tuple[Case, Act, ActForm]:
    """The case and the action, if this user may do it now; with what was typed so far."""
    case, act = case_page.found(request, uuid), acting.ACTS.get(name)
    if act is None or act.form is None or not act.may(request.user, case):
        raise Http404
    typed = {key: value for key, value in request.POST.items() if key not in ("plantilla", "csrfmiddlewaretoken")}
    return case, act, act.form(case=case, user=request.user, initial=typed)


@needs(Permission.CASE_VIEW)
@require_POST
def template(request: HttpRequest, uuid: Any, name: str) -> HttpResponse:
    """The action with a template put into its text, after what was typed. A POST, since people's words are in it."""
    case, act, form = _opened(request, uuid, name)
    chosen = next(
        (each for each in case_page.templates(case, form.use or "") if str(each.uuid) == request.POST.get("plantilla")),
        None,
    )
    if chosen is not None:
        begun = str(form.initial.get("text", "")).strip()
        text = filled(chosen, case, who=request.user.name)  # type: ignore[union-attr]
        form.initial["text"] = f"{begun}\n\n{text}" if begun and text not in begun else text
    case_page.focused(form, "text")
    if getattr(request, "htmx", False):
        return render(request, "desk/_text_field.html", {"field": form["text"]})
    return case_page.page(request, case, form=form, act=act.name)


@needs(Permission.CASE_VIEW)
@require_POST
def candidates(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Cases to link with, by the words typed, of those one may see. A POST, since it may be a person's name."""
    case, act, form = _opened(request, uuid, "vincular")
    typed = request.POST.get("other", "").strip()
    hits = [each for each in calling.cases_for(request.user, typed) if each.pk != case.pk] if typed else []
    shown = [(each, aside.look(each)) for each in hits[:LIMIT]]
    context = {"hits": shown, "typed": typed, "chosen": request.POST.get("chosen", "")}
    if getattr(request, "htmx", False):
        return render(request, "desk/_candidates.html", context)
    return case_page.page(request, case, form=form, act=act.name, more=context)
