"""One digest where there would be many messages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Min
from django.utils.translation import ngettext

from ventanilla.design import languages
from ventanilla.lib import clock
from ventanilla.notifications.actions import Contact, Notice, announce
from ventanilla.notifications.delivery import DIGEST
from ventanilla.notifications.enums import ContactKind, State
from ventanilla.notifications.models import Message

LINES = 30


def send_digests() -> int:
    """Gather what was held, address by address, once the first of it has waited long enough. Returns how many."""
    now = clock.now()
    groups = Message.objects.held().order_by().values_list("channel", "address", "family")
    ripe = [group for *group, first in groups.annotate(Min("next_attempt_at")) if first <= now]
    return sum(_send_digest(*group) for group in ripe)


@transaction.atomic
def _send_digest(channel: str, address: str, family: str) -> bool:
    now = clock.now()
    held = Message.objects.held().filter(channel=channel, address=address, family=family)
    rows = list(held.select_for_update().order_by("created_at"))
    live = [row for row in rows if row.expires_at > now]
    late = {row.pk for row in rows} - {row.pk for row in live}
    Message.objects.filter(pk__in=late).update(state=State.EXPIRED, next_attempt_at=None, finished_at=now)
    if not live:
        return False
    [digest] = announce(_notice(live))
    Message.objects.filter(pk__in=[row.pk for row in live]).update(
        state=State.DIGESTED, digest=digest, next_attempt_at=None, finished_at=now
    )
    return True


def _notice(held: Sequence[Message]) -> Notice:
    first = held[0]
    kind = ContactKind.EMAIL if "@" in first.address else ContactKind.PHONE
    return Notice(
        kind=DIGEST,
        recipient=first.recipient,
        contacts=[Contact(kind, first.address)],
        about="",
        context={"count": len(held), "list": _listed(held, first.language), "link": "/"},
        language=first.language,
        expires_at=max(row.expires_at for row in held),
        family=first.family,
    )


def _listed(held: Sequence[Message], language: str) -> str:
    shown = [f"• {row.subject or row.body.splitlines()[0]}" for row in held[:LINES]]
    more = len(held) - len(shown)
    with languages.speaking(language):
        rest = [ngettext("y %(more)s más", "y %(more)s más", more) % {"more": more}] if more else []
    return "\n".join([*shown, *rest])
