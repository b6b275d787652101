"""The people of San Jacinto: invented names, and contacts that can belong to nobody.

E-mails end in `.example` (RFC 2606). Costa Rica keeps no telephone numbers for fiction, so they begin with 3, which
its numbering plan gives to no one; identity cards begin with 0, which no province has.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ventanilla.lib import text
from ventanilla.people import actions as people
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import ContactPoint, Person

WOMEN = (
    "Rosa", "María Elena", "Gabriela", "Yamileth", "Silvia", "Karol", "Paola", "Daniela", "Flor", "Marjorie", "Ligia",
    "Sofía", "Valeria", "Cinthya", "Grettel", "Melissa", "Vanessa", "Nuria", "Damaris", "Angie", "Fabiola", "Ivannia",
    "Jessenia", "Roxana", "Tatiana", "Victoria", "Lidieth", "Ana Isabel", "Cecilia", "Doris", "Estela", "Irma",
)  # fmt: skip
MEN = (
    "Luis Diego", "Carlos", "Mauricio", "Jorge", "Manuel", "José Pablo", "Esteban", "Ronald", "Marvin", "Álvaro",
    "Hugo", "Andrés", "Sebastián", "Juan Rafael", "Gilberto", "Edgar", "Freddy", "Erick", "Pedro", "Rafael", "Santiago",
    "Tomás", "Walter", "Bernal", "Alexis", "Melvin", "Rodolfo", "Isaac", "Bryan", "Kevin", "Olman", "Rigoberto",
)  # fmt: skip
SURNAMES = (
    "Acuña", "Alfaro", "Araya", "Arguedas", "Azofeifa", "Barquero", "Bonilla", "Calderón", "Campos", "Carvajal",
    "Cascante", "Céspedes", "Chaves", "Corrales", "Delgado", "Elizondo", "Esquivel", "Fallas", "Fernández",
    "Granados", "Guzmán", "Jiménez", "Ledezma", "León", "Marín", "Masís", "Molina", "Montero", "Montoya", "Murillo",
    "Orozco", "Otárola", "Pacheco", "Prado", "Quirós", "Ramírez", "Rivera", "Rodríguez", "Sánchez", "Sibaja", "Solís",
    "Ulate", "Valverde", "Varela", "Vargas", "Venegas", "Zamora", "Zeledón",
)  # fmt: skip
MAIL_DOMAINS = ("correo.example", "vecinos.example", "buzon.example")
SEED = 506


@dataclass(frozen=True)
class Neighbour:
    """A person before they have ever dealt with the municipality."""

    number: int
    name: str
    contacts: tuple[tuple[ContactKind, str], ...]
    document: str = ""
    is_proven: bool = True


ROSA = Neighbour(
    0,
    "Rosa Benítez Arias",
    ((ContactKind.EMAIL, "rosa@vecinos.example"), (ContactKind.PHONE, "+50630000001")),
    "001230456",
)
"""The person to sign in as at the portal: she has several matters going on."""


def account() -> tuple[str, str, str]:
    """What is shown to whoever tries the portal: Rosa's contact, no password (a code is sent), what it is for."""
    _kind, email = ROSA.contacts[0]
    return email, "", "una vecina, con lo que ha presentado"


def invent(count: int) -> list[Neighbour]:
    """So many people, the same every time, no two with one name or one contact. The first is Rosa."""
    rnd = random.Random(SEED)
    found, names = [ROSA], {ROSA.name}
    while len(found) < count:
        name = f"{rnd.choice(rnd.choice((WOMEN, MEN)))} {rnd.choice(SURNAMES)} {rnd.choice(SURNAMES)}"
        if name not in names:
            names.add(name)
            found.append(_invented(rnd, len(found), name))
    return found


def _invented(rnd: random.Random, number: int, name: str) -> Neighbour:
    phone = (ContactKind.PHONE, f"+5063{(number * 7919 + 1000) % 10_000_000:07}")
    words = text.fold(name).split()
    mail = (ContactKind.EMAIL, f"{words[0]}.{words[-2]}{number}@{rnd.choice(MAIL_DOMAINS)}")
    way = rnd.random()
    contacts = (phone, mail) if way < 0.25 else (phone,) if way < 0.6 else (mail,) if way < 0.93 else (mail, phone)
    document = f"0{rnd.randint(1, 999):04}{rnd.randint(1, 9999):04}" if rnd.random() < 0.4 else ""
    return Neighbour(number, name, contacts, document, is_proven=rnd.random() < 0.75)


@dataclass
class Town:
    """The people, registered when they first come."""

    people: list[Neighbour]
    by: str
    _known: dict[int, Person] = field(default_factory=dict)

    def person(self, number: int) -> Person:
        """The record of a person, made now if they never came before."""
        if number not in self._known:
            self._known[number] = self._found(self.people[number])
        return self._known[number]

    def _found(self, one: Neighbour) -> Person:
        kind, value = one.contacts[0]
        held = ContactPoint.objects.select_related("person").filter(kind=kind, value=value).first()
        return held.person if held else self._registered(one)

    def _registered(self, one: Neighbour) -> Person:
        documents = [("cedula", one.document)] if one.document else []
        return people.register_person(
            by=self.by, name=one.name, contacts=one.contacts, verified=one.is_proven, documents=documents
        )
