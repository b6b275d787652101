"""The room's own periodic work."""

from datetime import timedelta

from ventanilla.jobs import actions
from ventanilla.jobs.registry import every


@every(timedelta(hours=1))
def purge_done() -> None:
    actions.purge()
