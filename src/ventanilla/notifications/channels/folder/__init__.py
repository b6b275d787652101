"""Readable files in a folder instead of a carrier: what the demo does, and a channel to learn from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from django.conf import settings

from ventanilla.notifications.channels.base import Channel, Outgoing
from ventanilla.notifications.enums import ContactKind, Format, State
from ventanilla.notifications.mail import as_email
from ventanilla.notifications.rules.retrying import Outcome


class Folder(Channel):
    """One file for each message: `.eml` for an e-mail address, `.txt` for a telephone. Options: `path`, `enabled`."""

    name: ClassVar[str] = "folder"
    reaches: ClassVar[frozenset[str]] = frozenset({ContactKind.EMAIL, ContactKind.PHONE})

    @property
    def is_configured(self) -> bool:
        return bool(self.options.get("enabled", settings.DEMO))

    @property
    def _path(self) -> Path:
        return Path(settings.DATA, self.options.get("path", "outbox"))

    def format_for(self, address: str) -> Format:
        return Format.EMAIL if "@" in address else Format.SMS

    def send(self, outgoing: Outgoing) -> Outcome:
        """Write the file under a name without personal data; a repetition writes the same file again."""
        is_email = self.format_for(outgoing.address) == Format.EMAIL
        stem = f"{outgoing.created_at:%Y-%m-%d-%H%M%S}-{outgoing.kind}-{outgoing.uuid}"
        path = self._path / f"{stem}{'.eml' if is_email else '.txt'}"
        try:
            self._write(path, as_email(outgoing).message().as_bytes() if is_email else _as_text(outgoing))
        except OSError as error:
            return Outcome(State.TECHNICAL_FAILURE, type(error).__name__, is_channel_down=True)
        return Outcome(State.DELIVERED, reference=path.name)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)

    def forget(self, uuid: UUID) -> None:
        for path in self._path.glob(f"*-{uuid}.*"):
            path.unlink(missing_ok=True)


def _as_text(outgoing: Outgoing) -> bytes:
    head = f"Para: {outgoing.address}\nFecha: {outgoing.created_at.isoformat(timespec='seconds')}\n"
    return f"{head}Id: {outgoing.message_id}\n\n{outgoing.text}\n".encode()


CHANNEL = Folder
