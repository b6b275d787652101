"""Mi cuenta: data, language, password, e-mail, sessions elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.accounts.cast import PASSWORD, ROLES, Cast, is_in, sign_in
from tests.accounts.work import do_jobs
from ventanilla.accounts import actions
from ventanilla.accounts.models import SharedValue, User
from ventanilla.audit.models import TrailEntry
from ventanilla.design.registry import desk_menu
from ventanilla.jobs.models import Job
from ventanilla.lib.links import link

NEW = "otras cuatro palabras sueltas"
PROFILE = {"name": "Marta Solano", "phone": "8888-1111", "language": "en", "compact_lists": "on"}


@pytest.mark.parametrize("name", [*ROLES, "nadia"])
def test_everybody_of_the_staff_has_a_page_of_their_own(as_user: Callable[[str], Client], name: str) -> None:
    shown = as_user(name).get("/mesa/cuenta/")
    assert shown.status_code == 200
    assert f"{name}@ejemplo.cr" in shown.content.decode()


@pytest.mark.parametrize(
    "path",
    ["", "correo/", "clave/", "confirmar/", "segundo-factor/app/", "segundo-factor/llave/", "segundo-factor/codigos/"],
)
def test_a_stranger_has_none(client: Client, people: Cast, path: str) -> None:
    assert client.get("/mesa/cuenta/" + path).url.startswith("/mesa/entrar/?next=")


def test_one_changes_ones_data_and_the_trail_names_the_fields_alone(
    as_user: Callable[[str], Client], people: Cast
) -> None:
    assert as_user("marta").post("/mesa/cuenta/", PROFILE).url == "/mesa/cuenta/"
    marta = User.objects.get(username="marta")
    assert (marta.name, marta.phone, marta.language) == ("Marta Solano", "8888-1111", "en")
    assert (marta.single_key_shortcuts, marta.compact_lists) == (False, True)
    entry = TrailEntry.objects.get(verb="profile_changed")
    assert entry.data["fields"] == ["compact_lists", "language", "name", "phone", "single_key_shortcuts"]
    assert "Solano" not in str(entry.data)


def test_nothing_changed_leaves_no_trace(people: Cast) -> None:
    actions.update_profile(people["marta"], by="system", name="Marta Quesada")
    assert not TrailEntry.objects.exists()


def test_only_the_profile_can_be_set_by_it(people: Cast) -> None:
    with pytest.raises(TypeError):
        actions.update_profile(people["marta"], by="system", needs_second_factor=False)


def test_what_is_refused_stays_on_the_page_but_not_in_its_frame(as_user: Callable[[str], Client]) -> None:
    shown = as_user("marta").post("/mesa/cuenta/", {**PROFILE, "name": ""}).content.decode()
    assert "Escriba su nombre." in shown
    assert "8888-1111" in shown
    assert "Marta Quesada" in shown


def test_the_desk_speaks_the_language_chosen(as_user: Callable[[str], Client], people: Cast) -> None:
    client = as_user("marta")
    assert client.get("/mesa/cuenta/", headers={"Accept-Language": "es"})["Content-Language"] == "es-cr"
    actions.update_profile(people["marta"], by="system", language="en")
    assert client.get("/mesa/cuenta/", headers={"Accept-Language": "es"})["Content-Language"] == "en"
    assert client.get("/", headers={"Accept-Language": "es"})["Content-Language"] == "es-cr"


def test_changing_the_password_keeps_this_session_and_ends_the_others(as_user: Callable[[str], Client]) -> None:
    here, there = as_user("marta"), as_user("marta")
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/mesa/cuenta/clave/", sent).url == "/mesa/cuenta/"
    assert here.get("/mesa/").status_code == 200
    assert there.get("/mesa/").status_code == 302
    do_jobs()
    assert "Se cambió la contraseña" in mail.outbox[0].body


def test_it_takes_the_password_of_now(as_user: Callable[[str], Client], people: Cast) -> None:
    sent = {"old_password": "no es esta", "new_password1": NEW, "new_password2": NEW}
    assert "Esa no es su contraseña de ahora." in as_user("marta").post("/mesa/cuenta/clave/", sent).content.decode()
    people["marta"].refresh_from_db()
    assert people["marta"].check_password(PASSWORD)


def test_guessing_it_in_somebodys_open_session_is_stopped(as_user: Callable[[str], Client]) -> None:
    client = as_user("marta")
    sent = {"old_password": "no es esta", "new_password1": NEW, "new_password2": NEW}
    answers = [client.post("/mesa/cuenta/clave/", sent).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]


def test_one_ends_ones_sessions_elsewhere(as_user: Callable[[str], Client]) -> None:
    here, there = as_user("marta"), as_user("marta")
    assert here.get("/mesa/cuenta/sesiones/").status_code == 405
    here.post("/mesa/cuenta/sesiones/")
    assert here.get("/mesa/").status_code == 200
    assert there.get("/mesa/").status_code == 302


def test_the_address_before_is_told_of_a_new_one(client: Client, people: Cast) -> None:
    sign_in(client, "marta")
    assert client.post("/mesa/cuenta/correo/", {"email": "otra@ejemplo.cr"}).url == "/mesa/cuenta/"
    assert "ejemplo.cr" not in str(Job.objects.get().kwargs)
    do_jobs()
    assert mail.outbox[0].to == ["marta@ejemplo.cr"]
    assert User.objects.get(username="marta").email == "otra@ejemplo.cr"
    assert "ejemplo.cr" not in str(TrailEntry.objects.get(verb="email_changed").data)


def test_a_session_that_was_not_just_begun_confirms_first(as_user: Callable[[str], Client], people: Cast) -> None:
    response = as_user("marta").post("/mesa/cuenta/correo/", {"email": "ladron@ejemplo.org"})
    assert response.url.startswith("/mesa/cuenta/confirmar/")
    assert User.objects.get(username="marta").email == "marta@ejemplo.cr"


def test_confirming_wrongly_five_times_locks(as_user: Callable[[str], Client]) -> None:
    client = as_user("marta")
    answers = [client.post("/mesa/cuenta/confirmar/", {"password": "no"}).status_code for _try in range(5)]
    assert answers[-1] == 429


def test_the_menu_under_the_name_leads_there_and_out(people: Cast) -> None:
    assert desk_menu["accounts.own"].to == "accounts.own"
    assert link("accounts.own") == reverse("account_own") == "/mesa/cuenta/"
    assert link("accounts.sign_out") == "/mesa/salir/"


def test_what_has_expired_is_swept(client: Client, people: Cast) -> None:
    from ventanilla.accounts.jobs import sweep

    sign_in(client, "marta")
    cache.set("soon", 1, timeout=-1)
    cache.set("later", 1, timeout=600)
    SharedValue.objects.filter(cache_key__contains="later").update(expires="2100-01-01T00:00Z")
    SharedValue.objects.create(cache_key="old", value="", expires="2020-01-01T00:00Z")
    sweep.call()
    assert not SharedValue.objects.filter(cache_key="old").exists()
    assert SharedValue.objects.filter(cache_key__contains="later").exists()
    assert is_in(client)
