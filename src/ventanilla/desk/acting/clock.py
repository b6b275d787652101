"""What is decided about the terms: longer, standing still, running again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.calendars.rules import NotAllowed
from ventanilla.cases import actions
from ventanilla.cases.actions import clocks, pauses
from ventanilla.cases.enums import CaseState, DeadlineKind
from ventanilla.cases.models import Case
from ventanilla.desk import forms
from ventanilla.desk.acting import effects
from ventanilla.desk.acting.act import Act, Told
from ventanilla.lib.actors import Actor


def _extend(case: Case, told: Told, user: Any, by: Actor) -> Any:
    said = {"quantity": told["quantity"], "text": told["text"], "by": by}
    try:
        if told["kind"] == forms.CORRECTION:
            return actions.extend_correction(case, **said)
        return actions.extend_term(case, kind=DeadlineKind(told["kind"]), **said)
    except NotAllowed as error:
        raise actions.Refused(str(_("La ley de este plazo no deja ampliarlo así."))) from error


def _can_grow(case: Case) -> bool:
    """Whether some clock may be made longer; by how much exactly, the form says."""
    if not case.is_open:
        return False
    legal = clocks.legal_term(case)
    by_law = legal is not None and legal.extension is not None and case.answered_at is None
    to_correct = case.state == CaseState.WAITING_PERSON and pauses.room_to_cure(case) is not None
    return case.target_due_at is not None or by_law or to_correct


def _can_stand_still(case: Case) -> bool:
    """Whether the law lists causes for this case's clock, besides waiting for the person, who is asked."""
    return case.paused_at is None and any(each.key != pauses.FOR_PERSON for each in pauses.causes(case))


EXTEND = Act(
    "ampliar",
    _("Ampliar el plazo"),
    "calendar-plus",
    Permission.CASE_PAUSE,
    _extend,
    forms.ExtendForm,
    _("Plazo ampliado."),
    effects.both(effects.person, effects.longer),
    when=_can_grow,
)
PAUSE = Act(
    "pausar",
    _("Pausar el plazo"),
    "player-pause",
    Permission.CASE_PAUSE,
    lambda c, t, u, by: actions.pause_term(c, cause=t["cause"], text=t["text"], by=by),
    forms.PauseForm,
    _("El plazo está en pausa."),
    effects.both(effects.person, effects.stands_still),
    when=_can_stand_still,
    undo=lambda _before, _result: ("reanudar", {}),
)
RESUME = Act(
    "reanudar",
    _("Reanudar el plazo"),
    "player-play",
    Permission.CASE_PAUSE,
    lambda c, t, u, by: actions.resume_term(c, by=by),
    done=_("El plazo vuelve a correr."),
    effects=effects.both(effects.person, effects.runs_on),
    when=lambda case: case.is_open and case.paused_at is not None,
)
