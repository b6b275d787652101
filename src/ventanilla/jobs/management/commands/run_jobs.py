"""`run_jobs`: the process that does background work."""

import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from ventanilla.jobs.queue import LEASE
from ventanilla.jobs.worker import Worker


class Command(BaseCommand):
    help = str(_("Hace los trabajos en segundo plano hasta que se le pida parar (SIGTERM)."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=2, help=str(_("trabajos a la vez (2)")))
        parser.add_argument("--poll", type=float, default=1.0, help=str(_("segundos entre miradas sin trabajo (1)")))
        parser.add_argument(
            "--lease", type=float, default=LEASE.total_seconds(), help=str(_("segundos que dura un préstamo (60)"))
        )

    def handle(self, *_args: Any, threads: int, poll: float, lease: float, **_options: Any) -> None:
        autodiscover_modules("jobs")
        worker = Worker(threads=threads, poll=poll, lease=timedelta(seconds=lease))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
