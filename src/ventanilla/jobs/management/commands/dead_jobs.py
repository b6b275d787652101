"""`dead_jobs`: what was given up, and trying it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ventanilla.jobs import actions
from ventanilla.jobs.models import Job


class Command(BaseCommand):
    help = str(gettext_lazy("Muestra los trabajos abandonados; con --retry los intenta de nuevo."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true", help=str(gettext_lazy("intentarlos de nuevo")))
        parser.add_argument("--task", help=str(gettext_lazy("solo los de esta función")))

    def handle(self, *_args: Any, retry: bool, task: str | None, **_options: Any) -> None:
        dead = Job.objects.dead().filter(**({"task": task} if task else {}))
        for job in dead.iterator(chunk_size=500):
            self.stdout.write(f"{job.pk}  {job.finished_at:%Y-%m-%d %H:%M}  {job.task}  {job.error.splitlines()[0]}")
        if retry:
            count = actions.retry(task=task)
            self.stdout.write(ngettext("%d trabajo vuelve a la cola.", "%d trabajos vuelven a la cola.", count) % count)
        elif not dead.exists():
            self.stdout.write(_("No hay trabajos abandonados."))
