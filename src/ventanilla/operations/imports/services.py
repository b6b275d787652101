"""The catalogue of another system: its types of dealing, grouped into services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from django.db import transaction

from ventanilla.calendars import clocks
from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog import actions as catalog
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure, Service
from ventanilla.lib.imports import ImportOrder, ImportReport, WrongMapping
from ventanilla.operations.imports import columns, mapping
from ventanilla.operations.imports.columns import Record
from ventanilla.operations.imports.mapping import OTHERWISE, Group, ServiceMapping, Type
from ventanilla.operations.imports.reading import Fault, Source
from ventanilla.operations.imports.runs import note_run
from ventanilla.organization import actions as organization
from ventanilla.organization.models import Department

NEEDED = {"key", "name", "group"}
FIELDS = NEEDED | {"description", "kind", "nature", "needs_document", "words"}
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_NAME, _DESCRIPTION = 160, 500
_BOOLEANS = {"true": True, "false": False}
_WORDS = {
    "kind": {str(each) for each in Kind},
    "nature": {str(each) for each in LegalNature},
    "needs_document": set(_BOOLEANS),
}

_NATURES = {
    Kind.SERVICE_REQUEST: LegalNature.SERVICE_NOTICE,
    Kind.COMPLAINT: LegalNature.COMPLAINT,
    Kind.REPORT_OF_BREACH: LegalNature.REPORT_OF_BREACH,
    Kind.APPLICATION: LegalNature.APPLICATION,
}
_PROCESSES = {
    Kind.COMPLAINT: "complaint",
    Kind.REPORT_OF_BREACH: "breach",
    Kind.SUGGESTION: "suggestion",
    Kind.COMPLIMENT: "compliment",
    Kind.INQUIRY: "inquiry",
}


class _Grouped(Protocol):
    @property
    def groups(self) -> Mapping[str, Group]: ...
    @property
    def departments(self) -> Mapping[str, str]: ...


@dataclass
class _Named:
    """A type with every name its key has in the file: the first is its name, the others are words to find it by."""

    type: Type
    names: list[str]
    rows: int = 1


def import_services(order: ImportOrder) -> ImportReport:
    """Import a catalogue. Raises WrongMapping, UnreadableFile.

    A type that is there stays as the municipality has it; with `update` its name follows the file's, and the name it
    had is kept among the words it is found by. Rows of one key are one type under several names.
    """
    how = mapping.load(order, "services", ServiceMapping)
    mapping.require(how, NEEDED, FIELDS)
    report, source = ImportReport(), Source(order.file, how)
    named = _gathered(source, how, report)
    _check_groups(how)
    with transaction.atomic():
        groups = _Groups(how, f"import:{how.title or order.file.stem}")
        for each in named.values():
            _store(each, groups, report, update=how.update)
    order.progress(report.read, report.read)
    note_run(report, what="services", source=how.title, file=order.file.name, by=groups.by)
    return report


def define_types(types: Iterable[Type], how: _Grouped, *, by: str) -> None:
    """Make the types that a mapping brings along, where they aren't there yet. Raises WrongMapping."""
    _check_groups(how)
    for each in types:
        if each.group not in how.groups:
            raise WrongMapping(f"No hay [groups.{each.group}] en la correspondencia.")
        if why := _unlawful(each):
            raise WrongMapping(f"«{each.key}»: {why}")
    with transaction.atomic():
        groups = _Groups(how, by)
        for each in types:
            _store(_Named(each, [each.name]), groups, ImportReport(), update=False)


def _check_groups(how: _Grouped) -> None:
    missing = sorted({group.department for group in how.groups.values()} - set(how.departments))
    if missing:
        raise WrongMapping(f"Falta en [departments] el nombre de: {', '.join(missing)}.")


def _gathered(source: Source, how: ServiceMapping, report: ImportReport) -> dict[str, _Named]:
    read = {name: columns.reader(said) for name, said in how.fields.items()}
    named: dict[str, _Named] = {}
    for record in source.records(how.fields):
        if isinstance(record, Fault):
            report.reject(record.number, "", record.reason)
            continue
        try:
            made = _type(read, how, record)
        except ValueError as error:
            report.reject(record.number, read["key"](record), str(error))
            continue
        known = named.setdefault(made.key, _Named(made, [], 0))
        known.rows += 1
        if made.name not in known.names:
            known.names.append(made.name)
    return named


