"""The presets say what the design's table of law says, and nothing that cannot be counted."""

import json
import subprocess
import sys
from importlib import import_module
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from babel.numbers import get_currency_name
from holidays.utils import list_supported_countries

from ventanilla.calendars.enums import Act, LegalNature, Silence, Source
from ventanilla.calendars.official import national_holidays
from ventanilla.calendars.presets import COUNTRIES, FOLDER, Preset, Rule, load
from ventanilla.lib.workingtime import Unit

PRESETS = [load(country) for country in COUNTRIES]
RULES = [pytest.param(preset, rule, id=rule.key) for preset in PRESETS for rule in preset.rules]


def test_every_file_is_a_country_and_every_country_a_file() -> None:
    assert {path.stem.upper() for path in FOLDER.glob("*.toml")} == set(COUNTRIES)
    with pytest.raises(KeyError):
        load("XX")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.country)
def test_a_country_brings_what_others_know_it_by(preset: Preset) -> None:
    assert preset.phone_region in phonenumbers.SUPPORTED_REGIONS
    assert get_currency_name(preset.currency, locale="es") != preset.currency
    assert preset.holidays.code in list_supported_countries()
    assert [ZoneInfo(zone).key for zone in preset.time_zones] == list(preset.time_zones)
    assert preset.languages[0] == "es"
    assert preset.working_weekdays == (0, 1, 2, 3, 4)
    assert len({kind.key for kind in preset.identity_kinds}) == len(preset.identity_kinds)


PLAIN = """
import json, sys, holidays
asked = json.loads(sys.argv[1])
found = [holidays.country_holidays(code, years=2027, language="es", categories=c or None) for code, c in asked]
print(json.dumps([sorted((day.isoformat(), name) for day, name in each.items() if day.year == 2027) for each in found]))
"""


