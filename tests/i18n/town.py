"""The lived-in town as the tests of languages walk through it: every page of portal and desk, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import islice, product
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import Cast
from tests.portal.conftest import ANONYMOUS, DETAILS, LAMP, LUIS, WHERE, fill
from ventanilla.cases.models import Case
from ventanilla.design.languages import CONTENT
from ventanilla.desk.acting import ACTS
from ventanilla.operations.translations import catalogues

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
UNREAD = {"script", "style", "code", "textarea"}
"""What stands in these is no text of the page: a field for many lines holds what is being edited, as it is stored."""
SPOKEN = {"aria-label", "placeholder", "title", "alt", "content", "label"}
TRIES = 60


@dataclass
class Page:
    """A page that was opened: its name, and what people read on it, piece by piece."""

    name: str
    texts: list[str]
    language: str


class _Reader(HTMLParser):
    """What people read in the page's own language; a part that says it is in another is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = said.get("lang", "")
        foreign = "lang" in said and said["lang"].split("-")[0] != self.language.split("-")[0]
        if not self._is_foreign() and not foreign:
            self.texts += [v for n, v in said.items() if n in SPOKEN or (n.startswith("data-") and " " in v)]
            self.texts += [said.get("value", "")] if tag == "input" and said.get("type") in {"submit", "button"} else []
        if tag not in VOID:
            self._open.append((tag, foreign or tag in UNREAD))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_foreign():
            self.texts.append(data)

    def _is_foreign(self) -> bool:
        return any(foreign for _tag, foreign in self._open)


def read(name: str, response: HttpResponse) -> Page:
    reader = _Reader()
    reader.feed(response.content.decode())
    texts = (" ".join(text.split()) for text in reader.texts)
    return Page(name, [text for text in texts if text], reader.language)


def is_page(response: Any) -> bool:
    return (
        response.status_code in {200, 404, 422}
        and "html" in response.get("Content-Type", "")
        and not response.streaming
    )


# Every address, with whatever there is to put into it ---------------------------------------------------------------


