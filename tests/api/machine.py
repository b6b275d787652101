"""Programs that talk to the municipality, as tests use them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from lxml import etree

from ventanilla.accounts.models import ApiKey
from ventanilla.cases.models import Case

FORM = "application/x-www-form-urlencoded"
LAMP = {"service_code": "bombillo-quemado", "lat": "9.93", "long": "-84.1", "attribute[how_many]": "one"}


@dataclass
class Open311:
    """A client of GeoReport v2."""

    client: Client
    secret: str
    key: ApiKey | None

    def get(self, path: str, /, **asked: Any) -> HttpResponse:
        return self.client.get(f"/open311/v2/{path}", asked)  # type: ignore[return-value]

    def read(self, path: str, /, **asked: Any) -> Any:
        """The JSON of an answer that must be right."""
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    def xml(self, path: str, /, **asked: Any) -> etree._Element:
        """The XML of an answer that must be right."""
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content
        return etree.fromstring(answer.content)

    def post(self, /, path: str = "requests.json", under: str = "v2", headers: Any = None, **sent: Any) -> HttpResponse:
        """POST urlencoded; a list repeats its key, None leaves one out."""
        return self.post_body(self.body(**sent), path, under, headers)

    def body(self, **sent: Any) -> dict[str, Any]:
        whole = {"api_key": self.secret, **LAMP, **sent}
        return {name: value for name, value in whole.items() if value is not None}

    def post_body(self, body: Any, path: str = "requests.json", under: str = "v2", headers: Any = None) -> HttpResponse:
        encoded = urlencode(body, doseq=True)
        return self.client.post(f"/open311/{under}/{path}", encoded, content_type=FORM, headers=headers)  # type: ignore[return-value]

    def file(self, **sent: Any) -> Case:
        """A case filed by this client."""
        answer = self.post(**sent)
        assert answer.status_code == 200, answer.content
        return Case.objects.get(reference=json.loads(answer.content)[0]["service_request_id"])

    def tell(self, case: Case, status: str, /, path: str = "servicerequestupdates.json", **sent: Any) -> HttpResponse:
        """POST an update of a case."""
        body = {
            "api_key": self.secret,
            "service_request_id": case.reference,
            "update_id": "1",
            "updated_datetime": "2026-11-25T10:24:00-06:00",
            "status": status,
            **sent,
        }
        return self.post_body({name: value for name, value in body.items() if value is not None}, path)


@dataclass
class Machine:
    """A client of the REST API."""

    client: Client
    secret: str
    key: ApiKey

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, /, **asked: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", asked, headers=self.headers)  # type: ignore[return-value]

    def post(self, path: str, /, body: Any = None, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1/{path}",
            json.dumps(body if body is not None else {}),
            content_type="application/json",
            headers={**self.headers, **named},
        )

    def upload(self, path: str, /, **parts: Any) -> HttpResponse:
        return self.client.post(f"/api/v1/{path}", parts, headers=self.headers)  # type: ignore[return-value]


def said(answer: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.content)
