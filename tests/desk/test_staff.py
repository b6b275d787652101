"""Personal and claves: who opens them, and what Systems does there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.accounts.cast import PASSWORD, ROLES, Cast, person, sign_in, with_app
from tests.accounts.conftest import _addresses, as_user, people
from tests.accounts.work import do_jobs
from ventanilla.accounts.models import ApiKey, User, key_digest
from ventanilla.audit.models import TrailEntry
from ventanilla.lib import clock
from ventanilla.organization.models import Department, Membership, Role, Team

__all__ = ["_addresses", "as_user", "people"]

STAFF = "/mesa/ajustes/personal/"
KEYS = "/mesa/ajustes/claves/"
NEW = "otras cuatro palabras sueltas"


@pytest.fixture
def sonia(as_user: Callable[[str], Client]) -> Client:
    """Systems."""
    return as_user("sonia")


def page_of(user: User, *more: str) -> str:
    return STAFF + "/".join((str(user.uuid), *more)) + "/"


class TestWhoComesIn:
    @pytest.mark.parametrize("name", [*ROLES, "nadia"])
    def test_systems_alone(self, as_user: Callable[[str], Client], people: Cast, name: str) -> None:
        client, target = as_user(name), people["mario"]
        expected = 200 if ROLES.get(name) == "systems" else 403
        for path in (STAFF, STAFF + "nueva/", page_of(target), KEYS):
            assert client.get(path).status_code == expected, path

    @pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role != "systems"])
    def test_nobody_else_does_anything_there(self, as_user: Callable[[str], Client], people: Cast, name: str) -> None:
        client, target = as_user(name), people["mario"]
        for verb in ("puesto", "puesto/quitar", "enlace", "segundo-factor", "cerrar", "abrir"):
            assert client.post(page_of(target, verb)).status_code == 403
        assert client.post(STAFF + "nueva/", {"name": "x", "username": "x"}).status_code == 403
        assert client.post(KEYS, {"name": "x"}).status_code == 403
        assert client.post(f"{KEYS}{uuid4()}/anular/").status_code == 403

    def test_what_no_database_takes_finds_nobody_and_takes_nothing(self, sonia: Client, people: Cast) -> None:
        assert sonia.get(STAFF, {"q": "\0"}).status_code == 200
        seats = Membership.objects.count()
        assert sonia.post(page_of(people["mario"], "puesto/quitar"), {"role": "a\0b"}).status_code == 302
        assert Membership.objects.count() == seats

    def test_a_stranger_signs_in_first(self, client: Client, people: Cast) -> None:
        assert client.get(STAFF).url == "/mesa/entrar/?next=/mesa/ajustes/personal/"

    def test_what_does_is_a_post(self, sonia: Client, people: Cast) -> None:
        for verb in ("puesto", "puesto/quitar", "enlace", "segundo-factor", "cerrar", "abrir"):
            assert sonia.get(page_of(people["mario"], verb)).status_code == 405

    def test_an_account_that_is_not_there_is_not_found(self, sonia: Client) -> None:
        assert sonia.get(f"{STAFF}{uuid4()}/").status_code == 404
        assert sonia.post(f"{KEYS}{uuid4()}/anular/").status_code == 404


class TestList:
    def test_it_shows_roles_and_leaves_closed_accounts_out(self, sonia: Client) -> None:
        shown = sonia.get(STAFF).content.decode()
        assert "Cuadrilla, Cuadrilla 1" in shown
        assert "Sin papel: no ve nada" in shown
        assert "Zoe" not in shown
        assert "Zoe" in sonia.get(STAFF + "?cerradas=1").content.decode()

    def test_it_finds_by_part_of_the_name(self, sonia: Client) -> None:
        shown = sonia.get(STAFF + "?q=mARi").content.decode()
        assert "Mario Quesada" in shown
        assert "Carla Quesada" not in shown
        assert "Nadie con ese nombre" in sonia.get(STAFF + "?q=xyz").content.decode()

    def test_it_goes_on_in_pages_of_fifty(
        self, sonia: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        sonia.get(STAFF)  # what is held in memory is read
        with CaptureQueriesContext(connection) as few:
            sonia.get(STAFF)
        for number in range(60):
            person(f"z{number:02}")
        with django_assert_num_queries(len(few)):
            first = sonia.get(STAFF).content.decode()
        following = re.search(r'href="(\?[^"]*desde=[^"]+)" rel="next"', first).group(1).replace("&amp;", "&")
        second = sonia.get(STAFF + following).content.decode()
        names = [set(re.findall(r"<small>(\w+)</small>", page)) - {"Mesa"} for page in (first, second)]
        assert len(names[0]) == 50
        assert not names[0] & names[1]
        assert len(names[0] | names[1]) == 70

    @pytest.mark.parametrize("after", ["x", "1", "2a3dfa3a-cfd0-46c0-9a35-e841e4ac2e76"])
    def test_an_odd_page_is_the_first(self, sonia: Client, after: str) -> None:
        assert "Mario Quesada" in sonia.get(f"{STAFF}?desde={after}").content.decode()


class TestOpening:
    def test_the_owner_gets_a_letter_and_sets_the_password(self, sonia: Client, people: Cast) -> None:
        sent = {"name": "Rosa Mora", "username": "Rosa.Mora", "email": "rosa@ejemplo.cr"}
        response = sonia.post(STAFF + "nueva/", sent)
        rosa = User.objects.get(username="rosa.mora")
        assert response.url == page_of(rosa)
        assert rosa.needs_second_factor
        assert not rosa.has_usable_password()
        do_jobs()
        letter = mail.outbox[0]
        assert (letter.to, letter.subject) == (["rosa@ejemplo.cr"], "Su cuenta en Municipalidad Villa Esperanza")
        path = re.search(r"http://testserver(\S+)", letter.body).group(1)
        browser = Client()
        form = browser.get(path).url
        browser.post(form, {"new_password1": NEW, "new_password2": NEW})
        sign_in(browser, "rosa.mora", NEW)
        assert browser.get("/mesa/").url.startswith("/mesa/entrar/segundo-factor/")

    def test_without_an_address_the_link_is_printed(self, sonia: Client) -> None:
        sonia.post(STAFF + "nueva/", {"name": "Rosa Mora", "username": "rosa", "email": ""})
        rosa = User.objects.get(username="rosa")
        shown = sonia.post(page_of(rosa, "enlace"), {"papel": "1"})
        assert "no-store" in shown["Cache-Control"]
        path = re.search(r'id="enlace">http://testserver(\S+?)</code>', shown.content.decode()).group(1)
        assert "Ponga su contraseña" in Client().get(path, follow=True).content.decode()
        assert TrailEntry.objects.filter(verb="password_link_printed").count() == 1

    def test_a_username_is_taken_once_whatever_its_capitals(self, sonia: Client) -> None:
        shown = sonia.post(STAFF + "nueva/", {"name": "Otra Marta", "username": "MARTA"}).content.decode()
        assert "Ese usuario ya existe" in shown
        assert "Otra Marta" in shown

    @pytest.mark.parametrize("username", ["", "con espacio", "ñandú", "-x", "<b>"])
    def test_a_bad_username_is_refused_with_words(self, sonia: Client, username: str) -> None:
        before = User.objects.count()
        shown = sonia.post(STAFF + "nueva/", {"name": "Rosa", "username": username}).content.decode()
        assert "ds-validation-message" in shown
        assert User.objects.count() == before

    def test_an_open_account_gets_another_letter(self, sonia: Client, people: Cast) -> None:
        sonia.post(page_of(people["mario"], "enlace"), {"correo": "1"})
        do_jobs()
        assert mail.outbox[0].subject.startswith("Ponga una contraseña nueva")

    def test_a_closed_one_gets_none(self, sonia: Client, people: Cast) -> None:
        assert sonia.post(page_of(people["zoe"], "enlace"), {"papel": "1"}).status_code == 302
        assert not TrailEntry.objects.filter(verb="password_link_printed").exists()


class TestRoles:
    def give(self, sonia: Client, user: User, role: str, department: str = "", team: str = "") -> str:
        sent = {"puesto-role": role, "puesto-department": department, "puesto-team": team}
        return sonia.post(page_of(user, "puesto"), sent, follow=True).content.decode()

    def test_a_role_opens_what_it_may(self, sonia: Client, as_user: Callable[[str], Client], people: Cast) -> None:
        assert "Ya tiene ese papel." in self.give(sonia, people["nadia"], "systems")
        assert as_user("nadia").get(STAFF).status_code == 200
        entry = TrailEntry.objects.get(chain="organization", verb="role_given")
        assert entry.data == {"user": str(people["nadia"].uuid), "role": "systems"}

    def test_a_team_says_its_department(self, sonia: Client, people: Cast) -> None:
        self.give(sonia, people["nadia"], "crew", team="cuadrilla-1")
        seat = Membership.objects.get(user=people["nadia"])
        assert (seat.team, seat.department) == (people.crew, people.lighting)

    def test_what_can_not_be_is_said(self, sonia: Client, people: Cast) -> None:
        water = Department.objects.create(key="agua", name="Agua")
        assert "elija cuál" in self.give(sonia, people["nadia"], "service_manager")
        assert "elija cuál" in self.give(sonia, people["nadia"], "crew", "alumbrado")
        assert "no es de esa área" in self.give(sonia, people["nadia"], "crew", water.key, "cuadrilla-1")
        assert "Elija un papel." in self.give(sonia, people["nadia"], "")
        assert "Ya tiene ese papel ahí." in self.give(
            sonia, people["mario"], "service_manager", "alumbrado", "cuadrilla-1"
        )
        assert not Membership.objects.filter(user=people["nadia"]).exists()

    def test_a_role_is_taken_back(self, sonia: Client, people: Cast) -> None:
        sent = {"role": "crew", "department": "alumbrado", "team": "cuadrilla-1"}
        sonia.post(page_of(people["carla"], "puesto", "quitar"), sent)
        assert not Membership.objects.filter(user=people["carla"]).exists()
        assert TrailEntry.objects.get(verb="role_taken").data["team"] == "cuadrilla-1"

    def test_one_seat_alone_is_taken(self, sonia: Client, people: Cast) -> None:
        other = Team.objects.create(key="cuadrilla-2", name="Cuadrilla 2", department=people.lighting)
        role = Role.objects.get(key="crew")
        Membership.objects.create(user=people["carla"], role=role, department=people.lighting, team=other)
        sent = {"role": "crew", "department": "alumbrado", "team": "cuadrilla-1"}
        sonia.post(page_of(people["carla"], "puesto", "quitar"), sent)
        assert Membership.objects.get(user=people["carla"]).team == other

    def test_the_last_who_manages_the_staff_keeps_the_role(self, sonia: Client, people: Cast) -> None:
        shown = sonia.post(page_of(people["sonia"], "puesto", "quitar"), {"role": "systems"}, follow=True)
        assert "Nadie más podría administrar" in shown.content.decode()
        assert Membership.objects.filter(user=people["sonia"]).exists()
        self.give(sonia, people["nadia"], "systems")
        sonia.post(page_of(people["sonia"], "puesto", "quitar"), {"role": "systems"})
        assert sonia.get(STAFF).status_code == 403


class TestClosing:
    def close(self, sonia: Client, user: User, reason: str = "left") -> str:
        return sonia.post(page_of(user, "cerrar"), {"cerrar-reason": reason}, follow=True).content.decode()

    def test_it_ends_the_sessions_and_keeps_the_person(
        self, sonia: Client, as_user: Callable[[str], Client], people: Cast
    ) -> None:
        mario = as_user("mario")
        assert "Cerramos la cuenta" in self.close(sonia, people["mario"])
        assert mario.get("/mesa/").status_code == 302
        assert sign_in(Client(), "mario").status_code == 200
        assert User.objects.filter(username="mario").exists()
        assert TrailEntry.objects.get(verb="account_closed").data["reason"] == "left"
        sonia.post(page_of(people["mario"], "abrir"))
        assert sign_in(Client(), "mario").status_code == 302
        assert mario.get("/mesa/").status_code == 302

    def test_nobody_closes_their_own_nor_the_last_who_manages(self, sonia: Client, people: Cast) -> None:
        assert "No puede cerrar su propia cuenta" in self.close(sonia, people["sonia"])
        role = Role.objects.get(key="systems")
        nadia = Membership.objects.create(user=people["nadia"], role=role)
        Membership.objects.filter(user=people["sonia"]).delete()
        browser = Client()
        sign_in(browser, "nadia")
        assert nadia.user.is_active
        assert browser.post(page_of(people["sonia"], "cerrar"), {"cerrar-reason": "left"}).status_code == 302
        assert not User.objects.get(username="sonia").is_active

    def test_a_reason_is_owed(self, sonia: Client, people: Cast) -> None:
        self.close(sonia, people["mario"], "porque sí")
        assert User.objects.get(username="mario").is_active


class TestSecondFactor:
    def test_it_is_taken_away_with_a_reason_and_its_owner_is_told(self, sonia: Client, people: Cast) -> None:
        ada = with_app(people["ada"])
        browser = Client()
        browser.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
        assert "Quitárselo" in sonia.get(page_of(ada)).content.decode()
        sonia.post(page_of(ada, "segundo-factor"), {"segundo-reason": "lost"})
        assert not Authenticator.objects.filter(user=ada).exists()
        assert browser.get("/mesa/").url.startswith("/mesa/entrar/?")
        entry = TrailEntry.objects.get(verb="second_factor_reset")
        assert (entry.data["reason"], entry.data["removed"]) == ("lost", 2)
        do_jobs()
        assert "Sistemas quitó los segundos factores" in mail.outbox[0].body
        sign_in(browser, "ada", PASSWORD)
        assert browser.get("/mesa/").url.startswith("/mesa/entrar/segundo-factor/")

    def test_not_without_a_reason(self, sonia: Client, people: Cast) -> None:
        ada = with_app(people["ada"])
        sonia.post(page_of(ada, "segundo-factor"), {"segundo-reason": ""})
        assert Authenticator.objects.filter(user=ada).exists()


def test_systems_corrects_data_and_the_trail_says_who(sonia: Client, people: Cast) -> None:
    sent = {"name": "Mario Rojas", "email": "mario.rojas@ejemplo.cr", "phone": "8888"}
    assert sonia.post(page_of(people["mario"]), sent).url == page_of(people["mario"])
    mario = User.objects.get(username="mario")
    assert (mario.name, mario.email, mario.phone) == ("Mario Rojas", "mario.rojas@ejemplo.cr", "8888")
    assert TrailEntry.objects.get(verb="profile_changed").by == f"user:{people['sonia'].uuid}"


class TestKeys:
    GOOD = {"name": "Sensores", "scopes": ["api:case:file"], "per_minute": "60", "expires_on": "2030-12-31"}

    def test_a_key_is_shown_once(self, sonia: Client) -> None:
        made = sonia.post(KEYS, self.GOOD)
        secret = re.search(r'id="clave">(\w+)<', made.content.decode()).group(1)
        assert "no-store" in made["Cache-Control"]
        key = ApiKey.objects.get()
        assert (key.digest, key.per_minute) == (key_digest(secret), 60)
        assert secret not in sonia.get(KEYS).content.decode()

    def test_it_ends_with_its_day_here_and_not_in_london(self, sonia: Client) -> None:
        sonia.post(KEYS, self.GOOD)
        ends = ApiKey.objects.get().expires_at
        assert ends.isoformat().startswith("2031-01-01T05:59:59")
        assert "hasta el martes 31 de diciembre de 2030" in sonia.get(KEYS).content.decode()

    def test_who_reads_cases_does_it_as_somebody(self, sonia: Client, people: Cast) -> None:
        sent = {**self.GOOD, "scopes": ["api:case:read"]}
        assert "elija como quién" in sonia.post(KEYS, sent).content.decode()
        sonia.post(KEYS, {**sent, "user": "mario"})
        assert ApiKey.objects.get().user == people["mario"]

    @pytest.mark.parametrize(
        "bad", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"per_minute": "0"}, {"expires_on": "2030-02-31"}]
    )
    def test_a_bad_one_is_refused_with_words(self, sonia: Client, bad: dict[str, object]) -> None:
        assert "ds-validation-message" in sonia.post(KEYS, {**self.GOOD, **bad}).content.decode()
        assert not ApiKey.objects.exists()

    def test_it_is_revoked_and_stays_in_the_list(self, sonia: Client) -> None:
        sonia.post(KEYS, self.GOOD)
        key = ApiKey.objects.get()
        assert sonia.post(f"{KEYS}{key.uuid}/anular/").url == KEYS
        assert "Anulada" in sonia.get(KEYS).content.decode()
        assert TrailEntry.objects.get(verb="api_key_revoked").data == {"key": str(key.uuid)}

    def test_one_past_its_day_says_so(self, sonia: Client) -> None:
        sonia.post(KEYS, self.GOOD)
        ApiKey.objects.update(expires_at=clock.now() - timedelta(days=1))
        assert "Vencida" in sonia.get(KEYS).content.decode()
