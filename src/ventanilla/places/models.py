"""Where things are: zones, streets, addresses, landmarks, numbered assets, parcels and the shapes behind the map.

Geometries are WKB in WGS84 (lon, lat): the same on both databases, read by Shapely where they are needed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.lib import ids
from ventanilla.places.enums import AssetKind, LandmarkKind, ShapeKind, StreetKind, ZoneKind


class Revision(models.Model):
    """The stamp of one body of data (`zones`, `names`, `map`): what is kept in memory is good while it stands."""

    name = models.CharField(max_length=20, primary_key=True)
    stamp = models.UUIDField(default=ids.uuid)

    class Meta:
        verbose_name = _("revisión")

    def __str__(self) -> str:
        return f"{self.name} {self.stamp}"


class Sourced(models.Model):
    """What comes from a source: its key there, and the fingerprint of what it said, to skip what hasn't changed."""

    key = models.CharField(_("clave en la fuente"), max_length=120)
    fingerprint = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True


class Zone(Sourced):
    """A district, a barrio, an area of a service. Kept by key: cases point here."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    kind = models.CharField(_("clase"), max_length=16, choices=ZoneKind)
    word = models.CharField(_("cómo se le dice"), max_length=40, blank=True)
    name = models.CharField(_("nombre"), max_length=120)
    folded = models.CharField(max_length=160, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    geometry = models.BinaryField()
    area_m2 = models.FloatField(_("superficie"))
    label_lon = models.FloatField()
    label_lat = models.FloatField()

    class Meta:
        verbose_name = _("zona")
        verbose_name_plural = _("zonas")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="zone_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """«Barrio San Isidro»."""
        return f"{self.word} {self.name}" if self.word else self.name


class Street(Sourced):
    """A way with its name. A geometry in several pieces is measured as if they followed each other."""

    key = models.CharField(_("clave en la fuente"), max_length=120, unique=True)
    name = models.CharField(_("nombre"), max_length=160)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    aliases = models.JSONField(_("otros nombres"), default=list, blank=True)
    kind = models.CharField(_("clase"), max_length=8, choices=StreetKind, default=StreetKind.STREET)
    first_kilometre = models.FloatField(_("kilómetro donde empieza"), null=True, blank=True)
    geometry = models.BinaryField()
    length_m = models.FloatField()

    class Meta:
        verbose_name = _("calle")
        verbose_name_plural = _("calles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Crossing(models.Model):
    """Where a street meets another, once for each of the two; computed when streets are imported."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="crossings")
    other = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="+")
    lon = models.FloatField()
    lat = models.FloatField()
    along_m = models.FloatField()

    class Meta:
        verbose_name = _("esquina")
        verbose_name_plural = _("esquinas")
        indexes = [models.Index(fields=["street", "other"], name="crossing_pair")]

    def __str__(self) -> str:
        return f"{self.street_id} × {self.other_id}"


class Parcel(Sourced):
    """A piece of the cadastre."""

    key = models.CharField(_("número de finca o parcela"), max_length=120, unique=True)
    lon = models.FloatField()
    lat = models.FloatField()
    geometry = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("parcela")
        verbose_name_plural = _("parcelas")

    def __str__(self) -> str:
        return self.key


def door_label(street: str, number: str) -> str:
    """A door as one says it: «Avenida Central 340», but «Avenida 19, número 33», which would else be one number."""
    if street[-1:].isdigit():
        return gettext("%(street)s, número %(number)s") % {"street": street, "number": number}
    return f"{street} {number}"


class Address(Sourced):
    """A door with its number, and where it stands along its street."""

    key = models.CharField(_("clave en la fuente"), max_length=120, unique=True)
    street = models.ForeignKey(Street, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    street_name = models.CharField(_("calle"), max_length=160)
    folded = models.CharField(max_length=200, editable=False)
    number = models.CharField(_("número"), max_length=20)
    figure = models.PositiveIntegerField(editable=False)
    parcel = models.ForeignKey(Parcel, null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses")
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = _("dirección")
        verbose_name_plural = _("direcciones")
        indexes = [
            models.Index(fields=["folded", "figure"], name="address_number"),
            models.Index(fields=["cell"], name="address_cell"),
        ]

    def __str__(self) -> str:
        return door_label(self.street_name, self.number)


class Landmark(Sourced):
    """A place everybody knows, from which the others are told."""

    key = models.CharField(_("clave en la fuente"), max_length=120, unique=True)
    name = models.CharField(_("nombre"), max_length=160)
    folded = models.CharField(max_length=200, editable=False)
    aliases = models.JSONField(_("otros nombres"), default=list, blank=True)
    kind = models.CharField(_("clase"), max_length=12, choices=LandmarkKind, default=LandmarkKind.OTHER)
    weight = models.PositiveSmallIntegerField(_("cuánto se le conoce"), default=1)
    is_facility = models.BooleanField(_("es de la municipalidad"), default=False)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        verbose_name = _("lugar conocido")
        verbose_name_plural = _("lugares conocidos")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Asset(Sourced):
    """A numbered thing in the street: a pole, a luminaire, a hydrant."""

    kind = models.CharField(_("clase"), max_length=14, choices=AssetKind)
    code = models.CharField(_("número"), max_length=40)
    folded = models.CharField(max_length=40, editable=False)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = _("activo")
        verbose_name_plural = _("activos")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="asset_once")]
        indexes = [
            models.Index(fields=["folded", "kind"], name="asset_code"),
            models.Index(fields=["cell", "kind"], name="asset_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class MapShape(Sourced):
    """A shape of the background map. It says nothing about where things belong: zones do."""

    key = models.CharField(_("clave en la fuente"), max_length=120, unique=True)
    kind = models.CharField(_("clase"), max_length=8, choices=ShapeKind)
    label = models.CharField(_("rótulo"), max_length=120, blank=True)
    geometry = models.BinaryField()

    class Meta:
        verbose_name = _("forma del mapa")
        verbose_name_plural = _("formas del mapa")

    def __str__(self) -> str:
        return self.label or self.key
