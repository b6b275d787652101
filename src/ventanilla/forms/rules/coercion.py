"""From what came in, typed by a person or sent by a machine, to the JSON value a schema speaks of."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ventanilla.forms.enums import Kind
from ventanilla.forms.rules.questions import Question

YES = {"true", "sí", "si", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}
LARGEST = 2**53
"""The largest whole number that every reader of JSON keeps exactly (RFC 8259, section 6)."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,16}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,16}([.,][0-9]{1,12})?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPOKEN = re.compile(r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unreadable(ValueError):
    """The answer is not of its kind; the message tells the person what to write."""


def coerce(question: Question, raw: object) -> Any:
    """The answer as a JSON value; None where nothing was answered. Raises Unreadable."""
    return _READERS[question.kind](raw)


def _text(raw: object) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Unreadable(_("Escriba un solo texto."))
    if _UNSTORABLE.search(raw):
        raise Unreadable(_("El texto tiene caracteres que no se pueden guardar. Escríbalo de nuevo."))
    lines = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip() or None


def _choice(raw: object) -> str | None:
    if isinstance(raw, list | tuple):
        raise Unreadable(_("Elija una sola respuesta."))
    return _text(raw)


def _several(raw: object) -> list[str] | None:
    found = [_text(each) for each in (raw if isinstance(raw, list | tuple) else [raw])]
    return list(dict.fromkeys(each for each in found if each)) or None


def _lines(raw: object) -> list[str] | None:
    text = _text(raw) if isinstance(raw, str) else None
    return _several(text.split("\n") if text else raw)


def _integer(raw: object) -> int | None:
    number = _number(raw)
    if number is None:
        return None
    if not float(number).is_integer():
        raise Unreadable(_("Escriba un número sin decimales."))
    return int(number)


def _number(raw: object) -> int | float | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _bounded(raw)
    text = _text(raw) if isinstance(raw, str) or raw is None else ""
    if text is None:
        return None
    if _WHOLE.fullmatch(text):
        return _bounded(int(text))
    if not _DECIMAL.fullmatch(text):
        raise Unreadable(_("Escriba solo el número, por ejemplo 3."))
    return _bounded(float(text.replace(",", ".")))


def _bounded(number: float) -> int | float:
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise Unreadable(_("El número es demasiado grande."))
    return number


def _yesno(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = _text(raw)
    if text is None:
        return None
    if text.lower() not in YES | NO:
        raise Unreadable(_("Conteste sí o no."))
    return text.lower() in YES


def _date(raw: object) -> str | None:
    text = _text(raw)
    if text is None:
        return None
    iso, spoken = _ISO.fullmatch(text), _SPOKEN.fullmatch(text)
    if not iso and not spoken:
        raise Unreadable(_("Escriba la fecha con día, mes y año, por ejemplo 24/11/2026."))
    year, month, day = iso.groups() if iso else spoken.group("year", "month", "day")  # type: ignore[union-attr]
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(_("Esa fecha no existe. Revise el día y el mes.")) from None
    if not 1900 <= found.year <= 2100:
        raise Unreadable(_("Revise el año de la fecha."))
    return found.isoformat()


_READERS: dict[Kind, Callable[[object], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _several,
    Kind.LINES: _lines,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.YESNO: _yesno,
    Kind.DATE: _date,
}
