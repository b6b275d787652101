"""The design room is tested by itself: its own addresses, a municipality that is no row of a table."""

from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from ventanilla.design import registry
from ventanilla.design.municipality import Unnamed
from ventanilla.design.registry import Entry

TOWN = Unnamed(
    kind="Municipalidad",
    name="Villa Esperanza",
    address="Plaza de Armas 1, frente a la parada del 12.",
    hours="Lunes a viernes, de 8:00 a 16:00.",
    phone="100",
    zone=ZoneInfo("America/Costa_Rica"),
)


def town() -> Unnamed:
    """The municipality of these tests."""
    return TOWN


@pytest.fixture(autouse=True)
def _alone(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.design.urls"
    settings.MUNICIPALITY_PROVIDER = "tests.design.conftest.town"
    for place in ("menu", "doors", "account", "footer_do", "rail", "desk_search", "needs_me"):
        monkeypatch.setattr(getattr(registry, place), "_items", {})
    registry.menu.register("guide", Entry("Guía", lambda request: "/estilo/", order=10))
    registry.menu.register("form", Entry("Reportar", lambda request: "/form/", order=5))
    registry.menu.register("unbuilt", Entry("No está", "nobody.draws_it"))
    registry.menu.register("hidden", Entry("Oculto", lambda request: "/x/", shown=lambda request: False))
    registry.footer_do.register("form", Entry("Reportar un problema", lambda request: "/form/"))
    registry.rail.register("inbox", Entry("Bandeja", lambda request: "/mesa/", icon="inbox"))
    registry.desk_search.register("all", Entry("Buscar", lambda request: "/x/", hint="Expediente, persona, dirección"))
