from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "ventanilla.audit"

    def ready(self) -> None:
        # The house's one use of a Django signal: nothing else runs after every migrate, whoever calls it.
        post_migrate.connect(_guard_the_trail, sender=self)


def _guard_the_trail(using: str, **_: Any) -> None:
    from ventanilla.audit import triggers

    triggers.install(connections[using])
