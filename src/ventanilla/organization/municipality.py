"""The municipality, held in memory so that pages need not ask for it."""

from ventanilla.lib.held import Held
from ventanilla.organization.models import Municipality

_held: Held[None, Municipality] = Held(lambda _key: Municipality.objects.order_by("pk")[:1].get())


def current() -> Municipality:
    """The municipality of this installation. Raises Municipality.DoesNotExist before `init`."""
    return _held.get(None)


def forget() -> None:
    """Read it again the next time: called when it changes."""
    _held.forget()
