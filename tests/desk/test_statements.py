"""What the desk's lists ask of the database, frozen for both databases."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast, actor, place
from tests.desk.attending import client_of
from tests.sql import Freeze
from ventanilla.cases import actions, inbox, mapping, paging
from ventanilla.cases.models import Case
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.search import vocabulary

pytestmark = pytest.mark.django_db

MANY = 6
PAGE = 3


@pytest.fixture(scope="module")
def busy(lasting: Cast) -> Cast:
    """Two pages of open cases and two of closed ones, with somebody to each."""
    coro = actor(lasting.coro)
    for number in range(MANY):
        case = lasting.file(place=place(label=f"Frente a la iglesia, casa {number}"))
        actions.assign_case(case, user=lasting.olga, team=lasting.crew_team, by=coro)
        actions.resolve_case(lasting.file(), text="Cambiado.", by=coro)
    Case.objects.filter(pk=case.pk - 2).update(is_urgent=True, is_incomplete=True)
    vocabulary.count()
    return lasting


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", PAGE)


def asked(client: Client, path: str, freeze: Freeze, *, most: int, status: int = 200) -> None:
    """Once for what is kept in memory, and once counted."""
    client.get(path)
    with freeze(most=most):
        response = client.get(path)
    assert response.status_code == status


FILTERS = {
    "area": "area=alumbrado",
    "type-and-state": "tipo=bombillo-quemado&estado=in_progress",
    "zone-and-channel": "distrito=d1&barrio=b1&canal=web",
    "team-and-who": "equipo=cuadrilla-1&quien=olga",
    "days": "entro-desde=2026-01-01&entro-hasta=2030-12-31",
    "marks": "urgente=1&faltan-datos=1",
    "all": "area=alumbrado&equipo=cuadrilla-1&servicio=alumbrado-publico&tipo=bombillo-quemado&estado=in_progress"
    "&canal=web&distrito=d1&barrio=b1&quien=olga&entro-desde=2026-01-01&entro-hasta=2030-12-31&urgente=1",
}


@pytest.mark.parametrize("view", sorted(inbox.VIEWS))
def test_a_view(busy: Cast, frozen_sql: Freeze, view: str) -> None:
    asked(client_of(busy.coro), f"/mesa/?vista={view}", frozen_sql, most=6)


@pytest.mark.parametrize("view", ["equipo", "sin-tomar", "cerrados"])
def test_a_view_of_one_department(busy: Cast, frozen_sql: Freeze, view: str) -> None:
    asked(client_of(busy.olga), f"/mesa/?vista={view}", frozen_sql, most=6)


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_filters(busy: Cast, frozen_sql: Freeze, name: str) -> None:
    asked(client_of(busy.coro), f"/mesa/?vista=equipo&{FILTERS[name]}", frozen_sql, most=6)


@pytest.mark.parametrize("way", ["desde", "hasta"])
@pytest.mark.parametrize("view", ["equipo", "cerrados"])
def test_a_page_further_on(busy: Cast, frozen_sql: Freeze, view: str, way: str) -> None:
    column = "filed_at" if view == "cerrados" else "order_at"
    cases = Case.objects.closed() if view == "cerrados" else Case.objects.open()
    order = f"-{column}" if view == "cerrados" else column
    moment, pk = list(cases.order_by(order).values_list(column, "pk"))[PAGE - 1 if way == "desde" else PAGE + 1]
    asked(client_of(busy.coro), f"/mesa/?vista={view}&{way}={paging.cursor(moment, pk)}", frozen_sql, most=6)


def test_the_refresh_of_the_list(busy: Cast, frozen_sql: Freeze) -> None:
    client, headers = client_of(busy.coro), {"HX-Request": "true", "HX-Target": "lista"}
    client.get("/mesa/", headers=headers)
    with frozen_sql(most=4):
        client.get("/mesa/", headers=headers)


def test_the_preview(busy: Cast, frozen_sql: Freeze) -> None:
    case = Case.objects.open().first()
    assert case is not None
    asked(client_of(busy.coro), f"/mesa/caso/{case.uuid}/vista/", frozen_sql, most=5)


WORDS = {"words": "bombillo iglesia", "unfinished": "bombi", "phone": "8888 1234", "reference-begun": "2026-00000"}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_search(busy: Cast, frozen_sql: Freeze, name: str) -> None:
    asked(client_of(busy.coro), f"/mesa/buscar/?q={WORDS[name]}", frozen_sql, most=6)


def test_search_of_the_commonest_word(busy: Cast, frozen_sql: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ventanilla.search.queries.FEW", PAGE)
    asked(client_of(busy.coro), "/mesa/buscar/?q=bombillo", frozen_sql, most=6)


def test_search_of_a_document(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.coro), "/mesa/buscar/?q=1-1234-0567", frozen_sql, most=6)


def test_search_of_a_whole_reference(busy: Cast, frozen_sql: Freeze) -> None:
    case = Case.objects.open().first()
    assert case is not None
    asked(client_of(busy.coro), f"/mesa/buscar/?q={case.reference}", frozen_sql, most=3, status=302)


def test_search_with_a_typo(busy: Cast, frozen_sql: Freeze) -> None:
    """No more than without: the likely word is read with the counts, and searched for together with the typed one."""
    asked(client_of(busy.coro), "/mesa/buscar/?q=bonbillo", frozen_sql, most=6)


WHO = {"one": "Rosa", "several": "Benítez", "phone": "8888 1234", "slip": "Rosq", "nobody": "zzzz"}


@pytest.mark.parametrize("name", sorted(WHO))
def test_the_people_of_a_search(busy: Cast, frozen_sql: Freeze, name: str) -> None:
    """What the front desk sees beside the cases found."""
    people.register_person(by="system", name="Elena Benítez Mora", contacts=[(ContactKind.PHONE, "+50687770000")])
    asked(client_of(busy.fede), f"/mesa/buscar/personas/?q={WHO[name]}", frozen_sql, most=6)


def test_the_map_and_its_list(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.coro), "/mesa/mapa/", frozen_sql, most=4)


POINTS = "/mesa/mapa/puntos.json?bbox=-84.2,9.8,-84,10"


@pytest.mark.parametrize("zoom", [12, 14, 17])
def test_the_points_of_the_map(busy: Cast, frozen_sql: Freeze, zoom: int) -> None:
    asked(client_of(busy.coro), f"{POINTS}&zoom={zoom}", frozen_sql, most=3)


def test_the_points_of_the_map_where_they_are_many(
    busy: Cast, frozen_sql: Freeze, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "FEW", 2)
    asked(client_of(busy.olga), f"{POINTS}&zoom=12", frozen_sql, most=3)


def test_a_person(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.coro), f"/mesa/personas/{busy.rosa.uuid}/", frozen_sql, most=7)  # type: ignore[union-attr]


def test_the_screen_of_attending(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.fede), "/mesa/atender/", frozen_sql, most=3)


def test_a_person_who_is_attended(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.fede), f"/mesa/atender/persona/{busy.rosa.uuid}/", frozen_sql, most=7)  # type: ignore[union-attr]


def test_the_script_of_a_type(busy: Cast, frozen_sql: Freeze) -> None:
    asked(client_of(busy.fede), "/mesa/atender/guion/bombillo-quemado/", frozen_sql, most=2)


CALLS = {
    "atender/personas": ({"who": "8888 1234"}, 7),
    "atender/tipos": ({"description": "se quemó el bombillo"}, 2),
    "atender/lugares": ({"said": "frente a la iglesia"}, 6),
    "como-va/casos": ({"typed": "8888 1234"}, 11),
}


@pytest.mark.parametrize("path", sorted(CALLS))
def test_what_is_asked_while_somebody_types(busy: Cast, frozen_sql: Freeze, path: str) -> None:
    data, most = CALLS[path]
    client = client_of(busy.fede)
    client.post(f"/mesa/{path}/", data)
    with frozen_sql(most=most):
        assert client.post(f"/mesa/{path}/", data).status_code == 200


def test_how_a_case_goes_is_told(busy: Cast, frozen_sql: Freeze) -> None:
    case = Case.objects.open().first()
    assert case is not None
    asked(client_of(busy.fede), f"/mesa/como-va/{case.uuid}/", frozen_sql, most=7)
