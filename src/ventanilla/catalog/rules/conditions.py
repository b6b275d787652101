"""The condition of a routing rule, as what is picked from lists and as the CEL text that says the same. Pure.

`write` makes the text of a condition; `read` gives it back, and None for a text that lists can't say, which is then
edited as text. What a text may ask of a case is in `NAMES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ventanilla.lib import expressions
from ventanilla.lib.expressions import BadExpression, CannotEvaluate, MissingValue

NAMES: Mapping[str, Any] = {
    "type": "",
    "service": "",
    "kind": "",
    "district": "",
    "neighborhood": "",
    "answers": {},
    "hour": 0,
    "weekday": 1,
    "office_open": False,
    "channel": "",
    "identity": "",
    "urgent": False,
}
"""What a condition may ask, each with a value of its kind: keys of the catalogue and of zones (empty for none), the
hour (0-23) and weekday (Monday 1) in the municipality, whether its offices are open then, the answers by field."""


def _(text: str) -> str:
    """Mark a template for translation; whoever shows it translates it."""
    return text


@dataclass(frozen=True)
class Answer:
    """To this question this was answered; among others where `several` may be chosen."""

    field: str
    value: str | bool
    several: bool = False


@dataclass(frozen=True)
class Condition:
    """What a rule asks, picked from lists. Within a list any will do; all that is picked must hold; nothing asks all.

    A service or one of the types will do, and so will a district or one of the neighbourhoods. `hours` run from the
    first to before the second, over midnight if the second is the smaller.
    """

    services: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    neighborhoods: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    hours: tuple[int, int] | None = None
    office: bool | None = None
    urgent: bool | None = None
    answers: tuple[Answer, ...] = ()


def write(condition: Condition) -> str:
    """The CEL text of a condition; `true` where nothing is picked."""
    return " && ".join(_clauses(condition)) or "true"


def _clauses(asked: Condition) -> Iterator[str]:
    yield from _either(_among("service", asked.services), _among("type", asked.types))
    yield from filter(None, [_among("kind", asked.kinds)])
    yield from _either(_among("district", asked.districts), _among("neighborhood", asked.neighborhoods))
    yield from filter(None, [_among("channel", asked.channels), _among("weekday", asked.weekdays)])
    if asked.hours:
        first, last = asked.hours
        yield f"(hour >= {first} {'&&' if first < last else '||'} hour < {last})"
    for name, wanted in (("office_open", asked.office), ("urgent", asked.urgent)):
        if wanted is not None:
            yield name if wanted else f"!{name}"
    yield from map(_answered, asked.answers)


def _answered(answer: Answer) -> str:
    held, value = f"answers[{_quoted(answer.field)}]", _quoted(answer.value)
    said = f"{value} in {held}" if answer.several else f"{held} == {value}"
    return f"({_quoted(answer.field)} in answers && {said})"


def _either(*clauses: str) -> Iterator[str]:
    said = [clause for clause in clauses if clause]
    if said:
        yield said[0] if len(said) == 1 else f"({' || '.join(said)})"


def _among(name: str, values: tuple[Any, ...]) -> str:
    if len(values) == 1:
        return f"{name} == {_quoted(values[0])}"
    return f"{name} in [{', '.join(map(_quoted, values))}]" if values else ""


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# Reading back what was written ----------------------------------------------------------------------------------------

_TEXT = r'"(?:[^"\\]|\\.)*"'
_LIST = {
    "service": "services",
    "type": "types",
    "kind": "kinds",
    "district": "districts",
    "neighborhood": "neighborhoods",
    "channel": "channels",
    "weekday": "weekdays",
}
_IS_ONE = re.compile(rf"({'|'.join(_LIST)}) == ({_TEXT}|\d)")
_IS_AMONG = re.compile(rf"({'|'.join(_LIST)}) in (\[(?:{_TEXT}|\d)(?:, (?:{_TEXT}|\d))*\])")
_HOURS = re.compile(r"\(hour >= (\d+) (&&|\|\|) hour < (\d+)\)")
_YES_OR_NO = re.compile(r"(!?)(office_open|urgent)")
_ANSWER = re.compile(rf"\(({_TEXT}) in answers && answers\[({_TEXT})\] == ({_TEXT}|true|false)\)")
_ANSWER_AMONG = re.compile(rf"\(({_TEXT}) in answers && ({_TEXT}) in answers\[({_TEXT})\]\)")


def read(text: str) -> Condition | None:
    """The condition of which this is the text; None where lists can't say the same, letter by letter."""
    condition = Condition()
    for clause in [] if text.strip() == "true" else _split(text.strip(), "&&"):
        held = next(filter(None, (reader(condition, clause) for reader in _READERS)), None)
        if held is None:
            return None
        condition = held
    return condition if write(condition) == text.strip() else None


