"""What can be wrong with the trail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProblemKind(TextChoices):
    CHANGED_ENTRY = "changed_entry", _("asiento cambiado")
    MISSING_ENTRY = "missing_entry", _("faltan asientos")
    BROKEN_LINK = "broken_link", _("el asiento no continúa el anterior")
    UNSIGNED_ENTRY = "unsigned_entry", _("asientos añadidos sin firma")
    MISSING_HEAD = "missing_head", _("cadena sin cabeza")
    FORGED_HEAD = "forged_head", _("cabeza con firma falsa")
    EMPTY_CHAIN = "empty_chain", _("cadena sin asientos")
    REMOVED_SINCE_ANCHOR = "removed_since_anchor", _("falta lo que un ancla atestigua")
    CHANGED_SINCE_ANCHOR = "changed_since_anchor", _("difiere de lo que un ancla atestigua")
    MISSING_ANCHOR = "missing_anchor", _("falta un ancla")
    BROKEN_ANCHOR = "broken_anchor", _("ancla cambiada o con firma falsa")
    MISSING_TRIGGER = "missing_trigger", _("falta un disparador que protege el rastro")
    CHANGED_CONTENT = "changed_content", _("el contenido no es el que se registró")
    MISSING_CONTENT = "missing_content", _("falta contenido sin orden de borrado")
    UNRECORDED_CONTENT = "unrecorded_content", _("contenido que el rastro no registra")
