"""Errors come out as pages people understand, whatever is broken."""

import errno
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ventanilla.config import errors, logs
from ventanilla.config.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from ventanilla.lib import error_pages
from ventanilla.lib.error_pages import TooManyRequests

SECRET = "8-8888-8888"
FAILURES = {
    "locked": OperationalError("database is locked"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "full-database": OperationalError("database or disk is full"),
    "broken": ValueError(f"the person {SECRET} is unknown"),
    "forbidden": PermissionDenied(),
    "often": TooManyRequests(retry_after=7),
}


def fail(_request: HttpRequest, name: str) -> HttpResponse:
    raise FAILURES[name]


@csrf_exempt
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


@require_POST
def post(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("fail/<str:name>", fail), path("read", read), path("post", post)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor(settings: Any) -> Client:
    """Of a house whose municipality stands in memory, as in a process that has answered before."""
    settings.MUNICIPALITY_PROVIDER = ""
    return Client(raise_request_exception=False)


@pytest.fixture
def log() -> Iterator[list[str]]:
    """The lines as they would be written."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(logs.JsonLine())
    logging.getLogger().addHandler(keeper)
    yield lines
    logging.getLogger().removeHandler(keeper)


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("/fail/locked", 503),
        ("/fail/full", 503),
        ("/fail/full-database", 503),
        ("/fail/broken", 500),
        ("/fail/forbidden", 403),
        ("/fail/often", 429),
        ("/nowhere", 404),
    ],
)
def test_each_failure_has_its_page(visitor: Client, where: str, status: int) -> None:
    answer = visitor.get(where)
    assert answer.status_code == status
    assert "text/html" in answer["Content-Type"]
    assert "<h1" in answer.content.decode()
    assert answer["X-Request-ID"]


def test_an_outage_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/fail/locked")["Retry-After"] == "5"
    assert visitor.get("/fail/often")["Retry-After"] == "7"


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_a_form_that_is_too_big_is_413(visitor: Client) -> None:
    assert visitor.post("/read", {"text": "x" * 100}).status_code == 413


@override_settings(MAX_REQUEST_BYTES=10)
def test_a_body_that_is_too_big_is_413_before_anything_reads_it(visitor: Client) -> None:
    answer = visitor.generic("POST", "/read", "x" * 100)
    assert answer.status_code == 413
    assert visitor.generic("POST", "/read", "x" * 10).status_code == 200


def test_what_only_takes_forms_says_so_to_who_goes_there(visitor: Client) -> None:
    answer = visitor.get("/post")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "recibe lo que se envía desde una página" in answer.content.decode()


def test_a_form_without_its_token_is_explained(visitor: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/post")
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


def test_a_page_comes_out_even_when_its_template_fails(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> str:
        raise ValueError

    monkeypatch.setattr(errors.loader, "render_to_string", broken)
    answer = visitor.get("/fail/broken")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()


def test_the_pages_of_500_and_503_ask_no_database(visitor: Client) -> None:
    # Without the mark for it, any query in this test would fail.
    assert visitor.get("/fail/broken").status_code == 500
    assert visitor.get("/fail/locked").status_code == 503


def test_a_face_says_errors_in_its_own_tongue(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        error_pages, "face_of", lambda _path: lambda _r, status, text: HttpResponse(text, status=status)
    )
    answer = visitor.get("/fail/locked")
    assert answer.status_code == 503
    assert answer.content.decode().startswith("El servicio está ocupado")


def test_the_log_tells_no_personal_data(visitor: Client, log: list[str]) -> None:
    visitor.get(f"/fail/broken?phone={SECRET}")
    visitor.get(f"/nowhere/{SECRET}")
    assert log
    assert SECRET not in "".join(log)
    told = [json.loads(line) for line in log]
    assert any(line.get("exception", [{}])[0].get("type") == "builtins.ValueError" for line in told)
    assert all(line["request_id"] for line in told)


def test_the_access_line_names_the_route_and_not_the_path(visitor: Client, log: list[str]) -> None:
    visitor.get("/fail/forbidden?x=1")
    line = next(json.loads(each) for each in log if "ventanilla.access" in each)
    assert line["route"].endswith("fail")
    assert (line["method"], line["status"]) == ("GET", 403)
    assert line["ms"] >= 0
    assert "?" not in json.dumps(line)


def test_a_proxys_id_is_kept_when_it_is_plain(visitor: Client) -> None:
    assert visitor.get("/nowhere", headers={"X-Request-ID": "abc-123-def"})["X-Request-ID"] == "abc-123-def"
    assert visitor.get("/nowhere", headers={"X-Request-ID": '"><b>'})["X-Request-ID"] != '"><b>'
