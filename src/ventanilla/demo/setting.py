"""The municipality as its pages show it: name, arms, where it is and when it opens."""

from __future__ import annotations

from ventanilla.demo.town import CENTER, NAME
from ventanilla.organization.actions import describe_municipality

ARMS = (
    '<svg viewBox="0 0 48 56" aria-hidden="true">'
    '<path fill="#2F4B9B" d="M4 5h40v25c0 12-9 19-20 23C13 49 4 42 4 30z"/>'
    '<path fill="#F4EDE1" d="M4 30l9-9 6 6 9-12 16 15v1H4z"/>'
    '<path fill="#1F6B45" d="M4 30h40c0 4-1 7-3 10H7c-2-3-3-6-3-10z"/>'
    '<path fill="none" stroke="#F4EDE1" stroke-width="2.4" '
    'd="M9 36c4-3 7-3 10 0s7 3 10 0 7-3 10 0M14 43c3-2 6-2 9 0s7 2 10 0"/>'
    '<circle cx="34" cy="13" r="4" fill="#E9B949"/></svg>'
)
SHOWN = {
    "name": NAME,
    "kind": "Municipalidad",
    "address": "Avenida Central, costado norte del Parque Central",
    "hours": "Lunes a viernes, de 7:30 a 15:45",
    "phone": "+506 3222 0000",
    "email": "ventanilla@sanjacintodelrio.example",
    "website": "https://sanjacintodelrio.example/",
    "arms_svg": ARMS,
    "center_lon": CENTER[0],
    "center_lat": CENTER[1],
    "outside_advice": "Ese lugar está fuera de San Jacinto del Río. Avise a la municipalidad de ese cantón; "
    "en carreteras nacionales, al Ministerio de Obras Públicas.",
}


def describe(*, by: str) -> None:
    """Say what pages show of the municipality. Done again, nothing changes."""
    describe_municipality(by=by, **SHOWN)
