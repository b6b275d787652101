"""The inbox: filters that combine, chips that remove them, pages forward and back, saved views, the list as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import hypothesis
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.cast import Cast, actor, place
from tests.desk.attending import client_of
from tests.sql import statements
from ventanilla.audit.models import AccessRecord
from ventanilla.cases import actions, inbox, paging
from ventanilla.cases.models import Case, SavedView
from ventanilla.desk import exporting
from ventanilla.lib import clock
from ventanilla.organization import municipality

pytestmark = pytest.mark.django_db

REFERENCE = re.compile(r"\b20\d\d-\d{6}-\d\b")
LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
OLD = timedelta(days=40)


@pytest.fixture(scope="module")
def busy(lasting: Cast) -> Cast:
    """Seven lamps and a complaint, each told from the others by something; and three that are closed."""
    coro = actor(lasting.coro)
    made = [lasting.file(place=place(label=f"Calle {number}")) for number in range(7)]
    lasting.file(procedure=lasting.complaint, answers={}, place=None, channel="phone")
    actions.assign_case(made[0], user=lasting.olga, team=lasting.crew_team, by=coro)
    actions.mark_urgent(made[1], urgent=True, by=coro)
    actions.ask_person(made[2], text="¿Qué poste es?", by=coro)
    Case.objects.filter(pk=made[3].pk).update(is_incomplete=True)
    Case.objects.filter(pk=made[4].pk).update(filed_at=clock.now() - OLD)
    for _number in range(3):
        actions.resolve_case(lasting.file(), text="Cambiado.", by=coro)
    return lasting


@pytest.fixture
def client(busy: Cast) -> Client:
    return client_of(busy.coro)


def listed(client: Client, path: str) -> list[str]:
    """The references on a page, in order."""
    response = client.get(path)
    assert response.status_code == 200
    return list(dict.fromkeys(REFERENCE.findall(response.content.decode())))


def links(client: Client, path: str) -> dict[str, str]:
    """Where a page's links lead, by their words."""
    found = LINK.findall(client.get(path).content.decode())
    return {re.sub(r"<[^>]*>", "", words).strip(): unescape(address) for address, words in found}


NARROWING = {
    "area=alumbrado": 7,
    "equipo=cuadrilla-1": 1,
    "quien=olga": 1,
    "tipo=bombillo-quemado": 7,
    "servicio=atencion": 1,
    "estado=waiting_person": 1,
    "canal=phone": 1,
    "distrito=d1": 7,
    "barrio=b1": 7,
    "urgente=1": 1,
    "faltan-datos=1": 1,
    "entro-hasta={then}": 1,
    "entro-desde={today}": 7,
    "entro-desde={today}&entro-hasta={today}": 7,
    "entro-desde={then}&entro-hasta={then}": 1,
    "estado=waiting_person&quien=olga": 0,
    "area=alumbrado&tipo=bombillo-quemado&quien=olga&equipo=cuadrilla-1&canal=web&distrito=d1": 1,
    "area=no-hay": 0,
    "area=%00": 8,
    "area=alumbrado%00": 7,
    "estado=disparate": 8,
    "entro-desde=ayer&entro-hasta=2026-02-31": 8,
    "entro-hasta=9999-12-31": 8,
}


@pytest.mark.parametrize("asked", sorted(NARROWING))
def test_filters_narrow_alone_and_together(client: Client, asked: str) -> None:
    now, zone = clock.now(), municipality.current().zone
    then, today = ((now - away).astimezone(zone).date().isoformat() for away in (OLD, timedelta()))
    query = asked.format(then=then, today=today)
    assert len(listed(client, f"/mesa/?vista=equipo&{query}")) == NARROWING[asked]


unstorable = st.text(st.sampled_from("\0\ud800\udfff'%\\a1é🌳"), max_size=90)
addresses = st.dictionaries(st.sampled_from(sorted(inbox.NAMES.values())), st.text(max_size=90) | unstorable)


@hypothesis.settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(address=addresses)
def test_a_list_is_found_whatever_an_address_asks(busy: Cast, address: dict[str, str]) -> None:
    filters = inbox.Filters.of(address)
    assert not set("".join(vars(filters).values())) & {"\0", "\ud800"}
    assert set(paging.page(busy.coro, filters).cases) <= set(Case.objects.all())


@pytest.mark.parametrize("path", ["/mesa/", "/mesa/mapa/", "/mesa/mapa/puntos.json", "/mesa/expedientes.csv"])
def test_no_list_stumbles_over_what_no_database_takes(client: Client, path: str) -> None:
    asked = {**dict.fromkeys(inbox.NAMES.values(), "a\0b"), "bbox": "-84.2,9.8,-84,10", "zoom": "13"}
    answer = client.get(path, asked)
    assert answer.status_code == 200
    assert b"".join(answer)


def test_marked_cases_are_shown_in_a_list_that_no_database_would_take(client: Client) -> None:
    sent = {"accion": "derivar", "caso": [str(Case.objects.open()[0].uuid)], "volver": "area=%00&quien=a%00b"}
    assert client.post("/mesa/marcados/", sent).status_code == 200


