"""`verify`, the command, over a whole installation that somebody has tampered with behind the program's back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db.models import Model

from tests.operations.conftest import Installation
from ventanilla.audit.enums import ProblemKind as Kind
from ventanilla.cases.models import Attachment, Case, Event, Receipt
from ventanilla.jobs.registry import periodic
from ventanilla.operations import jobs

Statements = Iterator[str]
OTHER = b"otro contenido"
OTHER_DIGEST = sha256(OTHER).hexdigest()
CHILDREN = ("attachment", "receipt", "event", "workitem", "deadline")


@dataclass
class Victim:
    """One case of the installation, and its rows in SQL."""

    installation: Installation
    uuid: str
    photo: str = ""
    paper: str = ""

    @property
    def chain(self) -> str:
        return f"case:{self.uuid}"

    @property
    def own(self) -> str:
        """Of the trail's tables, this chain's rows."""
        return f"chain = '{self.chain}'"

    @property
    def of_case(self) -> str:
        """Of a table under the case, its rows."""
        return f"case_id = (SELECT id FROM cases_case WHERE {self.is_case})"

    @property
    def is_case(self) -> str:
        return f"uuid = {self.literal(self.uuid)}"

    @property
    def invented(self) -> str:
        """The uuid of what is put in beside the case's own."""
        return str(uuid5(UUID(self.uuid), "invented"))

    def literal(self, uuid: str) -> str:
        return f"'{uuid}'" if self.installation.database else f"'{uuid.replace('-', '')}'"

    @property
    def last(self) -> str:
        return f"(SELECT count FROM audit_chainhead WHERE {self.own})"

    def path(self, digest: str) -> Path:
        return self.installation.data / "files" / digest[:2] / digest[2:4] / digest

    def gone(self) -> Statements:
        """The case and all that hangs from it, without a word in the trail."""
        yield f"UPDATE cases_case SET process_id = NULL WHERE {self.is_case}"
        yield from (f"DELETE FROM cases_{table} WHERE {self.of_case}" for table in CHILDREN)
        yield f"DELETE FROM cases_case WHERE {self.is_case}"


def changed_entry(it: Victim) -> Statements:
    yield f"UPDATE audit_trailentry SET data = REPLACE(data, 'web', 'phone') WHERE {it.own} AND seq = 1"


def removed_entry(it: Victim) -> Statements:
    yield f"DELETE FROM audit_trailentry WHERE {it.own} AND seq = 2"


def removed_last_entry(it: Victim) -> Statements:
    yield f"DELETE FROM audit_trailentry WHERE {it.own} AND seq = {it.last}"


def removed_last_entry_and_head_put_back(it: Victim) -> Statements:
    yield from removed_last_entry(it)
    before = f"SELECT hash FROM audit_trailentry WHERE {it.own} AND seq = count - 1"
    yield f"UPDATE audit_chainhead SET last_hash = ({before}), count = count - 1 WHERE {it.own}"


def added_entry(it: Victim) -> Statements:
    columns = "chain, seq, at, by, verb, data, previous, hash"
    invented = f"chain, seq + 1, at, by, 'case.noted', '{{}}', hash, '{OTHER_DIGEST}'"
    last = f"FROM audit_trailentry WHERE {it.own} AND seq = {it.last}"
    yield f"INSERT INTO audit_trailentry ({columns}) SELECT {invented} {last}"


def added_event(it: Victim) -> Statements:
    yield copied(Event, f"{it.of_case} AND kind = 'noted'", uuid=it.literal(it.invented), seq="seq + 900")


def added_attachment(it: Victim) -> Statements:
    yield copied(Attachment, it.of_case, uuid=it.literal(it.invented))


def added_case(it: Victim) -> Statements:
    own = {"uuid": it.literal(it.invented), "reference": "'x' || SUBSTR(reference, 2)"}
    yield copied(Case, it.is_case, process_id="NULL", idempotency_key="NULL", **own)


