"""What people were told of a case and how far it got, for who may see the case and whom it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.cases.enums import WorkKind, WorkState
from ventanilla.cases.models import Case, WorkItem
from ventanilla.cases.permissions import can_work
from ventanilla.design.dates import when
from ventanilla.lib import clock
from ventanilla.notifications.enums import ARRIVED, LOST, WAITING, State
from ventanilla.notifications.models import Message
from ventanilla.notifications.rules.choosing import CALL
from ventanilla.people.enums import ContactKind
from ventanilla.people.rules import masked

MOST = 100
"""So many are shown, the newest."""
NEWS = "follower_news"

WHAT: dict[str, str | Promise] = {
    "case_filed": gettext_lazy("Acuse de recibo"),
    "case_taken": gettext_lazy("Ya hay quien lo atiende"),
    "case_question": gettext_lazy("Le pedimos un dato"),
    "case_reply": gettext_lazy("Respuesta"),
    "case_scheduled": gettext_lazy("Está programado"),
    "case_resolved": gettext_lazy("Se terminó"),
    "case_refused": gettext_lazy("No procede"),
    "case_cancelled": gettext_lazy("Se anuló"),
    "case_withdrawn": gettext_lazy("Lo retiró"),
    "case_reopened": gettext_lazy("Se reabrió"),
    "case_routed": gettext_lazy("Pasó a otra área"),
    "case_extended": gettext_lazy("Hay una nueva fecha"),
    "case_paused": gettext_lazy("El plazo está en pausa"),
    "case_resumed": gettext_lazy("El plazo vuelve a correr"),
    "case_under_way": gettext_lazy("Está en marcha"),
    "case_duplicate": gettext_lazy("Se atiende con otro"),
    "place_corrected": gettext_lazy("Corregimos el lugar"),
    "due_soon": gettext_lazy("Vence pronto"),
    "overdue": gettext_lazy("Venció"),
}
"""What each kind of message about a case says, in a few words."""


@dataclass(frozen=True)
class Told:
    """A message: what it said, to whom and how, how far it got, why no further, and the work that came of it.

    `look` is `arrived`, `waits` or `lost`; empty where it was right not to send it.
    """

    what: str
    to: str
    by: str
    at: datetime
    state: str
    look: str
    why: str
    work: WorkItem | None
    can_work: bool


@dataclass(frozen=True)
class Followers:
    """How many messages to who follows the case got how far."""

    state: str
    count: int


@dataclass(frozen=True)
class Outbox:
    """What was told about a case, newest first, whether there is more, and what became of its followers' messages."""

    told: Sequence[Told]
    more: bool
    followers: Sequence[Followers]


def of(case: Case, user: Any) -> Outbox:
    """What was told about a case. Who follows it is many, and nobody's business: they are counted."""
    about = Message.objects.speaking_of(case.chain)
    newest = about.exclude(kind=NEWS).order_by("-created_at", "-pk").select_related("digest")
    found = list(newest[: MOST + 1])
    calls = {item.answers.get("message"): item for item in case.work_items.filter(kind=WorkKind.CALL)}
    told = [_told(each, case, calls.get(str(each.uuid)), user) for each in found[:MOST]]
    counts = about.filter(kind=NEWS).counted()
    followers = [Followers(str(state.label), counts[state]) for state in State if state in counts]
    return Outbox(told, len(found) > MOST, followers)


def _told(message: Message, case: Case, item: WorkItem | None, user: Any) -> Told:
    if item is not None:
        item.case = case
    carrier = message.digest or message
    return Told(
        what=str(WHAT.get(message.kind, message.kind)),
        to=_to(message, case),
        by=_by(message),
        at=message.created_at,
        state=_state(message, carrier),
        look=_look(carrier.state),
        why=_why(carrier),
        work=item,
        can_work=item is not None and item.state == WorkState.OPEN and can_work(user, item),
    )


def _to(message: Message, case: Case) -> str:
    """To whom. Of who filed it, enough of the contact to know which; of anybody else, what they have to do with it."""
    if message.state == State.ERASED:
        return _("Destinatario borrado")
    if message.recipient.startswith("user:"):
        return _("Al personal")
    if case.applicant is None or message.recipient != f"person:{case.applicant.uuid}":
        return _("A otra persona")
    return masked(ContactKind.EMAIL if "@" in message.address else ContactKind.PHONE, message.address)


def _by(message: Message) -> str:
    if message.channel == CALL:
        return _("a mano") if "@" in message.address else _("llamada")
    if message.channel == "whatsapp":
        return _("WhatsApp")
    return _("correo") if "@" in message.address else _("mensaje de texto")


def _state(message: Message, carrier: Message) -> str:
    said = _plain(message)
    return said if carrier is message else _("%(said)s: %(state)s") % {"said": said, "state": _plain(carrier).lower()}


def _plain(message: Message) -> str:
    if message.channel == CALL and message.state in ARRIVED:
        return _("Se pidió a alguien que le avise")
    said = str(State(message.state).label)
    return said[:1].upper() + said[1:]


def _look(state: str) -> str:
    if state in ARRIVED:
        return "arrived"
    if state in LOST:
        return "lost"
    return "waits" if state in (*WAITING, State.SENDING, State.HELD_FOR_DIGEST) else ""


def _why(message: Message) -> str:
    """What stopped it, as far as the dialogue told, and when it is tried again."""
    parts = [] if message.state in ARRIVED else [_heard(message.said)]
    if message.state in WAITING and message.attempts and message.next_attempt_at:
        parts.append(_again(message))
    return " ".join(filter(None, parts))


def _heard(said: str) -> str:
    if said.startswith("SMTP"):
        return _("El servidor de correo contestó %(said)s.") % {"said": said}
    if said.startswith("HTTP"):
        return _("La empresa de mensajería contestó %(said)s.") % {"said": said}
    return _("El servicio de mensajes no contestó (%(said)s).") % {"said": said} if said else ""


def _again(message: Message) -> str:
    at = message.next_attempt_at
    if at is None or at <= clock.now():
        return _("Se intenta de nuevo enseguida.")
    return _("Se intenta de nuevo: %(when)s.") % {"when": when(at)}
