"""Which term a dealing has, and what its law allows."""

from datetime import UTC, datetime

import pytest

from ventanilla.calendars.enums import Act, LegalNature, Silence, Source, StartEvent
from ventanilla.calendars.rules import LegalTerm, NotAllowed, SilenceException, SuspensionCause, choose
from ventanilla.lib.workingtime import Term, Unit

TEN = Term(10, Unit.WORKING_DAY)
APPLICATION, PETITION = LegalNature.APPLICATION, LegalNature.PETITION
MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


def legal(key: str, *natures: str, act: Act = Act.ANSWER, **more: object) -> LegalTerm:
    return LegalTerm(
        key=key,
        act=act,
        term=TEN,
        law="Ley 1",
        article="2",
        says="",
        source=Source.PRIMARY,
        start=StartEvent.FILING,
        natures=frozenset(natures),
        **more,  # type: ignore[arg-type]
    )


def chosen(*terms: LegalTerm, nature: str, identified: bool = True, scope: str = "general") -> str | None:
    found = choose(terms, Act.ANSWER, nature, identified=identified, scope=scope)
    return found and found.key


def test_the_first_that_fits_is_chosen() -> None:
    terms = [legal("a", PETITION), legal("b", APPLICATION), legal("c", APPLICATION)]
    assert chosen(*terms, nature=APPLICATION) == "b"
    assert chosen(*terms, nature=LegalNature.COMPLAINT) is None


def test_a_term_for_the_matter_goes_before_the_general_one() -> None:
    terms = [legal("general", APPLICATION), legal("information", APPLICATION, scope="access_to_information")]
    assert chosen(*terms, nature=APPLICATION, scope="access_to_information") == "information"
    assert chosen(*terms, nature=APPLICATION) == "general"
    assert chosen(*terms, nature=APPLICATION, scope="liability") == "general"
    assert chosen(terms[1], nature=APPLICATION) is None


def test_a_term_that_presupposes_a_person_is_not_owed_to_an_anonymous_one() -> None:
    signed = legal("signed", PETITION, needs_identified=True)
    assert chosen(signed, nature=PETITION, identified=False) is None
    assert chosen(signed, legal("any", PETITION), nature=PETITION, identified=False) == "any"


def test_a_service_notice_has_no_term_in_law_whatever_the_tables_say() -> None:
    assert chosen(legal("all"), legal("notice", LegalNature.SERVICE_NOTICE), nature=LegalNature.SERVICE_NOTICE) is None


def test_terms_of_other_acts_are_left_aside() -> None:
    assert chosen(legal("cure", act=Act.CURE), nature=APPLICATION) is None
    assert choose([legal("cure", act=Act.CURE)], Act.CURE, "", identified=True) is not None


def test_silence_is_that_of_the_matter() -> None:
    exception = SilenceException("liability", "Responsabilidad", Silence.NEGATIVE, "24.1")
    term = legal("a", APPLICATION, silence=Silence.POSITIVE, exceptions=(exception,))
    general = choose([term], Act.ANSWER, APPLICATION, identified=True)
    liability = choose([term], Act.ANSWER, APPLICATION, identified=True, scope="liability")
    assert general is not None
    assert liability is not None
    assert (general.silence, general.silence_article) == (Silence.POSITIVE, "")
    assert (liability.silence, liability.silence_article) == (Silence.NEGATIVE, "24.1")


def test_it_pauses_only_for_a_cause_of_its_law_and_with_its_maximum() -> None:
    term = legal("a", causes=(SuspensionCause("opinion", "Informe", "22.1.d", Term(3, Unit.MONTH)),))
    assert term.pause("opinion", MOMENT).maximum == Term(3, Unit.MONTH)
    with pytest.raises(NotAllowed):
        term.pause("holidays", MOMENT)


@pytest.mark.parametrize("asked", [Term(4, Unit.MONTH), Term(3, Unit.WORKING_DAY)])
def test_it_is_extended_by_no_more_than_its_law_grants(asked: Term) -> None:
    term = legal("a", extension=Term(3, Unit.MONTH))
    assert term.extended_by(Term(3, Unit.MONTH)) == Term(3, Unit.MONTH)
    assert term.extended_by(Term(1, Unit.MONTH)) == Term(1, Unit.MONTH)
    with pytest.raises(NotAllowed):
        term.extended_by(asked)
    with pytest.raises(NotAllowed):
        legal("b").extended_by(Term(1, Unit.MONTH))


def test_urgency_halves_only_where_the_law_knows_it() -> None:
    assert legal("a", urgency_article="33").urgent().term == Term(5, Unit.WORKING_DAY)
    with pytest.raises(NotAllowed):
        legal("b").urgent()


def test_a_term_cites_its_law() -> None:
    assert legal("a").citation == "Ley 1, art. 2"
