"""The reply templates that come along, in the words of each form of address: `replies.toml` beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from ventanilla.cases.enums import TemplateUse
from ventanilla.catalog.enums import Kind
from ventanilla.organization.enums import FormOfAddress


class StartingReply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template as it ships. Where `tu` or `vos` says nothing, the words are the same in every form of address."""

    key: str
    name: str
    use: TemplateUse
    usted: str
    tu: str = ""
    vos: str = ""
    kind: Kind | None = None

    def said(self, manner: str) -> str:
        """What it says in a form of address."""
        own = {FormOfAddress.TU: self.tu, FormOfAddress.VOS: self.vos}.get(FormOfAddress(manner), "")
        return (own or self.usted).strip()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    replies: tuple[StartingReply, ...]


@cache
def replies() -> dict[str, StartingReply]:
    """The templates by key."""
    path = Path(__file__).with_name("replies.toml")
    read = msgspec.toml.decode(path.read_bytes(), type=_File)
    return {each.key: each for each in read.replies}
