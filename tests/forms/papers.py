"""Forms that the tests of this room ask."""

from typing import Any

from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import completed

LIGHT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "extent": {"type": "string", "enum": ["one", "several", "block"]},
        "how_many": {"type": "integer", "minimum": 2, "maximum": 50},
        "signs": {"type": "array", "items": {"type": "string", "enum": ["dark", "blinks", "sparks"]}, "minItems": 1},
        "since": {"type": "string", "format": "date"},
        "pole": {"type": "string", "pattern": "^P-[0-9]{1,6}$", "maxLength": 8},
        "height": {"type": "number", "minimum": 0.5},
        "danger": {"type": "boolean"},
        "detail": {"type": "string"},
    },
    "required": ["extent", "how_many"],
}
LIGHT_LAYOUT: dict[str, Any] = {
    "questions": [
        {
            "field": "extent",
            "question": "¿Cuántas luminarias están apagadas?",
            "script": "Pregunte si es una sola o toda la cuadra.",
            "options": [
                {"value": "one", "label": "Una sola"},
                {"value": "several", "label": "Varias"},
                {"value": "block", "label": "Toda la cuadra"},
            ],
        },
        {"field": "how_many", "question": "¿Cuántas son?", "when": {"field": "extent", "equals": "several"}},
        {
            "field": "signs",
            "question": "¿Qué se ve?",
            "options": [
                {"value": "dark", "label": "No prende"},
                {"value": "blinks", "label": "Parpadea"},
                {"value": "sparks", "label": "Echa chispas"},
            ],
        },
        {"field": "since", "question": "¿Desde cuándo?"},
        {"field": "pole", "question": "¿Qué número tiene el poste?", "hint": "Por ejemplo P-1234.", "essential": True},
        {"field": "height", "question": "¿A qué altura está, en metros?"},
        {"field": "danger", "question": "¿Hay cables sueltos?"},
        {
            "field": "detail",
            "question": "Cuéntenos el peligro",
            "widget": "long",
            "when": {"field": "danger", "equals": True},
        },
    ]
}
SCHEMA = completed(LIGHT_SCHEMA, LIGHT_LAYOUT)


def light() -> FormVersion:
    """A published form, not stored."""
    return version(LIGHT_SCHEMA, LIGHT_LAYOUT)


def version(schema: dict[str, Any], layout: dict[str, Any], digest: str = "light") -> FormVersion:
    return FormVersion(key="light", version=1, schema=completed(schema, layout), layout=layout, digest=digest)
