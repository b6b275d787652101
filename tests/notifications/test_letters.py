"""What Django itself writes (a forgotten password) leaves by the channel that carries e-mail here."""

from __future__ import annotations

import email
from collections.abc import Callable
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client

from tests.accounts.work import do_jobs
from tests.notifications.servers import smtp_server
from ventanilla.accounts.actions import open_account
from ventanilla.jobs.models import Job
from ventanilla.notifications.letters import Letters, NotSent
from ventanilla.organization.models import Municipality

Configure = Callable[..., None]
ADDRESS = "marta@villa.example"


@pytest.fixture(autouse=True)
def _as_installed(settings: Any, town: Municipality) -> None:
    """The tests' own way of collecting letters is not what is tested here."""
    settings.EMAIL_BACKEND = f"{Letters.__module__}.{Letters.__name__}"


@pytest.fixture
def asked(db: None, client: Client) -> Client:
    """Marta has an account, and asked for a new password."""
    open_account(username="marta", name="Marta Quesada", email=ADDRESS, by="test")
    Job.objects.all().delete()
    client.post("/mesa/entrar/clave-olvidada/", {"typed": "marta"})
    return client


def test_the_tests_and_the_installation_name_the_same_backend() -> None:
    from ventanilla.config import settings as installed

    assert f"{Letters.__module__}.{Letters.__name__}" == installed.EMAIL_BACKEND


def test_a_forgotten_password_goes_by_the_server_of_the_installation(asked: Client, configure: Configure) -> None:
    with smtp_server() as server:
        configure(email={"host": "127.0.0.1", "port": server.port, "security": "none", "from": "no@villa.example"})
        do_jobs()
        (taken,) = server.taken
    assert (taken["To"], taken["From"]) == (ADDRESS, "Municipalidad de Villa Esperanza <no@villa.example>")
    assert "/mesa/entrar/clave-nueva/" in plain(taken.as_bytes())
    assert "List-Unsubscribe" not in taken


def test_in_the_demo_it_lies_in_the_folder(asked: Client, configure: Configure, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.DATA = True, tmp_path
    do_jobs()
    (path,) = (tmp_path / "outbox").iterdir()
    link = next(word for word in plain(path.read_bytes()).split() if "clave-nueva" in word)
    page = asked.get(link.partition("testserver")[2], follow=True).content.decode()
    assert 'name="new_password1"' in page


def plain(letter: bytes) -> str:
    """What it says, as text."""
    body = email.message_from_bytes(letter, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_without_a_channel_or_with_its_server_down_the_letter_waits_in_its_job(configure: Configure) -> None:
    with pytest.raises(NotSent):
        send_mail("Hola", "Texto", None, [ADDRESS])
    configure(email={"host": "127.0.0.1", "port": 9, "security": "none"})
    with pytest.raises(NotSent) as told:
        send_mail("Hola", "Texto", None, [ADDRESS])
    assert ADDRESS not in str(told.value)


def test_texts_alone_carry_no_letter(configure: Configure) -> None:
    configure(sms={"url": "https://gateway.example"})
    with pytest.raises(NotSent):
        send_mail("Hola", "Texto", None, [ADDRESS])
