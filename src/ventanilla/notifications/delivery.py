"""Delivering the outbox: claim under a lease, one dialogue for each message, its outcome recorded at once."""

from __future__ import annotations

import logging
import time
import traceback
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import formataddr
from pathlib import Path

from django.db import models, transaction
from django.db.models import Count, F

from ventanilla.lib import clock, ids
from ventanilla.notifications import channels, mail, opting, registry
from ventanilla.notifications.channels.base import Channel, Outgoing
from ventanilla.notifications.enums import ARRIVED, WAITING, Format, State
from ventanilla.notifications.models import Message, OptOut
from ventanilla.notifications.rules.retrying import Outcome, after_clock_went_back, back_off, is_crowd
from ventanilla.organization import municipality

_log = logging.getLogger(__name__)

DIGEST = "digest"
BATCH = 20
PUT_OFF = 1_000
"""How many of those put off are looked at in a round."""
LEASE = timedelta(seconds=100)
"""Longer than a batch and one whole dialogue of timeouts; shorter than the two minutes after which all resumes."""
BATCH_SECONDS = 20.0
ROUND_SECONDS = 30.0
PAUSE = timedelta(seconds=30)
"""How long a channel that is down is left in peace."""


def deliver_due() -> int:
    """Send what is due, for at most about half a minute; the next tick goes on. Returns how many had a dialogue."""
    until, sent = time.monotonic() + ROUND_SECONDS, 0
    bring_forward()
    while time.monotonic() < until:
        claimed = claim()
        if not claimed:
            break
        sent += _send(claimed)
    return sent


def bring_forward() -> None:
    """Give their right time to messages that a clock set back would hold up: later, but not a day later."""
    now = clock.now()
    fields = ("pk", "state", "attempts", "created_at", "next_attempt_at")
    for pk, state, attempts, created_at, next_at in Message.objects.put_off(now).values_list(*fields)[:PUT_OFF]:
        right = after_clock_went_back(
            now=now,
            created_at=created_at,
            next_attempt_at=next_at,
            attempts=attempts,
            lease=LEASE,
            is_leased=state == State.SENDING,
        )
        if right is not None:
            row = Message.objects.filter(pk=pk, state=state, next_attempt_at=next_at)
            row.update(next_attempt_at=right, created_at=min(created_at, now))


# Claiming ---------------------------------------------------------------------------------------------------------


def claim() -> list[Message]:
    """Take the next messages that are due, under a lease. What is late, unwanted or too much is set aside."""
    while Message.objects.due(clock.now()).exists():
        seen, taken = _claim_some()
        # None seen: another worker holds them all at this moment.
        if taken or not seen:
            return taken
    return []


@transaction.atomic
def _claim_some() -> tuple[int, list[Message]]:
    now = clock.now()
    rows = list(Message.objects.due(now).select_for_update(skip_locked=True)[:BATCH])
    late = [row for row in rows if row.expires_at <= now]
    rest = [row for row in rows if row.expires_at > now]
    unwanted = _unwanted(rest)
    crowded = _crowded([row for row in rest if row not in unwanted])
    going = [row for row in rest if row not in unwanted and row not in crowded]
    _expire(late)
    _finish(unwanted, State.OPTED_OUT)
    _rows(crowded).update(state=State.HELD_FOR_DIGEST, next_attempt_at=now + _window())
    _rows(going).update(state=State.SENDING, attempts=F("attempts") + 1, next_attempt_at=now + LEASE)
    for row in going:
        row.attempts += 1
    return len(rows), going


def _rows(messages: Iterable[Message]) -> models.QuerySet[Message]:
    return Message.objects.filter(pk__in=[message.pk for message in messages])


def _finish(messages: Collection[Message], state: State) -> None:
    if messages:
        _rows(messages).update(state=state, next_attempt_at=None, finished_at=clock.now())


def _expire(messages: Sequence[Message]) -> None:
    _finish([message for message in messages if not message.must_arrive], State.EXPIRED)
    for message in messages:
        if message.must_arrive:
            _give_up(message, State.EXPIRED)


def _unwanted(messages: Sequence[Message]) -> set[Message]:
    """Those whose address opted out of their family, or of everything. What is essential is never refused."""
    digests = {message: opting.address_digest(message.address) for message in messages if not message.is_essential}
    rows = OptOut.objects.filter(address_digest__in=set(digests.values())).values_list("address_digest", "family")
    refused = set(rows) if digests else set()
    return {each for each, digest in digests.items() if refused & {(digest, each.family), (digest, "")}}


def _crowded(messages: Sequence[Message]) -> set[Message]:
    """Those, not yet tried, whose address got too many of their family lately: one digest will carry them."""
    fresh = [each for each in messages if not each.is_essential and each.attempts == 0 and each.kind != DIGEST]
    if not fresh:
        return set()
    lately = Message.objects.filter(
        address__in={each.address for each in fresh}, created_at__gt=clock.now() - _window(), is_essential=False
    )
    counts = {
        (address, family): count
        for address, family, count in lately.order_by().values_list("address", "family").annotate(Count("pk"))
    }
    limit = int(channels.options().get("digest_over", 3))
    return {each for each in fresh if is_crowd(counts.get((each.address, each.family), 0), limit)}


def _window() -> timedelta:
    return timedelta(minutes=float(channels.options().get("digest_minutes", 10)))


# Sending ----------------------------------------------------------------------------------------------------------