def test_a_view_is_kept_under_a_name_without_what_no_database_takes(busy: Cast, client: Client) -> None:
    client.post("/mesa/vistas/", {"nombre": "Lo\0 mío", "volver": "area=%00&urgente=1"})
    assert SavedView.objects.get(user=busy.coro, name="Lo mío").query == "vista=equipo&urgente=1"


def test_the_days_of_a_filter_are_the_municipality_s(busy: Cast) -> None:
    """In Costa Rica the 25th goes on until 6 in the morning of the 26th in UTC."""
    filters = inbox.Filters.of({"entro-desde": "2026-11-25", "entro-hasta": "2026-11-25"})
    _sql, params = inbox.filtered(Case.objects.all(), filters).query.sql_with_params()
    # SQLite is handed texts in UTC without saying so; PostgreSQL, instants.
    asked = [datetime.fromisoformat(str(each)) for each in params]
    days = [each if each.tzinfo else each.replace(tzinfo=UTC) for each in asked]
    assert days == [datetime(2026, 11, 25, 6, tzinfo=UTC), datetime(2026, 11, 26, 6, tzinfo=UTC)]


def test_each_filter_in_force_is_a_chip_that_takes_it_away_and_leaves_the_others(client: Client) -> None:
    ways = links(client, "/mesa/?vista=equipo&area=alumbrado&urgente=1&entro-desde=2026-01-05")
    assert ways["Alumbrado público, quitar este filtro"] == "/mesa/?vista=equipo&entro-desde=2026-01-05&urgente=1"
    assert ways["Urgentes, quitar este filtro"] == "/mesa/?vista=equipo&area=alumbrado&entro-desde=2026-01-05"
    assert "Entró desde el 5 de enero, quitar este filtro" in ways
    assert ways["Quitar todos"] == "/mesa/?vista=equipo"


def test_what_can_be_chosen_is_what_one_sees(busy: Cast) -> None:
    page = client_of(busy.otilia).get("/mesa/").content.decode()
    assert "Obras y calles</option>" in page
    assert "Alumbrado público</option>" in page  # the service
    assert 'value="alumbrado"' not in page
    assert 'value="olga"' not in page


@pytest.mark.parametrize("view", ["equipo", "cerrados"])
def test_pages_go_forward_and_back_and_show_each_case_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    every = listed(client, f"/mesa/?vista={view}")
    monkeypatch.setattr(paging, "PAGE", 2)
    pages, path = [], f"/mesa/?vista={view}"
    while path:
        pages.append(path)
        path = links(client, path).get("Siguientes", "")
    assert [reference for each in pages for reference in listed(client, each)] == every
    shown = [listed(client, each) for each in pages]
    for number in range(len(pages) - 1, 0, -1):
        back = links(client, pages[number])["Anteriores"]
        assert listed(client, back) == shown[number - 1]
        assert links(client, pages[number])["Al principio"] == f"/mesa/?vista={view}"
    assert "Anteriores" not in links(client, pages[0])


def test_back_from_a_page_that_filled_up_shows_the_beginning_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = listed(client, "/mesa/")
    monkeypatch.setattr(paging, "PAGE", 3)
    second = Case.objects.open().order_by("order_at", "pk")[1]
    back = f"/mesa/?vista=equipo&hasta={paging.cursor(second.order_at, second.pk)}"
    assert listed(client, back) == every[:3]


@pytest.mark.parametrize("where", ["desde=x", "hasta=9~", "desde=1e400~1", "hasta=~", "desde=0~99999999999999999999"])
def test_a_place_that_is_none_leads_to_the_beginning(client: Client, where: str) -> None:
    assert len(listed(client, f"/mesa/?{where}")) == 8


def test_the_order_is_by_urgency_and_of_closed_ones_by_filing(client: Client) -> None:
    by_urgency = Case.objects.open().order_by("order_at", "pk").values_list("reference", flat=True)
    by_filing = Case.objects.closed().order_by("-filed_at", "-pk").values_list("reference", flat=True)
    assert listed(client, "/mesa/") == list(by_urgency)
    assert listed(client, "/mesa/?vista=cerrados") == list(by_filing)


def test_an_htmx_refresh_is_the_list_alone(client: Client) -> None:
    page = client.get("/mesa/?area=alumbrado", headers={"HX-Request": "true", "HX-Target": "lista"}).content.decode()
    assert page.lstrip().startswith("<table")
    assert len(set(REFERENCE.findall(page))) == 7


# Saved views ----------------------------------------------------------------------------------------------------------


