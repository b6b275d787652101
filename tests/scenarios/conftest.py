"""The small town in which the stories happen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import PageAt
from tests.cast import Cast, forget_everything, make_cast
from tests.desk.attending import name_places, sign_in
from tests.scenarios.people import Neighbour, Official
from ventanilla.accounts import limits
from ventanilla.accounts.models import User
from ventanilla.cases.models import Case
from ventanilla.catalog import starting
from ventanilla.forms import actions as forms

Somebody = Callable[..., Neighbour]
AtTheDesk = Callable[..., Official]


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    """The counters of tries outlive a test, as they outlive a request."""
    limits._counters.cache_clear()
    (django_settings.DATA / "run" / "limits").unlink(missing_ok=True)


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Cast:
    """The cast, two streets and a church, and the forms of the report's steps."""
    settings.NOTIFICATIONS = {"folder": {"enabled": True}}
    made = make_cast()
    name_places()
    for step in starting.steps():
        schema, layout = starting.schema(step.questions), starting.layout(step.questions)
        forms.publish(key=step.key, schema=schema, layout=layout, by="system")
    forget_everything()
    return made


@pytest.fixture
def somebody(town: Cast, page_at: PageAt, live_server: LiveServer) -> Somebody:
    """`somebody(360)`, `somebody(360, javascript=False)`: a person with a browser of their own."""
    return lambda width, **more: Neighbour(page_at(width, **more), live_server.url)


@pytest.fixture
def at_the_desk(town: Cast, page_at: PageAt, live_server: LiveServer) -> AtTheDesk:
    """`at_the_desk(town.olga, case)`, `at_the_desk(town.olga, case, 360)`: a member of staff before a case."""

    def sit(user: User, case: Case, width: int = 1280) -> Official:
        page = page_at(width)
        sign_in(page, user, live_server.url)
        return Official(page, live_server.url, case)

    return sit
