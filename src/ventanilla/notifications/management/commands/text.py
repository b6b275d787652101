"""`text`: the words of messages: shows them, checks a file of them, puts it in force and takes it back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ventanilla.accounts.actions import ref
from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.design import languages
from ventanilla.notifications import actions, texts
from ventanilla.notifications.enums import Format
from ventanilla.notifications.models import TextOverride
from ventanilla.organization import municipality
from ventanilla.organization.permissions import access_of

WORDS = {
    "list": gettext_lazy("qué mensajes hay, y cuáles tienen un texto propio"),
    "show": gettext_lazy("el texto vigente de un mensaje, como archivo"),
    "check": gettext_lazy("revisa un archivo y lo muestra con ejemplos"),
    "set": gettext_lazy("pone en vigor un archivo"),
    "reset": gettext_lazy("vuelve al texto de fábrica de un mensaje"),
}


class Command(BaseCommand):
    help = str(gettext_lazy("Los textos de los mensajes: verlos, revisarlos y cambiarlos"))

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        for word, said in WORDS.items():
            sub = words.add_parser(word, help=str(said))
            if word != "list":
                sub.add_argument(
                    "what", help=str(gettext_lazy("el mensaje (case_filed) o su archivo, case_filed.toml"))
                )
                sub.add_argument("--language", default=texts.FALLBACK, choices=["es", "en"])
            if word in ("set", "reset"):
                sub.add_argument("--by", required=True, help=str(gettext_lazy("el usuario de quien lo cambia")))

    def handle(self, *_args: Any, word: str, **options: Any) -> None:
        with languages.for_the_record():
            getattr(self, f"_{word}")(**options)

    def _list(self, **_options: Any) -> None:
        changed = {(row.kind, row.format): row for row in TextOverride.objects.all()}
        for kind in texts.kinds().values():
            formats = (f"{each}*" if (kind.name, each) in changed else each for each in kind.variables)
            self.stdout.write(f"{kind.name}: {', '.join(formats)}")
        self.stdout.write(_("Con * los que tienen un texto propio."))

    def _show(self, *, what: str, language: str, **_options: Any) -> None:
        manner = municipality.current().form_of_address
        for format_ in _kind(what).variables:
            self.stdout.write(written(format_, texts.text_of(what, format_, language, manner)))

    def _check(self, *, what: str, **_options: Any) -> None:
        kind, found = _read(Path(what))
        for format_, text in found.items():
            shown = actions.preview(kind=kind, format_=format_, subject=text.subject, body=text.body)
            self.stdout.write(f"[{format_}] {shown.subject}\n{shown.body}\n")

    def _set(self, *, what: str, language: str, by: str, **_options: Any) -> None:
        who, (kind, found) = _who(by), _read(Path(what))
        for format_, text in found.items():
            said = {"subject": text.subject, "body": text.body}
            actions.set_text(kind=kind, format_=format_, language=language, by=who, **said)
        self.stdout.write(_("Vigente: %(kind)s, %(formats)s.") % {"kind": kind, "formats": ", ".join(found)})

    def _reset(self, *, what: str, language: str, by: str, **_options: Any) -> None:
        who = _who(by)
        for format_ in _kind(what).variables:
            actions.reset_text(kind=what, format_=format_, language=language, by=who)
        self.stdout.write(_("%s dice de nuevo lo de fábrica.") % what)


def _kind(name: str) -> texts.Kind:
    try:
        return texts.kinds()[name]
    except KeyError:
        raise CommandError(_("No existe el mensaje «%s». «text list» dice cuáles hay.") % name) from None


def _read(path: Path) -> tuple[str, dict[Format, texts.Text]]:
    """The kind a file is named after and its texts, if all of them may be used."""
    found = texts.problems_of_file(path)
    said = {} if found else texts.texts_of(texts.read(path))
    if not said:
        problems = "\n".join(f"- {problem}" for problem in found or [_("Falta el texto.")])
        raise CommandError(_("Corrija %(file)s:\n%(why)s") % {"file": path, "why": problems})
    return path.stem, {Format(name): text for name, text in said.items()}


def _who(username: str) -> str:
    """Who changes a text, for the trail."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not access_of(user).may(Permission.NOTIFICATION_EDIT):
        raise CommandError(_("«%s» no tiene cuenta abierta o no puede cambiar los textos.") % username)
    return ref(user)


def written(format_: Format, text: texts.Text) -> str:
    """A text as a table of its file."""
    subject = f"subject = {json.dumps(text.subject, ensure_ascii=False)}\n" if text.subject else ""
    is_plain = "\\" not in text.body and '"""' not in text.body
    body = f'"""\n{text.body}\n"""' if is_plain else json.dumps(text.body, ensure_ascii=False)
    return f"[{format_}]\n{subject}body = {body}\n"
