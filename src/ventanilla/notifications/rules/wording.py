"""Texts with variables, `{{ reference }}`, and nothing more: no conditions, no loops, no code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
_GAPS = re.compile(r"\n{3,}")
SUBJECT_LIMIT, BODY_LIMIT = 200, 20_000


def variables(text: str) -> set[str]:
    """The names a text uses."""
    return set(_VARIABLE.findall(text))


def has_loose_braces(text: str) -> bool:
    """Whether something looks like a variable and isn't one."""
    return bool(re.search(r"\{\{|\}\}", _VARIABLE.sub("", text)))


def problems(*, subject: str, body: str, declared: AbstractSet[str], has_subject: bool) -> list[str]:
    """What must be mended before a text may be used, in words; empty if nothing.

    It uses exactly the variables declared for its kind, in subject and body together.
    """
    used = variables(subject) | variables(body)
    found = [_("No existe la variable «%s».") % name for name in sorted(used - declared)]
    found += [_("Falta usar la variable «%s».") % name for name in sorted(declared - used)]
    if has_loose_braces(subject + body):
        found.append(_("Hay llaves sueltas: las variables se escriben {{ así }}."))
    if not body.strip():
        found.append(_("Falta el texto."))
    if has_subject != bool(subject.strip()):
        found.append(_("Falta el asunto.") if has_subject else _("Este texto no lleva asunto."))
    if "\n" in subject or len(subject) > SUBJECT_LIMIT or len(body) > BODY_LIMIT:
        found.append(_("El asunto va en una línea de 200 caracteres; el texto, en 20 000."))
    return found


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its variables filled. A line whose variables are all empty is left out.

    Values are put in as they are, once: what looks like a variable inside a value stays as it was written.
    Raises KeyError for a variable without a value.
    """
    lines = [_filled(line, values) for line in text.split("\n") if not _is_vain(line, values)]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def fill_line(text: str, values: Mapping[str, object]) -> str:
    """The same for a subject: one line, whatever a value holds."""
    return " ".join(fill(text, values).split())[:SUBJECT_LIMIT]


def _is_vain(line: str, values: Mapping[str, object]) -> bool:
    names = variables(line)
    return bool(names) and not any(str(values[name]).strip() for name in names)


def _filled(line: str, values: Mapping[str, object]) -> str:
    return _VARIABLE.sub(lambda found: _CONTROL.sub("", str(values[found.group(1)]).strip()), line)


def paragraphs(body: str, site: str) -> list[SafeString]:
    """The text as HTML paragraphs, all of it escaped. Only addresses of this site become links.

    What strangers wrote travels in these texts: their addresses stay text.
    """
    return [_paragraph(each, site) for each in re.split(r"\n\s*\n", body.strip())]


def _paragraph(text: str, site: str) -> SafeString:
    ours = re.compile(rf"({re.escape(site)}/[^\s<>\"']*)") if site else None
    lines = [_linked(line, ours) for line in text.split("\n")]
    return mark_safe("<br>".join(lines))  # noqa: S308 every part is escaped in _linked


def _linked(line: str, ours: re.Pattern[str] | None) -> str:
    if ours is None:
        return escape(line)
    parts = ours.split(line)
    # split() puts what the group caught at the odd places.
    return "".join(
        format_html('<a href="{0}">{0}</a>', part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
