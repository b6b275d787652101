"""Writes of the notifications room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.design import languages
from ventanilla.lib import clock, ids
from ventanilla.notifications import channels, mail, opting, texts
from ventanilla.notifications.enums import Format, State
from ventanilla.notifications.models import Message, OptOut, TextOverride
from ventanilla.notifications.rules import wording
from ventanilla.notifications.rules.choosing import Choice, Contact, choose
from ventanilla.organization import municipality

CHAIN = "texts"
__all__ = [
    "BadText",
    "Contact",
    "Notice",
    "announce",
    "announce_to_contact",
    "erase",
    "is_stopped",
    "opt_in",
    "opt_out",
    "preview",
]


class BadText(ValueError):
    """A text that may not be used; `problems` says what to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Notice:
    """Something to tell somebody.

    `kind` is a kind of `texts/kinds.toml`; `context` holds at least the variables it declares, as text; what depends
    on the reader's language (dates, terms) as text made later (`design.languages.later`). A variable named `…link` that
    begins with `/` is a page of this site.
    `recipient` and `about` are references: `person:<uuid>`, `case:<uuid>`.
    """

    kind: str
    recipient: str
    contacts: Sequence[Contact]
    about: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    language: str = "es"
    expires_at: datetime | None = None
    not_before: datetime | None = None
    refused_channels: frozenset[str] = frozenset()
    family: str = ""
    """Its kind's own unless said: a digest is of the family it gathers."""


def announce(*notices: Notice) -> list[Message]:
    """Put messages into the outbox: one INSERT, in the transaction of what they tell. Delivery comes later.

    Who can be reached in no way at all, or only by a call that this kind has no script for, gets none.
    Raises KeyError for an unknown kind or a variable not given, and TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("messages are written in the transaction of what they tell")
    made = [message for message in map(_message, notices) if message]
    return Message.objects.bulk_create(made) if made else []


def announce_to_contact(
    *, kind: str, contact: tuple[str, str], about: str, context: Mapping[str, object], language: str = "es"
) -> list[Message]:
    """Tell a contact `(kind, value)` that belongs to nobody known yet, like one that is being proven."""
    to = Contact(str(contact[0]), contact[1])
    return announce(Notice(kind=kind, recipient="", contacts=[to], about=about, context=context, language=language))


def _message(notice: Notice) -> Message | None:
    kind = texts.kinds()[notice.kind]
    reaches = channels.reaches()
    choice = choose(notice.contacts, reaches, refused=notice.refused_channels, is_essential=kind.is_essential)
    if choice is None or channels.channel(choice.channel).format_for(choice.address) not in kind.variables:
        return None
    subject, body = _said(notice, kind, choice)
    now, uuid = clock.now(), ids.uuid()
    return Message(
        uuid=uuid,
        message_id=mail.message_id(uuid),
        channel=choice.channel,
        address=choice.address,
        recipient=notice.recipient,
        kind=kind.name,
        family=notice.family or kind.family,
        about=notice.about,
        language=notice.language,
        subject=subject,
        body=body,
        is_essential=kind.is_essential,
        must_arrive=kind.must_arrive,
        next_attempt_at=notice.not_before or now,
        expires_at=notice.expires_at or (notice.not_before or now) + kind.life,
        created_at=now,
    )


def _said(notice: Notice, kind: texts.Kind, choice: Choice) -> tuple[str, str]:
    channel = channels.channel(choice.channel)
    format_ = channel.format_for(choice.address)
    town = municipality.current()
    language = languages.known(notice.language)
    text = texts.text_of(kind.name, format_, language, town.form_of_address)
    with languages.speaking(language):
        values = _values(notice.context)
    return wording.fill_line(text.subject, values), channel.prepare(wording.fill(text.body, values))


def _values(context: Mapping[str, object]) -> dict[str, str]:
    """The context as text, with the municipality's own facts; pages of this site with their whole address."""
    town = municipality.current()
    own = {"municipality": f"{town.kind} de {town.name}", "town": town.name, "town_phone": town.phone}
    said = {name: "" if value is None else str(value) for name, value in context.items()}
    return {**said, **own} | {
        name: settings.SITE_ADDRESS + value
        for name, value in said.items()
        if name.endswith("link") and value[:1] == "/"
    }


