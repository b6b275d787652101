"""A person reports a street light from a phone, follows each step of its repair, and says it was not mended."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.scenarios.conftest import AtTheDesk, Somebody
from tests.scenarios.people import Neighbour, Official, code_sent_to
from ventanilla.cases.enums import CaseState, Channel, Identity
from ventanilla.cases.models import Case, Survey
from ventanilla.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "+50687776655"
SHRUNK = 1600
"""The longest side of a photo as the phone sends it."""


@pytest.mark.parametrize(("person", "staff"), [(360, 1280), (1280, 360)])
def test_from_the_dark_street_to_the_light_and_back(
    town: Cast, somebody: Somebody, at_the_desk: AtTheDesk, person: int, staff: int
) -> None:
    """And at a large screen too, with who works it on a phone in the street."""
    luis = somebody(person)
    _reports(luis)
    case = Case.objects.get()
    _is_kept_as_it_was_said(case)
    olga = at_the_desk(town.olga, case, staff)
    _is_taken_and_asked(olga, luis)
    _is_mended(olga, luis)
    _is_not_mended_after_all(luis, case)


def _reports(luis: Neighbour) -> None:
    luis.opens().writes("¿Qué necesita?", "foco").chooses("Bombillo quemado").is_asked("¿Dónde está?")
    luis.writes("Calle y número", "200 m sur de la iglesia").chooses("200 m al sur de Iglesia de San Isidro")
    luis.writes("Alguna seña", "El poste de la panadería").presses("Seguir").is_asked("Cuéntenos más")
    luis.ticks("Una").writes("Algo más", "De noche no se ve nada").presses("Seguir").is_asked("¿Tiene fotos?")
    luis.photographs().sees("1 foto lista para enviar").presses("Seguir").is_asked("¿Quién lo presenta?")
    luis.writes("Su nombre", "Luis Soto Mora").writes("Su teléfono", "8777 6655").presses("Seguir")
    luis.is_asked("Escriba el código").writes("Código de seis números", code_sent_to(PHONE)).presses("Seguir")
    luis.is_asked("Revise sus respuestas").sees("El poste de la panadería", "1 foto, sin los datos del teléfono")
    luis.presses("Enviar el reporte").is_asked("Lo recibimos").sees("Fecha prevista de arreglo")


def _is_kept_as_it_was_said(case: Case) -> None:
    assert (case.channel, case.identity, case.department.key) == (Channel.WEB, Identity.IDENTIFIED, "alumbrado")
    assert case.place["kind"] == "landmark"
    assert case.place["parts"]["hint"] == "El poste de la panadería"
    assert case.applicant is not None
    assert [contact.value for contact in case.applicant.contacts.all()] == [PHONE]
    photo = case.attachments.get().file
    assert max(photo.width or 0, photo.height or 0) == SHRUNK
    assert Message.objects.filter(about=case.chain, kind="case_filed", address=PHONE).count() == 1


def _is_taken_and_asked(olga: Official, luis: Neighbour) -> None:
    olga.takes_it()
    luis.follows("Ver cómo va").sees("Alumbrado público lo tomó", "Lo lleva Olga Mora Solís")
    olga.does("Pedir un dato", text="¿Qué número tiene el poste?")
    luis.reloads().sees("Necesitamos un dato suyo", "¿Qué número tiene el poste?")
    luis.writes("Su respuesta", "El 1127").presses("Responder").sees("Recibimos su mensaje", "El 1127")


def _is_mended(olga: Official, luis: Neighbour) -> None:
    olga.finishes_step("Comprobar los hechos", ticking="Sí, es como dicen")
    olga.finishes_step("Planificar el arreglo", ticking="Sí")
    luis.reloads().sees("Una cuadrilla va a verlo")
    olga.finishes_step("Arreglar", done="Se cambió el bombillo")
    olga.finishes_step("Comprobar el arreglo", ticking="Sí, quedó bien")
    olga.finishes_step("Contarle cómo quedó", text="Cambiamos el bombillo.")
    luis.reloads().sees("Quedó arreglado", "Cambiamos el bombillo.", "¿Nos da su opinión?")


def _is_not_mended_after_all(luis: Neighbour, case: Case) -> None:
    luis.ticks("Muy mal").writes("¿Quiere contarnos", "Duró una noche").presses("Enviar mi opinión")
    luis.is_asked("Que lo vean de nuevo").writes("¿Qué quedó mal?", "Se volvió a apagar").presses("Abrirlo de nuevo")
    luis.sees("Se volvió a apagar")
    case.refresh_from_db()
    assert case.is_open
    assert case.reopenings == 1
    assert Survey.objects.get(case=case).mark == 1
    assert case.state in (CaseState.RECEIVED, CaseState.IN_PROGRESS)
