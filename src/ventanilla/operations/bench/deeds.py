"""What is measured: each deed as a person or a machine does it, with as many different addresses as it needs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from ventanilla.accounts.models import User
from ventanilla.api.open311.writing import attributes, offered
from ventanilla.cases import paging
from ventanilla.cases.models import Case
from ventanilla.catalog.models import Procedure
from ventanilla.lib import ids
from ventanilla.operations.bench import filters, town
from ventanilla.organization.models import Department
from ventanilla.people.models import ContactPoint, IdentityDocument

SEED = 7
DEPTHS = (0.1, 0.5, 0.9)
"""How far down a list its deep pages begin, taken in turn."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Request:
    """One request: method, path, body."""

    method: str
    path: str
    body: str | None = None


@dataclass(frozen=True)
class Deed:
    """Something people do: whose cookies it carries, and the requests of it, without end."""

    name: str
    headers: dict[str, str]
    requests: Callable[[], Iterator[Request]]


def session_cookie(username: str) -> dict[str, str]:
    """The cookies of somebody signed in."""
    user = User.objects.get(username=username)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    token = "x" * 32
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={store.session_key}; csrftoken={token}", "X-CSRFToken": token}


def all_deeds() -> list[Deed]:
    """Every deed that has a limit, in the order of docs/benchmark.md."""
    coordinator = session_cookie("coordinadora")
    largest = Department.objects.get(pk=_largest_department())
    manager = session_cookie(f"{largest.key}-0")
    return [
        Deed("file a report (API, no photo)", FORM, _filings),
        Deed("follow by reference", _follower(), _follow),
        Deed("inbox, open cases, coordinator", coordinator, _plain("/mesa/")),
        Deed("inbox, open cases, largest department", manager, _plain("/mesa/")),
        Deed("inbox, any combination of filters", coordinator, _filtered),
        Deed("inbox, deep page", coordinator, _deep("equipo")),
        Deed("closed by filing date, first page", coordinator, _plain("/mesa/?vista=cerrados")),
        Deed("closed by filing date, deep page", coordinator, _deep("cerrados")),
        Deed("case page", coordinator, _case_pages),
        Deed("act on a case (route)", {**coordinator, **FORM}, _routings),
        Deed("act on a case (reply)", {**coordinator, **FORM}, _replies),
        Deed("map of the whole town, clustered", coordinator, _map),
        Deed("search, commonest word", coordinator, _plain("/mesa/buscar/?q=calle")),
        Deed("search, words", coordinator, _words),
        Deed("search, phone", coordinator, _phones),
        Deed("search, document", coordinator, _documents),
        Deed("search, reference", coordinator, _references),
    ]


def _largest_department() -> int:
    rows = Case.objects.open().order_by().values_list("department", flat=True)[:20_000]
    counted: dict[int, int] = {}
    for department in rows:
        counted[department] = counted.get(department, 0) + 1
    return max(counted, key=lambda pk: counted[pk])


def _plain(path: str) -> Callable[[], Iterator[Request]]:
    return lambda: cycle([Request("GET", path)])


def _filings() -> Iterator[Request]:
    source, key, filers = random.Random(SEED), town.machine_key(), _filers()
    types = [(each.key, _answers(each)) for each in offered()]
    while True:
        lon, lat = town.point(source)
        code, answers = source.choice(types)
        sent = {
            "api_key": key, "service_code": code, "lat": lat, "long": lon, **answers,
            "description": f"Prueba de velocidad número {source.random()}", **next(filers),
        }  # fmt: skip
        yield Request("POST", "/open311/v2/requests.json", urlencode(sent))


def _filers() -> Iterator[dict[str, str]]:
    """In turn somebody new, somebody who has filed before, and somebody who doesn't say who they are."""
    named = {"first_name": "Ana", "last_name": "Mora"}
    while True:
        yield {**named, "email": f"medida-{ids.code(10).lower()}@ejemplo.example"}
        yield {**named, "email": "medida@ejemplo.example"}
        yield {}


