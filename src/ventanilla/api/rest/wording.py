"""What pydantic finds wrong, in words for whoever writes the program."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_TEXTS = {
    "missing": gettext_lazy("Falta este dato."),
    "extra_forbidden": gettext_lazy("Este dato no se conoce."),
    "string_too_long": gettext_lazy("Pasa de %(max_length)s caracteres."),
    "string_too_short": gettext_lazy("Debe tener al menos %(min_length)s caracteres."),
    "string_pattern_mismatch": gettext_lazy("No tiene la forma esperada."),
    "string_type": gettext_lazy("Debe ser un texto."),
    "string_unicode": gettext_lazy("Tiene caracteres que no se pueden guardar."),
    "enum": gettext_lazy("Debe ser uno de: %(expected)s."),
    "literal_error": gettext_lazy("Debe ser uno de: %(expected)s."),
    "bool_type": gettext_lazy("Debe ser verdadero o falso."),
    "bool_parsing": gettext_lazy("Debe ser verdadero o falso."),
    "int_type": gettext_lazy("Debe ser un número entero."),
    "int_parsing": gettext_lazy("Debe ser un número entero."),
    "float_type": gettext_lazy("Debe ser un número."),
    "float_parsing": gettext_lazy("Debe ser un número."),
    "finite_number": gettext_lazy("Debe ser un número."),
    "greater_than_equal": gettext_lazy("No puede ser menor que %(ge)s."),
    "less_than_equal": gettext_lazy("No puede ser mayor que %(le)s."),
    "uuid_parsing": gettext_lazy("Debe ser un UUID."),
    "dict_type": gettext_lazy("Debe ser un objeto."),
    "model_attributes_type": gettext_lazy("Debe ser un objeto."),
    "timezone_aware": gettext_lazy("Falta el huso de la fecha, por ejemplo -06:00."),
}
_DATES = ("datetime", "date", "timezone")


def told(error: dict[str, Any]) -> str:
    """One error of pydantic in words."""
    kind = str(error["type"])
    if kind == "value_error":
        return str(error["ctx"]["error"]) if "ctx" in error else _("No tiene la forma esperada.")
    if kind not in _TEXTS and kind.startswith(_DATES):
        return _("Debe ser una fecha ISO 8601, por ejemplo 2026-11-25T10:24:00-06:00.")
    text = _TEXTS.get(kind)
    return str(text) % error.get("ctx", {}) if text else _("No tiene la forma esperada.")


def located(error: dict[str, Any]) -> dict[str, str]:
    """Where it is: a pointer into the body, or the name of a parameter."""
    source, *path = (str(step) for step in error["loc"])
    if source == "body":
        return {"pointer": "#/" + "/".join(path[1:])}
    return {"parameter": path[-1] if path else source}