def addresses(patterns: list[Any], before: str = "/", space: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each name with its address as a format, and the converters of what goes into it."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route, f"{space}{each.namespace or ''}:".lstrip(":"))
        elif isinstance(each, URLPattern) and "^" not in route:
            yield space + (each.name or ""), route, dict(each.pattern.converters)


def filled(route: str, converters: dict[str, Any], known: dict[str, list[str]]) -> Iterator[str]:
    choices = [known["uuid" if "UUID" in type(one).__name__ else "key"] for one in converters.values()]
    for chosen in islice(product(*choices), TRIES):
        path = route
        for name, value in zip(converters, chosen, strict=True):
            start = path.index("<")
            assert path[start:].split(">")[0].endswith(name)
            path = path[:start] + value + path[path.index(">") + 1 :]
        yield path


def known_values() -> dict[str, list[str]]:
    """Ids and keys of everything there is, a few of each kind."""
    found: dict[str, list[str]] = {"uuid": [], "key": []}
    for model in apps.get_models():
        names = {each.name for each in model._meta.get_fields()}
        for name in found.keys() & names:
            found[name] += [str(value) for value in model._base_manager.values_list(name, flat=True)[:12]]
    return found


NO_PAGES = {"account_sign_out", "portal:sign-out", "healthz"}


def every_page(
    client: Client, prefix: str, known: dict[str, list[str]], seen: set[str], **headers: str
) -> Iterator[Page]:
    """Each address that opens, once; those `seen` already are left out."""
    for name, route, converters in addresses(get_resolver().url_patterns):
        if not route.startswith(prefix) or name in NO_PAGES | seen:
            continue
        for path in islice(filled(route, converters, known), TRIES):
            response = client.get(path, headers=headers)
            response.close()
            if response.status_code == 200 and is_page(response):
                seen.add(name)
                yield read(f"{name} {path}", response)
            if response.status_code != 404:
                break


# What no address alone leads to -------------------------------------------------------------------------------------


@dataclass
class Walk:
    """Somebody's way through the pages, in a language."""

    cast: Cast
    cases: dict[str, Case]
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, client: Client, path: str) -> Iterator[Page]:
        response = client.get(path, headers=self.headers)
        response.close()
        if is_page(response):
            yield read(path, response)

    def post(self, client: Client, path: str, data: dict[str, Any] | None = None) -> Iterator[Page]:
        response = client.post(path, data or {}, headers=self.headers)
        response.close()
        if is_page(response):
            yield read(f"POST {path}", response)

    def rosa(self) -> Client:
        client = Client()
        session = client.session
        session["person"] = str(self.cast.rosa.uuid)  # type: ignore[union-attr]
        session["cases"] = [str(case.uuid) for case in self.cases.values()]
        session.save()
        return client

    def staff(self, name: str) -> Client:
        client = Client()
        client.force_login(self.cast.users[name])
        return client

    def portal(self) -> Iterator[Page]:
        known, stranger, rosa = known_values(), Client(), self.rosa()
        yield from every_page(stranger, "/", {**known, "key": [LAMP, *known["key"]]}, set(), **self.headers)
        for case in self.cases.values():
            for tail in ("", "constancia/", "constancia/documento/", "retirar/", "reabrir/"):
                yield from self.get(rosa, f"/caso/{case.uuid}/{tail}")
            yield from self.get(stranger, f"/reporte/{case.uuid}/")
            for tail in ("mensaje/", "opinion/", "reabrir/"):
                yield from self.post(rosa, f"/caso/{case.uuid}/{tail}")
        for path in (
            "/lo-mio/",
            "/mapa/?where=zzzz",
            "/buscar/?q=hueco",
            "/buscar/?q=zzzz",
            "/reportar/?q=zzzz",
            "/zzz/",
        ):
            yield from self.get(rosa, path)
        for key in ("cable-caido", "ampliar-la-red", "sugerencia"):
            yield from self.get(stranger, f"/reportar/{key}/")
        yield from self.report()

    def report(self) -> Iterator[Page]:
        """Each step of a report: empty, then filled."""
        client, beside = Client(), {"said": "200 m al sur de Iglesia de San Jacinto"}
        for name, answer in (("donde", beside), ("detalles", DETAILS), ("fotos", {}), ("quien", LUIS)):
            yield from self.get(client, f"/reportar/{LAMP}/{name}/")
            yield from self.post(client, f"/reportar/{LAMP}/{name}/")
            fill(client, LAMP, **{name: answer})
        for name in ("parecidos", "codigo", "revise"):
            yield from self.get(client, f"/reportar/{LAMP}/{name}/")
        yield from self.post(client, f"/reportar/{LAMP}/codigo/", {"code": "000000"})
        alone = Client()
        fill(alone, LAMP, donde=WHERE, detalles=DETAILS, fotos={}, quien=ANONYMOUS)
        yield from self.get(alone, f"/reportar/{LAMP}/revise/")
        yield from self.get(alone, "/")
        for path in ("/caso/", "/entrar/", "/comprobar/"):
            yield from self.post(Client(), path)

    def desk(self) -> Iterator[Page]:
        known, seen = known_values(), set[str]()
        yield from every_page(Client(), "/mesa/entrar/", known, seen, **self.headers)
        for name in ("coro", "admin", "fede", "olga"):
            yield from every_page(self.staff(name), "/mesa/", known, seen, **self.headers)
        olga, fede, admin = self.staff("coro"), self.staff("fede"), self.staff("admin")
        for case in self.cases.values():
            yield from self.get(olga, f"/mesa/caso/{case.uuid}/")
            yield from self.get(olga, f"/mesa/caso/{case.uuid}/vista/")
            yield from self.get(fede, f"/mesa/como-va/{case.uuid}/")
            for item in case.work_items.all()[:3]:
                yield from self.get(olga, f"/mesa/caso/{case.uuid}/paso/{item.uuid}/")
        for act in ACTS:
            yield from self.get(olga, f"/mesa/caso/{self.cases['received'].uuid}/?hacer={act}")
            yield from self.post(olga, f"/mesa/caso/{self.cases['received'].uuid}/hacer/{act}/")
        for path in ("/mesa/?q=zzzz", "/mesa/buscar/?q=zzzz", "/mesa/buscar/?q=iglesia", "/mesa/?estado=resolved"):
            yield from self.get(olga, path)
        said = {"description": "un hueco en la calle", "said": "poste 1127", "who": "Rosa", "kind_words": "bombillo"}
        for tail in ("personas/", "tipos/", "lugares/", ""):
            yield from self.post(fede, f"/mesa/atender/{tail}", said)
        yield from self.get(fede, f"/mesa/atender/guion/{LAMP}/")
        yield from self.post(fede, "/mesa/como-va/casos/", {"typed": "Rosa"})
        yield from self.post(admin, "/mesa/ajustes/personal/nueva/")
        yield from self.post(admin, "/mesa/ajustes/claves/")
        yield from self.post(Client(), "/mesa/entrar/", {"login": "nadie", "password": "nada"})


# What the town itself says ------------------------------------------------------------------------------------------

_SAID = (models.CharField, models.TextField, models.JSONField)


def content() -> list[str]:
    """Every text that is stored: the words of people and the names of places, the longest first.

    Not what came with us (names of services, types, questions, steps, areas): that is ours to say in each language.
    """
    found: set[str] = set()
    for model in apps.get_models():
        names = [each.name for each in model._meta.get_fields() if isinstance(each, _SAID)]
        for row in model._base_manager.values_list(*names)[:5000] if names else []:
            found |= {text for value in row for text in _flat(value)}
    lines = {" ".join(line.split()) for text in found for line in text.split("\n")}
    return sorted((line for line in lines - _came_with_us() if len(line) > 2), key=len, reverse=True)


def _came_with_us() -> set[str]:
    entries = catalogues.entries(catalogues.read("en"))
    return {" ".join(text.split()) for context, text in entries if context == CONTENT}


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _flat(each)
