"""`python -m ventanilla`: reads the command line, says where the data is, and hands over.

Nothing is imported that the command doesn't need: `run` watches its children without Django in memory.
"""

import os
import sys
from importlib import import_module

from ventanilla.config import environment
from ventanilla.operations import commands, console, trouble


def main(arguments: list[str]) -> int:
    """Do one command. Returns the exit code: 0 well, 1 trouble (said in Spanish with what to do), 2 wrong words."""
    args = commands.parse(arguments)
    os.umask(0o077)  # what is written here is people's data and keys
    command = commands.COMMANDS[args.command]
    _say_where(args.data, command)
    try:
        if command.begins:
            environment.make_keys()
        if command.django:
            _set_up()
        return int(import_module(f"ventanilla.operations.{command.module}").run(args))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the answer has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        known = trouble.explained(error)
        if known is None:
            raise
        console.complain(known)
        return 1


def _say_where(data: str | None, command: commands.Command) -> None:
    chosen = data or os.environ.get("VENTANILLA_DATA") or commands.HOME / command.folder
    os.environ["VENTANILLA_DATA"] = os.path.abspath(chosen)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ventanilla.config.settings")


def _set_up() -> None:
    import django

    try:
        django.setup()
    except environment.NotInitialised as error:
        raise trouble.Trouble(str(error), advice="./ventanilla init   o   ./ventanilla demo") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
