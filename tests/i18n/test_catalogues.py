"""English is whole; every translation keeps what programs put into its text; what is compiled is what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.utils import translation
from django.utils.translation import gettext

from ventanilla.design.languages import CONTENT, COUNTRIES
from ventanilla.operations.translations import catalogues, extraction
from ventanilla.operations.translations.extraction import Text, Texts

PUT_IN = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|(?<!\{)\{\w*\}(?!\})")
"""What is put into a text: `%(name)s`, `%s`, `{name}`; `%%` is a percent sign, or a `%s` for a script."""


def forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def sources(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def differs(message: Message) -> bool:
    """Whether a translation lost or gained something that is put in, or white space around it.

    The singular may say its number in a word: «una cosa».
    """
    *_singular, said = sources(message)
    *_first, translated = forms(message)
    return sorted(PUT_IN.findall(said)) != sorted(PUT_IN.findall(translated)) or _edges(said) != _edges(translated)


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def written() -> list[tuple[str, Message]]:
    return [
        (locale, message)
        for locale in catalogues.sources()
        for message in catalogues.entries(catalogues.read(locale)).values()
    ]


def test_code_catalogues_and_what_is_compiled_say_the_same(gathered: Texts) -> None:
    assert list(catalogues.out_of_date(gathered)) == []


def test_english_has_every_text(gathered: Texts) -> None:
    assert catalogues.untranslated(gathered) == []


def test_nothing_waits_for_somebody_to_confirm_it() -> None:
    assert [f"{locale}: {message.id}" for locale, message in written() if message.fuzzy] == []


def test_a_translation_keeps_what_is_put_into_its_text() -> None:
    assert [f"{locale}: {message.id} → {message.string}" for locale, message in written() if differs(message)] == []


@pytest.mark.parametrize(
    ("said", "translated"),
    [
        ("Faltan %(count)s cosas", "Some things are missing"),
        ("Hola, %(name)s", "Hello, %(nombre)s"),
        ("Falta «%s»", "“%d” is missing"),
        ("Vence en {days}", "Due"),
        ("%%s fotos", "%s photos"),
        ("Error: ", "Error:"),
    ],
)
def test_a_spoiled_translation_would_be_found(said: str, translated: str) -> None:
    assert differs(Message(said, translated))


def test_the_spanish_of_a_country_or_an_address_holds_only_what_differs() -> None:
    spanish = [(locale, message) for locale, message in written() if locale != catalogues.WHOLE]
    assert len(spanish) > 400
    assert [f"{locale}: {each.id}" for locale, each in spanish if forms(each) == sources(each)] == []


def test_both_forms_of_address_have_the_same_texts() -> None:
    familiar, voseo = (set(catalogues.entries(catalogues.read(each))) for each in ("es_X-tu", "es_X-vos"))
    assert familiar == voseo


def test_a_countrys_words_keep_the_form_of_address() -> None:
    """What differs by country and by address is written for both at once: else the country would undo the address."""
    for manner in ("tu", "vos"):
        addressed = set(catalogues.entries(catalogues.read(f"es_X-{manner}")))
        for country in ("es_AR", "es_CR", "es_X-es", "es_MX"):
            own = set(catalogues.entries(catalogues.read(country)))
            assert own & addressed == set(catalogues.entries(catalogues.read(f"{country}-x-{manner}"))), country


# The tool ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with a text in each place where one may stand."""
    (tmp_path / "desk/templates/desk").mkdir(parents=True)
    (tmp_path / "catalog/starting").mkdir(parents=True)
    (tmp_path / "desk/views.py").write_text(
        "from django.utils.translation import gettext as _now, ngettext, pgettext\n"
        "title = f'<p>{_now(\"Dentro de otro\")}</p>'\n"
        "# Translators: at the top.\n"
        "pgettext('un contexto', 'Con contexto')\n"
        "ngettext('%(n)s hora', '%(n)s horas', 2)\n"
        "nothing = 'Fuera'\n"
    )
    (tmp_path / "desk/templates/desk/page.html").write_text(
        '{% load i18n %}\n  <a aria-label="{% translate "Etiqueta" %}">{{ x|default:_("Nada") }}</a>\n'
        "    {% blocktranslate trimmed with a=b %}\n  Hola,\n {{ a }}\n{% endblocktranslate %}\n"
        '  {% include "x.html" with label=_("Incluido") %}\n'
    )
    (tmp_path / "catalog/starting/roads.toml").write_text(
        'key = "bache"\nname = "Bache"\nwords = ["hueco"]\n[options]\nbig = "Grande"\n'
    )
    (tmp_path / "report.bpmn").write_text('<d xmlns:v="urn:v"><t id="a" name="Ver" v:publicTitle="Lo vemos"/></d>')
    return tmp_path


def test_every_place_of_a_text_is_read(package: Path) -> None:
    found = extraction.extracted(package)
    assert set(found) == {
        ("", "Dentro de otro"),
        ("un contexto", "Con contexto"),
        ("", "%(n)s hora"),
        ("", "Etiqueta"),
        ("", "Nada"),
        ("", "Hola, %(a)s"),
        ("", "Incluido"),
        (CONTENT, "Bache"),
        (CONTENT, "Grande"),
        (CONTENT, "Ver"),
        (CONTENT, "Lo vemos"),
    }
    assert found["", "%(n)s hora"].plural == "%(n)s horas"
    assert found["un contexto", "Con contexto"].comments == {"at the top."}


def test_a_catalogue_is_written_the_same_whatever_the_order_and_keeps_its_translations(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "LOCALES", package / "locale")
    monkeypatch.setattr(catalogues, "HOME", package)
    texts = extraction.extracted(package)
    assert list(catalogues.update(texts))
    assert list(catalogues.update(dict(reversed(texts.items())))) == []
    held = catalogues.po("en")
    held.write_text(held.read_text().replace('msgid "Etiqueta"\nmsgstr ""', 'msgid "Etiqueta"\nmsgstr "Label"'))
    texts["", "Nuevo"] = Text("", "Nuevo")
    list(catalogues.update(texts))
    assert 'msgstr "Label"' in held.read_text()
    assert "Etiqueta" not in catalogues.untranslated(texts)
    assert "Nuevo" in catalogues.untranslated(texts)
    assert "2026" not in held.read_text()
    assert str(package) not in held.read_text()


def test_a_text_that_is_gone_leaves_the_catalogue(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "LOCALES", package / "locale")
    monkeypatch.setattr(catalogues, "HOME", package)
    texts = extraction.extracted(package)
    list(catalogues.update(texts))
    del texts["", "Etiqueta"]
    assert any("no corresponde" in each for each in catalogues.out_of_date(texts))
    list(catalogues.update(texts))
    assert "Etiqueta" not in catalogues.po("en").read_text()


def test_plain_spanish_has_no_country_s_words() -> None:
    with translation.override("es"):
        assert gettext("Reportar") == "Reportar"
    with translation.override(COUNTRIES["ES"]):
        assert gettext("Reportar") == "Avisar"
