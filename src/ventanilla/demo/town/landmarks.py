"""What everybody in San Jacinto knows: where it is on the plan, and whether it fills a block or stands at a corner."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """A landmark near a point of the plan (metres). `on`: the park or block it fills, else it stands at a street."""

    name: str
    kind: str
    x: float
    y: float
    weight: int = 1
    aliases: tuple[str, ...] = ()
    on: str = "corner"
    is_facility: bool = False


KNOWN = [
    Known("Iglesia de San Jacinto", "church", 150, 40, 10, ("La Parroquia", "Iglesia Católica"), "block"),
    Known("Palacio Municipal", "municipal", 40, 160, 10, ("La Municipalidad", "La Muni"), "building", True),
    Known("Parque Central", "park", 52, 48, 9, ("El Parque",), "park"),
    Known("Mercado Municipal", "market", -150, 60, 9, ("El Mercado",), "block", True),
    Known("Escuela Juan Rafael Solano", "school", -60, -160, 8, ("Escuela Central",), "block"),
    Known("Liceo de San Jacinto", "high_school", -520, 180, 8, ("El Colegio",), "block"),
    Known("EBAIS de San Jacinto", "clinic", 260, -60, 8, ("El Seguro", "La Clínica"), "building"),
    Known("Estadio Municipal", "sport", -620, -420, 7, ("El Estadio",), "park:Estadio", True),
    Known("Plaza de Deportes", "sport", -330, 330, 6, ("La Cancha",), "park:Plaza de Deportes", True),
    Known("Cementerio Municipal", "cemetery", -900, 330, 7, ("El Panteón",), "park:Cementerio", True),
    Known("Antiguo Higuerón", "remembered", 330, 140, 6, ("El Higuerón",)),
    Known("Antigua Estación", "remembered", -1010, -1090, 6, ("La Estación del Tren",)),
    Known("Terminal de Buses", "bus_stop", -260, -60, 7, ("La Terminal",), "building"),
    Known("Parada del Parque", "bus_stop", 20, -10, 5),
    Known("Parada La Otra Banda", "bus_stop", 930, 60, 4),
    Known("Parada El Mirador", "bus_stop", 90, 1010, 3),
    Known("Parada La Ceiba", "bus_stop", -250, -960, 3),
    Known("Puente de la Avenida Central", "bridge", 640, -60, 6, ("Puente Viejo",), "exact"),
    Known("Puente de La Hamaca", "bridge", 660, -420, 4, ("La Hamaca",), "exact"),
    Known("Bomberos de San Jacinto", "safety", -380, -120, 6, ("Los Bomberos",), "building"),
    Known("Fuerza Pública", "safety", 140, 180, 6, ("La Delegación", "La Policía"), "building"),
    Known("Cruz Roja", "safety", -240, 190, 6, (), "building"),
    Known("Biblioteca Pública", "municipal", -60, 180, 5, ("La Biblioteca",), "building", True),
    Known("Plantel Municipal", "municipal", -1150, -420, 5, ("El Plantel",), "block", True),
    Known("Centro Cultural La Casona", "municipal", 180, -160, 5, ("La Casona",), "building", True),
    Known("Centro de Acopio", "municipal", -1180, 240, 4, ("El Reciclaje",), "building", True),
    Known("Red de Cuido La Otra Banda", "municipal", 1050, 120, 4, ("El CECUDI",), "building", True),
    Known("Salón Comunal de San Isidro", "community", -250, 700, 4, ("Salón Comunal",), "building"),
    Known("Salón Comunal La Otra Banda", "community", 1080, -80, 4, (), "building"),
    Known("Salón Comunal Los Trapiches", "community", -1280, -30, 3, (), "building"),
    Known("Iglesia de San Isidro Labrador", "church", -170, 740, 6, ("Ermita de San Isidro",), "building"),
    Known("Iglesia de La Otra Banda", "church", 1210, 90, 6, ("Ermita del Carmen",), "building"),
    Known("Templo Evangélico El Buen Pastor", "church", -760, -260, 4, (), "building"),
    Known("Escuela Los Trapiches", "school", -1110, 90, 5, (), "building"),
    Known("Escuela La Otra Banda", "school", 1250, -60, 5, (), "block"),
    Known("Escuela San Isidro", "school", -80, 720, 5, (), "building"),
    Known("Kínder Las Mariposas", "school", 60, -260, 3, (), "building"),
    Known("Banco Comunal", "bank", -30, 60, 7, ("El Banco",), "building"),
    Known("Cooperativa San Jacinto", "bank", -90, -40, 5, ("La Coope",), "building"),
    Known("Farmacia La Salud", "pharmacy", 20, 120, 4),
    Known("Farmacia Santa Marta", "pharmacy", -860, -100, 3),
    Known("Gasolinera El Cruce", "fuel", -1600, -1000, 5, ("La Bomba",)),
    Known("Gasolinera La Otra Banda", "fuel", 1330, -330, 4),
    Known("Súper El Ahorro", "shop", -180, -60, 5, ("El Súper",)),
    Known("Supermercado La Otra Banda", "shop", 1000, 190, 4),
    Known("Panadería La Espiga", "shop", 130, -40, 4, ("La Panadería",)),
    Known("Panadería San Isidro", "shop", -190, 820, 3),
    Known("Soda Doña Flor", "shop", -70, 110, 4),
    Known("Soda La Terminal", "shop", -250, -110, 3),
    Known("Ferretería El Martillo", "shop", -330, 60, 4, ("La Ferretería",)),
    Known("Veterinaria San Roque", "shop", 300, 290, 2),
    Known("Pulpería La Esquina", "shop", -450, -60, 4),
    Known("Pulpería El Buen Precio", "shop", 260, -330, 4),
    Known("Pulpería Los Ángeles", "shop", 220, -470, 3),
    Known("Pulpería La Merced", "shop", -330, -420, 3),
    Known("Pulpería La Estación", "shop", -960, -800, 3),
    Known("Pulpería Los Sauces", "shop", -820, 1180, 3),
    Known("Pulpería El Mirador", "shop", 240, 800, 3),
    Known("Pulpería La Ceiba", "shop", -310, -1240, 3),
    Known("Pulpería Santa Marta", "shop", -1000, -150, 3),
    Known("Pulpería El Progreso", "shop", 1300, -180, 3),
    Known("Pulpería Bella Vista", "shop", 1480, 420, 3),
    Known("Pulpería Quebrada Seca", "shop", 1480, -860, 3),
    Known("Beneficio El Labrador", "other", -1500, 520, 4, ("El Beneficio",)),
    Known("Trapiche de los Solano", "other", -1850, 100, 3),
    Known("Tanque de Agua", "other", 320, 1280, 3),
]

DISTRICTS: dict[str, dict[str, tuple[float, float]]] = {
    "San Jacinto": {
        "Centro": (40, 40), "El Carmen": (-390, 220), "La Merced": (-380, -330), "Los Ángeles": (290, -380),
        "El Higuerón": (330, 330),
    },
    "San Isidro": {
        "San Isidro": (-200, 720), "Los Sauces": (-950, 1300), "El Mirador": (330, 1080), "Calle Nueva": (-800, 560),
    },
    "La Estación": {
        "La Estación": (-850, -760), "Los Trapiches": (-1650, 250), "Santa Marta": (-960, -120),
        "El Plantel": (-1350, -700),
    },
    "Las Vegas": {"San Martín": (-60, -800), "Las Vegas": (420, -950), "La Ceiba": (-450, -1500)},
    "La Otra Banda": {
        "La Otra Banda": (930, 120), "Las Acacias": (1230, 330), "El Progreso": (1250, -220),
        "Bella Vista": (1850, 850), "Quebrada Seca": (1650, -950),
    },
}  # fmt: skip
"""The barrios of each district with a point in their middle."""
EAST_DISTRICT = "La Otra Banda"
