"""Answers to a type's own questions, as its form asks them. Pure."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from ventanilla.catalog.models import Procedure

YES = 0.3
UNANSWERED = 0.35
"""How often a question that nobody must answer is left."""
INCOMPLETE = 0.12
"""How often what a person at the counter doesn't know is left to be asked later."""


def answers(
    rnd: random.Random, procedure: Procedure, told: dict[str, Any], *, day: date, pole: str, may_miss: bool
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers to a type's questions and the fields left to complete. What the words told stays as told."""
    if procedure.form is None:
        return {}, ()
    schema = procedure.form.schema
    given: dict[str, Any] = {}
    missing: list[str] = []
    for question in procedure.form.layout["questions"]:
        name = question["field"]
        if not _is_asked(question, given):
            continue
        essential = bool(question.get("essential"))
        if essential and may_miss and not missing and rnd.random() < INCOMPLETE:
            missing.append(name)
        elif name in told:
            given[name] = told[name]
        elif essential or name in schema.get("required", []) or rnd.random() > UNANSWERED:
            given[name] = _answer(rnd, name, schema["properties"][name], day, pole)
    return {name: value for name, value in given.items() if value not in ("", None)}, tuple(missing)


def _is_asked(question: dict[str, Any], given: dict[str, Any]) -> bool:
    when = question.get("when")
    return when is None or given.get(when["field"]) in when["in"]


def _answer(rnd: random.Random, name: str, wanted: dict[str, Any], day: date, pole: str) -> Any:
    if "enum" in wanted:
        return rnd.choice(wanted["enum"])
    if wanted["type"] == "array":
        return rnd.sample(wanted["items"]["enum"], rnd.choice((1, 1, 2)))
    if wanted["type"] == "boolean":
        return rnd.random() < YES
    if wanted["type"] == "integer":
        return rnd.randint(1, 4)
    if wanted.get("format") == "date":
        return (day - timedelta(days=rnd.randint(0, 20))).isoformat()
    return _short(rnd, name, day, pole)


def _short(rnd: random.Random, name: str, day: date, pole: str) -> str:
    """A few words, by what the question is about."""
    said = {
        "pole": pole,
        "plate": rnd.choice(
            ("No tiene", "Gris, sin placa", "Blanco, cuatro puertas", "Rojo, viejo", "Azul, tipo pick-up")
        ),
        "account_number": f"{rnd.randint(10, 99)}-{rnd.randint(1000, 9999)}-{rnd.randint(100, 999)}",
        "reference": f"{day.year}-{rnd.randint(1, 900):06}-{rnd.randint(0, 9)}",
        "meter_number": str(rnd.randint(100_000, 999_999)),
        "who": rnd.choice(
            ("Ventanilla de cobros", "La caja", "No sé el nombre", "Un inspector", "El que contesta el teléfono")
        ),
        "pet_marks": rnd.choice(("Café, mediano, sin collar", "Negro con blanco", "Blanca, pequeña, collar rojo")),
    }
    return said.get(name, "")


def completed(rnd: random.Random, procedure: Procedure, missing: tuple[str, ...], *, day: date) -> dict[str, Any]:
    """Answers to what was missing, found out later."""
    schema = procedure.form.schema if procedure.form else {"properties": {}}
    return {name: _answer(rnd, name, schema["properties"][name], day, "1127") or "No sabe" for name in missing}
