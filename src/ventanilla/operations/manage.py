"""`manage`: Django's own commands, on this installation."""

from argparse import Namespace

from django.core.management import execute_from_command_line


def run(args: Namespace) -> int:
    execute_from_command_line(["ventanilla manage", *args.rest])
    return 0
