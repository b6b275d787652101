"""A municipality, and channels as the installation would configure them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from ventanilla.notifications import registry, texts
from ventanilla.notifications.actions import Contact, Notice, announce
from ventanilla.notifications.models import Message
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

ROSA = Contact("email", "rosa@example.org")
PHONE = Contact("phone", "+50688887777")


@pytest.fixture(autouse=True)
def _texts_as_shipped():
    texts.forget()
    yield
    texts.forget()


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch):
    """The rooms above are not what is tested here."""
    monkeypatch.setattr(registry.unreachable, "_items", {})


@pytest.fixture
def town(db) -> Municipality:
    made = Municipality.objects.create(
        name="Villa Esperanza", country="CR", time_zone="America/Costa_Rica", phone="2222-1111", email="hola@villa.cr"
    )
    municipality.forget()
    return made


@pytest.fixture
def configure(settings) -> Callable[..., None]:
    """`configure(email={"host": …})`: the table `[notifications]` of the installation."""

    def set_to(**options: Any) -> None:
        settings.NOTIFICATIONS = options
        settings.SITE_ADDRESS = "https://villa.example"

    set_to()
    return set_to


@pytest.fixture
def tell(town, configure) -> Callable[..., Message]:
    """Announce one message about a case, with the example values."""

    def announced(*contacts: Contact, kind: str = "case_reply", **more: Any) -> Message:
        context = {**texts.examples(), **more.pop("context", {})}
        facts = {"recipient": "person:rosa", "about": "case:1", **more}
        with transaction.atomic():
            [message] = announce(Notice(kind=kind, contacts=contacts or (ROSA,), context=context, **facts))
        return message

    return announced
