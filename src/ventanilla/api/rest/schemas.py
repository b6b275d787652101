"""What goes in and out, typed, with examples. Descriptions are marked for translation and translated when shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints
from pydantic.config import JsonDict

from ventanilla.cases.actions.filing import DESCRIPTION_LIMIT

KEY = r"^[-_A-Za-z0-9]{1,80}$"
# A `\w` counted up to a hundred and fifty compiles to 14 MB in every process: what counts letters is `max_length`.


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError(_now("Tiene caracteres que no se pueden guardar."))
    return text


def _text(longest: int, shortest: int = 0) -> Any:
    limits = StringConstraints(max_length=longest, min_length=shortest, strip_whitespace=True)
    return Annotated[str, limits, AfterValidator(_storable)]


Key = Annotated[str, StringConstraints(pattern=KEY)]
Short = _text(200)
Long = _text(DESCRIPTION_LIMIT)
Said = _text(DESCRIPTION_LIMIT, 1)


def _likely(moment: datetime) -> datetime:
    if not 1970 <= moment.year <= 2200:
        raise ValueError(_now("Revise el año de la fecha."))
    return moment


When = Annotated[AwareDatetime, AfterValidator(_likely)]
ZoneKey = _text(120, 1)
Label = _text(200, 1)
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
State = Literal[
    "received", "in_progress", "waiting_person", "scheduled", "resolved", "refused", "cancelled", "withdrawn",
    "duplicate",
]  # fmt: skip


class Sent(Schema):
    """What comes in: nothing that isn't known."""

    model_config = ConfigDict(extra="forbid")


class Named(Schema):
    """Something by its key."""

    key: str = Field(examples=["alumbrado"])
    name: str = Field(examples=["Alumbrado público"])


# Catalogue ----------------------------------------------------------------------------------------------------------


class Attribute(Schema):
    key: str = Field(description=_("Con este nombre va la respuesta en `answers`"), examples=["how_many"])
    question: str = Field(examples=["¿Cuántas luces están apagadas?"])
    hint: str
    is_required: bool


class ProcedureOut(Schema):
    key: str = Field(examples=["bombillo-quemado"])
    name: str = Field(examples=["Bombillo quemado"])
    description: str
    service: Named
    department: Named
    kind: str = Field(description=_("Reporte, queja, denuncia, solicitud, consulta…"), examples=["service_request"])
    nature: str = Field(description=_("Naturaleza jurídica: de ella dependen los plazos"), examples=["service_notice"])
    words: list[str] = Field(description=_("Como lo llama la gente"), examples=[["bombillo", "foco", "farola"]])
    place: str = Field(description=_("Si hay que decir el lugar: required, optional o none"), examples=["required"])
    is_emergency: bool = Field(description=_("No se presenta: se llama al teléfono de emergencia"))
    emergency_phone: str
    needs_document: bool = Field(description=_("Pide documento de identidad"))
    can_be_filed: bool = Field(description=_("Si puede presentarse por aquí"))


class ProcedureDetail(ProcedureOut):
    questions: list[Attribute]
    answers_schema: dict[str, Any] = Field(description=_("Esquema JSON (2020-12) de `answers`"))


class ServiceOut(Schema):
    key: str = Field(examples=["alumbrado-publico"])
    name: str = Field(examples=["Alumbrado público"])
    description: str
    procedures: list[Named]


# Filing -------------------------------------------------------------------------------------------------------------


class PlaceIn(Sent):
    said: _text(300) = Field("", description=_("Como lo dice la persona"), examples=["200 m sur de la iglesia"])  # type: ignore[valid-type]
    lon: Lon | None = Field(None, examples=[-84.1])
    lat: Lat | None = Field(None, examples=[9.93])


class DocumentIn(Sent):
    kind: Key = Field("national", examples=["national"])
    number: _text(40, 1) = Field(examples=["1-0234-0567"])  # type: ignore[valid-type]


class ApplicantIn(Sent):
    name: _text(80) = Field("", examples=["Rosa Benítez Arias"])  # type: ignore[valid-type]
    email: _text(254) = Field("", examples=["rosa@correo.example"])  # type: ignore[valid-type]
    phone: _text(40) = Field("", examples=["8888 1234"])  # type: ignore[valid-type]
    document: DocumentIn | None = None


_FILED_SO: JsonDict = {
    "procedure": "bombillo-quemado",
    "description": "El bombillo frente a la iglesia lleva una semana apagado.",
    "answers": {"how_many": "one"},
    "place": {"said": "Frente a la iglesia", "lon": -84.1, "lat": 9.93},
    "identity": "identified",
    "applicant": {"name": "Rosa Benítez Arias", "phone": "8888 1234"},
}


