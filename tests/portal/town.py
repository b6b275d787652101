"""A lived-in municipality for the portal's tests: the cast, the demo's town under it, and cases in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import BY, Cast, actor, make_cast
from tests.pictures import jpeg
from ventanilla.cases import actions
from ventanilla.cases.actions import Filing
from ventanilla.cases.enums import Channel, Identity
from ventanilla.cases.models import Case
from ventanilla.catalog import actions as catalog
from ventanilla.catalog import published
from ventanilla.catalog.models import Procedure
from ventanilla.demo import town
from ventanilla.files import actions as files
from ventanilla.files.enums import FileKind
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor
from ventanilla.lib.workingtime import Unit
from ventanilla.organization import municipality
from ventanilla.organization.models import Department
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.places import geocode, revisions
from ventanilla.places.models import Zone

SERVICES = [
    ("calles", "Calles y aceras", "road"),
    ("aseo", "Basura y limpieza", "trash"),
    ("parques", "Parques y árboles", "tree"),
    ("agua", "Agua y desagües", "droplet"),
]
# key, service, name, kind, nature, words, more
TYPES: list[tuple[str, str, str, str, str, list[str], dict[str, Any]]] = [
    ("bache", "calles", "Bache", "service_request", "service_notice", ["hueco", "bache", "calle rota"], {"weight": 1}),
    ("acera-danada", "calles", "Acera dañada", "service_request", "service_notice", ["acera rota", "vereda"], {}),
    ("no-paso-el-camion", "aseo", "No pasó el camión de la basura", "service_request", "service_notice",
     ["no pasó el camión", "basura sin recoger"], {"target_quantity": 2}),
    ("basura-en-la-calle", "aseo", "Basura botada en la calle", "service_request", "service_notice",
     ["basurero", "escombros"], {"description": "Bolsas, escombros o muebles en la vía o en un lote."}),
    ("rama-por-caer", "parques", "Rama a punto de caer", "service_request", "service_notice", ["árbol", "rama"], {}),
    ("fuga-de-agua", "agua", "Fuga de agua en la calle", "service_request", "service_notice", ["fuga", "agua"], {}),
    ("casa-inundada", "agua", "Se mete el agua a mi casa", "service_request", "service_notice", ["inundación"],
     {"at_dwelling": True}),
    ("cable-caido", "alumbrado-publico", "Cable eléctrico caído", "service_request", "service_notice",
     ["cable", "poste caído"],
     {"is_emergency": True, "emergency_phone": "911",
      "emergency_advice": "No lo toque ni deje que nadie se acerque. Quédese a más de diez metros."}),
    ("sugerencia", "atencion", "Sugerencia", "suggestion", "petition", ["idea", "proponer"],
     {"place_need": "optional", "process_key": "suggestion"}),
    ("felicitacion", "atencion", "Felicitación", "compliment", "petition", ["gracias", "felicitar"],
     {"place_need": "none", "process_key": "suggestion"}),
    ("consulta", "atencion", "Consulta", "inquiry", "petition", ["pregunta", "duda"],
     {"place_need": "none", "process_key": "inquiry"}),
    ("ampliar-la-red", "agua", "Ampliar la red de agua", "service_request", "service_notice", ["tubería nueva"],
     {"technical_only": True}),
]  # fmt: skip


def make_town() -> Cast:
    """The cast in San Jacinto del Río, with a fuller catalogue."""
    cast = make_cast()
    here = municipality.current()
    here.name, here.center_lon, here.center_lat = town.NAME, *town.CENTER
    here.address, here.hours = "Avenida Central 100, frente al parque", "Lunes a viernes, de 8:00 a 16:00"
    here.outside_advice = "Ese lugar es de San Rafael: llame a su municipalidad, 2438-0000."
    here.save()
    Zone.objects.filter(key="b1").delete()
    Zone.objects.filter(key="d1").delete()
    town.lay(town.build())
    municipality.forget()
    revisions.forget()
    widen_catalogue(cast)
    return cast


def widen_catalogue(cast: Cast) -> None:
    """More services and types than the cast has."""
    for order, (key, name, icon) in enumerate(SERVICES, start=1):
        catalog.define_service(key=key, name=name, icon=icon, order=order, by="system")
    by_key = {service.key: service for service in published.current().services}
    published.forget()
    by_key = {service.key: service for service in published.current().services}
    cast.streets.phone, cast.streets.email = "2222-0101", "calles@villa.example"
    cast.streets.save()
    for key, service, name, kind, nature, words, more in TYPES:
        values: dict[str, Any] = {"department": cast.streets, **more}
        if kind == "service_request":
            values = {"target_quantity": 10, "target_unit": Unit.WORKING_DAY, **values}
        catalog.define_procedure(
            key=key, by="system", service=by_key[service], name=name, kind=kind, nature=nature, words=words, **values
        )
    published.forget()


def type_of(key: str) -> Procedure:
    return published.current().by_key[key]


def photo(color: str = "navy") -> Any:
    """A photo as a browser sends it, already received."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return files.receive(SimpleUploadedFile("foto.jpg", jpeg(800, 600, color), "image/jpeg"), kinds=FileKind.PHOTO)


