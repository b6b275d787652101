"""Coming in with a password, being locked out, going out, and setting a password anew."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from tests.accounts.cast import PASSWORD, Cast, is_in, person, sign_in
from tests.accounts.work import do_jobs
from ventanilla.accounts.models import User
from ventanilla.accounts.registry import DemoAccount, demo_accounts
from ventanilla.audit.models import TrailEntry
from ventanilla.jobs.models import Job

NEW = "otras cuatro palabras sueltas"


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client: Client, people: Cast) -> None:
    response = client.get("/mesa/caso/")
    assert response.status_code == 302
    assert response.url == "/mesa/entrar/?next=/mesa/caso/"
    response = client.post(response.url, {"login": "MARTA ", "password": PASSWORD, "next": "/mesa/caso/"})
    assert response.url == "/mesa/caso/"
    assert client.get("/mesa/caso/").content == b"la mesa"


def test_it_leads_nowhere_outside(client: Client, people: Cast) -> None:
    assert sign_in(client, "marta", next="https://ejemplo.org/").url == "/mesa/"


@pytest.mark.parametrize("name", ["marta", "nadie", "zoe"])
def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_answered_alike(
    client: Client, people: Cast, name: str
) -> None:
    password = PASSWORD if name == "zoe" else "no es esta"
    response = sign_in(client, name, password)
    assert not is_in(client)
    assert "El usuario o la contraseña no son correctos." in response.content.decode()


def test_the_session_is_another_one_after_signing_in_and_lasts_twelve_hours(client: Client, people: Cast) -> None:
    client.session.save()
    client.get("/mesa/entrar/")
    session = client.session
    session["kept"] = "yes"
    session.save()
    before = session.session_key
    sign_in(client, "marta")
    assert client.session.session_key != before
    assert client.session["kept"] == "yes"
    assert client.session.get_expiry_age() == 12 * 3600


def test_five_wrong_passwords_lock_that_name_from_that_address_for_a_while(client: Client, people: Cast) -> None:
    answers = [sign_in(client, "marta", "no es esta").status_code for _try in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(client, "Marta")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "Espere un momento" in locked.content.decode()
    assert not is_in(client)
    assert sign_in(client, "ada").status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "marta").status_code == 302


def test_the_lock_opens_by_itself_and_keeps_no_name(client: Client, people: Cast) -> None:
    for _try in range(5):
        sign_in(client, "marta", "no es esta")
    from ventanilla.accounts.models import SharedValue

    kept = " ".join(SharedValue.objects.values_list("cache_key", flat=True))
    assert "axes-" in kept
    assert "marta" not in kept
    cache.clear()
    assert sign_in(client, "marta").status_code == 302


def test_signing_in_forgets_the_wrong_tries(client: Client, people: Cast) -> None:
    for _try in range(4):
        sign_in(client, "marta", "no es esta")
    assert sign_in(client, "marta").status_code == 302
    client.post("/mesa/salir/")
    assert sign_in(client, "marta", "no es esta").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "", "127.0.0.1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "<script>", "unknown"),
    ],
)
def test_where_a_request_comes_from(
    settings: Settings, rf: object, proxies: int, forwarded: str, expected: str
) -> None:
    from ventanilla.accounts.limits import origin

    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert origin(rf.get("/", **headers)) == expected


def test_signing_out_is_a_post(as_user: Callable[[str], Client]) -> None:
    client = as_user("marta")
    assert client.get("/mesa/salir/").status_code == 405
    assert is_in(client)
    assert client.post("/mesa/salir/").url == "/mesa/entrar/"
    assert not is_in(client)


def test_nobody_registers_themselves(client: Client, people: Cast) -> None:
    assert client.get("/mesa/registro/").status_code == 404
    assert "registr" not in client.get("/mesa/entrar/").content.decode().lower()


def test_a_closed_account_is_out_at_once(as_user: Callable[[str], Client], people: Cast) -> None:
    client = as_user("marta")
    assert client.get("/mesa/").status_code == 200
    User.objects.filter(pk=people["marta"].pk).update(is_active=False)
    assert client.get("/mesa/").status_code == 302


class TestForgotten:
    def link(self, client: Client, typed: str) -> str:
        client.post("/mesa/entrar/clave-olvidada/", {"typed": typed})
        do_jobs()
        return re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)

    @pytest.mark.parametrize("typed", ["marta", " Marta@Ejemplo.CR ", "nadie", "zoe", "x@ejemplo.cr"])
    def test_the_answer_is_the_same_for_everybody(self, client: Client, people: Cast, typed: str) -> None:
        response = client.post("/mesa/entrar/clave-olvidada/", {"typed": typed}, follow=True)
        assert response.redirect_chain == [("/mesa/entrar/clave-olvidada/enviada/", 302)]
        do_jobs()
        assert len(mail.outbox) == (1 if "marta" in typed.lower() else 0)

    def test_the_link_sets_a_password_once_and_ends_every_session(
        self, client: Client, as_user: Callable[[str], Client], people: Cast
    ) -> None:
        elsewhere = as_user("marta")
        path = self.link(client, "marta")
        assert mail.outbox[0].subject == "Ponga una contraseña nueva en Municipalidad Villa Esperanza"
        shown = client.get(path, follow=True)
        assert "set-password" in shown.redirect_chain[0][0]
        sent = {"new_password1": NEW, "new_password2": NEW}
        assert client.post(shown.redirect_chain[0][0], sent).url == "/mesa/entrar/"
        assert elsewhere.get("/mesa/").status_code == 302
        assert not is_in(client)
        assert sign_in(client, "marta", NEW).status_code == 302
        assert "ya no sirve" in Client().get(path).content.decode()
        assert TrailEntry.objects.filter(chain="accounts", verb="password_set").count() == 1

    def test_a_weak_or_unequal_password_is_refused_with_words(self, client: Client, people: Cast) -> None:
        path = self.link(client, "marta")
        form = client.get(path).url
        unequal = client.post(form, {"new_password1": NEW, "new_password2": NEW + "x"}).content.decode()
        assert "Las dos contraseñas no son iguales." in unequal
        for weak in ("123456789012", "corta", "MartaQuesada", "marta@ejemplo.cr"):
            assert client.post(form, {"new_password1": weak, "new_password2": weak}).status_code == 200
        people["marta"].refresh_from_db()
        assert people["marta"].check_password(PASSWORD)

    def test_a_link_of_somebody_else_or_of_nobody_says_so(self, client: Client, people: Cast) -> None:
        for who in (people["ada"].uuid.hex, "00", "x"):
            assert "ya no sirve" in client.get(f"/mesa/entrar/clave-nueva/{who}/c1abc-000/").content.decode()

    def test_three_letters_an_hour_are_enough(self, client: Client, people: Cast) -> None:
        for _try in range(5):
            assert client.post("/mesa/entrar/clave-olvidada/", {"typed": "marta"}).status_code == 302
        do_jobs()
        assert len(mail.outbox) == 3

    def test_no_letter_where_there_is_no_address(self, client: Client, people: Cast) -> None:
        person("sinc", email="")
        client.post("/mesa/entrar/clave-olvidada/", {"typed": "sinc"})
        client.post("/mesa/entrar/clave-olvidada/", {"typed": ""})
        do_jobs()
        assert mail.outbox == []


def test_no_queue_holds_a_link_or_an_address(client: Client, people: Cast) -> None:
    client.post("/mesa/entrar/clave-olvidada/", {"typed": "marta@ejemplo.cr"})
    said = {"user": str(people["marta"].uuid), "base": "http://testserver", "invitation": False}
    assert Job.objects.get().kwargs == said


def test_one_address_may_not_try_for_ever(client: Client, people: Cast) -> None:
    answers = [sign_in(client, f"nadie{number}", "x").status_code for number in range(31)]
    assert answers[:10] == [200] * 10
    assert answers[-1] == 429


class TestDemo:
    @pytest.fixture(autouse=True)
    def _accounts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known = {"marta": DemoAccount("marta", PASSWORD, "Atiende en ventanilla")}
        monkeypatch.setattr(demo_accounts, "_items", known)

    def test_the_page_says_that_the_demos_accounts_have_no_second_factor(
        self, client: Client, people: Cast, settings: Settings
    ) -> None:
        settings.DEMO = True
        shown = client.get("/mesa/entrar/").content.decode()
        assert "entran sin segundo factor" in shown
        assert "Atiende en ventanilla" in shown
        assert PASSWORD in shown

    def test_a_real_municipality_shows_nothing_of_it(self, client: Client, people: Cast, settings: Settings) -> None:
        settings.DEMO = False
        shown = client.get("/mesa/entrar/").content.decode()
        assert "demostración" not in shown
        assert PASSWORD not in shown


def test_the_page_speaks_the_browsers_language(client: Client, people: Cast) -> None:
    with override("es"):
        assert "Olvidé mi contraseña" in client.get("/mesa/entrar/").content.decode()