def _split(text: str, sign: str) -> list[str]:
    """The parts of a text between a sign that stands in no parentheses, brackets or quotes."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"{_TEXT}|[(\[]|[)\]]|{re.escape(sign)}", text):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth -= 1
        elif found[0] == sign and depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [*parts, text[start:].strip()]


def _read_list(condition: Condition, clause: str) -> Condition | None:
    one, several = _IS_ONE.fullmatch(clause), _IS_AMONG.fullmatch(clause)
    found = one or several
    if found is None:
        return None
    values = json.loads(found[2])
    return replace(condition, **{_LIST[found[1]]: (values,) if one else tuple(values)})  # type: ignore[arg-type]


def _read_either(condition: Condition, clause: str) -> Condition | None:
    parts = _split(clause[1:-1], "||") if clause.startswith("(") and clause.endswith(")") else []
    for part in parts:
        held = _read_list(condition, part)
        if held is None:
            return None
        condition = held
    return condition if parts else None


def _read_hours(condition: Condition, clause: str) -> Condition | None:
    found = _HOURS.fullmatch(clause)
    return replace(condition, hours=(int(found[1]), int(found[3]))) if found else None


def _read_yes_or_no(condition: Condition, clause: str) -> Condition | None:
    found = _YES_OR_NO.fullmatch(clause)
    if found is None:
        return None
    name = "office" if found[2] == "office_open" else "urgent"
    return replace(condition, **{name: not found[1]})  # type: ignore[arg-type]


def _read_answer(condition: Condition, clause: str) -> Condition | None:
    one, several = _ANSWER.fullmatch(clause), _ANSWER_AMONG.fullmatch(clause)
    found = one or several
    if found is None:
        return None
    field, value = json.loads(found[1]), json.loads(found[2 if several else 3])
    return replace(condition, answers=(*condition.answers, Answer(field, value, several=several is not None)))


_READERS: tuple[Callable[[Condition, str], Condition | None], ...] = (
    _read_hours,
    _read_yes_or_no,
    _read_list,
    _read_answer,
    _read_either,
)


# Texts that people write ----------------------------------------------------------------------------------------------

_LOOP = re.compile(r"\b(map|filter|all|exists|exists_one|existsOne)\b")


def check(text: str) -> None:
    """Raises BadExpression unless the text is a condition that may be asked of a case.

    It is understood, asks only what is in `NAMES`, and says yes or no. An answer that nobody gave is no fault: the
    rule then doesn't hold.
    """
    compiled = expressions.compile(text)
    unknown = sorted(compiled.variables - NAMES.keys())
    if unknown and not _LOOP.search(text):
        raise _unknown(unknown[0])
    try:
        expressions.holds(compiled, NAMES)
    except MissingValue as missing:
        raise _unknown(missing.name) from None
    except CannotEvaluate as unfit:
        if "answers" not in compiled.variables:
            raise BadExpression(unfit.template) from None


def _unknown(name: str) -> BadExpression:
    template = _("no existe el dato «%(name)s»; los que hay: %(names)s")
    return BadExpression(template, name=name[:80], names=", ".join(NAMES))