def file_at(cast: Cast, key: str, said: str, text: str, *, days: float = 0, **more: Any) -> Case:
    """A case filed so many days ago at a place said in words."""
    from django.db import transaction

    staged = photo(more.pop("color")) if "color" in more else None
    with clock.at(clock.now() - timedelta(days=days)), transaction.atomic():
        held = [(files.keep(staged, by="test"), "foto.jpg")] if staged else []
        place = geocode.placed(said) if said else None
        values = {"place": place, "description": text, "answers": {}, "files": held, **more}
        return cast.file(procedure=type_of(key), **values)


def person_of(cast: Cast) -> Actor:
    return Actor(f"person:{cast.rosa.uuid}", cast.rosa.name)  # type: ignore[union-attr]


def live(cast: Cast) -> dict[str, Case]:
    """A dozen cases, each in another state, by real actions."""
    olga, otilia = actor(cast.olga), actor(cast.otilia)
    now = clock.now()
    made: dict[str, Case] = {}

    made["received"] = file_at(
        cast,
        "bombillo-quemado",
        "200 m sur de la iglesia",
        "El bombillo frente a la panadería lleva más de una semana apagado.\nDe noche no se ve nada.",
        days=0.1,
        answers={"how_many": "one"},
        color="navy",
    )
    case = file_at(
        cast, "bache", "Avenida 3 y Calle 5", "Un hueco enorme, ya se golpearon dos motos.", days=3, color="gray"
    )
    with clock.at(now - timedelta(days=2)):
        made["taken"] = actions.take_case(case, user=cast.otilia, by=otilia)
    case = file_at(
        cast,
        "bombillo-quemado",
        "Avenida Central 340",
        "Está apagado desde el lunes.",
        days=2,
        answers={"how_many": "several"},
    )
    with clock.at(now - timedelta(days=1)):
        case = actions.take_case(case, user=cast.olga, by=olga)
        case = actions.reply(
            case,
            text="Buenos días, Rosa. Ya lo tengo yo. En esa cuadra cambiamos lámparas en marzo, "
            "así que puede ser la fotocélula.",
            by=olga,
        )
    with clock.at(now - timedelta(minutes=30)):
        made["asked"] = actions.ask_person(
            case,
            text="Hay dos postes frente a la panadería. ¿Nos dice el número pintado en el que está apagado?",
            by=olga,
        )
    made["overdue"] = file_at(cast, "basura-en-la-calle", "poste 1127", "Botaron escombros en el lote.", days=40)
    case = file_at(cast, "rama-por-caer", "frente al mercado", "Una rama muy grande.", days=15)
    with clock.at(now - timedelta(days=10)):
        case = actions.take_case(case, user=cast.otilia, by=otilia)
        made["scheduled"] = actions.schedule_case(
            case,
            text="La poda de esa calle está programada para el próximo trimestre, cuando haya presupuesto.",
            by=otilia,
            without_budget=True,
        )
    case = file_at(cast, "acera-danada", "avenida central 120", "La acera está levantada por las raíces.", days=12)
    with clock.at(now - timedelta(days=9)):
        actions.take_case(case, user=cast.otilia, by=otilia)
    with clock.at(now - timedelta(days=4)):
        made["resolved"] = actions.resolve_case(case, text="Nivelamos la acera y cortamos la raíz.", by=otilia)
    case = file_at(cast, "fuga-de-agua", "km 3,5 carretera vieja", "Sale agua del asfalto.", days=20)
    with clock.at(now - timedelta(days=18)):
        made["refused"] = actions.refuse_case(
            case, text="Esa tubería es del acueducto rural. Ya les avisamos; su teléfono es el 2438-1111.", by=otilia
        )
    case = file_at(cast, "no-paso-el-camion", "100 m norte del antiguo higuerón", "Dos semanas sin pasar.", days=6)
    with clock.at(now - timedelta(days=5)):
        made["withdrawn"] = actions.withdraw_case(case, text="Ya pasó.", by=person_of(cast))
    made["complaint"] = file_at(
        cast, "queja-por-la-atencion", "", "Me tuvieron dos horas esperando y nadie me explicó nada.", days=1
    )
    made["breach"] = file_at(
        cast, "construccion-sin-permiso", "Calle Real 50", "Levantan un tercer piso sin rótulo de permiso.", days=2
    )
    made["dwelling"] = file_at(cast, "casa-inundada", "Avenida 2 y Calle 4", "Cada aguacero se mete el agua.", days=1)
    made["anonymous"] = file_at(
        cast, "bache", "Avenida 3 y Calle 7", "Otro hueco.", days=0.5, identity=Identity.ANONYMOUS, applicant=None
    )
    case = made["taken"]
    for name, phone in (("Luis Soto", "+50687776655"), ("Ana Mora", "+50687776656")):
        neighbour = people.register_person(by="test", name=name, contacts=[(ContactKind.PHONE, phone)], verified=True)
        case = actions.follow(case, person=neighbour, by=BY)
    made["taken"] = case
    return made


__all__ = ["Channel", "Department", "Filing", "file_at", "live", "make_town", "person_of", "type_of", "widen_catalogue"]
