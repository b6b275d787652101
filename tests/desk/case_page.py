"""What tests of the case page share."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client

from tests.cast import Cast, actor
from ventanilla.cases import actions
from ventanilla.cases.models import Case


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(cast: Cast, name: str = "olga") -> Page:
    """The page of a case that Olga has taken, as somebody has it."""
    return Page(cast, name, actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga)))


class Page:
    """The case page as one member of staff has it."""

    def __init__(self, cast: Cast, name: str, case: Case) -> None:
        self.client, self.case = signed_in(cast, name), case
        self.path = f"/mesa/caso/{case.uuid}/"

    def shows(self, query: str = "") -> str:
        """The words of the page."""
        return unescape(self.client.get(f"{self.path}{query}").content.decode())

    def do(self, name: str, **told: Any) -> Any:
        """Do an action; the answer."""
        return self.client.post(f"{self.path}hacer/{name}/", told)

    def did(self, name: str, **told: Any) -> Case:
        """Do an action that is expected to be done; the case afterwards."""
        answer = self.do(name, **told)
        assert answer.status_code == 302, unescape(answer.content.decode())[-3000:]
        warned = [each for each in get_messages(answer.wsgi_request) if each.level_tag == "warning"]
        assert warned == []
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    def undo(self) -> Case:
        """Press «Deshacer» on the page that follows; the case afterwards."""
        page = self.client.get(self.path)
        said = [each for each in page.context["said"] if each["undo"]]
        assert said, "nothing to undo"
        return self.did(said[-1]["undo"].name, **said[-1]["told"])