# Not wanting messages ---------------------------------------------------------------------------------------------


def opt_out(*, token: str) -> None:
    """Stop the family of messages whose link carried this token. Raises opting.BadToken."""
    digest, family = opting.read(token)
    OptOut.objects.get_or_create(address_digest=digest, family=family)


def opt_in(*, token: str) -> None:
    """Send them again. Raises opting.BadToken."""
    digest, family = opting.read(token)
    OptOut.objects.filter(address_digest=digest, family=family).delete()


def is_stopped(*, token: str) -> bool:
    """Whether the family of messages whose link carried this token is stopped. Raises opting.BadToken."""
    digest, family = opting.read(token)
    return OptOut.objects.filter(address_digest=digest, family=family).exists()


# Erasing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def erase(*, about: str = "", recipients: Collection[str] = (), addresses: Collection[str] = ()) -> int:
    """Take every personal datum of these messages away: those about a thing, to somebody, or to an address.

    Those not yet sent never will be. The order to erase is recorded by whoever calls. Digests that carried one of
    them go too. Returns how many.
    """
    if not (about or recipients or addresses):
        raise ValueError("say of what, or of whom")
    named = Message.objects.speaking_of_any(about=about, recipients=recipients, addresses=addresses)
    gathered = named.exclude(digest=None).values_list("digest", flat=True)
    doomed = Message.objects.filter(pk__in=[*named.values_list("pk", flat=True), *gathered])
    traces = list(doomed.values_list("channel", "uuid"))
    erased = doomed.update(
        address="",
        subject="",
        body="",
        recipient="",
        provider_reference="",
        said="",
        next_attempt_at=None,
        state=State.ERASED,
        finished_at=clock.now(),
    )
    transaction.on_commit(lambda: _forget(traces))
    return erased


def _forget(traces: Sequence[tuple[str, UUID]]) -> None:
    for name, uuid in traces:
        if name in channels.known():
            channels.channel(name).forget(uuid)


# Texts ------------------------------------------------------------------------------------------------------------


def preview(*, kind: str, format_: Format, subject: str, body: str) -> texts.Text:
    """A text filled with examples. Raises BadText."""
    check(kind=kind, format_=format_, subject=subject, body=body)
    values = _values(texts.examples())
    return texts.Text(wording.fill_line(subject, values), wording.fill(body, values))


def check(*, kind: str, format_: Format, subject: str, body: str) -> None:
    """Raises BadText unless the text uses exactly the variables that its kind declares."""
    found = texts.problems(kind, format_, texts.Text(subject, body))
    if found:
        raise BadText(found)


@transaction.atomic
def set_text(*, kind: str, format_: Format, language: str, subject: str, body: str, by: str) -> TextOverride:
    """Put the municipality's own words in place of a text. Raises BadText."""
    check(kind=kind, format_=format_, subject=subject, body=body)
    said = {"subject": subject, "body": body, "changed_at": clock.now(), "changed_by": by}
    row, _made = TextOverride.objects.update_or_create(kind=kind, format=format_, language=language, defaults=said)
    append(CHAIN, [Entry("text.changed", {"kind": kind, "format": format_, "language": language})], by=by)
    transaction.on_commit(texts.forget)
    return row


@transaction.atomic
def reset_text(*, kind: str, format_: Format, language: str, by: str) -> None:
    """Go back to the text that comes along."""
    gone, _each = TextOverride.objects.filter(kind=kind, format=format_, language=language).delete()
    if gone:
        append(CHAIN, [Entry("text.restored", {"kind": kind, "format": format_, "language": language})], by=by)
        transaction.on_commit(texts.forget)
