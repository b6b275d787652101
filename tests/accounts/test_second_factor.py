"""The second factor: set up at the first sign-in, asked at each one after, and what can be done about it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from tests.accounts.cast import PASSWORD, SECRET, Cast, code_now, is_in, printed_codes, sign_in, with_app
from tests.accounts.work import do_jobs
from ventanilla.accounts.models import User
from ventanilla.audit.models import TrailEntry


@pytest.fixture
def marta(people: Cast) -> User:
    """Needs a second factor and has none yet."""
    user = people["marta"]
    user.needs_second_factor = True
    user.save()
    return user


@pytest.fixture
def ada(people: Cast) -> User:
    """Has an app and printed codes."""
    return with_app(people["ada"])


def shown_secret(client: Client) -> str:
    return re.search(r'class="a-secret">(\w+)<', client.get("/mesa/cuenta/segundo-factor/app/").content.decode()).group(
        1
    )


def code_of(secret: str) -> str:
    now = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(secret, now))


class TestFirstSignIn:
    def test_nothing_of_the_desk_is_reached_before_setting_it_up(self, client: Client, marta: User) -> None:
        sign_in(client, "marta")
        for path in ("/mesa/", "/mesa/caso/", "/mesa/cuenta/", "/mesa/cuenta/clave/", "/mesa/cuenta/correo/"):
            response = client.get(path)
            assert response.status_code == 302
            assert response.url.startswith("/mesa/entrar/segundo-factor/?next=%2Fmesa%2F")
        assert client.post("/mesa/caso/").url == "/mesa/entrar/segundo-factor/"
        assert client.get("/").status_code == 200

    def test_a_fragment_is_told_to_go_there(self, client: Client, marta: User) -> None:
        sign_in(client, "marta")
        response = client.get("/mesa/caso/", headers={"HX-Request": "true"})
        assert response["HX-Redirect"] == "/mesa/entrar/segundo-factor/"

    def test_an_app_is_set_up_with_its_first_code_and_then_printed_codes_are_given(
        self, client: Client, marta: User
    ) -> None:
        sign_in(client, "marta")
        assert client.get("/mesa/entrar/segundo-factor/?next=/mesa/caso/").status_code == 200
        page = client.get("/mesa/cuenta/segundo-factor/app/").content.decode()
        assert "<svg" in page
        assert "style=" not in page
        wrong = client.post("/mesa/cuenta/segundo-factor/app/", {"code": "000000"})
        assert "El código no es correcto" in wrong.content.decode()
        assert client.get("/mesa/").status_code == 302
        secret = shown_secret(client)
        response = client.post("/mesa/cuenta/segundo-factor/app/", {"code": code_of(secret)})
        assert response.url == "/mesa/cuenta/segundo-factor/codigos/"
        codes = client.get(response.url).content.decode()
        assert codes.count("<li>") >= 10
        assert "Ya los guardé" in codes
        assert client.get("/mesa/entrar/segundo-factor/").url == "/mesa/caso/"
        assert client.get("/mesa/caso/").status_code == 200

    def test_what_is_stored_of_it_is_encrypted(self, client: Client, marta: User) -> None:
        sign_in(client, "marta")
        client.get("/mesa/entrar/segundo-factor/")
        secret = shown_secret(client)
        client.post("/mesa/cuenta/segundo-factor/app/", {"code": code_of(secret)})
        kept = " ".join(str(each.data) for each in Authenticator.objects.all())
        assert secret not in kept

    def test_the_trail_and_a_letter_tell_of_it(self, client: Client, marta: User) -> None:
        sign_in(client, "marta")
        client.post("/mesa/cuenta/segundo-factor/app/", {"code": code_of(shown_secret(client))})
        entry = TrailEntry.objects.get(chain="accounts", verb="second_factor_added")
        assert entry.data == {"user": str(marta.uuid), "kind": "totp"}
        assert entry.by == f"user:{marta.uuid}"
        do_jobs()
        assert "Se agregó un segundo factor" in mail.outbox[0].body

    def test_the_demos_accounts_go_without(self, client: Client, people: Cast) -> None:
        sign_in(client, "ada")
        assert client.get("/mesa/").status_code == 200


class TestEachSignIn:
    def test_it_is_asked_after_the_password_and_not_before(self, client: Client, ada: User) -> None:
        assert client.get("/mesa/entrar/segundo-paso/").url == "/mesa/entrar/"
        assert sign_in(client, "ada", "no es esta").status_code == 200
        assert sign_in(client, "ada", next="/mesa/caso/").url.startswith("/mesa/entrar/segundo-paso/")
        assert not is_in(client)
        assert client.get("/mesa/").url.startswith("/mesa/entrar/")
        response = client.post("/mesa/entrar/segundo-paso/", {"code": code_now()})
        assert response.url == "/mesa/caso/"
        assert client.get("/mesa/caso/").status_code == 200
        assert client.session.get_expiry_age() == 12 * 3600

    def test_a_wrong_code_lets_nobody_in(self, client: Client, ada: User) -> None:
        sign_in(client, "ada")
        response = client.post("/mesa/entrar/segundo-paso/", {"code": code_now(5)})
        assert "El código no es correcto" in response.content.decode()
        assert not is_in(client)

    @pytest.mark.parametrize("offset", [-1, 0, 1])
    def test_a_code_opens_once_even_a_little_late(self, ada: User, offset: int) -> None:
        code, first, second = code_now(offset), Client(), Client()
        for each in (first, second):
            sign_in(each, "ada")
            each.post("/mesa/entrar/segundo-paso/", {"code": code})
        assert (is_in(first), is_in(second)) == (True, False)

    def test_a_printed_code_opens_once_however_it_is_written(self, ada: User) -> None:
        code = printed_codes(ada)[0]
        first, second = Client(), Client()
        for each, typed in ((first, f"{code[:4]} {code[4:]}"), (second, code)):
            sign_in(each, "ada")
            each.post("/mesa/entrar/segundo-paso/", {"code": typed})
        assert (is_in(first), is_in(second)) == (True, False)
        assert len(printed_codes(ada)) == 9

    def test_guessing_codes_is_stopped(self, client: Client, ada: User) -> None:
        sign_in(client, "ada")
        for guess in range(20):
            client.post("/mesa/entrar/segundo-paso/", {"code": f"{guess:06}"}, REMOTE_ADDR=f"192.0.2.{guess}")
        stopped = client.post("/mesa/entrar/segundo-paso/", {"code": code_now()}, REMOTE_ADDR="192.0.2.99")
        assert "Van demasiados intentos" in stopped.content.decode()
        assert not is_in(client)

    def test_a_session_from_before_must_show_the_factor_added_in_another(
        self, as_user: Callable[[str], Client], people: Cast
    ) -> None:
        client = as_user("ada")
        with_app(people["ada"])
        assert client.get("/mesa/").url.startswith("/mesa/cuenta/confirmar/codigo/")
        for path in ("segundo-factor/llave/", "segundo-factor/app/", "segundo-factor/codigos/", "confirmar/"):
            assert client.get("/mesa/cuenta/" + path).url.startswith("/mesa/cuenta/confirmar/codigo/")
        sent = {"code": code_now(), "next": "/mesa/caso/"}
        assert client.post("/mesa/cuenta/confirmar/codigo/", sent).url == "/mesa/caso/"
        assert client.get("/mesa/").status_code == 200


class TestOwnFactors:
    @pytest.fixture
    def browser_of_ada(self, client: Client, ada: User) -> Client:
        sign_in(client, "ada")
        client.post("/mesa/entrar/segundo-paso/", {"code": code_now()})
        return client

    def test_the_only_one_can_not_be_dropped(self, browser_of_ada: Client, ada: User) -> None:
        shown = browser_of_ada.get("/mesa/cuenta/segundo-factor/app/quitar/").content.decode()
        assert "Es su único segundo factor" in shown
        browser_of_ada.post("/mesa/cuenta/segundo-factor/app/quitar/")
        assert Authenticator.objects.filter(user=ada, type="totp").exists()

    def test_who_need_not_have_one_may_drop_it_and_the_printed_codes_go_too(
        self, browser_of_ada: Client, ada: User
    ) -> None:
        User.objects.filter(pk=ada.pk).update(needs_second_factor=False)
        assert browser_of_ada.post("/mesa/cuenta/segundo-factor/app/quitar/").url == "/mesa/cuenta/"
        assert not Authenticator.objects.filter(user=ada).exists()
        assert TrailEntry.objects.filter(verb="second_factor_removed").count() == 1

    def test_delicate_things_ask_again_who_it_is(self, browser_of_ada: Client, ada: User) -> None:
        session = browser_of_ada.session
        for each in session["account_authentication_methods"]:
            each["at"] = time.time() - 301
        session.save()
        for path in ("segundo-factor/codigos/", "segundo-factor/llave/", "segundo-factor/app/quitar/", "correo/"):
            asked = browser_of_ada.get("/mesa/cuenta/" + path)
            assert asked.url.startswith("/mesa/cuenta/confirmar/?next=")
        wrong = browser_of_ada.post("/mesa/cuenta/confirmar/", {"password": "no es esta"})
        assert "La contraseña no es correcta." in wrong.content.decode()
        sent = {"password": PASSWORD, "next": "/mesa/cuenta/correo/"}
        assert browser_of_ada.post("/mesa/cuenta/confirmar/", sent).url == "/mesa/cuenta/correo/"
        assert browser_of_ada.get("/mesa/cuenta/correo/").status_code == 200

    def test_new_printed_codes_end_the_old_ones(self, browser_of_ada: Client, ada: User) -> None:
        old = printed_codes(ada)
        assert browser_of_ada.get("/mesa/cuenta/segundo-factor/codigos/nuevos/").status_code == 200
        browser_of_ada.post("/mesa/cuenta/segundo-factor/codigos/nuevos/")
        assert not set(old) & set(printed_codes(ada))
        do_jobs()
        assert "códigos impresos nuevos" in mail.outbox[0].body

    def test_a_key_of_somebody_else_is_not_found(self, browser_of_ada: Client) -> None:
        assert browser_of_ada.get("/mesa/cuenta/segundo-factor/llave/0123456789abcdef/quitar/").status_code == 404


@pytest.mark.parametrize(
    "credential", ["{}", '{"id": 1}', "null", "[]", "nada", '{"response": {"clientDataJSON": "AA"}}']
)
def test_a_made_up_key_is_refused_with_words(
    client: Client, as_user: Callable[[str], Client], ada: User, people: Cast, credential: str
) -> None:
    sign_in(client, "ada")
    client.get("/mesa/entrar/segundo-paso/")
    response = client.post("/mesa/entrar/segundo-paso/", {"credential": credential})
    assert response.status_code == 200
    assert not is_in(client)
    other = Client()
    sign_in(other, "mario")
    other.get("/mesa/cuenta/segundo-factor/llave/")
    assert other.post("/mesa/cuenta/segundo-factor/llave/", {"credential": credential}).status_code == 200
    assert not Authenticator.objects.filter(user=people["mario"]).exists()


def test_the_secret_of_the_tests_is_a_secret() -> None:
    assert totp.validate_totp_code(SECRET, code_now())
