"""Services and types of dealing, made and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ventanilla.audit.actions import Entry
from ventanilla.calendars import clocks
from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog.actions.record import plain, record
from ventanilla.catalog.models import Procedure, Service
from ventanilla.forms.actions import publish
from ventanilla.forms.rules.editing import name_of


class DocumentNotNeeded(ValueError):
    """A type may ask for an identity document only where its legal nature needs to know who files."""

    def __init__(self, nature: str) -> None:
        named = {"nature": LegalNature(nature).label}
        super().__init__(_("Ninguna norma pide identificarse para esto: %(nature)s. No puede pedir documento.") % named)


@transaction.atomic
def define_service(*, key: str, by: str, **fields: Any) -> Service:
    """Make a service or change the one of that key."""
    service, _is_new = Service.objects.update_or_create(key=key, defaults=fields)
    record([Entry("service.defined", {"key": key, **plain(fields)})], by=by)
    return service


@transaction.atomic
def define_procedure(*, key: str, by: str, **fields: Any) -> Procedure:
    """Make a type of dealing or change the one of that key. Raises DocumentNotNeeded."""
    procedure, _is_new = Procedure.objects.update_or_create(key=key, defaults=fields)
    _hold_to_its_nature(procedure)
    record([Entry("procedure.defined", {"key": key, **plain(fields)})], by=by)
    return procedure


@transaction.atomic
def add_service(*, name: str, by: str, **fields: Any) -> Service:
    """A new service after all others, under a key made of its name."""
    key = name_of(name, Service.objects.values_list("key", flat=True))
    return define_service(key=key, by=by, name=name, order=_after(Service.objects.all()), **fields)


@transaction.atomic
def change_service(service: Service, *, by: str, **fields: Any) -> None:
    """Set what is given of a service; the trail names what changed."""
    _change(Service.objects.select_for_update().get(pk=service.pk), "service.changed", fields, by=by)


@transaction.atomic
def add_procedure(*, service: Service, name: str, by: str, **fields: Any) -> Procedure:
    """A new type after the others of its service, under a key made of its name. Raises DocumentNotNeeded."""
    key = name_of(name, Procedure.objects.values_list("key", flat=True))
    order = _after(service.procedures.all())
    return define_procedure(key=key, by=by, service=service, name=name, order=order, **fields)


@transaction.atomic
def change_procedure(procedure: Procedure, *, by: str, **fields: Any) -> None:
    """Set what is given of a type; the trail names what changed. Cases filed before keep what they were filed as.

    Raises DocumentNotNeeded.
    """
    changed = Procedure.objects.select_for_update().get(pk=procedure.pk)
    _change(changed, "procedure.changed", fields, by=by)
    _hold_to_its_nature(changed)


def _hold_to_its_nature(procedure: Procedure) -> None:
    if procedure.needs_document and procedure.nature not in clocks.identifying():
        raise DocumentNotNeeded(procedure.nature)


@transaction.atomic
def ask(procedure: Procedure, *, schema: Mapping[str, Any], layout: Mapping[str, Any], by: str) -> None:
    """What a type asks from now on; nothing, where no question is left. Raises forms.rules.Unpublishable."""
    key = procedure.form.key if procedure.form else procedure.key
    version = publish(key=key, schema=schema, layout=layout, by=by) if schema["properties"] else None
    change_procedure(procedure, by=by, form=version)


def _after(rows: models.QuerySet[Any]) -> int:
    last: int | None = rows.aggregate(last=models.Max("order"))["last"]
    return min((last or 0) + 1, 32_000)


def _change(row: Service | Procedure, verb: str, fields: dict[str, Any], *, by: str) -> None:
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    record([Entry(verb, {"key": row.key, **plain(changed)})], by=by)
