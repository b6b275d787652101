"""What happens to open cases once they are filed, by the house's own acts: urgency, a question, works put off."""

from __future__ import annotations

from ventanilla.cases import actions
from ventanilla.cases.actions import many
from ventanilla.cases.models import Case
from ventanilla.lib.actors import Actor
from ventanilla.operations.bench import town

ONE_IN = 20
"""Each of these happens to one open case in so many."""


def happen(cases: list[Case]) -> None:
    """To some of these open cases, each thing to others."""
    coordinator = town.coordinator()
    by = Actor(f"user:{coordinator.uuid}", coordinator.name)
    many.mark_many_urgent(cases[0::ONE_IN], urgent=True, by=by)
    for case in cases[1::ONE_IN]:
        actions.ask_person(case, text="¿Qué número tiene pintado el poste?", by=by)
    for case in cases[2::ONE_IN]:
        actions.schedule_case(case, text="Está en el plan del próximo trimestre.", by=by)
