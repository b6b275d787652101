"""Background work of the notifications room."""

from datetime import timedelta

from ventanilla.jobs.registry import every
from ventanilla.notifications.delivery import deliver_due
from ventanilla.notifications.digests import send_digests


@every(timedelta(seconds=5))
def deliver() -> None:
    """Send what is due."""
    deliver_due()


@every(timedelta(seconds=30))
def gather() -> None:
    """Make digests of what was held."""
    send_digests()