def _type(read: Mapping[str, Any], how: ServiceMapping, record: Record) -> Type:
    """Raises ValueError saying why the record is none."""
    said = {name: _translated(name, each(record), how) for name, each in read.items()}
    if not _KEY.fullmatch(said["key"]):
        raise ValueError("La clave lleva solo letras sin tilde, cifras y guiones, hasta 80.")
    if not 0 < len(said["name"]) <= _NAME:
        raise ValueError(f"El nombre lleva de 1 a {_NAME} letras.")
    if said["group"] not in how.groups:
        raise ValueError(f"No hay [groups.{said['group']}] en la correspondencia.")
    for name, words in _WORDS.items():
        if said.get(name) and said[name] not in words:
            raise ValueError(f"«{said[name]}» no es un valor de «{name}».")
    kept: dict[str, Any] = {name: value for name, value in said.items() if value}
    kept["description"] = said.get("description", "")[:_DESCRIPTION]
    kept["words"] = [word.strip() for word in said.get("words", "").split(";") if word.strip()]
    kept["needs_document"] = _BOOLEANS.get(said.get("needs_document", ""), False)
    made = msgspec.convert(kept, Type)
    if why := _unlawful(made):
        raise ValueError(why)
    return made


def _nature(made: Type) -> str:
    """What a type is in law: as it says, or as its kind usually is."""
    return made.nature or _NATURES.get(made.kind, LegalNature.PETITION)


def _unlawful(made: Type) -> str:
    """Why a type may not ask what it asks; empty where it may."""
    if made.needs_document and _nature(made) not in clocks.identifying():
        return str(catalog.DocumentNotNeeded(_nature(made)))
    return ""


def _translated(name: str, said: str, how: ServiceMapping) -> str:
    table = how.values.get(name, {})
    return table.get(said, table.get(OTHERWISE, said))


class _Groups:
    """Services and departments, made when the first type needs them; those that are there stay as they are."""

    def __init__(self, how: _Grouped, by: str) -> None:
        self._how, self.by = how, by
        self._made: dict[str, tuple[Service, Department, Group]] = {}

    def get(self, key: str) -> tuple[Service, Department, Group]:
        if key not in self._made:
            group = self._how.groups[key]
            self._made[key] = self._service(key, group), self._department(group.department), group
        return self._made[key]

    def _service(self, key: str, group: Group) -> Service:
        known = Service.objects.filter(key=key).first()
        about = {"icon": group.icon, "description": group.description, "order": group.order}
        return known or catalog.define_service(key=key, by=self.by, name=group.name, **about)

    def _department(self, key: str) -> Department:
        known = Department.objects.filter(key=key).first()
        return known or organization.define_department(key=key, by=self.by, name=self._how.departments[key])


def _store(named: _Named, groups: _Groups, report: ImportReport, *, update: bool) -> None:
    known = Procedure.objects.filter(key=named.type.key).first()
    if known is None:
        _define(named, groups)
        report.created += 1
        report.unchanged += named.rows - 1
    elif update and (change := _renamed(known, named)):
        catalog.define_procedure(key=known.key, by=groups.by, **change)
        report.updated += 1
        report.unchanged += named.rows - 1
    else:
        report.unchanged += named.rows


def _define(named: _Named, groups: _Groups) -> None:
    made = named.type
    service, department, group = groups.get(made.group)
    catalog.define_procedure(
        key=made.key,
        by=groups.by,
        service=service,
        department=department,
        name=named.names[0],
        description=made.description,
        words=[*made.words, *named.names[1:]],
        kind=made.kind,
        nature=_nature(made),
        needs_document=made.needs_document,
        process_key=_PROCESSES.get(made.kind, "report"),
        is_public=group.public,
    )


def _renamed(known: Procedure, named: _Named) -> dict[str, Any]:
    """What of a type follows the file; empty where nothing does."""
    words = list(dict.fromkeys([*known.words, *named.type.words, known.name, *named.names]))
    words.remove(named.names[0])
    change = {"name": named.names[0], "words": words}
    return change if (known.name, known.words) != (change["name"], change["words"]) else {}
