"""What is wrong with the channels and the texts of this installation, told when it starts and by the doctor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as Advice

from ventanilla.lib.findings import Finding, ok, warn
from ventanilla.notifications import channels, texts
from ventanilla.notifications.models import TextOverride


def check_channels(**_context: Any) -> list[CheckMessage]:
    """Names in `channels` that no channel has, and listed channels without their options."""
    found: list[CheckMessage] = []
    for name in channels.options().get("channels", []):
        if name not in channels.known():
            known = ", ".join(channels.known())
            found.append(
                Advice(f"No existe el canal «{name}».", hint=f"Los que hay: {known}.", id="notifications.W001")
            )
        elif not channels.channel(name).is_configured:
            hint = f"Complete [notifications.{name}] en ventanilla.toml; mientras tanto no se usa."
            found.append(Advice(f"El canal «{name}» no está configurado.", hint=hint, id="notifications.W002"))
    return found


def check_texts(**_context: Any) -> list[CheckMessage]:
    """Files of the data folder that are passed over, since something in them is wrong."""
    return [Advice(said, hint=hint, id="notifications.W003") for said, hint in _wrong_files()]


def look_at_texts() -> Iterator[Finding]:
    """The same for the doctor, with what was set and is no longer right."""
    found = [*_wrong_files(), *_wrong_texts()]
    for said, hint in found:
        yield warn("Textos de los mensajes", said, hint)
    if not found:
        yield ok("Textos de los mensajes", "se pueden usar todos")


def _wrong_files() -> Iterator[tuple[str, str]]:
    for path, problems in texts.own_problems():
        hint = "Corríjalo y compruébelo: ./ventanilla manage text check %s; mientras tanto va el texto de fábrica."
        yield f"{path}: {' '.join(problems)}", hint % path


def _wrong_texts() -> Iterator[tuple[str, str]]:
    hint = "Póngalo de nuevo: ./ventanilla manage text set; mientras tanto va el texto de fábrica."
    for row in TextOverride.objects.order_by("kind", "format", "language"):
        problems = texts.problems(row.kind, row.format, texts.Text(row.subject, row.body))
        if problems:
            yield f"{row.kind} [{row.format}] {row.language}: {' '.join(problems)}", hint
