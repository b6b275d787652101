"""The whole file of a case on paper or in a ZIP: what may be seen of it, its trail and its files."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from ventanilla.audit import rules
from ventanilla.audit.models import ChainHead, TrailEntry
from ventanilla.cases import drawn
from ventanilla.cases.models import Attachment, Case
from ventanilla.cases.permissions import sees_identity
from ventanilla.desk import aside, story
from ventanilla.files.rules import MissingContent
from ventanilla.lib import clock

IN_MEMORY = 8 << 20
STYLE = "desk/print.css"
HOW_TO_CHECK = (
    "hash = SHA-256 of the JSON array [chain, seq, at, by, verb, data, previous], without spaces, where `data` is the "
    "text of the entry's data as canonical JSON (sorted keys, no spaces). Each entry carries the one before's hash."
)


def contents(case: Case, user: Any) -> dict[str, Any]:
    """Everything of a case that a user may see, oldest first, as both the paper and the ZIP draw it."""
    told, files, items = story.events(case), aside.attachments(case), aside.work(case)
    contacts = aside.contacts(case)
    return {
        "case": case,
        "lines": story.lines(told, story.known(user, told, files, items))[::-1],
        "terms": drawn.terms(case),
        "person": aside.person(case, contacts, user) if sees_identity(user, case) else None,
        "place": aside.place(case),
        "answers": aside.answers(case),
        "items": items,
        "attachments": files,
        "links": aside.links(case, user),
        "look": aside.look(case),
        "made_at": clock.now(),
    }


def packed(case: Case, user: Any) -> IO[bytes]:
    """The ZIP, at its beginning: a page to read, the case and its trail as JSON, the files under `archivos/`."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 whoever answers closes it
    held = contents(case, user)
    paths = _paths(held["attachments"])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("expediente.html", render_to_string("desk/case_file.html", {**held, "paths": paths}))
        archive.writestr("expediente.css", _style())
        archive.writestr("expediente.json", _json(_facts(held, paths)))
        archive.writestr("rastro.json", _json(trail(case)))
        for attachment in held["attachments"]:
            _add(archive, attachment, paths)
    out.seek(0)
    return out


def _paths(attachments: Sequence[Attachment]) -> dict[int, str]:
    """Where each file lies in the ZIP; its number keeps two of one name apart."""
    present = [each for each in attachments if each.file.is_present]
    return {each.pk: f"archivos/{number:02d}-{_plain(each.name)}" for number, each in enumerate(present, start=1)}


def _plain(name: str) -> str:
    """A name that is a file's name everywhere."""
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name)
    return kept.strip(".-")[-80:] or "archivo"


def _add(archive: zipfile.ZipFile, attachment: Attachment, paths: dict[int, str]) -> None:
    if attachment.pk not in paths:
        return
    try:
        content = attachment.file.open()
    except MissingContent:  # erased meanwhile
        return
    with content, archive.open(zipfile.ZipInfo(paths[attachment.pk], _moment()), "w") as into:
        shutil.copyfileobj(content, into)


def _moment() -> tuple[int, int, int, int, int, int]:
    now = clock.now()
    return now.year, now.month, now.day, now.hour, now.minute, now.second


def _style() -> str:
    found = finders.find(STYLE)
    return Path(str(found)).read_text(encoding="utf-8") if found else ""


def trail(case: Case) -> dict[str, Any]:
    """The chain of a case, entry by entry, with what is needed to check it elsewhere."""
    entries = TrailEntry.objects.filter(chain=case.chain).order_by("seq")
    head = ChainHead.objects.filter(chain=case.chain).first()
    return {
        "chain": case.chain,
        "count": head.count if head else 0,
        "last_hash": head.last_hash if head else "",
        "how_to_check": HOW_TO_CHECK,
        "entries": [_entry(each) for each in entries],
    }


def _entry(entry: TrailEntry) -> dict[str, Any]:
    named = ("seq", "by", "verb", "data", "previous", "hash")
    return {"at": rules.moment(entry.at), **{name: getattr(entry, name) for name in named}}


def _facts(held: dict[str, Any], paths: dict[int, str]) -> dict[str, Any]:
    """The case in plain data."""
    case: Case = held["case"]
    person = held["person"]["person"] if held["person"] else None
    return {
        "reference": case.reference,
        "procedure": case.procedure.key,
        "kind": case.kind,
        "nature": case.nature,
        "state": case.state,
        "channel": case.channel,
        "identity": case.identity,
        "person": person.name if person else None,
        "department": case.department.key,
        "description": case.description,
        "answers": case.answers,
        "place": case.place,
        "corrected_place": case.corrected_place,
        "filed_at": case.filed_at,
        "closed_at": case.closed_at,
        "terms": [{"clock": str(each.name), "due_at": each.due, "law": str(each.law)} for each in held["terms"]],
        "links": [{"reference": each.other.reference, "kind": each.link.kind} for each in held["links"]],
        "timeline": list(_timeline(held["lines"])),
        "files": [{"path": paths.get(each.pk), "sha256": each.file.sha256} for each in held["attachments"]],
    }


def _timeline(lines: Sequence[story.Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        event = line.event
        yield {"seq": event.seq, "at": event.at, "kind": event.kind, "by": event.by_label, "text": event.text}


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
