"""What people say in the demo fits what the catalogue asks, and what is answered fits what was said."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from ventanilla.catalog import starting
from ventanilla.demo import stories, wording
from ventanilla.demo.pictures import MOTIFS
from ventanilla.forms.rules import validate

NOW = datetime(2026, 11, 25, 16, 24, tzinfo=UTC)
PROCEDURES = {procedure.key: procedure for service in starting.services() for procedure in service.procedures}
TALES = stories.tales()


def test_every_type_that_is_filed_has_its_tale_and_no_tale_is_of_another() -> None:
    filed = {key for key, procedure in PROCEDURES.items() if not (procedure.is_emergency or procedure.technical_only)}
    assert filed - set(TALES) == set()
    assert set(TALES) - set(PROCEDURES) == set()


@pytest.mark.parametrize("key", TALES)
def test_what_is_said_answers_what_the_type_asks(key: str) -> None:
    asked = starting.questions(PROCEDURES[key])
    for card in TALES[key].says:
        told = {} if isinstance(card, str) else card[1]
        assert set(told) <= {question.field for question in asked}
        checked = validate({**starting.schema(asked), "required": []}, starting.layout(asked), told)
        assert checked.answers == told


@pytest.mark.parametrize("key", TALES)
def test_every_sentence_can_be_filled(key: str) -> None:
    tale, values = TALES[key], wording.slots(random.Random(1), NOW)
    said = [card if isinstance(card, str) else card[0] for card in tale.says]
    for each in [
        *said,
        *tale.more,
        *tale.done,
        *tale.later,
        *tale.account,
        *(part for ask in tale.asks for part in ask),
    ]:
        filled = wording.fill(each, values)
        assert "{" not in filled
        assert filled[-1] in ".?!»)", filled
    assert tale.look in {"", *MOTIFS}


@pytest.mark.parametrize("key", [key for key, tale in TALES.items() if tale.paired])
def test_each_thing_said_has_the_answer_that_fits_it(key: str) -> None:
    tale = TALES[key]
    assert len(tale.done) == len(tale.says)
    for each in (tale.account, tale.decisions):
        assert len(each) in (0, len(tale.says))
    assert set(tale.decisions) <= {"adopt", "decline", "noted"}


def test_complaints_are_accounted_for_and_proposals_decided() -> None:
    for key, procedure in PROCEDURES.items():
        if procedure.kind == "complaint":
            assert TALES[key].account, key
        if procedure.kind == "suggestion":
            assert TALES[key].decisions, key


def test_a_colon_is_followed_by_a_small_letter() -> None:
    assert wording.led("Quería avisar:", "El parque está oscuro.") == "Quería avisar: el parque está oscuro."
    assert wording.led("Buenas.", "El parque está oscuro.") == "Buenas. El parque está oscuro."


def test_an_hour_told_is_one_that_has_gone_by() -> None:
    for seed in range(40):
        hour = wording.slots(random.Random(seed), NOW)["hour"]
        assert "14:45" < hour.rjust(5, "0") < "16:15"
