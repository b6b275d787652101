"""The recovery sweep."""

from datetime import timedelta

from ventanilla.files import actions
from ventanilla.jobs.registry import every
from ventanilla.lib import clock


@every(timedelta(minutes=10))
def sweep_files() -> None:
    """Finish what killed processes left half done among the files."""
    actions.sweep(now=clock.now().timestamp())