def test_filters_are_kept_under_a_name_brought_up_to_date_and_forgotten(busy: Cast, client: Client) -> None:
    kept = client.post("/mesa/vistas/", {"nombre": "Lo urgente", "volver": "vista=equipo&urgente=1&area=&desde=9~9"})
    view = SavedView.objects.get(user=busy.coro)
    assert (view.name, view.query) == ("Lo urgente", "vista=equipo&urgente=1")
    assert kept["Location"] == f"/mesa/?vista=equipo&urgente=1&guardada={view.uuid}"
    assert "Guardar los cambios" not in client.get(kept["Location"]).content.decode()

    changed = f"vista=equipo&urgente=1&area=alumbrado&guardada={view.uuid}"
    assert "Guardar los cambios en «Lo urgente»" in client.get(f"/mesa/?{changed}").content.decode()
    client.post(f"/mesa/vistas/{view.uuid}/", {"volver": changed})
    view.refresh_from_db()
    assert view.query == "vista=equipo&area=alumbrado&urgente=1"

    client.post("/mesa/vistas/", {"nombre": "Lo urgente", "volver": "vista=mio"})
    assert SavedView.objects.get(user=busy.coro).query == "vista=mio"
    client.post(f"/mesa/vistas/{view.uuid}/borrar/")
    assert not SavedView.objects.exists()


def test_another_s_view_is_neither_changed_nor_forgotten(busy: Cast, client: Client) -> None:
    view = SavedView.objects.create(user=busy.olga, name="La mía", query="vista=mio")
    client.post(f"/mesa/vistas/{view.uuid}/", {"volver": "vista=vencidos"})
    client.post(f"/mesa/vistas/{view.uuid}/borrar/")
    view.refresh_from_db()
    assert view.query == "vista=mio"
    assert "La mía" not in client.get("/mesa/").content.decode()


def test_a_view_without_a_name_is_not_kept(client: Client) -> None:
    page = client.post("/mesa/vistas/", {"nombre": " ", "volver": "vista=mio"}, follow=True)
    assert "Escriba un nombre" in page.content.decode()
    assert not SavedView.objects.exists()


def test_nothing_sent_leads_out_of_the_inbox(client: Client) -> None:
    for path in ("/mesa/densidad/", "/mesa/vistas/", "/mesa/marcados/", "/mesa/marcados/deshacer/"):
        response = client.post(path, {"volver": "//otro.example/?vista=mio", "nombre": "x"})
        assert response["Location"].startswith("/mesa/?")


# How it is drawn ------------------------------------------------------------------------------------------------------


def test_how_dense_the_list_is_stays_with_the_account(busy: Cast, client: Client) -> None:
    assert "k-dense" not in client.get("/mesa/").content.decode()
    back = client.post("/mesa/densidad/", {"compacta": "1", "volver": "vista=vencidos&area=alumbrado"})
    assert back["Location"] == "/mesa/?vista=vencidos&area=alumbrado"
    assert "k-inbox k-dense" in client_of(busy.coro).get("/mesa/").content.decode()
    client.post("/mesa/densidad/", {"compacta": "0"})
    busy.coro.refresh_from_db()
    assert not busy.coro.compact_lists


def test_single_keys_can_be_switched_off(busy: Cast) -> None:
    assert 'data-keys="off"' not in client_of(busy.olga).get("/mesa/").content.decode()
    busy.olga.single_key_shortcuts = False
    busy.olga.save()
    for path in ("/mesa/", "/mesa/buscar/"):
        assert 'data-keys="off"' in client_of(busy.olga).get(path).content.decode()


# The list as a file ---------------------------------------------------------------------------------------------------


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/mesa/expedientes.csv?{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_list_as_it_is_filtered_and_in_its_order(busy: Cast, client: Client) -> None:
    rows = exported(client, "vista=equipo&area=alumbrado")
    assert [row["Expediente"] for row in rows] == listed(client, "/mesa/?vista=equipo&area=alumbrado")
    held = next(row for row in rows if row["Quién lo lleva"])
    assert held["Quién lo lleva"] == "Olga Mora Solís"
    assert (held["Equipo"], held["Área"], held["Barrio"]) == ("Cuadrilla 1", "Alumbrado público", "San Isidro")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d", held["Entró"])


def test_no_person_and_nothing_they_said_is_in_the_file(client: Client) -> None:
    said = str(exported(client))
    assert not re.search("Rosa|Benítez|8888|correo.example|bombillo frente|semana", said)


def test_the_file_is_read_some_hundreds_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "EXPORTED_AT_ONCE", 3)
    with statements() as sent:
        assert len(exported(client)) == 8
    assert len([sql for sql in sent if 'FROM "cases_case"' in sql]) == 7


def test_that_the_list_was_taken_out_is_noted_with_what_was_asked(busy: Cast, client: Client) -> None:
    exported(client, "vista=equipo&urgente=1&nombre=Rosa")
    note = AccessRecord.objects.get()
    assert (note.by, note.about, note.what) == (f"user:{busy.coro.uuid}", "cases", "cases.exported")
    assert note.purpose == "vista=equipo&urgente=1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", "\rx", "  =HYPERLINK(1)", "\n=1"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert exporting.harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Calle 3", "", "Ñandú = ave", -84.1, 0, None])
def test_what_is_no_formula_stays_as_it_is(value: object) -> None:
    assert exporting.harmless(value) == ("" if value is None else value)


def test_a_place_named_like_a_formula_is_harmless_in_the_file(client: Client) -> None:
    Case.objects.filter(pk=Case.objects.open().latest("pk").pk).update(place_label='=cmd|"/c calc"!A1')
    assert '\'=cmd|"/c calc"!A1' in {row["Lugar"] for row in exported(client)}
