"""`jobs`: does the background work until told to stop."""

from argparse import Namespace

from django.core.management import call_command


def run(_args: Namespace) -> int:
    call_command("run_jobs")
    return 0
