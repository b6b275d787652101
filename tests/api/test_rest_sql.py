"""What the REST API asks of the database, frozen."""

from __future__ import annotations

from tests.api.conftest import machine_of, photo
from tests.api.machine import Machine, said
from tests.api.test_rest_filing import LAMP, ROSA
from tests.cast import Cast, actor
from tests.sql import Freeze
from ventanilla.cases import actions


def test_filing_a_case(machine: Machine, frozen_sql: Freeze) -> None:
    machine.post("cases", {**LAMP, **ROSA})
    another = {**ROSA, "applicant": {"name": "Eva Mora", "email": "eva@correo.example"}}
    with frozen_sql(most=20):
        machine.post("cases", {**LAMP, **another}, Idempotency_Key="a")


def test_following_a_case(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    case = cast.file()
    actions.take_case(case, user=cast.olga, by=actor(cast.olga))
    machine.get(f"follow/{case.reference}", code=case.follow_code)
    with frozen_sql(most=4):
        assert machine.get(f"follow/{case.reference}", code=case.follow_code).status_code == 200


def test_listing_cases(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    for _count in range(3):
        cast.file()
    cursor = said(machine.get("cases", limit="1"))["next"]
    with frozen_sql(most=5):
        machine.get("cases", limit="1", cursor=cursor, department="alumbrado", assignee="none", state="received")


def test_listing_closed_cases_of_everybody(cast: Cast, frozen_sql: Freeze) -> None:
    machine = machine_of(cast.coro)
    machine.get("cases", status="closed")
    with frozen_sql(most=5):
        machine.get("cases", status="closed")


def test_one_case(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    case = cast.file()
    machine.upload(f"cases/{case.uuid}/evidence", file=photo())
    machine.get(f"cases/{case.uuid}")
    with frozen_sql(most=10):
        machine.get(f"cases/{case.uuid}")


def test_replying(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    case = cast.file()
    machine.get("services")
    with frozen_sql(most=14):
        machine.post(f"cases/{case.uuid}/reply", {"text": "Vamos el jueves."})


def test_routing(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    case = cast.file()
    machine.get("services")
    with frozen_sql(most=20):
        machine.post(f"cases/{case.uuid}/route", {"department": "calles", "reason": "Es una calle."})


def test_the_map(cast: Cast, machine: Machine, frozen_sql: Freeze) -> None:
    cast.file()
    machine.get("map", bbox="-84.2,9.8,-84.0,10.0")
    with frozen_sql(most=3):
        machine.get("map", bbox="-84.2,9.8,-84.0,10.0")
