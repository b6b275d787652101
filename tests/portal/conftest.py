"""What the portal's tests stand on: a lived-in town, once for the pages that are only looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, lasting_of
from tests.conftest import lift_triggers
from tests.portal import town
from ventanilla.accounts import limits
from ventanilla.cases.models import Case
from ventanilla.notifications.models import Message
from ventanilla.people.models import Person

FOLDER = {"folder": {"enabled": True}}


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    """The counters of tries outlive a test, as they outlive a request."""
    limits._counters.cache_clear()
    (django_settings.DATA / "run" / "limits").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast in the demo's town, with a fuller catalogue and no case yet."""
    yield from lasting_of(town.make_town, django_db_blocker)


@dataclass
class Lived:
    """A town served to browsers, with cases in every state."""

    cast: Cast
    cases: dict[str, Case]
    url: str

    def path(self, key: str, tail: str = "") -> str:
        return f"/caso/{self.cases[key].uuid}/{tail}"

    def as_rosa(self, page: Page) -> Page:
        """The browser of somebody who signed in as Rosa and opened every case by its code."""
        client = Client()
        session = client.session
        session["person"] = str(self.cast.rosa.uuid)  # type: ignore[union-attr]
        session["cases"] = [str(case.uuid) for case in self.cases.values()]
        session.save()
        return self.lend(page, session_key=str(session.session_key))

    def lend(self, page: Page, *, session_key: str = "", client: Client | None = None) -> Page:
        """Give a browser the cookies of a session, or of a test client."""
        found = {name: morsel.value for name, morsel in client.cookies.items()} if client else {}
        found |= {"sessionid": session_key} if session_key else {}
        page.context.add_cookies([{"name": n, "value": v, "url": self.url} for n, v in found.items()])
        return page


@pytest.fixture(scope="module")
def served(browser: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Lived]:
    """One town for a whole module. Its tests look, and change only what no other of them looks at."""
    with django_db_blocker.unblock(), override_settings(NOTIFICATIONS=FOLDER):
        cast = town.make_town()
        cases = town.live(cast)
        server = LiveServer("127.0.0.1")
        try:
            yield Lived(cast, cases, server.url)
        finally:
            server.stop()
            connections.close_all()
            lift_triggers()
            call_command("flush", interactive=False, verbosity=0)


def code_sent() -> str:
    """The six digits of the last message that carried some."""
    body = Message.objects.filter(kind="verification_code").latest("pk").body
    found = re.search(r"\d{6}", body)
    assert found
    return found[0]


def signed_in(person: Person | None) -> Client:
    """A browser in which a person has proven who they are."""
    client = Client()
    session = client.session
    session["person"] = str(person.uuid) if person else ""
    session.save()
    return client


def fill(client: Client, key: str, **steps: dict[str, Any]) -> None:
    """Answer steps of a report, each of which must go on."""
    for name, data in steps.items():
        response = client.post(f"/reportar/{key}/{name}/", data)
        assert response.status_code == 302, response.content.decode()


LAMP = "bombillo-quemado"
WHERE = {"said": "Poste 1127"}
DETAILS = {"how_many": "one", "description": "Está apagado"}
LUIS = {"identity": "identified", "name": "Luis Soto Mora", "contact": "8777 6655"}
ANONYMOUS = {"identity": "anonymous"}
