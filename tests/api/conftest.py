"""What the tests of the machines' face stand on."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from PIL import Image

from tests.api.machine import Machine, Open311
from tests.cast import Cast
from ventanilla.accounts import limits
from ventanilla.accounts.actions import issue_api_key
from ventanilla.accounts.enums import Scope
from ventanilla.catalog import actions as catalog
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure, Service
from ventanilla.forms import actions as forms
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

FIXTURES = Path(os.environ.get("VENTANILLA_SHARED_DATA", "../shared/data")) / "open311_fixtures"
JURISDICTION = "villa.example"


@pytest.fixture(autouse=True)
def _nobody_has_called_yet() -> None:
    """The counters of calls outlive a test, as they outlive a request."""
    limits._counters.cache_clear()
    (django_settings.DATA / "run" / "limits").unlink(missing_ok=True)


@pytest.fixture
def fixtures() -> Path:
    """The real answers and schemas of GeoReport, read where they lie."""
    if not FIXTURES.exists():
        pytest.skip(f"no fixtures of Open311 in {FIXTURES}; set VENTANILLA_SHARED_DATA")
    return FIXTURES


@pytest.fixture
def town(cast: Cast) -> Municipality:
    """The cast's municipality, with a jurisdiction."""
    Municipality.objects.update(jurisdiction=JURISDICTION)
    municipality.forget()
    return municipality.current()


@pytest.fixture
def tree(cast: Cast) -> Procedure:
    """A type that asks in every way the protocol knows."""
    form = forms.publish(key="tree", schema=SCHEMA, layout=LAYOUT, by="system")
    made = catalog.define_procedure(
        key="arbol-caido", by="system", service=Service.objects.get(key="alumbrado-publico"), name="Árbol caído",
        kind="service_request", nature="service_notice", words=["árbol", "rama, grande"], form=form,
        department=cast.streets, place_need="optional",
    )  # fmt: skip
    published.forget()
    return made


SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 40},
        "story": {"type": "string", "maxLength": 500},
        "height": {"type": "integer", "minimum": 1, "maximum": 60},
        "since": {"type": "string", "format": "date"},
        "size": {"type": "string", "enum": ["small", "large"]},
        "blocks": {"type": "array", "items": {"type": "string", "enum": ["road", "path", "wires"]}},
        "danger": {"type": "boolean"},
    },
    "required": ["size"],
}
LAYOUT = {
    "questions": [
        {"field": "size", "question": "¿De qué tamaño es?", "script": "Pregunte el tamaño.",
         "options": [{"value": "small", "label": "Pequeño"}, {"value": "large", "label": "Grande"}]},
        {"field": "blocks", "question": "¿Qué tapa?", "script": "Pregunte qué tapa.",
         "options": [{"value": "road", "label": "La calle"}, {"value": "path", "label": "La acera"},
                     {"value": "wires", "label": "Los cables"}]},
        {"field": "name", "question": "¿Qué árbol es?", "script": "Pregunte la especie."},
        {"field": "story", "question": "¿Qué pasó?", "script": "Pregunte qué pasó.", "widget": "long"},
        {"field": "height", "question": "¿Cuántos metros mide?", "script": "Pregunte la altura."},
        {"field": "since", "question": "¿Desde cuándo?", "script": "Pregunte desde cuándo."},
        {"field": "danger", "question": "¿Hay peligro?", "script": "Pregunte si hay peligro."},
    ]
}  # fmt: skip


@pytest.fixture
def app(cast: Cast) -> Open311:
    """A neighbour's application, with a key that files and tells updates."""
    key, secret = issue_api_key(name="App vecinal", scopes=[Scope.OPEN311_POST, Scope.OPEN311_UPDATE])
    return Open311(Client(), secret, key)


@pytest.fixture
def nobody(cast: Cast) -> Open311:
    """Anyone, without a key."""
    return Open311(Client(), "", None)


@pytest.fixture
def machine(cast: Cast) -> Machine:
    """A program of the municipality, with Olga's eyes and hands."""
    return machine_of(cast.olga)


def machine_of(user: Any, *scopes: Scope, per_minute: int = 600) -> Machine:
    """A program with a user's eyes and hands; every scope of the REST API unless some are named."""
    held = list(scopes) or [Scope.CASE_FILE, Scope.CASE_READ, Scope.CASE_ACT]
    key, secret = issue_api_key(name="Programa", scopes=held, user=user, per_minute=per_minute)
    return Machine(Client(), secret, key)


def photo(name: str = "foto.jpg", color: str = "red") -> io.BytesIO:
    """A small photo as a phone sends it."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(content, "JPEG")
    content.seek(0)
    content.name = name
    return content
