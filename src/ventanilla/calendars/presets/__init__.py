"""What a country brings along: its legal terms, documents, money and words, read from `<country>.toml`.

Sources are marked row by row. `primary` was read in the norm and ships enabled; `secondary` was read in a page about
it and waits for an administrator to confirm it; `missing` was not found and must be filled in first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from ventanilla.calendars.enums import Act, LegalNature, Silence, Source, StartEvent
from ventanilla.lib.workingtime import Term, Unit
from ventanilla.organization.enums import FormOfAddress

FOLDER = Path(__file__).parent
COUNTRIES = ("AR", "CL", "CO", "CR", "ES", "MX", "PE", "UY")


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record of a preset; a word that no field has is refused."""


class Quantity(Fact, frozen=True, forbid_unknown_fields=True):
    """So many days, months or hours."""

    quantity: int
    unit: Unit

    @property
    def term(self) -> Term:
        return Term(self.quantity, self.unit)


class Cause(Fact, frozen=True, forbid_unknown_fields=True):
    """A cause for which the term may stand still, and for how long at most."""

    key: str
    name: str
    article: str
    maximum: Quantity | None = None


class Divergence(Fact, frozen=True, forbid_unknown_fields=True):
    """A matter in which silence means something else."""

    scope: str
    name: str
    silence: Silence
    article: str


class Rule(Fact, frozen=True, forbid_unknown_fields=True):
    """One term of one law. Without `natures` it holds for all; `suspensions` names a list of causes."""

    key: str
    act: Act
    law: str
    article: str
    says: str
    start: StartEvent
    source: Source
    natures: tuple[LegalNature, ...] = ()
    scope: str = "general"
    needs_identified: bool = False
    term: Quantity | None = None
    extension: Quantity | None = None
    cure: Quantity | None = None
    suspensions: str = ""
    silence: Silence = Silence.NONE
    exceptions: tuple[Divergence, ...] = ()
    urgency: str = ""
    url: str = ""
    caveat: str = ""
    verified_on: date | None = None


class Principle(Fact, frozen=True, forbid_unknown_fields=True):
    """A duty that is not a term."""

    law: str
    article: str
    says: str
    source: Source
    verified_on: date | None = None


class IdentityKind(Fact, frozen=True, forbid_unknown_fields=True):
    """A kind of identity document. `check` names the python-stdnum module that validates it; none if empty."""

    key: str
    name: str
    check: str = ""


class Holidays(Fact, frozen=True, forbid_unknown_fields=True):
    """Where the national holidays come from: a country of the `holidays` library and its categories."""

    code: str
    categories: tuple[str, ...] = ("public",)
    subdivision: str = ""
    either_seat: bool = False
    """Whether a holiday where the person lives makes the day non-working too (ES 30.6)."""


class Preset(Fact, frozen=True, forbid_unknown_fields=True):
    """A country."""

    country: str
    name: str
    phone_region: str
    currency: str
    languages: tuple[str, ...]
    time_zones: tuple[str, ...]
    form_of_address: FormOfAddress
    working_weekdays: tuple[int, ...]
    holidays: Holidays
    identity_kinds: tuple[IdentityKind, ...]
    rules: tuple[Rule, ...]
    causes: dict[str, tuple[Cause, ...]] = {}
    principles: tuple[Principle, ...] = ()
    outage_article: str = ""
    """The norm that lets a published outage extend terms; empty where none is known."""


@cache
def load(country: str) -> Preset:
    """The preset of a country by its two letters. Raises KeyError when there is none."""
    if country not in COUNTRIES:
        raise KeyError(country)
    return msgspec.toml.decode((FOLDER / f"{country.lower()}.toml").read_bytes(), type=Preset)


@cache
def identifying(country: str) -> Mapping[LegalNature, str]:
    """The natures of dealing whose author has to be known in a country, each with the norm that takes it for granted.

    An application is one by what it is, under no norm in particular: what it asks for is granted to somebody.
    """
    found = {LegalNature.APPLICATION: ""}
    for rule in load(country).rules:
        for nature in rule.natures if rule.needs_identified else ():
            found.setdefault(nature, f"{rule.law}, art. {rule.article}" if rule.article else rule.law)
    return found
