"""Who files reports over HTTP and insists: through REST, through Open311, and through the portal's pages.

Each knows one thing of a server that may die at any moment: what is not answered is sent again, the same.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.pictures import jpeg

PATIENCE = 240.0
"""Seconds for which a client insists on one request."""
PAUSE = 0.1
KIND = "street_light_out"
BUSY = {502, 503}


class GaveUp(AssertionError):
    """The server did not come back, or answered what it shouldn't."""


@dataclass(frozen=True)
class Receipt:
    """What somebody was told when they filed: enough to hold the municipality to it."""

    number: int
    reference: str
    code: str = ""
    """The receipt's own, where the channel gives it."""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    """Sends requests to the server, keeping cookies, and sends them again until they are answered."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 40.0
    unanswered: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.once(method, path, body, **headers)
                if answer.status not in BUSY:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            self.unanswered += 1
            time.sleep(PAUSE)
        raise GaveUp(f"{method} {path}")

    def once(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send it once, and take what comes. Raises OSError, HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            said = {name.replace("_", "-"): value for name, value in headers.items()}
            if self.cookies:
                said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, said)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer


def multipart(fields: dict[str, str], files: dict[str, bytes]) -> tuple[bytes, str]:
    """A form with files as browsers send it, and its content type."""
    boundary = uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    parts += [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="foto.jpg"\r\n'.encode()
        + b"Content-Type: image/jpeg\r\n\r\n"
        + content
        + b"\r\n"
        for name, content in files.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def photo(number: int) -> bytes:
    """A photo like no other."""
    return jpeg(64 + number % 40, 48 + number // 40, "navy")


def email(number: int) -> str:
    return f"vecina-{number}@correo.example"


def report(key: str, number: int) -> tuple[bytes, dict[str, str]]:
    """A report as JSON for `POST /api/v1/cases`, and the headers it goes with."""
    sent = {
        "procedure": KIND,
        "description": f"Reporte {number}",
        "place": {"lon": -84.1, "lat": 9.93},
        "identity": "identified",
        "applicant": {"name": f"Vecina Número {number}", "email": email(number)},
    }
    headers = {"Authorization": f"Bearer {key}", "Idempotency_Key": f"report-{number}"}
    return json.dumps(sent).encode(), {**headers, "Content_Type": "application/json"}


def by_rest(browser: Browser, key: str, number: int) -> Receipt:
    """Filed as JSON, the photo afterwards."""
    body, headers = report(key, number)
    told = _json(browser.ask("POST", "/api/v1/cases", body, **headers), {200, 201})
    photos, content_type = multipart({}, {"file": photo(number)})
    path = f"/api/v1/cases/{told['uuid']}/attachments"
    sent = browser.ask("POST", path, photos, Authorization=headers["Authorization"], Content_Type=content_type)
    _json(sent, {200, 201})
    return Receipt(number, told["reference"], told["receipt_code"])


def by_open311(browser: Browser, key: str, number: int) -> Receipt:
    """Filed as an Open311 client does, with its photo in the same request."""
    fields = {
        "api_key": key,
        "service_code": KIND,
        "description": f"Reporte {number}",
        "lat": "9.93",
        "long": "-84.1",
        "first_name": "Vecina",
        "last_name": f"Número {number}",
        "email": email(number),
    }
    body, content_type = multipart(fields, {"media": photo(number)})
    headers = {"Content_Type": content_type, "Idempotency_Key": f"report-{number}"}
    told = _json(browser.ask("POST", "/open311/v2/requests.json", body, **headers), {200})
    return Receipt(number, told[0]["service_request_id"])


def _json(answer: Answer, wanted: set[int]) -> Any:
    if answer.status not in wanted:
        raise GaveUp(f"{answer.status}: {answer.text[:500]}")
    return json.loads(answer.body)


def by_pages(browser: Browser, _key: str, number: int) -> Receipt:
    """Filed page by page without JavaScript, by somebody who doesn't say who they are."""
    browser.cookies.clear()
    base = f"/reportar/{KIND}/"
    browser.ask("GET", f"{base}donde/")
    _submit(browser, f"{base}donde/", {"said": "frente al parque", "lon": "-84.1", "lat": "9.93"})
    _submit(browser, f"{base}detalles/", {"description": f"Reporte {number}"})
    _submit(browser, f"{base}fotos/", {}, {"photos": photo(number)})
    _submit(browser, f"{base}quien/", {"identity": "anonymous"})
    where = _submit(browser, f"{base}revise/", {})
    receipt = browser.ask("GET", where)
    found = re.search(r"\d{4}-\d{6}-\d", receipt.text)
    if receipt.status != 200 or found is None:
        raise GaveUp(f"{where}: {receipt.status} {receipt.text[:300]}")
    return Receipt(number, found[0])


def _submit(browser: Browser, path: str, fields: dict[str, str], files: dict[str, bytes] | None = None) -> str:
    """Send a page's form, with the token of the page. Returns where it leads."""
    token = browser.cookies.get("csrftoken", "")
    everything = {**fields, "csrfmiddlewaretoken": token}
    body, content_type = multipart(everything, files) if files else (urlencode(everything).encode(), _FORM)
    answer = browser.ask("POST", path, body, Content_Type=content_type)
    if answer.status != 302:
        raise GaveUp(f"{path}: {answer.status} {answer.text[:300]}")
    return str(answer.headers["Location"])


_FORM = "application/x-www-form-urlencoded"
DOORS: tuple[Callable[[Browser, str, int], Receipt], ...] = (
    by_rest, by_open311, by_pages, by_rest, by_open311, by_pages, by_rest, by_open311,
)  # fmt: skip
"""The doors of eight clients."""


class Clients:
    """Eight clients that file `reports` reports among them, each through a door of its own."""

    def __init__(self, port: int, key: str, reports: int) -> None:
        self.receipts: list[Receipt] = []
        self.failures: list[BaseException] = []
        self.unanswered = 0
        self._left = iter(range(1, reports + 1))
        self._guard = threading.Lock()
        self._threads = [threading.Thread(target=self._file, args=(port, key, door)) for door in DOORS]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def _next(self) -> int | None:
        with self._guard:
            return None if self.failures else next(self._left, None)

    def _file(self, port: int, key: str, door: Callable[[Browser, str, int], Receipt]) -> None:
        browser = Browser(port)
        try:
            while (number := self._next()) is not None:
                receipt = door(browser, key, number)
                with self._guard:
                    self.receipts.append(receipt)
        except BaseException as error:
            self.failures.append(error)
        finally:
            with self._guard:
                self.unanswered += browser.unanswered
