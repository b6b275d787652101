"""What a client sent, read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils import dateparse
from django.utils.translation import gettext as _

from ventanilla.accounts.enums import Scope
from ventanilla.accounts.keyring import live_key
from ventanilla.accounts.models import ApiKey
from ventanilla.api import keys
from ventanilla.organization import municipality

T = TypeVar("T")

_FILE_FIELD = re.compile(r"^(media|photo\d*|file_.*)(\[\])?$")
_ATTRIBUTE = re.compile(r"^attribute\[([^\[\]]+)\](\[\d*\])?$")
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,20})?", re.ASCII)
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff\ufffd]")  # U+FFFD stands where the bytes were no UTF-8
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST_PLUS = re.compile(r"(:\d{2}(?:\.\d+)?) (\d{2}:?\d{2})$")
_YEARS = range(1970, 2201)
KEY_LIMIT = 60
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")


class Problem(Exception):
    """Something the client must mend: a status code and a sentence, or several."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__("the client must mend something")
        self.problems = problems


class Problems:
    """Everything there is to mend, said at once."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def of(self, read: Callable[..., T], *args: Any) -> T | None:
        """What `read` returns; None where it finds problems, which are kept."""
        try:
            return read(*args)
        except Problem as problem:
            self.found.extend(problem.problems)
            return None

    def say(self) -> None:
        """Raises Problem where there are any."""
        if self.found:
            raise Problem(*self.found)


def clean(text: str, name: str) -> str:
    """A text without control characters, its lines ended by one `\\n`. Raises Problem for what can't be stored."""
    if _UNSTORABLE.search(text):
        raise Problem((400, _("«%(name)s» tiene caracteres que no se pueden guardar.") % {"name": name}))
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one(data: QueryDict, name: str, limit: int | None = None) -> str:
    """The value of a parameter; empty where it is absent.

    Raises Problem for one longer than `limit`, and for several that differ: no guess is right for everybody.
    """
    said = {clean(str(each), name) for each in data.getlist(name)} - {""}
    if len(said) > 1:
        raise Problem((400, _("«%(name)s» viene varias veces con valores distintos.") % {"name": name}))
    text = said.pop() if said else ""
    if limit is not None and len(text) > limit:
        raise Problem((400, _("«%(name)s» pasa de %(limit)s caracteres.") % {"name": name, "limit": limit}))
    return text


def values(data: QueryDict, name: str) -> list[str]:
    """The values of a parameter, also separated by commas; an empty one equals an absent one."""
    parts = (clean(part, name) for each in data.getlist(name) for part in each.split(","))
    return [part for part in parts if part]


def check_form(request: HttpRequest) -> None:
    """Raises Problem for a body that is no form: its fields would be lost without a word."""
    if request.method == "POST" and request.content_type not in FORMS:
        raise Problem((400, _("Mande un formulario: «application/x-www-form-urlencoded» o «multipart/form-data».")))


def check_jurisdiction(data: QueryDict) -> None:
    """Raises Problem 404 for a jurisdiction that isn't this one. Without one it is this one that is meant."""
    asked = one(data, "jurisdiction_id")
    if asked and asked != municipality.current().jurisdiction:
        raise Problem((404, _("No atendemos la jurisdicción «%(asked)s».") % {"asked": asked[:80]}))


def secret(request: HttpRequest) -> str:
    """The secret a client sent, in the body, the address or a header."""
    return (
        one(request.POST, "api_key")
        or one(request.GET, "api_key")
        or request.headers.get("X-Api-Key", "")
        or request.headers.get("Authorization", "").partition("Bearer ")[2]
    )


def api_key(request: HttpRequest, scope: Scope) -> ApiKey:
    """The live key of the request with a scope. Raises Problem 403, or limits.TooMany."""
    key = reader(request)
    if key is None or scope not in key.scopes:
        raise Problem((403, _("La clave (api_key) falta o no sirve para esto.")))
    return key


def reader(request: HttpRequest) -> ApiKey | None:
    """The key of a reading client, if it brought a live one; readings need none. Raises limits.TooMany."""
    key = live_key(secret(request))
    if key is None:
        keys.spend_as_stranger(request)
    else:
        keys.spend(key)
    return key


def idempotency(request: HttpRequest, key: ApiKey) -> str | None:
    """What the client chose to be filed once under. Raises Problem."""
    chosen = request.headers.get("Idempotency-Key", "")
    if len(chosen) > KEY_LIMIT or not chosen.isascii():
        raise Problem((400, _("«Idempotency-Key» pasa de %(limit)s caracteres.") % {"limit": KEY_LIMIT}))
    return keys.idempotency(key, chosen)


def moment(data: QueryDict, name: str) -> datetime | None:
    """An ISO 8601 moment; without an offset, the municipality's. Raises Problem 400."""
    text = _LOST_PLUS.sub(r"\1+\2", one(data, name))  # a plus sign that was not escaped
    if not text:
        return None
    try:
        found = dateparse.parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise Problem((400, _("«%(name)s» no es una fecha ISO 8601.") % {"name": name}))
    return found if found.tzinfo else found.replace(tzinfo=municipality.current().zone)


def number(data: QueryDict, name: str, low: float, high: float) -> float | None:
    """A number between two bounds. Raises Problem 400."""
    text = one(data, name)
    if not text:
        return None
    found = float(text) if _NUMBER.fullmatch(text) else float("nan")
    if not low <= found <= high:
        bounds = {"name": name, "low": low, "high": high}
        raise Problem((400, _("«%(name)s» debe ser un número entre %(low)s y %(high)s.") % bounds))
    return found


def whole(data: QueryDict, name: str, low: int, high: int) -> int | None:
    """A whole number between two bounds. Raises Problem 400."""
    found = number(data, name, low, high)
    if found is not None and not found.is_integer():
        raise Problem((400, _("«%(name)s» debe ser un número entero.") % {"name": name}))
    return None if found is None else int(found)


def attributes(data: QueryDict) -> dict[str, list[str]]:
    """`attribute[c]=v`, `attribute[c][]=v` and repeated keys, by code. Raises Problem for any other form of them."""
    found: dict[str, list[str]] = {}
    for name, sent in data.lists():
        if name != "attribute" and not name.startswith("attribute["):
            continue
        match = _ATTRIBUTE.match(name)
        if match is None:
            raise Problem((400, _("«%(name)s» se escribe attribute[código].") % {"name": name[:80]}))
        found.setdefault(match[1], []).extend(clean(str(value), name[:80]) for value in sent)
    return found


def files(request: HttpRequest) -> Iterable[Any]:
    """The uploads under any of the names clients use."""
    for name, uploads in request.FILES.lists():
        if _FILE_FIELD.match(name):
            yield from uploads
