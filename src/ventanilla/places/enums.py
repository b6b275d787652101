"""Fixed words of the places room."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ZoneKind(models.TextChoices):
    """Kinds of zone from the widest to the narrowest; the first that a municipality has draws its boundary."""

    MUNICIPALITY = "municipality", _("municipio")
    DISTRICT = "district", _("distrito")
    NEIGHBORHOOD = "neighborhood", _("barrio")
    SERVICE_AREA = "service_area", _("zona de servicio")


class StreetKind(models.TextChoices):
    """How important a way is, and so how wide it is drawn."""

    ROAD = "road", _("carretera")
    AVENUE = "avenue", _("avenida")
    STREET = "street", _("calle")
    PATH = "path", _("sendero")


class LandmarkKind(models.TextChoices):
    """What a landmark is; people often say the kind alone («la iglesia»)."""

    CHURCH = "church", _("iglesia")
    SCHOOL = "school", _("escuela")
    HIGH_SCHOOL = "high_school", _("colegio")
    CLINIC = "clinic", _("centro de salud")
    MARKET = "market", _("mercado")
    SHOP = "shop", _("comercio")
    PHARMACY = "pharmacy", _("farmacia")
    BANK = "bank", _("banco")
    PARK = "park", _("parque")
    SPORT = "sport", _("cancha o estadio")
    CEMETERY = "cemetery", _("cementerio")
    BUS_STOP = "bus_stop", _("parada")
    BRIDGE = "bridge", _("puente")
    FUEL = "fuel", _("gasolinera")
    MUNICIPAL = "municipal", _("oficina municipal")
    SAFETY = "safety", _("policía, bomberos o Cruz Roja")
    COMMUNITY = "community", _("salón comunal")
    REMEMBERED = "remembered", _("lugar que ya no está")
    OTHER = "other", _("otro lugar")


class AssetKind(models.TextChoices):
    """Numbered things the municipality or a utility keeps in the street."""

    POLE = "pole", _("poste")
    LUMINAIRE = "luminaire", _("luminaria")
    HYDRANT = "hydrant", _("hidrante")
    TRAFFIC_LIGHT = "traffic_light", _("semáforo")
    CONTAINER = "container", _("contenedor")
    MANHOLE = "manhole", _("tapa de registro")
    TREE = "tree", _("árbol")
    METER = "meter", _("medidor")


class ShapeKind(models.TextChoices):
    """What a shape of the background map shows."""

    TOWN = "town", _("suelo urbano")
    WATER = "water", _("agua")
    PARK = "park", _("verde")
    BLOCK = "block", _("manzana")
    BUILDING = "building", _("edificio público")
    LOT = "lot", _("linderos")


class PlaceKind(StrEnum):
    """How a place was said."""

    ADDRESS = "address"
    STREET = "street"
    CORNER = "corner"
    BETWEEN = "between"
    KILOMETRE = "kilometre"
    ASSET = "asset"
    LANDMARK = "landmark"
    ZONE = "zone"
    POINT = "point"
    TEXT = "text"


class PlaceSource(StrEnum):
    """Where a place's coordinates come from."""

    MAP = "map"
    MY_LOCATION = "my_location"
    GEOCODED = "geocoded"
    SAID_ONLY = "said_only"


class Direction(StrEnum):
    """Where to walk, as a compass point."""

    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


class Relation(StrEnum):
    """How a place stands to the landmark it is told by."""

    AT = "at"
    BESIDE = "beside"
    IN_FRONT = "in_front"
    DIAGONAL = "diagonal"
    BEHIND = "behind"
    NEAR = "near"
