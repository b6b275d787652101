from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from ventanilla.organization.models import Municipality


class WorkflowConfig(AppConfig):
    name = "ventanilla.workflow"

    def ready(self) -> None:
        from ventanilla.organization import registry

        registry.starting.register("workflow", _load_ready_diagrams)


def _load_ready_diagrams(_municipality: Municipality) -> None:
    # Imported only when a municipality begins: the engine is heavy.
    from ventanilla.workflow.actions import load_ready_diagrams

    load_ready_diagrams(by="init")
