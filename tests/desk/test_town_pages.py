"""The municipality's data, its areas and teams, its roles: who sets them, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.desk.settings_pages import AJUSTES, errors_of, opens_for, refuses, signed_in, text_of
from tests.sql import Freeze
from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.audit.models import TrailEntry
from ventanilla.desk.configuring.roles import WORDS
from ventanilla.organization.models import Department, Membership, Municipality, Role, Team
from ventanilla.organization.permissions import access_of

TOWN, AREAS, ROLES = (f"{AJUSTES}{page}/" for page in ("municipio", "areas", "papeles"))
SAID = {
    "kind": "Municipalidad",
    "name": "Villa Nueva",
    "phone": "+506 2222 0000",
    "email": "hola@villa.example",
    "emergency_phone": "911",
    "form_of_address": "vos",
    "primary_color": "#1f6b45",
    "center": "9.95, -84.05",
}


@pytest.fixture
def admin(cast: Cast) -> Client:
    """Signed in as whoever administers systems."""
    return signed_in(cast, "admin")


def verbs(chain: str = "organization") -> list[str]:
    return list(TrailEntry.objects.filter(chain=chain).order_by("seq").values_list("verb", flat=True))


# The municipality ---------------------------------------------------------------------------------------------------


def test_who_opens_these_pages(cast: Cast) -> None:
    lighting, crew = cast.lighting.uuid, cast.crew_team.uuid
    opens_for(cast, ["municipio/"], {"coro", "admin"})
    opens_for(cast, ["areas/", f"areas/{lighting}/", f"equipos/{crew}/"], {"coro", "admin"})
    opens_for(cast, ["papeles/", "papeles/nuevo/", "papeles/crew/"], {"admin"})
    ways = [f"areas/{lighting}/{way}/" for way in ("cerrar", "abrir", "equipos")]
    refuses(
        cast, ["municipio/", "areas/", *ways, f"equipos/{crew}/cerrar/", f"equipos/{crew}/abrir/"], {"coro", "admin"}
    )
    refuses(cast, ["papeles/nuevo/", "papeles/crew/"], {"admin"})


def test_what_is_said_of_the_municipality_is_shown_at_once(cast: Cast, admin: Client) -> None:
    assert admin.post(TOWN, SAID).status_code == 302
    town = Municipality.objects.get()
    assert (town.name, town.form_of_address, town.primary_color) == ("Villa Nueva", "vos", "#1F6B45")
    assert (town.center_lat, town.center_lon) == (9.95, -84.05)
    assert "Villa Nueva" in text_of(Client().get("/"))
    assert "c=1F6B45" in Client().get("/").content.decode()
    entry = TrailEntry.objects.get(verb="municipality_described")
    assert entry.by == f"user:{cast.admin.uuid}"
    assert "name" in entry.data["fields"]
    assert "hola@" not in str(entry.data)


def test_saying_the_same_again_leaves_no_trace(cast: Cast, admin: Client) -> None:
    admin.post(TOWN, SAID)
    admin.post(TOWN, SAID)
    assert verbs().count("municipality_described") == 1


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"name": ""}, "Escriba el nombre del municipio"),
        ({"email": "hola"}, "Escriba el correo completo"),
        ({"emergency_phone": ""}, "emergencia"),
        ({"phone": "llámenos"}, "número de teléfono"),
        ({"website": "javascript:alert(1)"}, "dirección completa"),
        ({"primary_color": "azul"}, "Escriba el color"),
        ({"center": "norte"}, "latitud y longitud"),
        ({"center": "95, 10"}, "latitud y longitud"),
        ({"form_of_address": "su merced"}, "su merced"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(
    cast: Cast, admin: Client, changes: dict[str, str], about: str
) -> None:
    answer = admin.post(TOWN, {**SAID, "hours": "de 8 a 4", **changes})
    assert answer.status_code == 422
    assert about in errors_of(answer)
    assert 'value="de 8 a 4"' in answer.content.decode()
    assert Municipality.objects.get().name == "Villa Esperanza"


@pytest.mark.parametrize(("color", "said"), [("#2F4B9B", "Se lee bien"), ("#FFD34E", "usaremos el tono que sí")])
def test_a_colour_is_checked_before_it_is_saved(cast: Cast, admin: Client, color: str, said: str) -> None:
    page = text_of(admin.post(TOWN, {**SAID, "hacer": "ver", "primary_color": color}))
    assert said in page
    assert Municipality.objects.get().primary_color == "#2F4B9B"


def arms(content: bytes, name: str = "escudo.svg") -> dict[str, Any]:
    return {**SAID, "arms": SimpleUploadedFile(name, content)}


def test_arms_are_cleaned_shown_and_taken_away(cast: Cast, admin: Client) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><circle r="7"/></svg>'
    assert admin.post(TOWN, arms(drawing)).status_code == 302
    page = Client().get("/").content.decode()
    assert '<circle r="7"/>' in page
    assert "onload" not in page
    admin.post(TOWN, SAID)
    assert '<circle r="7"/>' in Client().get("/").content.decode()
    admin.post(TOWN, {**SAID, "no_arms": "on"})
    assert Municipality.objects.get().arms_svg == ""


@pytest.mark.parametrize(
    ("content", "about"),
    [(b"hola", "no es una imagen"), (b"<svg", "no se puede leer"), (b"<svg" + b" " * 1_000_001, "pesa")],
)
def test_arms_that_cannot_be_shown_are_refused(cast: Cast, admin: Client, content: bytes, about: str) -> None:
    answer = admin.post(TOWN, arms(content))
    assert answer.status_code == 422
    assert about in errors_of(answer)


# Areas and teams ----------------------------------------------------------------------------------------------------


def test_an_area_is_added_with_a_team(cast: Cast, admin: Client) -> None:
    admin.post(AREAS, {"name": "Cementerios y panteones", "phone": "2222-1111"})
    area = Department.objects.get(key="cementerios-y-panteones")
    admin.post(f"{AREAS}{area.uuid}/equipos/", {"equipo-name": "Panteoneros", "equipo-is_contractor": "on"})
    team = area.teams.get()
    assert (team.key, team.is_contractor) == ("panteoneros", True)
    assert "Panteoneros" in text_of(admin.get(AREAS))
    assert verbs()[-2:] == ["department_defined", "team_defined"]


def test_two_areas_of_one_name_get_keys_of_their_own(cast: Cast, admin: Client) -> None:
    for _again in range(2):
        admin.post(AREAS, {"name": "Obras"})
    assert set(Department.objects.filter(name="Obras").values_list("key", flat=True)) == {"obras", "obras-2"}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "Obras", "email": "x"}, {"name": "Obras", "phone": "x"}])
def test_an_area_that_is_wrong_is_not_added(cast: Cast, admin: Client, wrong: dict[str, str]) -> None:
    before = Department.objects.count()
    assert admin.post(AREAS, wrong).status_code == 422
    assert Department.objects.count() == before


def test_an_area_and_a_team_are_renamed_under_their_keys(cast: Cast, admin: Client) -> None:
    admin.post(f"{AREAS}{cast.streets.uuid}/", {"name": "Calles y caminos", "email": "calles@villa.example"})
    admin.post(f"{AJUSTES}equipos/{cast.crew_team.uuid}/", {"name": "Cuadrilla norte"})
    assert Department.objects.get(name="Calles y caminos").key == "calles"
    assert Team.objects.get(name="Cuadrilla norte").key == "cuadrilla-1"
    missing = admin.post(f"{AJUSTES}equipos/{cast.crew_team.uuid}/", {"name": ""})
    assert "Escriba el nombre del equipo" in errors_of(missing)


def test_an_area_that_is_needed_is_not_closed_and_says_by_what(cast: Cast, admin: Client) -> None:
    cast.file()
    page = text_of(admin.post(f"{AREAS}{cast.lighting.uuid}/cerrar/", follow=True))
    for what in ("3 personas", "1 equipo", "1 tipo de trámite", "1 expediente abierto"):
        assert what in page
    assert Department.objects.get(pk=cast.lighting.pk).is_active


def test_a_team_with_people_is_not_closed(cast: Cast, admin: Client) -> None:
    assert "1 persona" in text_of(admin.post(f"{AJUSTES}equipos/{cast.crew_team.uuid}/cerrar/", follow=True))
    Membership.objects.filter(team=cast.crew_team).delete()
    admin.post(f"{AJUSTES}equipos/{cast.crew_team.uuid}/cerrar/")
    assert not Team.objects.get(pk=cast.crew_team.pk).is_active
    admin.post(f"{AJUSTES}equipos/{cast.crew_team.uuid}/abrir/")
    assert verbs()[-2:] == ["team_closed", "team_reopened"]


def test_an_area_that_nothing_needs_is_closed_and_opened_again(cast: Cast, admin: Client) -> None:
    admin.post(AREAS, {"name": "Obras"})
    area = Department.objects.get(key="obras")
    admin.post(f"{AREAS}{area.uuid}/cerrar/")
    assert "Fuera de uso" in text_of(admin.get(AREAS))
    admin.post(f"{AREAS}{area.uuid}/abrir/")
    area.refresh_from_db()
    assert area.is_active


# Roles --------------------------------------------------------------------------------------------------------------


def test_every_permission_is_told_in_words() -> None:
    assert set(WORDS) == set(Permission)


def test_a_role_of_ones_own_lets_do_what_it_says(cast: Cast, admin: Client) -> None:
    sent = {"name": "Inspección de obras", "reach": "everywhere", "permissions": [Permission.CASE_VIEW]}
    admin.post(f"{ROLES}nuevo/", sent)
    role = Role.objects.get(key="inspeccion_de_obras")
    newcomer = User.objects.create_user("ines", None, name="Inés")
    Membership.objects.create(user=newcomer, role=role)
    assert access_of(newcomer).may(Permission.CASE_VIEW)
    assert "Inspección de obras" in text_of(admin.get(ROLES))
    assert "Ya hay un papel" in errors_of(admin.post(f"{ROLES}nuevo/", sent))


def test_what_a_role_lets_do_changes_for_all_who_have_it(cast: Cast, admin: Client) -> None:
    sent = {"name": "Cuadrilla", "permissions": [Permission.CASE_VIEW, Permission.CASE_RESOLVE]}
    admin.post(f"{ROLES}crew/", sent)
    access = access_of(User.objects.get(username="cuca"))
    assert access.may_somewhere(Permission.CASE_RESOLVE)
    assert not access.may_somewhere(Permission.CASE_NOTE)
    entry = TrailEntry.objects.get(verb="role_changed")
    assert (entry.data["role"], entry.data["added"]) == ("crew", [str(Permission.CASE_RESOLVE)])


def test_the_last_who_manages_the_staff_keeps_it(cast: Cast, admin: Client) -> None:
    answer = admin.post(f"{ROLES}systems/", {"name": "Sistemas", "permissions": [Permission.KEY_MANAGE]})
    assert "Nadie más podría" in errors_of(answer)
    assert Permission.STAFF_MANAGE in Role.objects.get(key="systems").permissions


@pytest.mark.parametrize("page", ["areas/", "papeles/"])
def test_the_lists_ask_the_same_whatever_there_is(cast: Cast, admin: Client, page: str, frozen_sql: Freeze) -> None:
    admin.get(AJUSTES + page)
    with frozen_sql(most=5):
        admin.get(AJUSTES + page)