class CaseIn(Sent):
    model_config = ConfigDict(json_schema_extra={"examples": [_FILED_SO]})

    procedure: Key = Field(description=_("Clave del tipo de trámite"), examples=["bombillo-quemado"])
    description: Long = Field("", examples=["El bombillo frente a la iglesia lleva una semana apagado."])  # type: ignore[valid-type]
    answers: dict[str, Any] = Field(default_factory=dict, examples=[{"how_many": "one"}])
    place: PlaceIn | None = None
    identity: Literal["identified", "confidential", "anonymous"] = Field(
        "anonymous", description=_("Con identidad, con identidad reservada o sin decir quién")
    )
    applicant: ApplicantIn | None = Field(None, description=_("Quién lo presenta, salvo si es anónimo"))


class Clock(Schema):
    kind: Literal["response", "target"] = Field(
        description=_("response: plazo para contestar; target: fecha prevista de arreglo")
    )
    due_at: datetime
    law: str = Field(examples=["Carta de servicios"])
    article: str
    silence: str = Field(description=_("Efecto del silencio, donde la ley le da uno"))
    met_at: datetime | None


class Filed(Schema):
    uuid: UUID
    reference: str = Field(examples=["2026-000123-7"])
    follow_code: str = Field(description=_("Con el número, para ver cómo va"), examples=["BCDF2345"])
    receipt_code: str = Field(description=_("Con el número, para comprobar la constancia"), examples=["GHJK6789"])
    state: State
    filed_at: datetime = Field(description=_("El momento oficial, según el reloj del servidor"))
    department: Named
    clocks: list[Clock]


# Following ----------------------------------------------------------------------------------------------------------


class Step(Schema):
    title: str = Field(examples=["Lo recibimos"])
    text: str
    kind: Literal["done", "now", "ask", "next", "end"]
    at: datetime | None


class Moment(Schema):
    at: datetime
    kind: str = Field(examples=["taken"])
    label: str = Field(examples=["Lo tomó"])
    by: str = Field(examples=["Olga Mora Solís"])
    text: str


class Followed(Schema):
    reference: str = Field(examples=["2026-000123-7"])
    procedure: Named
    state: State
    state_label: str = Field(examples=["En curso"])
    department: Named
    filed_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    outcome: str = Field(description=_("Cómo quedó, cuando terminó"))
    asked: str = Field(description=_("Lo que se le pregunta a la persona y aún no contesta"))
    clocks: list[Clock]
    steps: list[Step] = Field(description=_("Lo hecho, lo de ahora y lo que sigue"))
    timeline: list[Moment]


# The desk -----------------------------------------------------------------------------------------------------------


class Summary(Schema):
    uuid: UUID
    reference: str = Field(examples=["2026-000123-7"])
    procedure: Named
    kind: str = Field(examples=["service_request"])
    state: State
    channel: str = Field(examples=["web"])
    department: Named
    team: Named | None
    assignee: Named | None = Field(description=_("Quién lo lleva, por su usuario"))
    district: str | None
    neighborhood: str | None
    place: str = Field(examples=["Frente a la iglesia"])
    lon: float | None
    lat: float | None
    filed_at: datetime
    updated_at: datetime
    due_at: datetime | None = Field(description=_("Lo que vence antes"))
    closed_at: datetime | None
    is_urgent: bool
    is_incomplete: bool
    is_reserved: bool
    followers: int


class Page(Schema):
    cases: list[Summary]
    next: str | None = Field(description=_("El `cursor` de la página que sigue; nulo en la última"))


class Answer(Schema):
    question: str
    answer: str


class ContactOut(Schema):
    kind: str = Field(examples=["phone"])
    value: str = Field(examples=["+50688881234"])


class ApplicantOut(Schema):
    uuid: UUID
    name: str
    contacts: list[ContactOut]