def added_receipt(it: Victim) -> Statements:
    yield from added_case(it)
    yield copied(Receipt, it.of_case, case_id=f"(SELECT id FROM cases_case WHERE uuid = {it.literal(it.invented)})")


def copied(model: type[Model], where: str, **changes: str) -> str:
    """A row put beside another, the same but for what is said."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changes.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}"


def removed_chain_with_its_case(it: Victim) -> Statements:
    yield from it.gone()
    yield f"DELETE FROM audit_trailentry WHERE {it.own}"
    yield f"DELETE FROM audit_chainhead WHERE {it.own}"


def removed_case(it: Victim) -> Statements:
    yield from it.gone()


def changed_description(it: Victim) -> Statements:
    yield f"UPDATE cases_case SET description = 'No dije nada' WHERE {it.is_case}"


def emptied_description(it: Victim) -> Statements:
    yield f"UPDATE cases_case SET description = '', salt = '' WHERE {it.is_case}"


def changed_words(it: Victim) -> Statements:
    yield f"UPDATE cases_event SET text = 'Nunca iremos.' WHERE {it.of_case} AND kind = 'replied'"


def changed_facts(it: Victim) -> Statements:
    yield f"UPDATE cases_event SET data = '{{\"answers\": true}}' WHERE {it.of_case} AND kind = 'replied'"


def removed_event(it: Victim) -> Statements:
    yield f"DELETE FROM cases_event WHERE {it.of_case} AND kind = 'noted'"


def removed_attachment(it: Victim) -> Statements:
    yield f"DELETE FROM cases_attachment WHERE {it.of_case}"


def changed_file(it: Victim) -> Statements:
    it.path(it.photo).write_bytes(OTHER)
    yield from ()


def changed_thumbnail(it: Victim) -> Statements:
    it.path(it.photo).with_name(f"{it.photo}-320").write_bytes(OTHER)
    yield from ()


def removed_file(it: Victim) -> Statements:
    it.path(it.photo).unlink()
    yield from ()


def exchanged_file(it: Victim) -> Statements:
    put(it.path(OTHER_DIGEST))
    yield f"UPDATE files_storedfile SET sha256 = '{OTHER_DIGEST}' WHERE sha256 = '{it.photo}'"


def file_said_to_be_erased(it: Victim) -> Statements:
    yield f"UPDATE files_storedfile SET state = 'erased' WHERE sha256 = '{it.photo}'"


def exchanged_receipt(it: Victim) -> Statements:
    put(it.path(OTHER_DIGEST))
    yield f"UPDATE files_storedfile SET sha256 = '{OTHER_DIGEST}' WHERE sha256 = '{it.paper}'"


def removed_receipt(it: Victim) -> Statements:
    yield f"DELETE FROM cases_receipt WHERE {it.of_case}"


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(OTHER)


@dataclass(frozen=True)
class Tampering:
    """What is done to a case, and how `verify` tells of it."""

    do: Callable[[Victim], Statements]
    kind: Kind
    where: str = "{chain}"


TAMPERINGS = [
    Tampering(changed_entry, Kind.CHANGED_ENTRY),
    Tampering(removed_entry, Kind.MISSING_ENTRY),
    Tampering(removed_last_entry, Kind.MISSING_ENTRY),
    Tampering(removed_last_entry_and_head_put_back, Kind.FORGED_HEAD),
    Tampering(added_entry, Kind.UNSIGNED_ENTRY),
    Tampering(added_event, Kind.UNRECORDED_CONTENT),
    Tampering(added_attachment, Kind.CHANGED_CONTENT, "{chain} files"),
    Tampering(added_case, Kind.UNRECORDED_CONTENT, "case:{invented} content"),
    Tampering(added_receipt, Kind.CHANGED_CONTENT, "case:{invented} receipt"),
    Tampering(removed_chain_with_its_case, Kind.REMOVED_SINCE_ANCHOR),
    Tampering(removed_case, Kind.MISSING_CONTENT),
    Tampering(changed_description, Kind.CHANGED_CONTENT, "{chain} content"),
    Tampering(emptied_description, Kind.MISSING_CONTENT, "{chain} content"),
    Tampering(changed_words, Kind.CHANGED_CONTENT),
    Tampering(changed_facts, Kind.CHANGED_CONTENT, "{chain} data"),
    Tampering(removed_event, Kind.MISSING_CONTENT),
    Tampering(removed_attachment, Kind.CHANGED_CONTENT, "{chain} files"),
    Tampering(changed_file, Kind.CHANGED_CONTENT, "file {photo}"),
    Tampering(changed_thumbnail, Kind.CHANGED_CONTENT, "file {photo}-320"),
    Tampering(removed_file, Kind.MISSING_CONTENT, "file {photo}"),
    Tampering(exchanged_file, Kind.CHANGED_CONTENT, "{chain} files"),
    Tampering(file_said_to_be_erased, Kind.MISSING_CONTENT, "file:"),
    Tampering(exchanged_receipt, Kind.CHANGED_CONTENT, "{chain} receipt"),
    Tampering(removed_receipt, Kind.MISSING_CONTENT, "{chain} receipt"),
]


@dataclass
class Verified:
    """What `verify` said before and after everything was tampered with; one case is left as it was."""

    before: str
    after: str
    victims: dict[str, Victim] = field(default_factory=dict)
    intact: str = ""
    since_anchor: str = ""


DIGESTS = """
import json
from ventanilla.cases.models import Attachment, Receipt
said = {}
for uuid, digest in Attachment.objects.values_list("case__uuid", "file__sha256"):
    said.setdefault(str(uuid), {})["photo"] = digest
