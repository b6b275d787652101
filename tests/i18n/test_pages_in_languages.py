"""Every page of portal and desk in English holds no Spanish of ours; addressed as «tú» or «vos», no «usted»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from babel.messages.catalog import Message
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import lift_triggers
from tests.i18n.prose import reads_as_spanish
from tests.i18n.town import Page, Walk, content
from tests.portal import town
from tests.portal.conftest import DETAILS, FOLDER
from ventanilla.accounts import limits
from ventanilla.calendars import official
from ventanilla.lib import clock
from ventanilla.operations.translations import catalogues
from ventanilla.operations.translations.extraction import Texts
from ventanilla.organization import municipality
from ventanilla.organization.models import Municipality

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"accept-language": "en"}
FOR_DEVELOPERS = ("design:guide", "api-reference")


@pytest.fixture
def _django_db_helper() -> None:
    """The town is made once for the module: no transaction or flush of its own for each test."""


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    with django_db_blocker.unblock(), override_settings(NOTIFICATIONS=FOLDER):
        cast = town.make_town()
        try:
            yield Walk(cast, town.live(cast))
        finally:
            connections.close_all()
            lift_triggers()
            call_command("flush", interactive=False, verbosity=0)


NAMES = ["Español", "English", "tú (informal)", "Julián Ferro", "Bolívar", "Los Tilos", "Las Acacias"]
"""Languages in themselves, and who and where in the guide's examples."""
WRITTEN = [DETAILS["description"]]
"""What a person wrote, though an option of ours is called so."""

# English ----------------------------------------------------------------------------------------------------------


class Spanish:
    """The Spanish texts of ours that have another form in a language: to look for them on its pages."""

    def __init__(self, locale: str) -> None:
        pairs = (_pair(each) for each in catalogues.entries(catalogues.read(locale)).values())
        said = {said for said, other in pairs if said != other and sum(map(str.isalpha, said)) > 3}
        self.whole = {each for each in said if "%" not in each and "{" not in each}
        self.long = [each for each in self.whole if len(each.split()) > 2]
        self.patterns = [found for each in said - self.whole if (found := _pattern(each))]

    def is_in(self, text: str) -> bool:
        return (
            not self.whole.isdisjoint((text, text.strip(" .,:;()·«»“”…")))
            or any(said in text and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text) for said in self.long)
            or any(longest in text and pattern.search(text) for longest, pattern in self.patterns)
        )


def _pair(message: Message) -> tuple[str, str]:
    """A text and its translation; the plural where it has one."""
    return (message.id, message.string) if isinstance(message.id, str) else (message.id[1], message.string[1])


def _pattern(said: str) -> tuple[str, re.Pattern[str]] | None:
    """A text with something put in, as its longest part and a pattern; None for one that is little besides."""
    parts = [part.replace("%%", "%").strip() for part in re.split(r"%\(\w+\)[sd]|%%s|%[sd]|\{\w*\}", said)]
    if max(sum(map(str.isalpha, part)) for part in parts) < 9:
        return None
    return max(parts, key=len), re.compile(".+".join(map(re.escape, parts)))


def left(pages: list[Page], spanish: Spanish, stored: list[str]) -> dict[str, str]:
    """What Spanish is left on pages, with one of them; what people wrote themselves is taken out."""
    where = {text: page.name for page in pages for text in page.texts}
    held = set(stored)
    return {
        text: page
        for text, page in where.items()
        if text not in held and (spanish.is_in(text) or reads_as_spanish(text)) and _is_ours(text, spanish, stored)
    }


def _is_ours(text: str, spanish: Spanish, stored: list[str]) -> bool:
    """Whether Spanish is left in a text once what is stored is taken out of it."""
    for each in stored:
        if each in text:
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text)
    return spanish.is_in(" ".join(text.split())) or reads_as_spanish(text)


def _holidays() -> list[str]:
    """A country's holidays bear their own names in any language."""
    years = (clock.now().year, clock.now().year + 1)
    return [name for year in years for _day, name in official.national_holidays("CR", "", year).items()]


