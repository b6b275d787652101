"""The components: `{% load ventanilla %}`. Small ones that lists repeat are made here; larger ones are templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ventanilla.design import charts, dates, forms, languages, registry
from ventanilla.design.components import Answer, BarChart, Chip, Fact, Message, Step, Term
from ventanilla.design.enums import Shape, Tone
from ventanilla.design.icons import ICONS
from ventanilla.design.registry import State

register = template.Library()

# Trusted drawings of our own; the marks keep their strokes on dark ground through the classes.
_PINS = {
    Shape.RING: '<circle class="p-new" r="9" stroke-width="3.5"/>',
    Shape.DIAMOND: '<path class="p-doing" stroke-width="2" d="M0-12 12 0 0 12-12 0Z"/>',
    Shape.TRIANGLE: '<path class="p-late" stroke-width="2" stroke-linejoin="round" d="M0-12 12.5 10h-25Z"/>'
    '<path class="p-mark" stroke-width="2.6" d="M0-4V2M0 6.2v.1"/>',
    Shape.SQUARE: '<rect class="p-done" x="-10" y="-10" width="20" height="20" rx="3" stroke-width="2"/>'
    '<path class="p-mark" stroke-width="2.8" d="M-4.5 0-1.2 3.4 5-3.6"/>',
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite, hidden from who doesn't see unless it has a `label`. KeyError for one we don't have."""
    if name not in ICONS:
        raise KeyError(f"no icon {name!r} in the sprite: see design/icons.py")
    classes = f"icon {css}".strip()
    href = f"{static('design/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.simple_tag
@languages.said_once
def state_tag(state: str | State, word: str = "") -> SafeString:
    """A state as icon, word and colour. `state` is a key of `registry.states` or a `State`; KeyError if unknown."""
    look = registry.states[state] if isinstance(state, str) else state
    tone, solid = (Tone.OWED, " data-solid") if look.tone is Tone.LATE else (look.tone, "")
    return format_html(
        '<span class="ds-tag" data-color="{}"{}>{}{}</span>', tone, solid, icon(look.icon), word or look.word
    )


@register.simple_tag
def pin(shape: str, css: str = "v-pinmark") -> SafeString:
    """The mark of a state on maps: `ring`, `diamond`, `triangle`, `square`."""
    mark = mark_safe(_PINS[Shape(shape)])  # noqa: S308 constants above
    return format_html('<svg class="{}" viewBox="-14 -14 28 28" aria-hidden="true">{}</svg>', css, mark)


@register.simple_tag
def term_bar(term: Term) -> SafeString:
    """How much of a term is used, as a bar that turns teja in its last fifth. The words stand beside it."""
    return format_html(
        '<svg class="v-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="b-rest" width="100" height="8"/><rect class="b-{}" width="{}" height="8"/></svg>',
        term.tone,
        term.spent,
    )


@register.simple_tag
def plate(reference: str, kind: str = "", small: bool = False) -> SafeString:
    """A reference as an enamel street plate: large on the receipt, `small` when following."""
    if small:
        return format_html('<span class="v-plate v-plate--sm"><span class="v-plate__in">{}</span></span>', reference)
    return format_html(
        '<p class="v-plate"><span class="v-plate__in"><small>{}</small><b>{}</b></span></p>', kind, reference
    )


@register.inclusion_tag("design/_steps.html")
def steps(items: Sequence[Step], level: int = 3) -> dict[str, Any]:
    """The vertical line of steps. `level` is that of its headings on the page."""
    return {"items": items, "level": level}


@register.inclusion_tag("design/_term.html")
def term(term: Term, level: int = 3) -> dict[str, Any]:
    """A clock of the case: what is left, the date, the law."""
    return {"term": term, "level": level}


