"""What the installation does by itself."""

from datetime import timedelta

from ventanilla.audit import actions as audit
from ventanilla.jobs.registry import every


@every(timedelta(minutes=5))
def anchor_trail() -> None:
    """What was removed from the trail before this is found; what is removed after, at the latest in five minutes.

    Here because `audit` and `jobs` are neighbours and don't know each other.
    """
    audit.anchor()
