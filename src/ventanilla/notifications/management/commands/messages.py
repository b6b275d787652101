"""`messages`: how far messages got, and which failed or wait too long; nothing personal is written."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ventanilla.design import languages
from ventanilla.lib import clock
from ventanilla.notifications.enums import State
from ventanilla.notifications.models import Message, MessageQuerySet

MOST = 50


class Command(BaseCommand):
    help = str(gettext_lazy("Cuenta los avisos por su estado y lista los que fallaron o esperan demasiado."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=7, help=str(gettext_lazy("los que fallaron en estos días")))
        parser.add_argument("--hours", type=float, default=1, help=str(gettext_lazy("horas que ya son demasiadas")))

    def handle(self, *_args: Any, days: float, hours: float, **_options: Any) -> None:
        with languages.for_the_record():
            self._count()
            now = clock.now()
            self._list(_("Fallaron"), Message.objects.lost_since(now - timedelta(days=days)))
            self._list(_("Esperan demasiado"), Message.objects.overdue(now, timedelta(hours=hours)))

    def _count(self) -> None:
        counts = Message.objects.counted()
        for state in State:
            if state in counts:
                self.stdout.write(f"{counts[state]:>9}  {state.value}: {state.label}")
        if not counts:
            self.stdout.write(_("No hay ningún aviso."))

    def _list(self, head: str, found: MessageQuerySet) -> None:
        """The first of them: when, what kind, by which channel, what was heard, of which case; not to whom."""
        if not (count := found.count()):
            return
        self.stdout.write(f"\n{head}: {count}")
        for each in found[:MOST]:
            heard = each.said or "-"
            made = f"{each.created_at:%Y-%m-%d %H:%M}"
            tries = ngettext("%d intento", "%d intentos", each.attempts) % each.attempts
            facts = (each.uuid, made, each.kind, each.channel, each.state, tries, heard, each.about)
            self.stdout.write("  ".join(map(str, facts)).rstrip())
        if count > MOST:
            self.stdout.write(_("… y %d más.") % (count - MOST))