def _answers(procedure: Procedure) -> dict[str, str]:
    """The shortest answers to what a type must know."""
    plain = {"number": "2", "datetime": "2026-11-20", "string": "algo", "text": "algo"}
    return {
        f"attribute[{each['code']}]": each["values"][0]["key"] if each.get("values") else plain[each["datatype"]]
        for each in attributes(procedure)
        if each["required"]
    }


def _follower() -> dict[str, str]:
    return {"Authorization": f"Bearer {town.machine_key()}"}


def _follow() -> Iterator[Request]:
    some = Case.objects.open().order_by("-pk").values_list("reference", "follow_code")[:500]
    return cycle([Request("GET", f"/api/v1/follow/{reference}?code={code}") for reference, code in some])


def _some_cases(count: int = 500) -> list[str]:
    return [str(uuid) for uuid in Case.objects.open().order_by("order_at").values_list("uuid", flat=True)[:count]]


def _case_pages() -> Iterator[Request]:
    return cycle([Request("GET", f"/mesa/caso/{uuid}/") for uuid in _some_cases()])


def _routings() -> Iterator[Request]:
    keys = list(Department.objects.values_list("key", flat=True))
    at = dict(Case.objects.open().order_by("order_at").values_list("uuid", "department__key")[:5_000])
    for uuid in cycle(list(at)):
        at[uuid] = keys[(keys.index(at[uuid]) + 1) % len(keys)]
        body = urlencode({"department": at[uuid], "team": "", "text": "Le corresponde a esa área."})
        yield Request("POST", f"/mesa/caso/{uuid}/hacer/derivar/", body)


def _replies() -> Iterator[Request]:
    for uuid in cycle(_some_cases(5_000)):
        yield Request(
            "POST", f"/mesa/caso/{uuid}/hacer/responder/", urlencode({"text": "Vamos el jueves por la mañana."})
        )


def _filtered() -> Iterator[Request]:
    for asked in filters.combinations(random.Random(SEED)):
        yield Request("GET", f"/mesa/?{urlencode(asked)}")


def _deep(view: str) -> Callable[[], Iterator[Request]]:
    def requests() -> Iterator[Request]:
        column = "filed_at" if view == "cerrados" else "order_at"
        cases = Case.objects.closed() if view == "cerrados" else Case.objects.open()
        places = cases.order_by(f"-{column}" if view == "cerrados" else column).values_list(column, "pk")
        rows = [places[int(depth * cases.count())] for depth in DEPTHS]
        return cycle([Request("GET", f"/mesa/?vista={view}&desde={quote(paging.cursor(*row))}") for row in rows])

    return requests


def _map() -> Iterator[Request]:
    west, south = town.LON, town.LAT
    box = f"{west},{south},{west + town.SIDE},{south + town.SIDE}"
    return cycle([Request("GET", f"/mesa/mapa/puntos.json?bbox={box}&zoom=12")])


def _words() -> Iterator[Request]:
    texts = Case.objects.order_by("-pk").values_list("description", flat=True)[:300]
    pairs = [" ".join(text.split()[2:4]) for text in texts if len(text.split()) > 4]
    return cycle([Request("GET", f"/mesa/buscar/?q={quote(pair)}") for pair in pairs])


def _phones() -> Iterator[Request]:
    phones = ContactPoint.objects.order_by("-pk").values_list("value", flat=True)[:300]
    return cycle([Request("GET", f"/mesa/buscar/?q={quote(phone[-8:])}") for phone in phones])


def _documents() -> Iterator[Request]:
    numbers = IdentityDocument.objects.order_by("-pk").values_list("number", flat=True)[:300]
    return cycle([Request("GET", f"/mesa/buscar/?q={number}") for number in numbers])


def _references() -> Iterator[Request]:
    found = Case.objects.order_by("-pk").values_list("reference", flat=True)[:300]
    return cycle([Request("GET", f"/mesa/buscar/?q={reference[:11]}") for reference in found])
