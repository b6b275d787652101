"""How we are doing, as a chart with its finding for a title."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ventanilla.cases.numbers import Answered
from ventanilla.design.components import Bar, BarChart

GOAL = 95


def answered_in_time(months: list[tuple[date, Answered]]) -> BarChart | None:
    """Terms met in time by month, the last one spoken of; None before the first month is over."""
    if not months:
        return None
    last_month, last = months[-1]
    words = {"month": date_format(last_month, "F").lower(), "share": last.share}
    return BarChart(
        title=_("En %(month)s cumplimos a tiempo %(share)s de cada 100 plazos") % words,
        subject=_("Plazos cumplidos a tiempo, por mes"),
        columns=[_("Mes"), _("A tiempo"), _("Plazos que vencieron")],
        bars=[_bar(month, answered, strong=month == last_month) for month, answered in months],
        source=_("Son %(in_time)s de %(owed)s. Los cuenta el sistema desde los propios expedientes.")
        % {
            "in_time": number_format(last.in_time, force_grouping=True),
            "owed": number_format(last.owed, force_grouping=True),
        },
        goal=GOAL,
        goal_said=_("Meta: %(goal)s %%") % {"goal": GOAL},
        upright=True,
        top=100,
    )


def _bar(month: date, answered: Answered, *, strong: bool) -> Bar:
    said = _("%(share)s %%") % {"share": answered.share}
    return Bar(date_format(month, "M").lower(), answered.share, said, strong, [str(answered.owed)])
