"""`manage`: Django's own commands, on this installation."""

from argparse import Namespace

from django.core.management import execute_from_command_line, get_commands

from ventanilla.operations.trouble import Trouble


def run(args: Namespace) -> int:
    named = args.rest[:1] if args.rest and not args.rest[0].startswith("-") else ["help"]
    if named[0] not in {"help", "version", *get_commands()}:
        raise Trouble(f"Django no conoce la orden «{named[0]}».", advice="Vea las que hay con ./ventanilla manage help")
    execute_from_command_line(["ventanilla manage", *args.rest])
    return 0
