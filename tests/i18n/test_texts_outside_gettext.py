"""No text that people read stands outside gettext."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, room_of, shown, sources, templates
from tests.i18n.prose import in_python, in_script, in_template, reads_as_spanish
from ventanilla.operations.translations.extraction import Texts

TERMINAL = {"operations", "demo"}
"""Who installs and runs it is spoken to on the terminal, in Spanish, before there is any Django; and the demo's town is
content, not interface."""

NOT_FOR_PEOPLE = {
    "api/rest/schemas.py": "examples of what programs send and get: a case of a town in Spanish",
    "catalog/rules/finder.py": "words that say nothing of a type, which the finder skips",
    "config/environment.py": "said on the terminal, to who starts it without an installation",
    "config/settings.py": "each language's name in itself",
    "design/guide.py": "names and addresses in the guide's examples",
    "forms/rules/coercion.py": "how yes is said, for programs that say it",
    "notifications/checks.py": "said on the terminal by `doctor`",
    "notifications/rules/sms.py": "the letters that a short message can carry",
    "people/rules.py": "the letters of a document's number",
    "places/actions/importing.py": "how yes is said in a file",
    "places/rules/names.py": "how street names are shortened",
    "places/rules/quantities.py": "words by which a distance is understood",
    "places/rules/said.py": "words by which a place is understood",
}
"""Files whose Spanish is read by the program or said elsewhere than on pages; each says why."""

BRAND = {"Ventanilla"}
"""Our name, which is also a word."""


def own_templates() -> dict[str, Path]:
    return {name: path for name, path in templates().items() if path.suffix in {".html", ".txt"}}


def test_no_template_says_what_gettext_does_not_know() -> None:
    found = {name: in_template(path.read_text(encoding="utf-8")) for name, path in own_templates().items()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "spoiled",
    [
        "<p>Hola</p>",
        "<p>{{ name }}, bienvenida</p>",
        '<a aria-label="Cerrar">{% icon "x" %}</a>',
        '<input placeholder="Nombre">',
        '<img alt="Foto {{ n }}">',
        '<p data-text="No se pudo enviar nada">',
        '{{ name|default:"No tiene nombre" }}',
        '{% include "x.html" with label="Su número" %}',
        "{% if a %}{% translate 'Sí' %}{% else %}Nunca{% endif %}",
        "<p>{% blocktranslate %}Hola{% endblocktranslate %} vecina</p>",
    ],
)
def test_a_word_in_a_template_would_be_found(spoiled: str) -> None:
    assert in_template(spoiled)


@pytest.mark.parametrize(
    "clean",
    [
        "<p>{% translate 'Hola' %} {{ name }}</p>",
        '<a class="v-back" href="{% url "portal:home" %}" aria-label="{% translate "Cerrar" %}">{{ n }} km</a>',
        "{% blocktranslate with a=b %}Hola, {{ a }}{% endblocktranslate %}",
        '{{ moment|date:"d/m/Y" }} <kbd>Supr</kbd> {{ name|default:_("Nadie sabe") }}',
    ],
)
def test_what_is_translated_is_not_complained_of(clean: str) -> None:
    assert in_template(clean) == []


def spoken_to_people() -> dict[Path, ast.Module]:
    rooms = {path: tree for path, tree in sources().items() if len(path.relative_to(PACKAGE).parts) > 1}
    return {path: tree for path, tree in rooms.items() if room_of(path) not in TERMINAL}


def phrases(gathered: Texts) -> frozenset[str]:
    """Texts that begin with a capital letter: as a literal elsewhere, they would be the same words, untranslated."""
    return frozenset(
        text
        for _context, text in gathered
        if text[:1].isupper() and text.isalpha() and len(text) > 3 and text not in BRAND
    )


def test_no_module_says_what_gettext_does_not_know(gathered: Texts) -> None:
    known = phrases(gathered)
    found = {shown(path): in_python(tree, known) for path, tree in spoken_to_people().items()}
    assert {name: said for name, said in found.items() if said and name not in NOT_FOR_PEOPLE} == {}


def test_every_exception_is_needed(gathered: Texts) -> None:
    """A file that holds no Spanish any more leaves the list."""
    known = phrases(gathered)
    found = {shown(path): in_python(tree, known) for path, tree in spoken_to_people().items()}
    assert [name for name in NOT_FOR_PEOPLE if not found.get(name)] == []


@pytest.mark.parametrize(
    "spoiled",
    [
        'label = "Escriba su nombre"',
        'raise Refused("El expediente ya está cerrado.")',
        'text = f"Faltan {count} preguntas por contestar"',
        'choices = [("a", "Teléfono")]',
        'messages.success(request, "Guardado en la bandeja")',
        'title = "Mensaje"',
    ],
)
def test_a_text_in_a_module_would_be_found(spoiled: str) -> None:
    assert in_python(ast.parse(spoiled), frozenset({"Mensaje"}))


@pytest.mark.parametrize(
    "clean",
    [
        'label = _("Escriba su nombre")',
        'text = ngettext("%(n)s hora", "%(n)s horas", n) % {"n": n}',
        '"""No es un texto: una explicación."""',
        'raise KeyError("no such key in the sprite")',
        'order_by("por_area", "la-clave")',
    ],
)
def test_what_a_module_translates_is_not_complained_of(clean: str) -> None:
    assert in_python(ast.parse(clean)) == []


def scripts() -> list[Path]:
    own = [path for path in sorted(PACKAGE.glob("*/static/**/*.js")) if "vendor" not in path.parts]
    return [*own, *sorted(PACKAGE.glob("*/templates/**/*.js"))]


def test_scripts_have_no_texts_of_their_own() -> None:
    assert len(scripts()) > 20
    found = {shown(path): in_script(path.read_text(encoding="utf-8")) for path in scripts()}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "spoiled",
    [
        'alert("No se pudo enviar");',
        "node.textContent = 'Sin conexión';",
        "say(`Faltan ${n} fotos por preparar`);",
        'button.title = "Close the window";',
    ],
)
def test_a_text_in_a_script_would_be_found(spoiled: str) -> None:
    assert in_script(spoiled)


@pytest.mark.parametrize(
    "clean",
    [
        "// No se dice nada aquí\nconst a = document.querySelector('[data-x] .y > a');",
        'import { b } from "./b.js"; el.classList.add("v-row is-open");',
        "el.textContent = el.dataset.sending;",
    ],
)
def test_a_script_that_asks_the_page_is_not_complained_of(clean: str) -> None:
    assert in_script(clean) == []


def test_english_is_not_taken_for_spanish() -> None:
    assert not reads_as_spanish("no holidays are known for region of the country")
    assert not reads_as_spanish("a published form does not change")
