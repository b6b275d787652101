"""What tests of attending share: a catalogue with more than a lamp, places that can be named, and who may attend."""

from __future__ import annotations

import shapely
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Page

from tests.cast import LAT, LON, Cast
from ventanilla.accounts.models import User
from ventanilla.catalog import actions as catalog
from ventanilla.catalog.models import Procedure
from ventanilla.forms import actions as forms
from ventanilla.organization.models import Municipality
from ventanilla.places.actions import connect_streets
from ventanilla.places.actions.storing import store_landmarks, store_streets
from ventanilla.places.rows import LandmarkRow, StreetRow

ATTEND, HOW = "/mesa/atender/", "/mesa/como-va/"
MAY = {"olga", "carlos", "otilia", "coro", "fede"}
MAY_NOT = {"cuca", "vera", "admin"}

RUBBISH = {
    "type": "object",
    "properties": {
        "amount": {"type": "string", "enum": ["bags", "cart", "truck"]},
        "dangerous": {"type": "boolean"},
    },
}
RUBBISH_LAYOUT = {
    "questions": [
        {
            "field": "amount",
            "question": "¿Cuánta basura hay, más o menos?",
            "script": "Pregunte si cabe en unas bolsas, un carro o un camión.",
            "essential": True,
            "options": [
                {"value": "bags", "label": "Unas bolsas"},
                {"value": "cart", "label": "Un carro"},
                {"value": "truck", "label": "Un camión"},
            ],
        },
        {"field": "dangerous", "question": "¿Hay vidrio, jeringas o animales?", "essential": True},
    ]
}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def widen(cast: Cast) -> dict[str, Procedure]:
    """More types: rubbish with two questions, one for each way in which a type is not taken here, and an inquiry."""
    own = catalog.define_service(key="limpieza", name="Limpieza", icon="trash", order=2, by="system")
    form = forms.publish(key="rubbish", schema=RUBBISH, layout=RUBBISH_LAYOUT, by="system")
    common = {"by": "system", "service": own, "department": cast.streets}
    more = {
        "rubbish": {"name": "Basura en la calle", "kind": "service_request", "nature": "service_notice", "form": form,
                    "words": ["basura", "ratas", "basurero clandestino"], "target_quantity": 10,
                    "target_unit": "working_day"},
        "fire": {"name": "Fuego en un lote", "kind": "service_request", "nature": "service_notice",
                 "words": ["incendio", "quema"], "is_emergency": True, "emergency_phone": "911",
                 "emergency_advice": "Aléjese y no intente apagarlo."},
        "slope": {"name": "Talud inestable", "kind": "service_request", "nature": "service_notice",
                  "words": ["derrumbe", "ladera"], "technical_only": True},
        "licence": {"name": "Queja por una patente", "kind": "complaint", "nature": "petition", "words": ["patente"],
                    "place_need": "none", "process_key": "complaint", "needs_document": True, "is_public": False},
        "inquiry": {"name": "Consulta", "kind": "inquiry", "nature": "petition", "place_need": "none",
                    "process_key": "inquiry", "is_public": False},
    }  # fmt: skip
    made = {key: catalog.define_procedure(key=key, **common, **fields) for key, fields in more.items()}
    Municipality.objects.update(outside_advice="Llame a la municipalidad vecina.")
    return made


def name_places() -> None:
    """Two streets that cross, and a church."""
    streets = [
        StreetRow("s1", "Calle La Estación", shapely.LineString([(LON - 0.003, LAT), (LON + 0.003, LAT)])),
        StreetRow("s2", "Calle Los Tilos", shapely.LineString([(LON, LAT - 0.003), (LON, LAT + 0.003)])),
    ]
    store_streets(rows=streets, by="system")
    connect_streets(by="system")
    store_landmarks(rows=[LandmarkRow("l1", "Iglesia de San Isidro", LON, LAT, "church")], by="system")


def sign_in(page: Page, user: User, address: str) -> None:
    """Give a browser the session of a member of staff."""
    cookie = client_of(user).cookies["sessionid"]
    assert SessionStore(cookie.value).exists(cookie.value)
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])