@register.inclusion_tag("design/_facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """Names and values under each other."""
    return {"items": items}


@register.inclusion_tag("design/_answers.html")
def answers(items: Sequence[Answer]) -> dict[str, Any]:
    """Check your answers: question, answer, "Cambiar"."""
    return {"items": items}


@register.inclusion_tag("design/_conversation.html")
def conversation(messages: Sequence[Message]) -> dict[str, Any]:
    """What was said, in order; what the reader said stands at the right."""
    return {"messages": messages}


@register.inclusion_tag("design/_chart.html")
def chart(chart: BarChart) -> dict[str, Any]:
    """A bar chart with its table."""
    return {"chart": chart, "drawing": charts.draw(chart)}


@register.inclusion_tag("design/_chips.html")
def chips(items: Sequence[Chip], label: str = "") -> dict[str, Any]:
    """Filters in force, each removed by its link, or a few ways to look at a list."""
    return {"items": items, "label": label}


@register.inclusion_tag("design/_alert.html")
def alert(text: str, tone: str = "info") -> dict[str, Any]:
    """A notice on the page: `info`, `success`, `warning`."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("design/_empty.html")
def empty_state(title: str, text: str, path: str = "", action: str = "", level: int = 2) -> dict[str, Any]:
    """What will be here, and the first step towards it."""
    return {"title": title, "text": text, "path": path, "action": action, "level": level}


@register.inclusion_tag("design/_pager.html")
def pager(shown: str = "", next_path: str = "", first_path: str = "", previous_path: str = "") -> dict[str, Any]:
    """Keyset pages: what is shown, "Anteriores" and "Siguientes", and the way back to the beginning."""
    return {"shown": shown, "next_path": next_path, "first_path": first_path, "previous_path": previous_path}


@register.inclusion_tag("design/_legend.html")
def legend() -> dict[str, Any]:
    """What each mark of a map means."""
    marks = ((Shape.RING, _("Recibido")), (Shape.DIAMOND, _("En curso")))
    return {"marks": (*marks, (Shape.TRIANGLE, _("Vencido")), (Shape.SQUARE, _("Arreglado")))}


@register.inclusion_tag("design/forms/_error_summary.html")
def error_summary(form: BaseForm | Sequence[BaseForm], level: int = 2) -> dict[str, Any]:
    """The errors of one or several forms, linked to their fields; takes the focus when the page opens."""
    several = [form] if isinstance(form, BaseForm) else form
    return {"problems": [problem for one in several for problem in forms.problems(one)], "level": level}


@register.simple_tag
def error_prefix(form: BaseForm) -> str:
    """`Error: ` for the page's title where the form has errors, so that it is heard first."""
    return _("Error: ") if form.errors else ""


@register.simple_tag
def control(field: BoundField) -> str:
    """The control of a field, dressed."""
    return mark_safe(forms.dress(field))  # noqa: S308 rendered by Django, escaped there


@register.simple_tag
def choices_of(field: BoundField) -> list[dict[str, str]]:
    """The dressed choices of a group: `control`, `id`, `label`."""
    return forms.choices(field)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether a field is a group of choices."""
    return forms.is_group(field.field.widget)


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    """Whether a field is one box to tick."""
    return forms.is_single_checkbox(field.field.widget)


@register.filter
def day(value: datetime | date | None) -> str:
    """`martes 24 de noviembre`."""
    return dates.day(value) if value else ""


@register.filter
def full_day(value: datetime | date | None) -> str:
    """`martes 24 de noviembre de 2026`."""
    return dates.full_day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`martes 24 de noviembre, 9:30`."""
    return dates.moment(value) if value else ""


@register.filter
def official(value: datetime | None) -> str:
    """`martes 24 de noviembre de 2026, 20:41:07`."""
    return dates.official(value) if value else ""


@register.filter
def when(value: datetime | date | None) -> str:
    """`hoy, 10:18`."""
    return dates.when(value) if value else ""


@register.filter
def translated(text: object) -> str:
    """A stored name or text in the reader's language, where it still is as it came with us."""
    return languages.translated(text)


@register.filter
def near_day(value: datetime | date | None) -> str:
    """`mañana`, `lunes 23`, `3 de marzo`."""
    return dates.near_day(value) if value else ""


@register.filter
def sentence(value: Any) -> str:
    """The first letter large, the rest as it is: for a date that begins a sentence."""
    return capfirst(str(value))


@register.filter
def as_said(value: str) -> SafeString:
    """A person's own words: in «», with their line breaks, escaped."""
    said = str(value).strip()
    return format_html('<span class="v-quoted">{}</span>', _quoted(said)) if said else mark_safe("")


def _quoted(said: str) -> SafeString:
    return format_html(_("«{}»"), conditional_escape(said))
