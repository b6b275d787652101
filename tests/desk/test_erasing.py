"""Erasing at the desk: only for whoever may, under an order, after seeing what goes, confirmed once more."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from ventanilla.audit.models import AccessRecord, TrailEntry
from ventanilla.cases.models import Case
from ventanilla.people.models import Person

ORDER = {"number": "2026-000045", "authority": "Juzgado de Villa", "reason": "court"}


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def admin(cast: Cast) -> Client:
    return signed_in(cast, "admin")


def of_rosa(cast: Cast) -> str:
    assert cast.rosa is not None
    return f"/mesa/borrado/persona/{cast.rosa.uuid}/"


@pytest.mark.parametrize("name", ["olga", "carlos", "otilia", "cuca", "coro", "vera", "fede"])
def test_nobody_else_of_the_cast_may(cast: Cast, name: str) -> None:
    client, case = signed_in(cast, name), cast.file()
    for path in ("/mesa/borrado/", of_rosa(cast), f"/mesa/borrado/caso/{case.uuid}/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {**ORDER, "again": ORDER["number"]}).status_code == 403
    assert Person.objects.filter(erased_at=None).exists()


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    assert Client().get(of_rosa(cast)).status_code == 302


@pytest.mark.parametrize("typed", ["8888-1234", "ROSA.BENITEZ@correo.example", "+506 8888 1234"])
def test_a_person_is_found_by_exactly_what_is_known_of_them(cast: Cast, admin: Client, typed: str) -> None:
    page = admin.post("/mesa/borrado/", {"who": typed}).content.decode()
    assert of_rosa(cast) in page
    assert "rosa.benitez@correo.example" not in page.replace("ROSA.BENITEZ@correo.example", "")


def test_a_protected_person_is_found_too_and_a_case_by_its_number(cast: Cast, admin: Client) -> None:
    case = cast.file()
    Person.objects.update(is_protected=True)
    assert of_rosa(cast) in admin.post("/mesa/borrado/", {"who": "88881234"}).content.decode()
    assert str(case.uuid) in admin.post("/mesa/borrado/", {"who": case.reference}).content.decode()


@pytest.mark.parametrize("typed", ["Rosa", "8888", "nadie@correo.example", "2026-999999-9"])
def test_nobody_is_found_by_half_of_it(cast: Cast, admin: Client, typed: str) -> None:
    page = admin.post("/mesa/borrado/", {"who": typed}).content.decode()
    assert "No hay nadie ni ningún expediente con ese dato" in page


def test_what_would_be_erased_is_shown_and_looking_is_noted(cast: Cast, admin: Client) -> None:
    cast.file()
    page = admin.get(of_rosa(cast)).content.decode()
    assert "Expedientes, con todo lo que dicen" in page
    assert "Rosa Benítez Arias" in page
    assert AccessRecord.objects.filter(what="person.erasure_viewed").count() == 1


def test_it_takes_the_number_twice(cast: Cast, admin: Client) -> None:
    asked = admin.post(of_rosa(cast), ORDER)
    assert "¿Borrar para siempre" in asked.content.decode()
    wrong = admin.post(of_rosa(cast), {**ORDER, "again": "2026-000044"})
    assert wrong.status_code == 422
    assert "No se ha borrado nada" in wrong.content.decode()
    assert Person.objects.filter(erased_at=None).exists()
    done = admin.post(of_rosa(cast), {**ORDER, "again": ORDER["number"]}, follow=True)
    assert "La orden 2026-000045 quedó registrada" in done.content.decode()
    assert not Person.objects.filter(erased_at=None).exists()


def test_the_trail_has_the_order_and_nobodys_data(cast: Cast, admin: Client) -> None:
    admin.post(of_rosa(cast), {**ORDER, "again": ORDER["number"]})
    entry = TrailEntry.objects.get(verb="data.erased")
    fields = ["contacts", "documents", "name"]
    assert entry.data == {"order": "2026-000045", "authority": "Juzgado de Villa", "reason": "court", "fields": fields}
    assert entry.by == f"user:{cast.admin.uuid}"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": ""}, "Escriba el número de la orden"),
        ({"authority": ""}, "qué cargo u oficina"),
        ({"reason": "porque sí"}, "Escoja una opción válida"),
        ({"number": "2026 <b>"}, "Use solo letras"),
        ({"number": "8888-1234"}, "nombran a la persona"),
        ({"authority": "Doña Rosa"}, "nombran a la persona"),
    ],
)
def test_a_wrong_order_is_said_and_what_was_typed_stays(
    cast: Cast, admin: Client, changes: dict[str, str], says: str
) -> None:
    sent = {**ORDER, **changes}
    refused = admin.post(of_rosa(cast), {**sent, "again": sent["number"]})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert says in page
    assert sent["authority"] in page
    assert Person.objects.filter(erased_at=None).exists()


def test_a_case_alone_is_erased_from_its_page(cast: Cast, admin: Client) -> None:
    case = cast.file()
    path = f"/mesa/borrado/caso/{case.uuid}/"
    assert "Textos del expediente" in admin.get(path).content.decode()
    assert admin.post(path, {**ORDER, "again": ORDER["number"]}).status_code == 302
    assert Case.objects.get().description == ""
    assert Person.objects.filter(erased_at=None).exists()


def test_who_is_erased_already_is_not_found(cast: Cast, admin: Client) -> None:
    admin.post(of_rosa(cast), {**ORDER, "again": ORDER["number"]})
    assert admin.get(of_rosa(cast)).status_code == 404
    assert admin.post(of_rosa(cast), {**ORDER, "again": ORDER["number"]}).status_code == 404


def test_pages_of_an_erased_case_open_for_everybody_who_could_see_it(cast: Cast, admin: Client) -> None:
    case = cast.file()
    admin.post(of_rosa(cast), {**ORDER, "again": ORDER["number"]})
    olga, anybody = signed_in(cast, "olga"), Client()
    page = olga.get(f"/mesa/caso/{case.uuid}/")
    assert page.status_code == 200
    assert "Rosa" not in page.content.decode()
    assert "borró los datos personales por orden" in page.content.decode()
    assert olga.get("/mesa/").status_code == 200
    assert anybody.get(f"/reporte/{case.uuid}/").status_code in (200, 404)
    assert anybody.post("/caso/", {"reference": case.reference, "code": case.follow_code}).status_code == 302
    followed = anybody.get(f"/caso/{case.uuid}/")
    assert followed.status_code == 200
    assert "Rosa" not in followed.content.decode()
    assert anybody.get(f"/caso/{case.uuid}/constancia/").status_code == 200
