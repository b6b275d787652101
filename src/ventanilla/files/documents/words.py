"""What the papers say besides their data, in the language in force."""

from django.utils.translation import gettext as _


def receipt() -> dict[str, str]:
    """Headings and labels of `receipt.typ`."""
    return {
        "facts": _("Lo que presentó"),
        "said": _("Lo que nos contó"),
        "steps": _("Qué pasa ahora"),
        "done": _("hecho"),
        "now": _("paso actual"),
        "late": _("Si no respondemos a tiempo"),
        "code": _("Código para comprobarla:"),
        "check": _("Comprobar esta constancia"),
        "qr": _("Código QR que abre la página para comprobar esta constancia"),
    }
