"""What happened to a case, as the end of a sentence that begins with who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.cases.enums import Channel, EventKind, LinkKind, Stopped
from ventanilla.design.dates import day
from ventanilla.design.languages import translated

Data = Mapping[str, Any]


def of(kind: EventKind, data: Data) -> str:
    """The sentence of an event: «lo derivó de Aseo a Parques». `data` is the event's own."""
    said = _PLAIN[kind] if kind in _PLAIN else _BY_DATA[kind](data)
    named = {name: translated(value) if isinstance(value, str) else value for name, value in data.items()}
    return str(said) % {"from": "", "to": "", "step": "", "mark": "", **named}


def moment(iso: Any) -> datetime | None:
    """A moment as events keep it; None where there is none."""
    return datetime.fromisoformat(iso) if isinstance(iso, str) else None


_PLAIN = {
    EventKind.TAKEN: gettext_lazy("lo tomó"),
    EventKind.RELEASED: gettext_lazy("lo soltó: queda sin tomar"),
    EventKind.ROUTED: gettext_lazy("lo derivó de %(from)s a %(to)s"),
    EventKind.PERSON_REPLIED: gettext_lazy("respondió"),
    EventKind.NOTED: gettext_lazy("anotó, solo para la mesa"),
    EventKind.PLACE_CORRECTED: gettext_lazy("corrigió el lugar"),
    EventKind.ATTACHED: gettext_lazy("adjuntó"),
    EventKind.STEP_DONE: gettext_lazy("hizo el paso «%(step)s»"),
    EventKind.UNSCHEDULED: gettext_lazy("lo puso otra vez en marcha"),
    EventKind.LAPSED: gettext_lazy("Pasó el plazo para corregir y la persona no respondió"),
    EventKind.RESOLVED: gettext_lazy("lo resolvió"),
    EventKind.REFUSED: gettext_lazy("lo cerró: no procede"),
    EventKind.CANCELLED: gettext_lazy("lo anuló"),
    EventKind.WITHDRAWN: gettext_lazy("lo retiró"),
    EventKind.DUPLICATE: gettext_lazy("lo cerró por repetido"),
    EventKind.REOPENED: gettext_lazy("lo reabrió"),
    EventKind.UNLINKED: gettext_lazy("lo separó de otro caso"),
    EventKind.CONTACTED: gettext_lazy("contó a la persona cómo va"),
    EventKind.SURVEYED: gettext_lazy("dio su opinión: %(mark)s de 5"),
    EventKind.COMPLETED: gettext_lazy("completó los datos"),
    EventKind.ERASED: gettext_lazy("borró los datos personales por orden"),
}
"""What is always said alike."""

_FILED = {
    Channel.WEB: gettext_lazy("lo presentó por el portal"),
    Channel.PHONE: gettext_lazy("lo presentó por teléfono"),
    Channel.COUNTER: gettext_lazy("lo presentó en el mostrador"),
    Channel.IMPORT: gettext_lazy("llegó de otro sistema"),
}


def _filed(data: Data) -> str:
    return str(_FILED.get(data.get("channel", "")) or _("lo presentó desde una aplicación"))


def _assigned(data: Data) -> str:
    if data.get("name") and data.get("team_name"):
        return _("lo asignó a %(name)s, con %(team_name)s")
    if data.get("name"):
        return _("lo asignó a %(name)s")
    return _("lo pasó a %(team_name)s, sin nadie todavía") if data.get("team_name") else _("lo dejó sin nadie")


def _asked(data: Data) -> str:
    return _("pidió que lo corrija") if data.get("correct_by") else _("pidió un dato a la persona")


def _replied(data: Data) -> str:
    return _("respondió lo que pedía") if data.get("answers") else _("escribió a la persona")


def _scheduled(data: Data) -> str:
    return _("lo programó: espera presupuesto") if data.get("without_budget") else _("lo programó")


def _urgent(data: Data) -> str:
    return _("lo marcó urgente") if data.get("urgent") else _("le quitó lo urgente")


def _paused(data: Data) -> str:
    if data.get("name"):
        return _("El plazo quedó en pausa: %(name)s")
    if data.get("stops") == Stopped.TARGET:
        return _("La fecha de arreglo espera a la persona")
    return _("El plazo quedó en pausa: se espera a la persona")


def _resumed(data: Data) -> str:
    due = moment(data.get("due_at"))
    until = {"day": day(due)} if due else {"day": ""}
    if data.get("expired"):
        return _("La pausa llegó a su máximo: vence el %(day)s") % until
    if data.get("stops") == Stopped.TARGET:
        return _("La fecha de arreglo es ahora el %(day)s") % until
    return _("El plazo volvió a correr: vence el %(day)s") % until


def _extended(data: Data) -> str:
    due = moment(data.get("due_at"))
    until = {"day": day(due)} if due else {"day": ""}
    if data.get("clock") == "correction":
        return _("le dio más tiempo para corregir: hasta el %(day)s") % until
    if data.get("clock") == "target":
        return _("cambió la fecha de arreglo: %(day)s") % until
    return _("amplió el plazo para contestar: %(day)s") % until


def _escalated(data: Data) -> str:
    if data.get("late"):
        return _("Subió en la bandeja: un paso va tarde")
    return _("Venció: subió en la bandeja") if data.get("level") == 2 else _("Vence pronto: subió en la bandeja")


def _linked(data: Data) -> str:
    return (
        _("le unió otro que era el mismo") if data.get("kind") == LinkKind.DUPLICATE else _("lo vinculó con otro caso")
    )


def _followed(data: Data) -> str:
    count = data.get("followers", 0)
    if data.get("left"):
        return _("Alguien dejó de seguirlo")
    return _("Lo sigue 1 persona más") if count == 1 else _("Lo siguen %(followers)s personas más")


_BY_DATA: dict[EventKind, Callable[[Data], str]] = {
    EventKind.FILED: _filed,
    EventKind.ASSIGNED: _assigned,
    EventKind.ASKED: _asked,
    EventKind.REPLIED: _replied,
    EventKind.SCHEDULED: _scheduled,
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENDED: _extended,
    EventKind.URGENT: _urgent,
    EventKind.LINKED: _linked,
    EventKind.FOLLOWED: _followed,
    EventKind.ESCALATED: _escalated,
}
"""What is said by the data of the event."""