def _send(claimed: Sequence[Message]) -> int:
    by_channel: dict[str, list[Message]] = defaultdict(list)
    for message in claimed:
        by_channel[message.channel].append(message)
    until = time.monotonic() + BATCH_SECONDS
    return sum(_send_by(name, messages, until) for name, messages in by_channel.items())


def _send_by(name: str, messages: Sequence[Message], until: float) -> int:
    """Send by one channel. What there is no time for, or no channel, goes back untried."""
    if name not in channels.known():
        for message in messages:
            record(message, Outcome(State.TECHNICAL_FAILURE, "no such channel"))
        return 0
    with channels.channel(name) as channel:
        for done, message in enumerate(messages):
            if time.monotonic() > until:
                _put_back(messages[done:], clock.now())
                return done
            if _deliver(channel, message).is_channel_down:
                _rest(name, messages[done + 1 :])
                return done + 1
    return len(messages)


def _deliver(channel: Channel, message: Message) -> Outcome:
    """One dialogue, its outcome recorded at once."""
    if not channel.in_transaction:
        outcome = _attempt(channel, message)
        record(message, outcome)
        return outcome
    try:
        with transaction.atomic():
            outcome = channel.send(outgoing(message))
            record(message, outcome)
    except Exception as error:
        outcome = _raised(message, error)
        record(message, outcome)
    return outcome


def _attempt(channel: Channel, message: Message) -> Outcome:
    """What a dialogue told. A channel that breaks its contract and raises stops its own message alone."""
    try:
        return channel.send(outgoing(message))
    except Exception as error:
        return _raised(message, error)


def _raised(message: Message, error: Exception) -> Outcome:
    # Neither the error's text nor the values of its frames: they may hold an address.
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(where.filename).name}:{where.lineno}"
    _log.error("sending raised %s at %s", type(error).__name__, place, extra={"message_uuid": str(message.uuid)})
    return Outcome(State.TECHNICAL_FAILURE, type(error).__name__)


def _put_back(messages: Sequence[Message], when: datetime) -> None:
    _rows(messages).filter(state=State.SENDING).update(
        state=State.CREATED, attempts=F("attempts") - 1, next_attempt_at=when
    )


def _rest(name: str, messages: Sequence[Message]) -> None:
    """Leave a channel that is down in peace: all that waits for it waits a little longer, untried."""
    now = clock.now()
    _put_back(messages, now + PAUSE)
    Message.objects.waiting().filter(channel=name, next_attempt_at__lte=now).update(next_attempt_at=now + PAUSE)


def outgoing(message: Message) -> Outgoing:
    """A message as its channel gets it: for e-mail with signature, HTML and the link that stops it."""
    stop_url = "" if message.is_essential else opting.address_of_page(message.address, message.family)
    text, html = message.body, ""
    if channels.channel(message.channel).format_for(message.address) == Format.EMAIL:
        text, html = mail.dressed(
            subject=message.subject, body=message.body, language=message.language, stop_url=stop_url
        )
    return Outgoing(
        uuid=message.uuid,
        message_id=message.message_id,
        kind=message.kind,
        about=message.about,
        recipient=message.recipient,
        address=message.address,
        subject=message.subject,
        text=text,
        html=html,
        sender=sender(),
        stop_url=stop_url,
        created_at=message.created_at,
    )


def sender() -> str:
    """From whom e-mails come: the municipality, at the address that the installation or it itself gives."""
    address = channels.options().get("email", {}).get("from") or municipality.current().email
    return formataddr((mail.letterhead(), address or "no-responder@localhost"))


# Recording --------------------------------------------------------------------------------------------------------


def record(message: Message, outcome: Outcome) -> None:
    """Keep what the dialogue told. An acceptance counts even if the lease has run out meanwhile."""
    now, row = clock.now(), Message.objects.filter(pk=message.pk)
    said = {"said": outcome.said[:120], "state": outcome.state}
    if outcome.state in ARRIVED:
        known = row.exclude(state=State.ERASED).update(
            **said, provider_reference=outcome.reference, next_attempt_at=None, finished_at=now
        )
        if not known:  # erased while it was on its way: the channel may have kept something of it meanwhile
            channels.channel(message.channel).forget(message.uuid)
    elif outcome.state in WAITING:
        wait = back_off(message.attempts, ids.source().random())
        row.filter(state=State.SENDING).update(**said, next_attempt_at=now + wait)
    else:
        _give_up(message, outcome.state, outcome.said)


def _give_up(message: Message, state: State, said: str = "") -> None:
    """End a message that did not arrive; ask somebody to call, where it must. One that fails to ask is kept."""
    now = clock.now()
    row = Message.objects.filter(pk=message.pk).exclude(state__in=(State.ERASED, *ARRIVED))
    try:
        with transaction.atomic():
            row.update(state=state, said=said[:120], next_attempt_at=None, finished_at=now)
            _tell_unreached(message, state)
    except Exception as error:
        outcome = _raised(message, error)
        row.update(state=outcome.state, said=outcome.said, next_attempt_at=now + PAUSE)


def _tell_unreached(message: Message, state: State) -> None:
    """Ask somebody to call, where a message that must arrive did not."""
    if not message.must_arrive:
        return
    unreached = registry.Unreached(
        message=message.uuid,
        kind=message.kind,
        about=message.about,
        recipient=message.recipient,
        address=message.address,
        script=message.body,
        reason=state,
    )
    for handler in registry.unreachable.values():
        handler(unreached)
