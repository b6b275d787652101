"""The catalogues: `.po` files that people write, sorted and with nothing that changes by itself; their `.mo`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import product
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale

from ventanilla.design.languages import COUNTRIES, MANNERS
from ventanilla.operations.commands import HOME
from ventanilla.operations.translations.extraction import Text, Texts

LOCALES = HOME / "src" / "ventanilla" / "locale"
WHOLE = "en"
"""The language that has every text; the others are Spanish and have those that differ."""

_BORROWED = {"es_UY": "es_AR"}
"""Uruguay says what Argentina says."""


class Catalogue(Catalog):
    """A catalogue whose header says what programs need and nothing that changes from day to day."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]


def po(locale: str) -> Path:
    return LOCALES / locale / "LC_MESSAGES" / "django.po"


def sources() -> list[str]:
    """The locales with a catalogue that people write."""
    return sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/django.po"))


def varieties() -> list[str]:
    """The locales of Spanish that are put in force: each country's, each form of address, and both together."""
    countries, manners = ["", *COUNTRIES.values()], ["", *MANNERS.values()]
    codes = ("-".join(filter(None, (country or "es", manner))) for country, manner in product(countries, manners))
    return [to_locale(code) for code in codes if code != "es"]


def read(locale: str) -> Catalog:
    """A catalogue as written; an empty one where there is none."""
    if not po(locale).exists():
        return _empty(locale)
    with po(locale).open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """The messages of a catalogue by context and text."""
    return {(each.context or "", _singular(each)): each for each in catalog if each.id}


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def update(texts: Texts) -> Iterator[str]:
    """Bring each catalogue up to the texts: new ones untranslated in English, gone ones out. Names what changed."""
    for locale in sorted({WHOLE, *sources()}):
        made = written(locale, texts)
        if not po(locale).exists() or po(locale).read_bytes() != made:
            po(locale).parent.mkdir(parents=True, exist_ok=True)
            po(locale).write_bytes(made)
            yield _shown(po(locale))


def written(locale: str, texts: Texts) -> bytes:
    """The `.po` as it should be for these texts, with the translations that there are."""
    had = entries(read(locale))
    made = _empty(locale)
    for key, text in texts.items():
        before = had.get(key)
        if locale == WHOLE or (before and before.string):
            _add(made, text, before)
    out = BytesIO()
    out.write(_header(locale))
    write_po(out, made, width=0, no_location=True, omit_header=True, sort_output=True)
    return out.getvalue()


def _empty(locale: str) -> Catalogue:
    still = datetime(2026, 1, 1, tzinfo=UTC)
    return Catalogue(locale=_spoken(locale), creation_date=still, revision_date=still, fuzzy=False)


def _spoken(locale: str) -> str:
    """A locale that everybody knows: `es_AR` of `es_AR-x-vos`."""
    country = locale.partition("-")[0]
    return "es" if country == "es_X" else country


def _header(locale: str) -> bytes:
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in _empty(locale).mime_headers)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode()


def _add(catalog: Catalogue, text: Text, before: Message | None) -> None:
    """A text with its translation: kept where it has as many forms as the text."""
    said = before.string if before else ""
    if text.plural:
        said = said if isinstance(said, tuple | list) else ("", "")
        id_: str | tuple[str, str] = (text.text, text.plural)
    else:
        id_ = text.text
        said = said if isinstance(said, str) else ""
    comments = sorted(each for each in text.comments if each)
    flags = ["fuzzy"] if before and before.fuzzy else []
    catalog.add(id_, said, flags=flags, auto_comments=comments, context=text.context or None)


def untranslated(texts: Texts) -> list[str]:
    """The texts without a finished translation into English."""
    had = entries(read(WHOLE))
    return [text for key, text in ((key, key[1]) for key in texts) if not _is_said(had.get(key))]


def _is_said(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    said = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(said)


def compile_all() -> Iterator[str]:
    """Write the `.mo` of every locale that is put in force, where it isn't as it should be. Names what changed."""
    for path, made in compiled():
        if not path.exists() or path.read_bytes() != made:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
            yield _shown(path)


def compiled() -> Iterator[tuple[Path, bytes]]:
    """Every `.mo` and what should be in it."""
    for locale in [WHOLE, *varieties()]:
        yield po(locale).with_suffix(".mo"), _compiled(locale)


def _compiled(locale: str) -> bytes:
    made = _empty(locale)
    for part in parts(locale):
        for message in entries(read(part)).values():
            if _is_said(message):
                made.delete(message.id, message.context)
                made.add(message.id, message.string, context=message.context)
    out = BytesIO()
    write_mo(out, made)
    return out.getvalue()


def parts(locale: str) -> list[str]:
    """The written catalogues that make up a locale, the more special after: address, country, both."""
    country, _, manner = locale.partition("-x-")
    country = _BORROWED.get(country, country)
    if not manner:
        return [country]
    return [f"es_X-{manner}", country, f"{country}-x-{manner}"]


def out_of_date(texts: Texts) -> Iterator[str]:
    """What a check complains of: catalogues unlike the texts, texts untranslated, compiled ones unlike their source."""
    for locale in sorted({WHOLE, *sources()}):
        if not po(locale).exists() or po(locale).read_bytes() != written(locale, texts):
            yield f"{_shown(po(locale))} no corresponde a los textos del código"
    for text in untranslated(texts):
        yield f"sin traducir al inglés: {text[:80]}"
    for path, made in compiled():
        if not path.exists() or path.read_bytes() != made:
            yield f"{_shown(path)} no corresponde a su catálogo"


def _shown(path: Path) -> str:
    return path.relative_to(HOME).as_posix()
