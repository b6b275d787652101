"""How a case ends or is put off, and how it comes back; and those that are one and the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, LinkKind
from ventanilla.cases.models import Case, RelatedCase
from ventanilla.desk import forms
from ventanilla.desk.acting import effects
from ventanilla.desk.acting.act import Act, Told, Undo, always, kept, while_closed
from ventanilla.desk.acting.link import LinkForm, UnlinkForm
from ventanilla.lib.actors import Actor


def _resolve(case: Case, told: Told, user: Any, by: Actor) -> Any:
    return actions.resolve_case(case, text=told["text"], by=by, files=kept(told.get("file"), by))


def _schedule(case: Case, told: Told, user: Any, by: Actor) -> Any:
    return actions.schedule_case(case, text=told["text"], without_budget=told["without_budget"], by=by)


def _link(case: Case, told: Told, user: Any, by: Actor) -> Any:
    if told["kind"] == LinkKind.DUPLICATE:
        return actions.mark_duplicate(case, of=told["found"], text=told.get("text", ""), by=by)
    return actions.link_cases(case, to=told["found"], by=by)


def _by_mistake(_before: Case, _result: Any) -> Undo:
    return "reabrir", {"text": gettext("Se cerró por error.")}


def _linked(result: Case | RelatedCase) -> str:
    if isinstance(result, RelatedCase):
        return gettext("Vinculados.")
    return gettext("Cerrado por repetido: su gente sigue ahora el otro.")


def _unlink(_before: Case, result: Case | RelatedCase) -> Undo:
    if isinstance(result, RelatedCase):
        return "desvincular", {"link": str(result.uuid)}
    return "reabrir", {"text": gettext("No era el mismo.")}


SCHEDULE = Act(
    "programar",
    _("Programar"),
    "calendar-clock",
    Permission.CASE_RESOLVE,
    _schedule,
    forms.ScheduleForm,
    _("Programado."),
    effects.both(effects.person_and_followers, effects.answers_for_now),
    undo=lambda _before, _result: ("retomar", {}),
)
UNSCHEDULE = Act(
    "retomar",
    _("Volver a poner en marcha"),
    "player-play",
    Permission.CASE_RESOLVE,
    lambda c, t, u, by: actions.unschedule_case(c, by=by),
    done=_("Está otra vez en marcha."),
    effects=effects.both(effects.person_and_followers, effects.stays),
    when=lambda case: case.state == CaseState.SCHEDULED,
)
RESOLVE = Act(
    "resolver",
    _("Resolver"),
    "check",
    Permission.CASE_RESOLVE,
    _resolve,
    forms.ResolveForm,
    _("Resuelto."),
    effects.both(effects.person_and_followers, effects.meets_all, effects.lets_reopen),
)
REFUSE = Act(
    "no-procede",
    _("No procede"),
    "x",
    Permission.CASE_REFUSE,
    lambda c, t, u, by: actions.refuse_case(c, text=t["text"], by=by),
    forms.RefuseForm,
    _("Cerrado: no procede."),
    effects.both(effects.person_and_followers, effects.meets_all, effects.lets_reopen),
)
CANCEL = Act(
    "anular",
    _("Anular"),
    "trash",
    Permission.CASE_CANCEL,
    lambda c, t, u, by: actions.cancel_case(c, text=t["text"], by=by),
    forms.EndForm,
    _("Anulado."),
    effects.both(effects.person, effects.meets_all),
    undo=_by_mistake,
)
REOPEN = Act(
    "reabrir",
    _("Reabrir"),
    "rotate",
    Permission.CASE_REOPEN,
    lambda c, t, u, by: actions.reopen_case(c, text=t["text"], by=by),
    forms.EndForm,
    _("Reabierto."),
    effects.both(effects.person_and_followers, effects.begins_again),
    while_closed,
)
LINK = Act(
    "vincular",
    _("Vincular con otro"),
    "link",
    Permission.CASE_LINK,
    _link,
    LinkForm,
    _linked,
    when=always,
    undo=_unlink,
)
UNLINK = Act(
    "desvincular",
    _("Quitar el vínculo"),
    "x",
    Permission.CASE_LINK,
    lambda c, t, u, by: actions.unlink_cases(t["found"], by=by),
    UnlinkForm,
    _("Ya no están vinculados."),
    effects.both(effects.nobody, effects.stays),
    always,
)