@pytest.mark.parametrize("face", ["portal", "desk"])
def test_no_page_in_english_has_spanish_of_ours(walk: Walk, face: str) -> None:
    limits._counters.cache_clear()
    walk.headers = IN_ENGLISH
    pages = list(getattr(walk, face)())
    names = {page.name.split("?")[0].split(" ")[0] for page in pages}
    assert len(pages) > 60, sorted(names)
    whole = [page for page in pages if page.language]
    assert {page.language for page in whole} == {"en"}
    found = left(pages, Spanish("en"), [*NAMES, *_holidays(), *content(), *WRITTEN])
    assert not found, "\n".join(f"{page}: {text[:150]}" for text, page in found.items())


# Forms of address ---------------------------------------------------------------------------------------------------


OF_OTHERS_TOO = frozenset(
    [
        "aleje",
        "avise",
        "cambia",
        "deja",
        "dejó",
        "diga",
        "dijo",
        "encontrará",
        "entre",
        "estaba",
        "haga",
        "hizo",
        "iba",
        "llame",
        "necesita",
        "permita",
        "pida",
        "podrá",
        "ponga",
        "presentado",
        "presente",
        "presentó",
        "propone",
        "quiera",
        "quiere",
        "quite",
        "respondió",
        "retiró",
        "revise",
        "sepa",
        "suya",
        "suyo",
        "use",
        "vive",
    ]
)
"""Forms of «usted» that are also said of somebody else: «quien avise», «lo retiró»."""


@cache
def formal_words() -> frozenset[str]:
    """Words that only «usted» has: what the other forms change and never say themselves."""
    changed: set[str] = set()
    kept: set[str] = set()
    for locale in ("es_X-tu", "es_X-vos"):
        for message in catalogues.entries(catalogues.read(locale)).values():
            changed |= _words(message.id) - _words(message.string)
            kept |= _words(message.string)
    return frozenset(changed - kept - OF_OTHERS_TOO)


@cache
def _addressed() -> frozenset[str]:
    return frozenset(text for _context, text in catalogues.entries(catalogues.read("es_X-vos")))


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def test_the_words_of_usted_are_known() -> None:
    assert {"usted", "díganos", "cuéntenoslo", "avisarle"} <= formal_words()
    assert formal_words().isdisjoint({"puede", "tiene", "para", "que", "caso"})


@pytest.fixture
def addressed_as(walk: Walk) -> Iterator[Callable[[str], None]]:
    def address(manner: str) -> None:
        limits._counters.cache_clear()
        Municipality.objects.update(form_of_address=manner)
        municipality.forget()

    walk.headers = {"accept-language": "es"}
    yield address
    address("usted")


@pytest.mark.sqlite
@pytest.mark.parametrize("manner", ["tu", "vos"])
def test_no_page_of_the_portal_says_usted(walk: Walk, addressed_as: Callable[[str], None], manner: str) -> None:
    addressed_as(manner)
    pages = [page for page in walk.portal() if not page.name.startswith(FOR_DEVELOPERS)]
    assert {page.language for page in pages if page.language} == {f"es-cr-x-{manner}"}
    formal, words, stored = Spanish(f"es_X-{manner}"), formal_words(), set(content())
    where = {text: page.name for page in pages for text in page.texts if text not in stored}
    found = [f"{page}: {text}" for text, page in where.items() if formal.is_in(text) or _words(text) & words]
    assert not found, "\n".join(found)


def test_the_other_forms_are_on_the_pages(walk: Walk, addressed_as: Callable[[str], None]) -> None:
    addressed_as("vos")
    assert "¿Qué necesitás?" in Client().get("/").content.decode()
    addressed_as("tu")
    assert "¿Qué necesitas?" in Client().get("/").content.decode()
    addressed_as("usted")
    assert "¿Qué necesita?" in Client().get("/").content.decode()


def test_a_text_for_people_that_says_usted_is_in_both_other_forms(gathered: Texts) -> None:
    """A new text is found here before any page shows it."""
    rooms = ("portal/", "cases/line", "config/errors", "files/rules", "forms/rules/answers", "people/rules")
    for_people = [each for each in gathered.values() if any(file.startswith(rooms) for file in each.files)]
    formal = [each.text for each in for_people if _words(each.text) & formal_words()]
    assert [text for text in formal if text not in _addressed()] == []
