"""What links begin with, where nobody asked for them over HTTP."""

from __future__ import annotations

import pytest

from ventanilla.config import environment


@pytest.mark.parametrize(
    ("hosts", "https", "address"),
    [
        (["127.0.0.1", "localhost", "[::1]"], False, "http://127.0.0.1:8123"),
        (["127.0.0.1", "localhost", "ventanilla.example.org"], True, "https://ventanilla.example.org"),
        ([".example.org"], False, "http://example.org"),
        (["*"], False, "http://127.0.0.1:8123"),
    ],
)
def test_links_lead_to_the_public_name(
    hosts: list[str], https: bool, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert environment.site_address(hosts, https=https) == address


def test_an_operator_may_say_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENTANILLA_SITE_ADDRESS", "https://tramites.example.org/")
    assert environment.site_address(["ventanilla.example.org"], https=True) == "https://tramites.example.org"
