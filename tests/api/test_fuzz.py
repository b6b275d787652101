"""Whatever is sent, nothing breaks: schemathesis reads both descriptions and sends what they allow and not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import machine_of
from tests.api.machine import Open311
from tests.cast import Cast, actor
from ventanilla.api import keys
from ventanilla.cases import actions
from ventanilla.cases.models import Case

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
bounded = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
Prepare = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A server closes its connections between requests; here they are all of one test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _strangers_may_ask_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "STRANGERS_PER_MINUTE", 1_000_000)


@pytest.fixture
def busy(cast: Cast) -> Case:
    """A case that is worked on, in a municipality with others."""
    cast.file(procedure=cast.complaint, answers={}, place=None)
    return actions.take_case(cast.file(), user=cast.olga, by=actor(cast.olga))


def _send_all(path: str, subtests: pytest.Subtests, prepare: Prepare) -> set[int]:
    """To every operation of a description what it allows and not, each call undone. Returns the statuses."""
    schema, seen = schemathesis.openapi.from_wsgi(path, WSGIHandler()), set()
    for each in schema.get_all_operations():
        operation = each.ok()
        with subtests.test(operation=operation.label):
            seen |= _send(operation, prepare)
    return seen


def _send(operation: Any, prepare: Prepare) -> set[int]:
    seen = set()

    @bounded
    @given(sent=_allowed_or_not(operation), real=st.booleans())
    def call(sent: Any, real: bool) -> None:
        if real:
            prepare(sent)
        with transaction.atomic():
            seen.add(sent.call_and_validate(checks=CHECKS).status_code)
            transaction.set_rollback(True)

    call()
    return seen


def _allowed_or_not(operation: Any) -> Any:
    both = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]
    return st.one_of(both)


@pytest.mark.slow
def test_the_rest_api_answers_as_it_says(cast: Cast, busy: Case, subtests: pytest.Subtests) -> None:
    machine = machine_of(cast.coro, per_minute=1_000_000)
    there = {"uuid": str(busy.uuid), "item": str(busy.work_items.get().uuid), "reference": busy.reference}

    def prepare(sent: Any) -> None:
        """The key, and what there is where the path names something."""
        sent.headers = {**(sent.headers or {}), **machine.headers}
        for name in sent.path_parameters or {}:
            sent.path_parameters[name] = there.get(name, "bombillo-quemado")

    assert {200, 201, 401, 404, 409, 422} <= _send_all("/api/v1/openapi.json", subtests, prepare)


@pytest.mark.slow
def test_open311_answers_as_it_says(busy: Case, app: Open311, subtests: pytest.Subtests) -> None:
    there = {"number": busy.reference, "token": busy.reference, "code": "bombillo-quemado"}

    def prepare(sent: Any) -> None:
        for name in there.keys() & (sent.path_parameters or {}).keys():
            sent.path_parameters[name] = there[name]
        for values in (sent.query, sent.body):
            if isinstance(values, dict) and "api_key" in values:
                values["api_key"] = app.secret

    assert {200, 400, 403, 404} <= _send_all("/open311/v2/openapi.json", subtests, prepare)