for uuid, digest in Receipt.objects.values_list("case__uuid", "file__sha256"):
    said[str(uuid)]["paper"] = digest
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def verified(own_installation: Installation) -> Verified:
    *uuids, intact, since = own_installation.file(str(len(TAMPERINGS) + 1), "anchor", "1")
    before = own_installation.run("verify")
    assert before.returncode == 0, before.stdout
    digests: dict[str, Any] = json.loads(own_installation.answer(DIGESTS))
    victims = {t.do.__name__: Victim(own_installation, u, **digests[u]) for t, u in zip(TAMPERINGS, uuids, strict=True)}
    statements = [line for each in TAMPERINGS for line in each.do(victims[each.do.__name__])]
    late = Victim(own_installation, since)
    own_installation.do([*statements, *removed_chain_with_its_case(late)])
    after = own_installation.run("verify")
    assert after.returncode == 1, after.stdout
    return Verified(before.stdout, after.stdout, victims, intact, since)


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda each: each.do.__name__)
def test_it_shows(verified: Verified, tampering: Tampering) -> None:
    it = verified.victims[tampering.do.__name__]
    where = tampering.where.format(chain=it.chain, photo=it.photo, invented=it.invented)
    assert f"{tampering.kind.label}: {where}" in verified.after


def test_it_says_nothing_against_what_nobody_touched(verified: Verified) -> None:
    assert "ERROR" not in verified.before
    assert verified.intact not in verified.after


def test_it_says_what_to_do(verified: Verified) -> None:
    assert "Qué hacer: Guarde esta lista" in verified.after


def test_what_was_removed_since_the_last_anchor_escapes_it_and_the_tick_anchors_every_five_minutes(
    verified: Verified,
) -> None:
    assert verified.since_anchor not in verified.after
    assert periodic[jobs.anchor_trail.module_path].every <= timedelta(minutes=5)


def test_without_the_key_nothing_can_be_signed_so_all_heads_are_called_forged(verified: Verified) -> None:
    installation = next(iter(verified.victims.values())).installation
    key = installation.data / "keys" / "audit.key"
    whole = key.read_text()
    key.write_text("0" * 64)
    said = installation.run("verify").stdout
    key.write_text(whole)
    assert f"{Kind.FORGED_HEAD.label}: case:{verified.intact}" in said
