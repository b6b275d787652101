"""A person without JavaScript reports a street light without saying who they are, and follows it with the code."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.scenarios.conftest import AtTheDesk, Somebody
from tests.scenarios.people import Neighbour
from ventanilla.cases.enums import CaseState, Identity
from ventanilla.cases.models import Case
from ventanilla.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("person", "staff"), [(360, 1280), (1280, 360)])
def test_the_code_of_the_receipt_is_enough(
    town: Cast, somebody: Somebody, at_the_desk: AtTheDesk, person: int, staff: int
) -> None:
    who_knows = somebody(person, javascript=False)
    _reports(who_knows)
    case = Case.objects.get()
    assert (case.identity, case.applicant) == (Identity.ANONYMOUS, None)
    assert not Message.objects.filter(about=case.chain).exists()

    at_the_desk(town.olga, case, staff).takes_it().does("Resolver", text="Cambiamos el bombillo.")

    elsewhere = somebody(person, javascript=False)
    elsewhere.opens(f"/caso/{case.uuid}/").sees("Aquí no hay nada")
    elsewhere.opens().follows("¿Cómo va lo mío?").writes("Número", case.reference).writes("Código", case.follow_code)
    elsewhere.presses("Ver cómo va").sees("Quedó arreglado", "Cambiamos el bombillo.")
    elsewhere.ticks("Muy bien").presses("Enviar mi opinión").sees("Gracias por decírnoslo")
    case.refresh_from_db()
    assert case.state == CaseState.RESOLVED
    assert case.surveys.get().mark == 5


def _reports(who_knows: Neighbour) -> None:
    who_knows.opens().writes("¿Qué necesita?", "farola").presses("Buscar").follows("Bombillo quemado")
    who_knows.writes("Calle y número", "200 m sur de la iglesia").presses("Seguir")
    who_knows.is_asked("Cuéntenos más").presses("Seguir").sees("Falta una cosa para seguir")
    who_knows.ticks("Varias").presses("Seguir").is_asked("¿Tiene fotos?").photographs().presses("Agregar estas")
    who_knows.is_asked("¿Tiene fotos?").presses("Quitar").presses("Seguir").ticks("Sin decir quién soy")
    who_knows.sees("No podremos avisarle").presses("Seguir").is_asked("Revise sus respuestas").sees(
        "Sin decir quién es"
    )
    who_knows.presses("Enviar el reporte").is_asked("Lo recibimos").sees("son la única manera de ver cómo va")
