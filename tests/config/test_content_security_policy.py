"""The Content-Security-Policy that browsers are sent, on a page of each room that has pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

PAGES = {
    "portal": "/",
    "a report's page": "/reporte/{case}/",
    "the list of reports": "/mapa/",
    "nothing there": "/no-hay/",
    "signing in": "/mesa/entrar/",
    "inbox": "/mesa/",
    "case": "/mesa/caso/{case}/",
    "Atender": "/mesa/atender/",
    "settings": "/mesa/ajustes/",
    "the API's reference": "/api/v1/",
    "the API": "/api/v1/services",
    "Open311": "/open311/v2/services.json",
}
RAW = (
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'unsafe-hashes'",
    "'strict-dynamic'",
    "*",
    "data:",
    "blob:",
    "http:",
    "https:",
)
SCRIPT = re.compile(r"<script\b[^>]*>")
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)


@pytest.fixture(params=sorted(PAGES))
def answer(request: pytest.FixtureRequest, cast: Cast) -> Any:
    client = Client()
    if request.param != "signing in":
        client.force_login(cast.coro, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(PAGES[request.param].format(case=cast.file().uuid))


def policy_of(answer: Any) -> dict[str, list[str]]:
    """What each directive allows."""
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: allowed for name, *allowed in parts}


def test_scripts_come_from_this_site_alone_and_none_is_evaluated(answer: Any) -> None:
    policy = policy_of(answer)
    assert "'self'" in policy["script-src"]
    assert not set(policy["script-src"]) & set(RAW)
    assert not set(policy["style-src"]) & set(RAW)
    assert "script-src-elem" not in policy
    assert "script-src-attr" not in policy


def test_nothing_else_comes_from_elsewhere_and_nobody_frames_it(answer: Any) -> None:
    policy = policy_of(answer)
    assert policy["default-src"] == policy["form-action"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]


def test_the_page_keeps_what_its_policy_says(answer: Any) -> None:
    page, policy = answer.content.decode(), policy_of(answer)
    assert not HANDLER.search(page)
    for script in SCRIPT.findall(page):
        nonce = re.search(r'nonce="([^"]+)"', script)
        is_data = re.search(r'type="application/(?:ld\+)?json"', script)
        assert 'src="/' in script or is_data or (nonce and f"'nonce-{nonce[1]}'" in policy["script-src"]), script
