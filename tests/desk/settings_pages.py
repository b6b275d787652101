"""What the tests of Ajustes share."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.cast import MEMBERS, Cast

AJUSTES = "/mesa/ajustes/"


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    """What a page says, without its marks and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def errors_of(answer: Any) -> str:
    """What a page says is wrong."""
    return " ".join(re.findall(r"ds-validation-message.*?</p>", answer.content.decode(), re.S))


def opens_for(cast: Cast, paths: list[str], may: set[str]) -> None:
    """Pages open for those who may, for all others they don't; and Ajustes leads there who may alone."""
    for name in MEMBERS:
        client = signed_in(cast, name)
        expected = 200 if name in may else 403
        assert {path: client.get(AJUSTES + path).status_code for path in paths} == dict.fromkeys(paths, expected), name
        home = client.get(AJUSTES).content.decode()
        assert (f'href="{AJUSTES}{paths[0]}"' in home) == (name in may), name
    assert {Client().get(AJUSTES + path).status_code for path in paths} == {302}


def refuses(cast: Cast, posts: list[str], may: set[str]) -> None:
    """What these addresses do, nobody else can have done."""
    for name in set(MEMBERS) - may:
        client = signed_in(cast, name)
        assert {client.post(AJUSTES + path).status_code for path in posts} == {403}, name
