"""What Open311 asks of the database, frozen."""

from __future__ import annotations

from tests.api.machine import Open311
from tests.cast import Cast
from tests.sql import Freeze

WHO = {"first_name": "Ana", "last_name": "Mora", "phone": "8888 1234"}


def test_filing_a_report(app: Open311, frozen_sql: Freeze) -> None:
    app.post(email="uno@correo.example", **WHO)
    with frozen_sql(most=20):
        app.post(email="dos@correo.example", **WHO)


def test_filing_a_report_once(app: Open311, frozen_sql: Freeze) -> None:
    app.post(email="uno@correo.example", **WHO)
    with frozen_sql(most=20):
        app.post(email="dos@correo.example", **WHO, headers={"Idempotency-Key": "a"})


def test_listing_requests(cast: Cast, app: Open311, frozen_sql: Freeze) -> None:
    cast.file()
    cast.file()
    app.read("requests.json", status="open")
    with frozen_sql(most=3):
        app.read("requests.json", api_key=app.secret, status="open", extensions="true")


def test_one_request(app: Open311, frozen_sql: Freeze) -> None:
    case = app.file()
    with frozen_sql(most=2):
        app.read(f"requests/{case.reference}.json", api_key=app.secret)


def test_listing_updates(app: Open311, frozen_sql: Freeze) -> None:
    app.tell(app.file(), "ACTION_SCHEDULED")
    with frozen_sql(most=2):
        app.read("servicerequestupdates.json", api_key=app.secret)
