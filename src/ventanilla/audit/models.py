"""The append-only trail: one hash chain per case, a signed head for each, and the log of who looked.

Who, what and on what are kept as text without foreign keys, so that the trail outlives what it speaks of.
"""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ventanilla.audit import rules
from ventanilla.lib import clock


class CanonicalJSONField(models.TextField[Any, Any]):
    """JSON kept letter by letter as it was hashed (a JSON column of a database writes numbers in its own way)."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str:
        return rules.canonical(value)


class ChainHead(models.Model):
    """The last word on a chain: how many entries, the last hash, and the signature of both."""

    chain = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    last_hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    anchored = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("cabeza de cadena")
        indexes = [models.Index(fields=["chain"], condition=models.Q(anchored=False), name="chain_to_anchor")]

    def __str__(self) -> str:
        return self.chain


class TrailEntry(models.Model):
    """One thing that happened. Never changed, never removed: triggers refuse it."""

    chain = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    data = CanonicalJSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("asiento")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="trail_entry_once")]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.verb}"


class Anchor(models.Model):
    """What the trail was at a moment, kept in a signed file; here its number and digest, quoted on receipts."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ancla")

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class AccessRecord(models.Model):
    """Somebody looked at a person's data. Its own table, unchained, one INSERT outside any transaction."""

    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    what = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("consulta de datos")
        indexes = [models.Index(fields=["about", "at"], name="access_about")]

    def __str__(self) -> str:
        return f"{self.by} {self.what} {self.about}"
