"""What templates hand to the components: plain values, made in views, drawn by the tags of `{% load ventanilla %}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ventanilla.design import dates
from ventanilla.design.enums import StepKind, TermState, Unit

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A step of the line: what, who and when. `ask` is drawn as the diamond: it is the person's turn."""

    title: Words
    text: Words = ""
    kind: StepKind = StepKind.NEXT


@dataclass(frozen=True)
class Fact:
    """A name and its value, perhaps with a softer second line and a link."""

    name: Words
    value: Words
    more: Words = ""
    path: str = ""


@dataclass(frozen=True)
class Answer:
    """A line of "revise sus respuestas". `about` completes "Cambiar …" for who doesn't see: "dónde está"."""

    question: Words
    value: Words
    more: Words = ""
    change_path: str = ""
    about: Words = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True)
class Photo:
    """A picture by its address, with the words for who doesn't see it. `full` is the large one.

    Without `path` it is no picture but a document: its name, and where it lies.
    """

    path: str
    words: Words
    full: str = ""


@dataclass(frozen=True)
class Message:
    """A turn of the conversation. `mine`: said by the person who reads."""

    who: Words
    at: datetime
    text: Words
    mine: bool = False
    role: Words = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True)
class Option:
    """A line of a combobox (`design/_options.html`): chosen, it leads to `path`, or gives its `value` to the form."""

    text: Words
    more: Words = ""
    value: str = ""
    path: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force and the path without it; or, with `pressed`, one of a few ways to look at a list."""

    label: Words
    path: str
    pressed: bool | None = None


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its name, its value (≥0), how the value is said, and whether it is the one spoken of."""

    name: Words
    value: float
    said: Words = ""
    strong: bool = False
    more: Sequence[Words] = ()
    """What the table says besides."""


@dataclass(frozen=True)
class BarChart:
    """Bars from zero with their table. The title states the finding; `columns` name the table's columns."""

    title: Words
    subject: Words
    """What is drawn, for who doesn't see: "Reportes vencidos por servicio"."""
    columns: Sequence[Words]
    """Heads of the table: of the names, of the values, of each `more`."""
    bars: Sequence[Bar]
    source: Words = ""
    goal: float | None = None
    goal_said: Words = ""
    upright: bool = False
    """Upright bars for time, lying ones for names."""
    top: float | None = None
    """The end of the axis where it means something (100 for a percentage); else the greatest value."""


@dataclass(frozen=True)
class Term:
    """A clock of a case in words and as a bar.

    `left` and `used` are counted by the legal clock in `unit` (never negative); `late_by` only when overdue.
    `name` is whose clock it is ("Plazo para contestarle"); `law` the article or the charter that sets it.
    """

    due: datetime | date
    left: int
    used: int
    unit: Unit = Unit.WORKING_DAY
    state: TermState = TermState.RUNNING
    late_by: int = 0
    name: Words = ""
    law: Words = ""
    law_path: str = ""
    note: Words = ""
    precise: bool = False
    """The hour counts: say it."""
    mends: bool = False
    """It is owed that a thing be mended, not that somebody be answered."""

    @property
    def total(self) -> int:
        return self.left + self.used

    @property
    def spent(self) -> int:
        """How much of the term is used, 0 to 100."""
        if self.state in (TermState.LATE, TermState.MISSED):
            return 100
        return round(100 * self.used / self.total) if self.total else 100

    @property
    def tone(self) -> str:
        """`ink` while there is time, `soon` from the last fifth on, `done` when met."""
        if self.state is TermState.MET:
            return "done"
        if self.state is TermState.PAUSED:
            return "ink"
        return "soon" if self.state is not TermState.RUNNING or self.spent >= 80 or self.ends_soon else "ink"

    @property
    def ends_soon(self) -> bool:
        """Today or tomorrow."""
        return self.state is TermState.RUNNING and (
            dates.day_of(self.due) == dates.today() or dates.is_tomorrow(self.due)
        )

    @property
    def is_late(self) -> bool:
        return self.state is TermState.LATE or self.ends_soon

    @property
    def headline(self) -> str:
        """`Quedan 8 días hábiles`, `Vence mañana`, `Venció hace 2 días hábiles`, `Respondido en 6 días hábiles`."""
        if self.state is TermState.RUNNING:
            return self._running()
        if self.state is TermState.LATE:
            return (
                _("Venció hace %(what)s") % {"what": dates.quantity(self.late_by, self.unit)}
                if self.late_by
                else _("Venció")
            )
        if self.state is TermState.PAUSED:
            return _("En pausa, %(left)s") % {"left": dates.left(self.left, self.unit)}
        return self._ended()

    def _ended(self) -> str:
        if self.state is not TermState.MET:
            return _("Arreglado fuera de plazo") if self.mends else _("Respondido fuera de plazo")
        said = _("Arreglado en %(what)s") if self.mends else _("Respondido en %(what)s")
        return said % {"what": dates.quantity(self.used, self.unit)}

    def _running(self) -> str:
        if dates.day_of(self.due) == dates.today():
            if self.precise and isinstance(self.due, datetime):
                return _("Vence hoy, %(time)s") % {"time": dates.time(self.due)}
            return _("Vence hoy")
        if dates.is_tomorrow(self.due):
            return _("Vence mañana")
        return capfirst(dates.left(self.left, self.unit))

    @property
    def by(self) -> str:
        """`a más tardar el lunes 7 de diciembre`."""
        return dates.at_the_latest(self.due)

    @property
    def sentence(self) -> str:
        """The date as a sentence of its own, where it still says something: not while paused nor once answered."""
        if self.state is TermState.RUNNING:
            return capfirst(self.by) + "."
        return _("Venció el %(day)s.") % {"day": dates.day(self.due)} if self.state is TermState.LATE else ""

    @property
    def words(self) -> str:
        """`a más tardar el lunes 7 de diciembre (quedan 8 días hábiles)`."""
        return f"{self.by} ({dates.left(self.left, self.unit)})" if self.state is TermState.RUNNING else self.by
