"""The steps that ask who files, and prove the contact given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ventanilla.accounts import limits
from ventanilla.calendars import clocks
from ventanilla.cases.enums import Identity
from ventanilla.catalog.models import Procedure
from ventanilla.design.forms import choices
from ventanilla.people import actions as people
from ventanilla.people.enums import CodePurpose, ContactKind
from ventanilla.people.rules import masked
from ventanilla.portal import codes, visitor
from ventanilla.portal.report.answers import Answer
from ventanilla.portal.report.flow import Flow
from ventanilla.portal.report.forms import CodeForm, WhoForm

NOT_SENT = UUID(int=0)
CODES_AN_HOUR = 20
"""Codes that one address may have sent: a family behind one router, not a machine."""


def hints(procedure: Procedure) -> dict[str, str]:
    """What each way of filing means for this type: what one is told, and what is lost."""
    lost = _("No podremos avisarle ni pedirle un dato que falte. Con un código podrá ver cómo va.")
    owed = clocks.response_term(procedure.nature, identified=True)
    if owed and not clocks.response_term(procedure.nature, identified=False):
        lost += " " + _("Tampoco corre el plazo que da la ley para contestarle.")
    return {
        Identity.IDENTIFIED: _("Le avisamos de cada paso. Su nombre no sale en público."),
        Identity.CONFIDENTIAL: _("Le avisamos igual. Su nombre lo ve solo quien no puede resolverlo sin saberlo."),
        Identity.ANONYMOUS: lost,
    }


def _form(flow: Flow, data: Any = None) -> WhoForm:
    known = visitor.person_of(flow.request) is not None
    contact = flow.data.get("contact")
    initial = {
        "identity": flow.data.get("identity", Identity.IDENTIFIED),
        "name": flow.data.get("name"),
        "contact": contact[1] if contact else None,
        "document": flow.data.get("document"),
    }
    return WhoForm(data, initial=initial, procedure=flow.procedure, known=known)


def show_who(flow: Flow) -> dict[str, Any]:
    return _shown(flow, _form(flow))


def _shown(flow: Flow, form: WhoForm) -> dict[str, Any]:
    said = hints(flow.procedure)
    drawn = zip(choices(form["identity"]), Identity, strict=True)
    listed = [{**choice, "hint": said[identity]} for choice, identity in drawn]
    return {"form": form, "choices": listed, "person": visitor.person_of(flow.request)}


def take_who(flow: Flow) -> Answer:
    form = _form(flow, flow.request.POST)
    if not form.is_valid():
        return Answer(False, _shown(flow, form))
    told = form.cleaned_data
    is_anonymous = told["identity"] == Identity.ANONYMOUS
    contact = None if is_anonymous else told.get("contact")
    flow.save(
        identity=told["identity"],
        name=None if is_anonymous else told.get("name") or None,
        contact=[str(contact[0]), contact[1]] if contact else None,
        document=None if is_anonymous else told.get("document") or None,
        code=None,
        unreachable=None,
    )
    return _send_code(flow, form) if flow.awaits_code else Answer(True)


def _send_code(flow: Flow, form: Any) -> Answer:
    """Send the code. Where no channel reaches the contact, the person goes on: a telephone alone is enough."""
    kind, value = flow.data["contact"]
    try:
        limits.demand("code", limits.origin(flow.request), limit=CODES_AN_HOUR, seconds=3600)
        flow.save(code=codes.send(CodePurpose.CONTACT, ContactKind(kind), value))
    except codes.Unreachable:
        flow.save(unreachable=True)
    except (people.TooManyCodes, limits.TooMany):
        form.add_error(None, _("Ya enviamos varios códigos. Espere un rato y pruebe de nuevo."))
        return Answer(False, {"form": form})
    return Answer(True)


def show_code(flow: Flow) -> dict[str, Any]:
    kind, value = flow.data.get("contact", ["email", ""])
    return {"form": CodeForm(), "sent_to": masked(kind, value), "demo_folder": codes.demo_folder()}


def take_code(flow: Flow) -> Answer:
    if "otro" in flow.request.POST:
        return _send_another(flow)
    form = CodeForm(flow.request.POST)
    if form.is_valid():
        try:
            proven = people.use_code(uuid=flow.data.get("code", NOT_SENT), code=form.cleaned_data["code"])
        except people.WrongCode:
            form.add_error("code", _("Ese código no es, o ya venció. Revíselo o pida otro."))
        else:
            visitor.remember_proven(flow.request, proven.kind, proven.value)
            return Answer(True)
    return Answer(False, {"form": form})


def _send_another(flow: Flow) -> Answer:
    form = CodeForm({"code": "-"})  # bound, so that it can say what went wrong
    sent = _send_code(flow, form)
    return Answer(sent.done, sent.context, path=flow.path("codigo"))
