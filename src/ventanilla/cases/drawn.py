"""The clocks of a case as the design room draws them: one way for the portal and the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ventanilla.calendars import clocks
from ventanilla.cases.enums import DeadlineKind
from ventanilla.cases.models import Case, Deadline
from ventanilla.design import dates
from ventanilla.design.components import Term
from ventanilla.design.enums import TermState
from ventanilla.design.enums import Unit as DrawnUnit
from ventanilla.design.languages import said_once, translated
from ventanilla.lib import clock
from ventanilla.lib.workingtime import HOURS, Unit


def terms(case: Case, deadlines: Sequence[Deadline] | None = None) -> list[Term]:
    """Both clocks, the law's first."""
    held = deadlines if deadlines is not None else list(case.deadlines.all())
    return [term(each, case) for each in sorted(held, key=lambda each: each.kind)]


def term(deadline: Deadline, case: Case) -> Term:
    """One clock: what is left, what is used, how it stands."""
    until = deadline.met_at or clock.now()
    unit = _counted_in(Unit(deadline.unit))
    rest = clocks.remaining(deadline.due_at, until, unit=unit)
    return Term(
        due=deadline.due_at,
        left=0 if rest.is_late else rest.amount,
        used=_used(deadline.starts_at, until, unit),
        unit=_drawn_in(unit),
        late_by=rest.amount if rest.is_late else 0,
        state=state(deadline, case),
        name=capfirst(str(DeadlineKind(deadline.kind).label)),
        law=law(deadline),
        precise=unit in HOURS,
        mends=deadline.kind == DeadlineKind.TARGET,
    )


def law(deadline: Deadline) -> str:
    """What sets it: `Ley 9097, art. 3`, «Carta de servicios»."""
    return ", ".join(part for part in (translated(deadline.law), deadline.article) if part)


def silence(deadline: Deadline) -> str:
    """What the law makes of our silence, said to the person; empty where it makes nothing of it."""
    said = {
        "negative": _("Si no le contestamos en ese plazo, la ley lo da por negado y usted puede reclamar."),
        "positive": _("Si no le contestamos en ese plazo, la ley lo da por concedido."),
        "positive_after_claim": _("Si no le contestamos, usted puede reclamarlo y la ley lo da por concedido."),
    }
    return said.get(deadline.silence, "")


def _counted_in(unit: Unit) -> Unit:
    return Unit.CALENDAR_DAY if unit == Unit.MONTH else unit


def _drawn_in(unit: Unit) -> DrawnUnit:
    if unit in HOURS:
        return DrawnUnit.HOUR
    return DrawnUnit.WORKING_DAY if unit == Unit.WORKING_DAY else DrawnUnit.CALENDAR_DAY


def _used(starts_at: datetime, until: datetime, unit: Unit) -> int:
    """Counted back from now as what is left is counted forward."""
    return clocks.remaining(max(until, starts_at), starts_at, unit=unit).amount


def state(deadline: Deadline, case: Case) -> TermState:
    """How a clock runs."""
    if deadline.met_at:
        return TermState.MET if deadline.met_at <= deadline.due_at else TermState.MISSED
    if case.response_waits if deadline.kind == DeadlineKind.RESPONSE else case.target_waits:
        return TermState.PAUSED
    return TermState.LATE if clock.now() > deadline.due_at else TermState.RUNNING


def left_in_words(case: Case, now: datetime) -> str:
    """What a list says of a case's term: «Faltan 8 días», «Venció hace 2 días», «En pausa», «Cerró: 3 de marzo»."""
    if case.closed_at:
        return _("Cerró: %(day)s") % {"day": dates.near_day(case.closed_at)}
    if case.due_at is None:
        return _("En pausa") if case.paused_at else _("Sin plazo")
    return _until(case.due_at, now)


def _until(due_at: datetime, now: datetime) -> str:
    rest, calendar = clocks.remaining(due_at, now), clocks.working_calendar()
    if calendar.day_of(due_at) == calendar.day_of(now):
        return _("Venció hoy") if rest.is_late else _("Vence hoy")
    if not rest.amount:
        return (_("Venció %(day)s") if rest.is_late else _("Vence %(day)s")) % {"day": dates.near_day(due_at)}
    return _away(rest.amount, rest.is_late)


@said_once
def _away(days: int, is_late: bool) -> str:
    counted = _("1 día") if days == 1 else _("%(n)d días") % {"n": days}
    if is_late:
        return _("Venció hace %(days)s") % {"days": counted}
    return _("Faltan %(days)s") % {"days": counted} if days != 1 else _("Falta 1 día")
