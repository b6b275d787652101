"""A person complains of how they were attended, and the law's clock runs: told, called in, answered late, said so.

By hand: filed on Wednesday 25 November 2026, ten working days from the day after are 26, 27 and 30 November, and 2, 3,
4, 7, 8, 9 and 10 December; Tuesday 1 December is a holiday in Costa Rica.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from tests.cast import Cast
from tests.desk.attending import client_of
from tests.portal.conftest import code_sent
from ventanilla.cases.actions import time as passing
from ventanilla.cases.enums import EventKind
from ventanilla.cases.models import Case
from ventanilla.lib import clock
from ventanilla.notifications.models import Message

FILED = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)
"""10:24 in Costa Rica."""
DUE = "jueves 10 de diciembre"


def test_the_law_gives_ten_working_days_and_everybody_sees_them_go_by(cast: Cast) -> None:
    rosa = Client()
    with clock.at(FILED):
        case = _complains(rosa)
    _nearly_due(case)
    _too_late(rosa, case)
    _answered(rosa, cast, case)


def _complains(rosa: Client) -> Case:
    base = "/reportar/queja-por-la-atencion/"
    rosa.post(f"{base}detalles/", {"description": "Dos horas esperando y nadie me explicó nada."})
    rosa.post(f"{base}fotos/", {})
    who = {"identity": "identified", "name": "Rosa Benítez", "contact": "rosa.benitez@correo.example"}
    rosa.post(f"{base}quien/", who)
    assert "10 días hábiles a más tardar (Ley 7135" in _page(
        rosa, rosa.post(f"{base}codigo/", {"code": code_sent()}).url
    )
    receipt = _page(rosa, rosa.post(f"{base}revise/").url)
    assert f"a más tardar el {DUE}" in receipt
    case = Case.objects.get()
    assert not case.is_public
    assert case.target_due_at is None
    return case


def _page(rosa: Client, path: str) -> str:
    response = rosa.get(path)
    assert response.status_code == 200
    return response.content.decode()


def _nearly_due(case: Case) -> None:
    """The day before, who answers for the department is called in."""
    with clock.at(datetime(2026, 12, 9, 18, 0, tzinfo=UTC)):
        passing.escalate()
        assert not _escalations(case)
    with clock.at(datetime(2026, 12, 10, 16, 0, tzinfo=UTC)):
        passing.escalate()
    assert _escalations(case) == [1]
    assert _told(case, "due_soon") == {"otilia@villa.example", "coro@villa.example"}


def _too_late(rosa: Client, case: Case) -> None:
    with clock.at(datetime(2026, 12, 14, 16, 0, tzinfo=UTC)):
        passing.escalate()
        assert "Venció hace 2 días hábiles" in _page(rosa, f"/caso/{case.uuid}/")
    assert _escalations(case) == [1, 2]
    assert _told(case, "overdue") == {"otilia@villa.example", "coro@villa.example"}


def _answered(rosa: Client, cast: Cast, case: Case) -> None:
    """An answer is not an end: it meets the clock, and the page says that it came late."""
    with clock.at(datetime(2026, 12, 14, 17, 0, tzinfo=UTC)):
        said = {"text": "Tiene razón y le pedimos disculpas: faltó una persona en caja.", "answers": "on"}
        client_of(cast.otilia).post(f"/mesa/caso/{case.uuid}/hacer/responder/", said)
        page = _page(rosa, f"/caso/{case.uuid}/")
    assert "faltó una persona en caja" in page
    assert "Respondido fuera de plazo" in page
    term = case.deadlines.get()
    assert term.met_at is not None
    assert term.met_at > term.due_at


def _escalations(case: Case) -> list[int]:
    raised = case.events.filter(kind=EventKind.ESCALATED).order_by("seq")
    return [event.data["level"] for event in raised]


def _told(case: Case, kind: str) -> set[str]:
    return set(Message.objects.filter(about=case.chain, kind=kind).values_list("address", flat=True))
