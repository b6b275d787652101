"""Persons, the documents that name them and the ways to reach them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from ventanilla.lib import clock, ids
from ventanilla.people.enums import CodePurpose, ContactKind
from ventanilla.people.rules import shown_phone

_EVERY_RECORD = (
    "SELECT id FROM people_person WHERE id = %s UNION ALL SELECT id FROM people_person WHERE canonical_id = %s"
)


class PersonQuerySet(models.QuerySet["Person"]):
    def findable(self) -> PersonQuerySet:
        """The twin of `Person.is_findable`: who may be looked up by name, contact or document."""
        return self.filter(is_protected=False, erased_at=None, canonical=None)


class Person(models.Model):
    """Somebody the municipality deals with. A merged person points at the one who stands for both."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    given_names = models.CharField(_("nombre"), max_length=120, blank=True)
    first_surname = models.CharField(_("primer apellido"), max_length=80, blank=True)
    second_surname = models.CharField(_("segundo apellido"), max_length=80, blank=True)
    folded = models.CharField(max_length=300, blank=True, editable=False)
    is_protected = models.BooleanField(_("persona protegida"), default=False)
    canonical = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    language = models.CharField(_("idioma"), max_length=5, blank=True)
    residence = models.CharField(_("región en que vive"), max_length=6, blank=True)
    """As the country's holidays are coded; empty where it is this municipality's, or nobody said another."""
    created_at = models.DateTimeField(default=clock.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        said = " ".join(part for part in (self.given_names, self.first_surname, self.second_surname) if part)
        return said or str(_("Datos borrados por orden") if self.erased_at else _("Sin nombre"))

    def same_as(self) -> models.QuerySet[Person]:
        """Every record of this same person: the one that stands for all, and those joined to it."""
        return Person.objects.filter(pk__in=self.every_record())

    def every_record(self) -> RawSQL:
        """The numbers of those records, to be asked for inside another query.

        Looked up apart: hardly any record is joined to another, from which SQLite concludes that an OR is a scan.
        """
        stands = self.canonical_id or self.pk
        return RawSQL(_EVERY_RECORD, (stands, stands))  # noqa: S611 - of our own words, values apart

    @property
    def is_findable(self) -> bool:
        """Whether this record may be looked up: not protected, not erased, not joined to another."""
        return not self.is_protected and self.erased_at is None and self.canonical_id is None

    @property
    def first_name(self) -> str:
        return self.given_names.split(" ")[0] if self.given_names else ""


class IdentityDocument(models.Model):
    """A document that names a person: cédula, DNI, CURP, passport."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("clase"), max_length=30)
    number = models.CharField(_("número"), max_length=40)

    class Meta:
        verbose_name = _("documento de identidad")
        verbose_name_plural = _("documentos de identidad")
        indexes = [models.Index(fields=["number"], name="document_number")]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "number"], name="document_once")]

    def __str__(self) -> str:
        return self.kind


class ContactPoint(models.Model):
    """A telephone (E.164) or an e-mail. Two persons may share one."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("clase"), max_length=8, choices=ContactKind)
    value = models.CharField(_("contacto"), max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    is_preferred = models.BooleanField(_("preferido"), default=False)

    class Meta:
        verbose_name = _("medio de contacto")
        verbose_name_plural = _("medios de contacto")
        indexes = [models.Index(fields=["value"], name="contact_value")]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="contact_once"),
            # A proven contact signs in, so it can stand for one person alone.
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(verified_at__isnull=False), name="proven_once"
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def shown(self) -> str:
        """As people read it."""
        return shown_phone(self.value) if self.kind == ContactKind.PHONE else self.value


class OneTimeCode(models.Model):
    """A code sent to a contact to prove it: kept as a keyed digest, with few attempts and a short life."""

    uuid = models.UUIDField(primary_key=True, default=ids.uuid, editable=False)
    purpose = models.CharField(max_length=8, choices=CodePurpose)
    kind = models.CharField(max_length=8, choices=ContactKind)
    value = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("código de un solo uso")
        indexes = [
            models.Index(fields=["value", "created_at"], name="code_value"),
            models.Index(fields=["expires_at"], name="code_expires"),
        ]

    def __str__(self) -> str:
        return self.purpose
