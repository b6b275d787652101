"""Conditions that people write without programming: CEL, the Common Expression Language.

`compile` once, `evaluate` or `holds` often. An expression sees the values it is given and nothing else: no files, no
clock, no attributes of Python objects, no functions but CEL's own. CEL always ends; the limits below keep it short.

Messages are Spanish templates with parameters (`error.template`, `error.params`), so that rooms with gettext can show
them in another language. They never carry the values, which may be personal.
"""

import importlib.util
import math
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

MAX_LENGTH = 1_000
"""Characters of one expression."""
MAX_LOOPS = 1
"""`map`, `filter`, `all`, `exists`… in one expression. Nested they multiply: two that return the list they walk over
build a million items from a hundred."""
MAX_VALUES = 200
"""Values given to one evaluation, counted through lists and maps: `map` copies what it has at every turn."""
MAX_DEPTH = 20
"""Lists and maps inside each other, in the values."""

_OPERATOR = re.compile(r"^(@in|@not_strictly_false|[_!?:\-+*/%=<>&|\[\]]+)$")
_LOOP = re.compile(r"\b(map|filter|all|exists|exists_one|existsOne)\b")
_POSITION = re.compile(r"<input>:(\d+):(\d+)")
_UNDEFINED = re.compile(r"Undefined variable or function: '([^']{1,80})'")
_INT64 = 2**63
_FUNCTIONS = (
    "size contains startsWith endsWith matches int uint double string bytes timestamp duration dyn type "
    "getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds "
    "getMilliseconds"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
"""The functions an expression may call."""


def _(text: str) -> str:
    """Mark a template for translation; whoever shows it translates it."""
    return text


def _native() -> ModuleType:
    """The evaluator, without its command line.

    `import cel` also loads a terminal interface (typer, rich, prompt_toolkit): 32 MB in every web worker for nothing.
    It lands in `sys.modules` under its own name because it can be initialised only once in a process.
    """
    if "cel.cel" in sys.modules:
        return sys.modules["cel.cel"]
    package = importlib.util.find_spec("cel")
    spec = package and PathFinder.find_spec("cel.cel", package.submodule_search_locations)
    if spec is None or spec.loader is None:
        raise ImportError("the package common-expression-language is not installed")
    module = sys.modules["cel.cel"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_cel = _native()


class ExpressionError(ValueError):
    """Something is wrong with an expression or its evaluation. `str(error)` is Spanish."""

    def __init__(self, template: str, **params: object) -> None:
        self.template, self.params = template, params
        super().__init__(template % params)


class BadExpression(ExpressionError):
    """The text is no expression we accept. `position` is (line, column), both from 1; None when it has no place."""

    def __init__(self, template: str, *, position: tuple[int, int] | None = None, **params: object) -> None:
        self.position = position
        super().__init__(template, **params)


class MissingValue(ExpressionError):
    """The expression needs a value that was not given: `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("falta el dato «%(name)s», que la condición necesita"), name=name)


class CannotEvaluate(ExpressionError):
    """The values don't fit the expression: wrong type, missing field, division by zero, too large."""


@dataclass(frozen=True)
class Expression:
    """A compiled expression: its text and the names it mentions (loop variables among them)."""

    text: str
    variables: frozenset[str]
    program: Any = field(repr=False, compare=False)


@lru_cache(maxsize=1_000)
def compile(text: str) -> Expression:
    """The expression of a text; the last 1,000 are kept.

    Raises BadExpression: empty, too long, too many loops, not understood (with the position), unknown function.
    """
    _refuse_by_size(text)
    try:
        program = _cel.compile(text)
        mentioned = program.references()
    except (ValueError, RuntimeError) as error:
        raise _not_understood(str(error)) from None
    _refuse_functions(mentioned["functions"])
    return Expression(text, frozenset(mentioned["variables"]), program)


def _refuse_by_size(text: str) -> None:
    if not text.strip():
        raise BadExpression(_("la condición está vacía"))
    if len(text) > MAX_LENGTH:
        raise BadExpression(_("la condición pasa de %(max)s caracteres"), max=MAX_LENGTH)
    if len(_LOOP.findall(text)) > MAX_LOOPS:
        raise BadExpression(_("la condición recorre más de una lista"))


def _not_understood(message: str) -> BadExpression:
    found = _POSITION.search(message)
    if not found:
        return BadExpression(_("la condición no se entiende"))
    line, column = int(found[1]), int(found[2])
    template = _("la condición no se entiende en la línea %(line)s, carácter %(column)s")
    return BadExpression(template, position=(line, column), line=line, column=column)


def _refuse_functions(names: Iterable[str]) -> None:
    for name in names:
        if name not in FUNCTIONS and not _OPERATOR.match(name):
            raise BadExpression(_("no hay ninguna función «%(name)s»"), name=name[:80])


def evaluate(expression: Expression, values: Mapping[str, Any]) -> Any:
    """The value of an expression over plain values (None, bool, int, float, str, datetime, timedelta, list, dict).

    Only the names it mentions are handed over. Raises MissingValue, CannotEvaluate.
    """
    given = {name: values[name] for name in expression.variables if name in values}
    _Weigher().weigh(given)
    try:
        return expression.program.execute(given)
    except RuntimeError as error:
        missing = _UNDEFINED.search(str(error))
        raise MissingValue(missing[1]) if missing else _misfit() from None
    except (TypeError, ValueError, LookupError, ArithmeticError):
        raise _misfit() from None


def holds(expression: Expression, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds. Raises like `evaluate`, and CannotEvaluate when the answer is not yes or no."""
    answer = evaluate(expression, values)
    if not isinstance(answer, bool):
        raise CannotEvaluate(_("la condición no da sí o no"))
    return answer


def _misfit() -> CannotEvaluate:
    return CannotEvaluate(_("los datos no son del tipo que la condición espera"))


class _Weigher:
    """Lets plain values of bounded size through: anything else could run Python or take long."""

    def __init__(self) -> None:
        self.count = 0

    def weigh(self, value: Any, depth: int = 0) -> None:
        self.count += 1
        if self.count > MAX_VALUES or depth > MAX_DEPTH:
            raise CannotEvaluate(_("los datos son demasiados para una condición"))
        kind = type(value)
        if kind is dict:
            self._weigh_dict(value, depth)
        elif kind is list or kind is tuple:
            for item in value:
                self.weigh(item, depth + 1)
        elif not _is_plain(value, kind):
            raise _misfit()

    def _weigh_dict(self, value: dict[Any, Any], depth: int) -> None:
        for key, item in value.items():
            if type(key) is not str:
                raise _misfit()
            self.weigh(item, depth + 1)


def _is_plain(value: Any, kind: type) -> bool:
    if kind is int:
        # Beyond 64 bits the evaluator would turn it into a float without a word.
        return bool(-_INT64 <= value < _INT64)
    if kind is float:
        return math.isfinite(value)
    # Enum members that are strings count as strings: CEL sees no more of them.
    return value is None or kind is bool or issubclass(kind, str | datetime | timedelta)
