"""Keeping reply templates: one's department's own; for all, who answers for the whole house."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases.actions.templates import drop_template, keep_template, text_of
from ventanilla.cases.enums import TemplateUse
from ventanilla.cases.models import ReplyTemplate
from ventanilla.cases.permissions import can_edit_template
from ventanilla.cases.rules import TEMPLATE_VARIABLES
from ventanilla.desk.actor import actor
from ventanilla.desk.replies.forms import TemplateForm
from ventanilla.notifications.rules import wording
from ventanilla.notifications.texts import examples
from ventanilla.organization import municipality
from ventanilla.organization.guards import needs


@needs(Permission.CASE_TEMPLATE_EDIT)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All there are, those of other departments and of the whole house to read."""
    rows = ReplyTemplate.objects.select_related("department")
    order = list(TemplateUse)
    shown = [
        (row, text_of(row), can_edit_template(request.user, row))
        for row in sorted(rows, key=lambda row: order.index(TemplateUse(row.use)))
    ]
    return render(request, "desk/replies/list.html", {"rows": shown})


@needs(Permission.CASE_TEMPLATE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _edit(request, ReplyTemplate())


@needs(Permission.CASE_TEMPLATE_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Change one."""
    return _edit(request, _own(request, uuid))


def _own(request: HttpRequest, uuid: Any) -> ReplyTemplate:
    row = ReplyTemplate.objects.editable_by(request.user).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    return row


def _edit(request: HttpRequest, template: ReplyTemplate) -> HttpResponse:
    """Write it, see it filled with examples, keep it."""
    form = TemplateForm(request.POST or None, instance=template, user=request.user)
    looks = request.method == "POST" and "ver" in request.POST
    if request.method == "POST" and form.is_valid() and not looks:
        said = {**form.cleaned_data, "kind": form.cleaned_data["kind"] or ""}
        keep_template(template, by=actor(request), **said)
        messages.success(request, _("Plantilla guardada."))
        return redirect("replies:list")
    text = form["text"].value() or ""
    context = {
        "form": form,
        "template": template,
        "variables": TEMPLATE_VARIABLES.items(),
        "preview": _filled(text) if looks and not form.errors else "",
    }
    return render(request, "desk/replies/edit.html", context, status=422 if form.errors else 200)


def _filled(text: str) -> str:
    """A text with example values."""
    town = municipality.current()
    own = {"town": town.name, "municipality": f"{town.kind} de {town.name}", "town_phone": town.phone}
    return wording.fill(text, {**dict.fromkeys(TEMPLATE_VARIABLES, ""), **examples(), "who": "Olga Mora", **own})


@needs(Permission.CASE_TEMPLATE_EDIT)
@require_POST
def drop(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Forget one of one's own; put one that came along out of use."""
    template = _own(request, uuid)
    drop_template(template, by=actor(request))
    messages.success(request, _("Queda fuera de uso.") if template.key else _("Plantilla borrada."))
    return redirect("replies:list")
