"""What is said, asked, noted and added."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import Permission
from ventanilla.cases import actions
from ventanilla.cases.actions import pauses
from ventanilla.cases.enums import Visibility
from ventanilla.cases.models import Case
from ventanilla.desk import forms
from ventanilla.desk.acting import effects
from ventanilla.desk.acting.act import Act, Effect, Reached, Told, always, kept
from ventanilla.lib.actors import Actor
from ventanilla.places.enums import PlaceSource
from ventanilla.places.geocode import placed, pointed


def _reply(case: Case, told: Told, user: Any, by: Actor) -> Any:
    held = kept(told.get("file"), by)
    return actions.reply(case, text=told["text"], answers=told.get("answers", False), by=by, files=held)


def _attach(case: Case, told: Told, user: Any, by: Actor) -> Any:
    held = kept(told["file"], by)
    return actions.attach(case, files=held, by=by, visibility=Visibility(told["visibility"]), text=told["text"])


def _place(case: Case, told: Told, user: Any, by: Actor) -> Any:
    lon, lat = told["lon"], told["lat"]
    put = lon is not None and lat is not None
    place = pointed(told["said"], lon, lat, PlaceSource.MAP) if put else placed(told["said"])
    return actions.correct_place(case, place=place, by=by)


def _who_you_choose(_case: Case, _reached: Reached) -> list[Effect]:
    return [Effect("eye", str(_("Lo ve quien usted elija; no se manda ningún aviso.")))]


def _keeps_what_was_said(_case: Case, _reached: Reached) -> list[Effect]:
    return [Effect("map-pin", str(_("Se conserva el lugar como lo dijo.")))]


REPLY = Act(
    "responder",
    _("Responder"),
    "message",
    Permission.CASE_REPLY,
    _reply,
    forms.ReplyForm,
    _("Mensaje enviado."),
    effects.both(effects.person, effects.may_answer),
    always,
    key="r",
)
ASK = Act(
    "preguntar",
    _("Pedir un dato"),
    "message-2-question",
    Permission.CASE_REPLY,
    lambda c, t, u, by: actions.ask_person(c, text=t["text"], by=by),
    forms.AskForm,
    _("Pregunta enviada."),
    effects.both(effects.person, effects.waits_for_person),
)
CORRECT = Act(
    "subsanar",
    _("Pedir que corrija"),
    "file-search",
    Permission.CASE_REPLY,
    lambda c, t, u, by: actions.request_correction(c, text=t["text"], by=by),
    forms.CorrectionForm,
    _("Se le pidió que corrija."),
    effects.both(effects.person, effects.must_correct),
    when=lambda case: pauses.cure(case) is not None,
)
NOTE = Act(
    "anotar",
    _("Anotar"),
    "note",
    Permission.CASE_NOTE,
    lambda c, t, u, by: actions.note(c, text=t["text"], by=by),
    forms.NoteForm,
    _("Nota guardada."),
    effects.both(effects.nobody, effects.stays),
    always,
    key="n",
)
PLACE = Act(
    "lugar",
    _("Corregir el lugar"),
    "map-pin",
    Permission.CASE_CORRECT_PLACE,
    _place,
    forms.PlaceForm,
    _("Lugar corregido."),
    effects.both(effects.person, _keeps_what_was_said, effects.stays),
)
ATTACH = Act(
    "adjuntar",
    _("Adjuntar"),
    "paperclip",
    Permission.CASE_NOTE,
    _attach,
    forms.AttachForm,
    _("Archivo guardado."),
    effects.both(_who_you_choose, effects.stays),
    always,
)
