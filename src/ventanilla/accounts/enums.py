"""What may be done. Code asks what a user may do, never which group they are in."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Named `scope:resource:action`. Held in departments or everywhere, as the role says."""

    CASE_VIEW = "cases:case:view"
    CASE_VIEW_ALL = "cases:case:view_all"
    CASE_VIEW_RESERVED = "cases:case:view_reserved"
    CASE_FILE = "cases:case:file"
    CASE_TAKE = "cases:case:take"
    CASE_ASSIGN = "cases:case:assign"
    CASE_ROUTE = "cases:case:route"
    CASE_REPLY = "cases:case:reply"
    CASE_NOTE = "cases:case:note"
    CASE_WORK = "cases:case:work"
    CASE_CORRECT_PLACE = "cases:case:correct_place"
    CASE_RESOLVE = "cases:case:resolve"
    CASE_PAUSE = "cases:case:pause"
    CASE_REFUSE = "cases:case:refuse"
    CASE_CANCEL = "cases:case:cancel"
    CASE_REOPEN = "cases:case:reopen"
    CASE_LINK = "cases:case:link"
    CASE_EXPORT = "cases:case:export"
    CASE_TEMPLATE_EDIT = "cases:template:edit"
    PERSON_VIEW = "people:person:view"
    PERSON_EDIT = "people:person:edit"
    PERSON_ERASE = "people:person:erase"
    CATALOG_EDIT = "catalog:entry:edit"
    MUNICIPALITY_EDIT = "organization:municipality:edit"
    STAFF_MANAGE = "accounts:staff:manage"
    KEY_MANAGE = "accounts:key:manage"
    NOTIFICATION_EDIT = "notifications:template:edit"


class Scope(StrEnum):
    """What an API key may do."""

    OPEN311_POST = "open311:request:post"
    OPEN311_UPDATE = "open311:update:post"
    CASE_FILE = "api:case:file"
    CASE_READ = "api:case:read"
    CASE_ACT = "api:case:act"


class FactorKind(StrEnum):
    """Second factors, by the names their library stores."""

    APP = "totp"
    KEY = "webauthn"
    PRINTED_CODES = "recovery_codes"


class ClosingReason(models.TextChoices):
    """Why an account is closed. Fixed words, because the trail is never erased."""

    LEFT = "left", _("Ya no trabaja aquí")
    MOVED = "moved", _("Cambió de puesto y no la necesita")
    ABSENCE = "absence", _("Ausencia larga")
    MISUSE = "misuse", _("Sospecha de mal uso")
    MISTAKE = "mistake", _("Se abrió por error")


class ResetReason(models.TextChoices):
    """Why a second factor is taken away."""

    LOST = "lost", _("Perdió el teléfono o la llave")
    REPLACED = "replaced", _("Cambió de teléfono o de llave")
    BROKEN = "broken", _("Se dañó")
    STOLEN = "stolen", _("Se lo robaron")
    MISUSE = "misuse", _("Sospecha de mal uso")


class Notice(models.TextChoices):
    """What we write about to the owner of an account, so that nobody changes it behind their back."""

    PASSWORD_CHANGED = "password_changed", _("Se cambió la contraseña de su cuenta.")
    EMAIL_CHANGED = "email_changed", _("Se cambió el correo de su cuenta.")
    FACTOR_ADDED = "factor_added", _("Se agregó un segundo factor a su cuenta.")
    FACTOR_REMOVED = "factor_removed", _("Se quitó un segundo factor de su cuenta.")
    FACTORS_RESET = "factors_reset", _("Sistemas quitó los segundos factores de su cuenta: elija otro al entrar.")
    CODES_MADE = "codes_made", _("Se hicieron códigos impresos nuevos para su cuenta; los anteriores ya no sirven.")
