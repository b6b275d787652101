"""Cases held against their trails: what people read must be what the trail says happened, no more and no less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ventanilla.audit.actions import without_subject
from ventanilla.audit.contents import ERASED
from ventanilla.audit.enums import ProblemKind
from ventanilla.audit.models import TrailEntry
from ventanilla.audit.registry import Problem
from ventanilla.audit.rules import digest, same
from ventanilla.cases.actions.filing import content
from ventanilla.cases.actions.receipts import MADE
from ventanilla.cases.models import Attachment, Case, Event, Receipt
from ventanilla.files.enums import FileState

BATCH = 500
READINGS = 3
"""A case is read in several statements while people work: what is wrong is wrong in each of so many readings."""
_PREFIX = "case:"


def problems() -> Iterator[Problem]:
    """Every case, event, attachment and receipt that isn't as its trail says, in bounded memory."""
    last = 0
    while page := list(Case.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from _surely_wrong(page)
        last = page[-1].pk
    yield from without_subject(_PREFIX, Case.objects.all())


def _surely_wrong(page: Sequence[Case]) -> list[Problem]:
    wrong = dict.fromkeys(_of_page(page))
    for _again in range(1, READINGS):
        if not wrong:
            break
        chains = {problem.where.split(" ")[0] for problem in wrong}
        doubted = Case.objects.filter(pk__in=[case.pk for case in page if case.chain in chains])
        still = set(_of_page(list(doubted)))
        wrong = {problem: None for problem in wrong if problem in still}
    return list(wrong)


@dataclass
class _Told:
    """What the trail says of a case: verb and data by number, and up to where an order erased it."""

    entries: dict[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    erased_to: int = 0

    def note(self, seq: int, verb: str, data: dict[str, Any]) -> None:
        self.entries[seq] = (verb, data)
        if verb == ERASED:
            self.erased_to = max(self.erased_to, seq)

    def last(self, name: str) -> tuple[int, Any]:
        """The last digest of a value, and where it stands; 0 and None where there is none."""
        seqs = [seq for seq, (_verb, data) in self.entries.items() if name in data.get("digests", {})]
        return (max(seqs), self.entries[max(seqs)][1]["digests"][name]) if seqs else (0, None)


def _of_page(page: Sequence[Case]) -> Iterator[Problem]:
    told = _entries([case.chain for case in page])
    events, files, receipts = _events(page), _files(page), _receipts(page)
    for case in page:
        own = told[case.chain]
        yield from _of_content(case, own)
        yield from _of_receipt(case, own, receipts.get(case.pk))
        yield from _without_event(case, own, {str(event.uuid) for event in events[case.pk]})
        for event in events[case.pk]:
            yield from _of_event(case, event, own, files[event.pk])


def _entries(chains: Sequence[str]) -> dict[str, _Told]:
    found: dict[str, _Told] = defaultdict(_Told)
    rows = TrailEntry.objects.filter(chain__in=chains).order_by()
    for chain, seq, verb, data in rows.values_list("chain", "seq", "verb", "data"):
        found[chain].note(seq, verb, data)
    return found


def _events(page: Sequence[Case]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(case__in=[case.pk for case in page]):
        found[event.case_id].append(event)
    return found


def _files(page: Sequence[Case]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    held = Attachment.objects.filter(case__in=[case.pk for case in page]).order_by("pk")
    for event, sha256, state in held.values_list("event_id", "file__sha256", "file__state"):
        found[event].append(sha256 if state != FileState.DROPPING else "")  # what belongs to a case is never dropped
    return found


def _receipts(page: Sequence[Case]) -> dict[int, str]:
    """The content of each receipt's document that has been made."""
    made = Receipt.objects.filter(case__in=[case.pk for case in page], file__isnull=False)
    return dict(made.values_list("case_id", "file__sha256"))


def _of_content(case: Case, told: _Told) -> Iterator[Problem]:
    """What was filed, held against its last seal: completing its particulars seals it anew."""
    where = f"{case.chain} content"
    at, recorded = told.last("content")
    if recorded is None:
        yield Problem(ProblemKind.UNRECORDED_CONTENT, where)
    elif at < told.erased_to:
        if case.salt or case.description or case.answers:
            yield Problem(ProblemKind.CHANGED_CONTENT, where)
    elif not case.salt:
        yield Problem(ProblemKind.MISSING_CONTENT, where)
    elif not same(digest(content(case), case.salt), recorded):
        yield Problem(ProblemKind.CHANGED_CONTENT, where)


def _of_receipt(case: Case, told: _Told, sha256: str | None) -> Iterator[Problem]:
    made = [seq for seq, (verb, _data) in told.entries.items() if verb == MADE]
    recorded = told.entries[max(made)][1]["files"][0] if made and max(made) > told.erased_to else None
    if sha256 != recorded:
        kind = ProblemKind.MISSING_CONTENT if sha256 is None else ProblemKind.CHANGED_CONTENT
        yield Problem(kind, f"{case.chain} receipt")


def _without_event(case: Case, told: _Told, there: set[str]) -> Iterator[Problem]:
    """What the trail tells and the timeline doesn't."""
    for seq, (_verb, data) in told.entries.items():
        if "event" in data and data["event"] not in there:
            yield Problem(ProblemKind.MISSING_CONTENT, case.chain, seq)


def _of_event(case: Case, event: Event, told: _Told, files: list[str]) -> Iterator[Problem]:
    verb, data = told.entries.get(event.seq, ("", {}))
    if verb != f"case.{event.kind}" or data.get("event") != str(event.uuid):
        yield Problem(ProblemKind.UNRECORDED_CONTENT, case.chain, event.seq)
        return
    recorded, erased = data.get("digests", {}).get("text"), event.seq < told.erased_to
    if recorded and not event.salt and not erased:
        yield Problem(ProblemKind.MISSING_CONTENT, case.chain, event.seq)
    elif event.text and not (recorded and same(digest(event.text, event.salt), recorded)):
        yield Problem(ProblemKind.CHANGED_CONTENT, case.chain, event.seq)
    if {name: value for name, value in data.items() if name not in _OF_TRAIL} != event.data:
        yield Problem(ProblemKind.CHANGED_CONTENT, f"{case.chain} data", event.seq)
    if files != data.get("files", []):
        yield Problem(ProblemKind.CHANGED_CONTENT, f"{case.chain} files", event.seq)


_OF_TRAIL = {"event", "digests", "files"}
"""What an entry says besides the data that its event shows."""
