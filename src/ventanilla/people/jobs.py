"""Background work about people."""

from datetime import timedelta

from ventanilla.jobs.registry import every
from ventanilla.lib import clock
from ventanilla.people.models import OneTimeCode


@every(timedelta(hours=1))
def forget_codes() -> None:
    """Codes that expired a day ago are of no use to anybody."""
    OneTimeCode.objects.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()
