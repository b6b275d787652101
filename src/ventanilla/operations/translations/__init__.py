"""`translations`: gathers what people read, brings the catalogues up to it and compiles them.

The source texts are Spanish and stand in the code. `locale/en` holds all of them in English; the Spanish of a country
(`es_AR`) or of a form of address (`es_X-vos`) holds only those that differ (`varieties`).
"""

from __future__ import annotations

import os
from argparse import Namespace

from ventanilla.operations.console import note, say
from ventanilla.operations.trouble import Trouble


def run(args: Namespace) -> int:
    from ventanilla.operations.translations import catalogues, extraction

    os.umask(0o022)  # these are files of the code, not of anybody's data
    texts = extraction.extracted()
    if args.missing:
        return _say_missing(catalogues.untranslated(texts))
    for path in catalogues.update(texts):
        note(f"{path}: al día")
    for path in catalogues.compile_all():
        note(f"{path}: compilado")
    missing = catalogues.untranslated(texts)
    if missing:
        raise Trouble(
            f"Faltan por traducir al inglés {len(missing)} textos.",
            advice="Complete locale/en/LC_MESSAGES/django.po y repita la orden; --missing los muestra.",
        )
    say(f"{len(texts)} textos, todos traducidos.")
    return 0


def _say_missing(missing: list[str]) -> int:
    for text in missing:
        say(text)
    return int(bool(missing))