class FileOut(Schema):
    uuid: UUID
    name: str = Field(examples=["foto.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    size: int = Field(description=_("En octetos"))
    visibility: Literal["public", "person", "staff"]


class DeskMoment(Moment):
    visibility: Literal["public", "person", "staff"]
    data: dict[str, Any]
    files: list[FileOut]


class Work(Schema):
    uuid: UUID
    name: str = Field(examples=["Comprobar los hechos"])
    kind: str = Field(examples=["process"])
    role: str = Field(examples=["service_manager"])
    state: Literal["open", "done", "cancelled"]
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    can_be_done: bool = Field(description=_("Si quien tiene la clave puede hacerlo ahora"))
    questions: list[Attribute] = Field(description=_("Lo que hay que contestar al hacerlo"))


class Detail(Summary):
    description: str
    outcome: str
    nature: str
    identity: Literal["identified", "confidential", "anonymous"]
    applicant: ApplicantOut | None = Field(description=_("Nulo si es anónimo o su identidad está reservada"))
    answers: list[Answer]
    routing: str = Field(description=_("La regla que lo mandó a su área"))
    said_place: dict[str, Any] | None = Field(description=_("El lugar como se dijo"))
    corrected_place: dict[str, Any] | None
    clocks: list[Clock]
    work: list[Work]
    timeline: list[DeskMoment]
    acts: list[str] = Field(description=_("Lo que quien tiene la clave puede hacer ahora"), examples=[["take", "note"]])


class Done(Schema):
    uuid: UUID
    reference: str
    state: State
    department: Named
    team: Named | None
    assignee: Named | None
    updated_at: datetime
    closed_at: datetime | None


class TextIn(Sent):
    text: Said = Field(examples=["Vamos el jueves por la mañana."])  # type: ignore[valid-type]


class ReplyIn(TextIn):
    answers: bool = Field(False, description=_("Con esto queda contestado: cumple el plazo para contestar"))


class ScheduleIn(TextIn):
    without_budget: bool = Field(False, description=_("Espera presupuesto"))


class PlaceFix(Sent):
    said: Label = Field(description=_("Nombre del lugar correcto"), examples=["Calle 2, frente al parque"])  # type: ignore[valid-type]
    lon: Lon | None = Field(None, examples=[-84.1])
    lat: Lat | None = Field(None, examples=[9.93])


class ExtendIn(TextIn):
    kind: Literal["response", "target"] = Field(description=_("Cuál de los dos plazos"), examples=["target"])
    quantity: int = Field(ge=1, le=365, description=_("Cuánto más, en la unidad de ese plazo"), examples=[3])


class UrgentIn(Sent):
    urgent: bool = Field(examples=[True])


class AssignIn(Sent):
    user: _text(150) | None = Field(None, description=_("Usuario; nulo para nadie"), examples=["olga"])  # type: ignore[valid-type]
    team: Key | None = Field(None, examples=["cuadrilla-1"])


class RouteIn(Sent):
    department: Key = Field(examples=["calles"])
    team: Key | None = None
    reason: Said = Field(description=_("La persona lo lee"), examples=["Es una calle, no un poste."])  # type: ignore[valid-type]


class WorkIn(Sent):
    answers: dict[str, Any] = Field(default_factory=dict, examples=[{"facts": "real"}])
    note: Long = Field("", examples=["Se confirmó en sitio."])  # type: ignore[valid-type]


class Point(Schema):
    type: Literal["Point"]
    coordinates: list[float] = Field(min_length=2, max_length=2)


class Feature(Schema):
    type: Literal["Feature"]
    geometry: Point
    properties: dict[str, Any] = Field(
        description=_("De un grupo, cuántos (`count`); de un caso, su forma, su nombre y su dirección aquí")
    )


class Features(Schema):
    type: Literal["FeatureCollection"]
    features: list[Feature]


class Filters(Schema):
    """What narrows the list of cases."""

    status: Literal["open", "closed", "all"] = "open"
    order: Literal["urgency", "filed", "updated"] | None = Field(
        None,
        description=_(
            "urgency: como la bandeja (solo abiertos, lo habitual en ellos); filed: lo último que entró primero; "
            "updated: lo que hace más que no cambia primero, para sincronizar"
        ),
    )
    department: Key | None = None
    team: Key | None = None
    service: Key | None = None
    procedure: Key | None = None
    state: State | None = None
    channel: Literal["web", "phone", "counter", "open311", "api", "import"] | None = None
    district: ZoneKey | None = None  # type: ignore[valid-type]
    neighborhood: ZoneKey | None = None  # type: ignore[valid-type]
    assignee: Annotated[str, StringConstraints(pattern=r"^[-\w.@+]+$", max_length=150)] | None = Field(
        None, description=_("Usuario; «none» para los que nadie ha tomado")
    )
    filed_after: When | None = None
    filed_before: When | None = None
    updated_after: When | None = None
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = Field(None, description=_("El `next` anterior"))
    limit: int = Field(50, ge=1, le=100)