def test_countries_imported_alone_have_the_days_that_the_whole_library_gives() -> None:
    asked = [(preset.holidays.code, preset.holidays.categories) for preset in PRESETS]
    command = [sys.executable, "-c", PLAIN, json.dumps(asked)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = [national_holidays(preset.country, "", 2027) for preset in PRESETS]
    assert [[[day.isoformat(), name] for day, name in each.items()] for each in ours] == said


@pytest.mark.parametrize(
    ("country", "kind", "good", "bad"),
    [
        ("ES", "dni", "12345678Z", "12345678A"),
        ("ES", "nie", "X1234567L", "X1234567A"),
        ("MX", "curp", "BOXW310820HNERXN09", "BOXW310820HNERXN08"),
        ("AR", "cuit", "20267565393", "20267565392"),
        ("CR", "cedula", "1-0913-0259", "30-1234-1234"),
        ("CL", "rut", "12.531.909-2", "12.531.909-3"),
        ("CO", "nit", "213.123.432-1", "213.123.432-2"),
        ("UY", "rut", "211003420017", "211003420018"),
        ("PE", "ruc", "20512333797", "20512333798"),
    ],
)
def test_documents_are_checked_by_the_module_named(country: str, kind: str, good: str, bad: str) -> None:
    check = next(known.check for known in load(country).identity_kinds if known.key == kind)
    module = import_module(f"stdnum.{check}")
    assert module.is_valid(good)
    assert not module.is_valid(bad)


def test_every_check_named_is_there() -> None:
    named = [kind.check for preset in PRESETS for kind in preset.identity_kinds if kind.check]
    assert all(callable(import_module(f"stdnum.{check}").is_valid) for check in named)


@pytest.mark.parametrize(("preset", "rule"), RULES)
def test_a_rule_is_whole_and_marked_by_how_well_it_is_known(preset: Preset, rule: Rule) -> None:
    assert rule.key.startswith(f"{preset.country.lower()}-")
    assert rule.law
    assert rule.says.endswith(".")
    assert (rule.verified_on is not None) == (rule.source == Source.PRIMARY)
    assert rule.source != Source.PRIMARY or rule.term is not None
    assert rule.source != Source.MISSING or rule.term is None
    assert rule.term is not None or rule.caveat
    assert not rule.suspensions or rule.suspensions in preset.causes
    assert len(rule.says) <= 250


@pytest.mark.parametrize(("preset", "rule"), RULES)
def test_no_law_owes_an_answer_to_a_service_notice(preset: Preset, rule: Rule) -> None:
    assert rule.act != Act.ANSWER or (rule.natures and LegalNature.SERVICE_NOTICE not in rule.natures)


def test_keys_are_unique() -> None:
    keys = [rule.key for preset in PRESETS for rule in preset.rules]
    assert len(set(keys)) == len(keys)


D, N, M, H = Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.WORKING_HOUR
V, S, X = Source.PRIMARY, Source.SECONDARY, Source.MISSING

# From the design's table of law: key, term, extension, cure, silence, how it was read.
TABLE = [
    ("es-ley-39-2015-21-2", (6, M), None, None, Silence.NONE, V),
    ("es-ley-39-2015-21-3", (3, M), (3, M), (10, D), Silence.POSITIVE, V),
    ("es-ley-39-2015-21-4", (10, D), None, None, Silence.NONE, V),
    ("es-ley-39-2015-43-2", (10, N), None, None, Silence.NONE, V),
    ("es-ley-39-2015-68", (10, D), (5, D), None, Silence.NONE, V),
    ("es-ley-39-2015-80", (10, D), None, None, Silence.NONE, V),
    ("es-ley-39-2015-82", (10, D), (5, D), None, Silence.NONE, V),
    ("es-lo-4-2001-acknowledge", (10, D), None, None, Silence.NONE, V),
    ("es-lo-4-2001-cure", (15, D), None, None, Silence.NONE, V),
    ("es-lo-4-2001-inadmissibility", (45, D), None, None, Silence.NONE, V),
    ("es-lo-4-2001-answer", (3, M), None, (15, D), Silence.NEGATIVE, V),
    ("es-ley-19-2013-20", (1, M), (1, M), None, Silence.NEGATIVE, V),
    ("cr-ley-9097-answer", (10, D), None, (5, D), Silence.NONE, S),
    ("cr-ley-9097-cure", (5, D), None, None, Silence.NONE, S),
    ("cr-ley-9097-partial", (5, D), None, None, Silence.NONE, S),
    ("cr-ljc-7135-32", (10, D), None, None, Silence.NONE, V),
    ("cr-ley-8220-7", None, None, None, Silence.POSITIVE, S),
    ("cr-ley-9158", None, None, None, Silence.NONE, X),
    ("ar-ley-19549-10", (60, D), None, None, Silence.NEGATIVE, V),
    ("ar-ley-27275-11", (15, D), (15, D), None, Silence.NONE, V),
    ("ar-caba-dnu-1510-97", None, None, None, Silence.NONE, X),
    ("ar-pba-dl-7647-70", None, None, None, Silence.NONE, X),
    ("mx-cpeum-8", None, None, None, Silence.NONE, S),
    ("mx-lfpa-17", (3, M), None, None, Silence.NEGATIVE, S),
    ("mx-state-procedure", None, None, None, Silence.NONE, X),
    ("uy-constitucion-318", (120, N), None, None, Silence.NEGATIVE, V),
    ("uy-ley-20333-58", (150, N), None, None, Silence.NEGATIVE, S),
    ("uy-ley-18381", (20, D), (20, D), None, Silence.POSITIVE, V),
    ("co-ley-1755-14", (15, D), None, None, Silence.NONE, S),
    ("co-ley-1755-14-1", (10, D), None, None, Silence.POSITIVE, S),
    ("co-ley-1755-14-2", (30, D), None, None, Silence.NONE, S),
    ("co-ley-1755-21", (5, D), None, None, Silence.NONE, S),
    ("cl-ley-19880-24-routing", (24, H), None, None, Silence.NONE, V),
    ("cl-ley-19880-24-simple", (48, H), None, None, Silence.NONE, V),
    ("cl-ley-19880-24-opinion", (10, D), None, None, Silence.NONE, V),
    ("cl-ley-19880-24-decision", (20, D), None, None, Silence.NONE, V),
    ("cl-ley-19880-27", (6, M), None, (5, D), Silence.POSITIVE_AFTER_CLAIM, V),
    ("cl-ley-19880-31", (5, D), None, None, Silence.NONE, V),
    ("cl-ley-19880-64", (5, D), None, None, Silence.POSITIVE, V),
    ("cl-ley-19880-65", (6, M), None, (5, D), Silence.NEGATIVE, V),
    ("pe-ley-27444", (30, D), None, (2, D), Silence.POSITIVE, V),
    ("pe-ley-27444-cure", (2, D), None, None, Silence.NONE, V),
    ("pe-ds-007-2020-pcm", (30, D), None, None, Silence.NONE, V),
    ("pe-ley-27806", (10, D), None, None, Silence.NONE, V),
]


def test_the_presets_say_what_the_table_of_law_says() -> None:
    def pair(length: object) -> object:
        return length and (length.quantity, length.unit)  # type: ignore[attr-defined]

    said = {
        rule.key: (pair(rule.term), pair(rule.extension), pair(rule.cure), rule.silence, rule.source)
        for preset in PRESETS
        for rule in preset.rules
    }
    assert said == {key: tuple(rest) for key, *rest in TABLE}


def test_spain_has_the_closed_list_of_article_22_with_its_one_maximum_in_months() -> None:
    causes = load("ES").causes["ley_39_2015"]
    assert [cause.article for cause in causes] == [f"22.1.{a}" for a in "abcdefg"] + [f"22.2.{a}" for a in "abc"]
    assert {c.key: (c.maximum.quantity, c.maximum.unit) for c in causes if c.maximum} == {
        "correction": (15, D),
        "mandatory_opinion": (3, M),
    }


def test_people_are_addressed_as_they_are_there() -> None:
    assert [preset.country for preset in PRESETS if preset.form_of_address == "vos"] == ["AR", "UY"]
