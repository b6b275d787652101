"""Which legal term a dealing has, and what may be done to its clock. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ventanilla.calendars.enums import Act, LegalNature, Silence, Source, StartEvent
from ventanilla.lib.workingtime import Pause, Term, halved

GENERAL = "general"


class NotAllowed(ValueError):
    """The law of this term does not allow it: a pause, an extension or an urgency."""


@dataclass(frozen=True)
class SuspensionCause:
    """A cause for which a term may stand still, by its article, and for how long at most."""

    key: str
    name: str
    article: str
    maximum: Term | None = None


@dataclass(frozen=True)
class SilenceException:
    """A matter (`scope`) in which silence means something else."""

    scope: str
    name: str
    silence: Silence
    article: str


@dataclass(frozen=True)
class LegalTerm:
    """A term the municipality has in force, with the law that says so and all that this law allows."""

    key: str
    act: Act
    term: Term
    law: str
    article: str
    says: str
    source: Source
    start: StartEvent
    silence: Silence = Silence.NONE
    silence_article: str = ""
    natures: frozenset[str] = frozenset()
    scope: str = GENERAL
    needs_identified: bool = False
    causes: tuple[SuspensionCause, ...] = ()
    exceptions: tuple[SilenceException, ...] = ()
    extension: Term | None = None
    cure: Term | None = None
    urgency_article: str = ""
    url: str = ""

    @property
    def citation(self) -> str:
        """«Ley 39/2015, art. 21.3»."""
        return f"{self.law}, art. {self.article}" if self.article else self.law

    def pause(self, cause: str, starts: datetime, ends: datetime | None = None) -> Pause:
        """A pause of this term. Raises NotAllowed for a cause that its law does not list."""
        found = next((known for known in self.causes if known.key == cause), None)
        if found is None:
            raise NotAllowed(f"{self.key} does not stand still for {cause!r}")
        return Pause(starts, ends, cause=cause, maximum=found.maximum)

    def extended_by(self, extension: Term) -> Term:
        """The extension itself, once checked. Raises NotAllowed when the law grants none or a shorter one."""
        allowed = self.extension
        if allowed is None or extension.unit != allowed.unit or extension.quantity > allowed.quantity:
            raise NotAllowed(f"{self.key} can't be extended so")
        return extension

    def urgent(self) -> LegalTerm:
        """The same with its term halved. Raises NotAllowed where the law knows no urgency."""
        if not self.urgency_article:
            raise NotAllowed(f"{self.key} knows no urgency")
        return replace(self, term=halved(self.term))


def choose(
    terms: Sequence[LegalTerm], act: Act, nature: str, *, identified: bool, scope: str = GENERAL
) -> LegalTerm | None:
    """The first term in force for an act on a dealing: one made for its matter before the general one.

    Silence is what the law says for that matter. A service notice is owed no answer in law by anyone; a term that
    presupposes an identified person is not owed to an anonymous one.
    """
    if act == Act.ANSWER and nature == LegalNature.SERVICE_NOTICE:
        return None
    fitting = [
        term
        for term in terms
        if term.act == act
        and (not term.natures or nature in term.natures)
        and (identified or not term.needs_identified)
        and term.scope in (scope, GENERAL)
    ]
    chosen = min(fitting, key=lambda term: term.scope != scope, default=None)
    return chosen and _with_silence_of(chosen, scope)


def _with_silence_of(term: LegalTerm, scope: str) -> LegalTerm:
    for exception in term.exceptions:
        if exception.scope == scope:
            return replace(term, silence=exception.silence, silence_article=exception.article)
    return term
