"""The components as templates use them."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.conftest import WEDNESDAY_MORNING as NOW
from ventanilla.design import registry
from ventanilla.design.components import Answer, Bar, BarChart, Chip, Fact, Message, Step, Term
from ventanilla.design.context import House
from ventanilla.design.enums import StepKind, TermState, Tone
from ventanilla.design.registry import Entry, State, ways

pytestmark = pytest.mark.usefixtures("still_clock")
HOSTILE = "<script>alert(1)</script>"


def draw(markup: str, **context: Any) -> str:
    return Template("{% load ventanilla %}" + markup).render(Context(context))


def test_an_icon_is_hidden_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "bulb-off" %}')
    assert 'role="img" aria-label="Foco"' in draw('{% icon "bulb-off" label="Foco" %}')
    assert "icons.svg#bulb-off" in draw('{% icon "bulb-off" %}')


def test_an_unknown_icon_fails_loudly() -> None:
    with pytest.raises(KeyError, match="no-such-thing"):
        draw('{% icon "no-such-thing" %}')


def test_a_state_is_icon_word_and_colour() -> None:
    drawn = draw('{% state_tag "overdue" %}')
    assert 'data-color="warning" data-solid' in drawn
    assert "#alert-triangle" in drawn
    assert "Vencido" in drawn
    assert "Arreglado" in draw('{% state_tag "resolved" word="Arreglado" %}')


def test_a_state_of_another_room_is_drawn_alike() -> None:
    assert "Mirado" in draw("{% state_tag state %}", state=State("Mirado", "eye", Tone.ACTION))


def test_an_unknown_state_fails_loudly() -> None:
    with pytest.raises(KeyError):
        draw('{% state_tag "dreamt" %}')


def test_the_line_of_steps_says_where_one_stands() -> None:
    items = [
        Step("Recibimos", "ayer", StepKind.DONE),
        Step("Responda", kind=StepKind.ASK),
        Step("Fin", kind=StepKind.END),
    ]
    drawn = draw("{% steps items level=2 %}", items=items)
    assert drawn.count("<h2>") == 3
    assert drawn.count('aria-current="step"') == 1
    assert "le toca a usted" in drawn
    assert "hecho" in drawn


def test_a_term_shows_what_is_left_the_date_and_the_law() -> None:
    term = Term(NOW, left=0, used=5, late_by=2, state=TermState.LATE, name="Plazo", law="Artículo 12", law_path="/ley/")
    drawn = draw("{% term term %}", term=term)
    assert "v-late" in drawn
    assert 'class="b-soon" width="100"' in drawn
    assert '<a href="/ley/">Artículo 12</a>' in drawn


def test_what_people_wrote_is_never_markup() -> None:
    everything = (
        draw("{{ words|as_said }}", words=HOSTILE)
        + draw("{% facts items %}", items=[Fact(HOSTILE, HOSTILE, HOSTILE)])
        + draw("{% answers items %}", items=[Answer(HOSTILE, HOSTILE, HOSTILE, "/x/", HOSTILE)])
        + draw("{% conversation items %}", items=[Message(HOSTILE, NOW, HOSTILE, role=HOSTILE)])
        + draw("{% chips items %}", items=[Chip(HOSTILE, "/x/")])
        + draw("{% alert words %}{% plate words kind=words %}{% empty_state words words %}", words=HOSTILE)
        + draw('{% icon "bulb" label=words %}', words=HOSTILE)
    )
    assert "<script" not in everything
    assert everything.count("&lt;script") >= 14


def test_words_as_said_stand_in_quotes() -> None:
    assert "«Está a oscuras»" in draw("{{ words|as_said }}", words=" Está a oscuras ")
    assert draw("{{ words|as_said }}", words="  ") == ""


def test_each_change_link_says_what_it_changes() -> None:
    drawn = draw(
        "{% answers items %}", items=[Answer("Dónde está", "Sucre 410", change_path="/x/", about="dónde está")]
    )
    assert 'Cambiar<span class="ds-sr-only"> dónde está</span>' in drawn


@pytest.mark.parametrize("upright", [True, False])
def test_a_chart_stands_over_its_table(upright: bool) -> None:
    bars = [Bar("Arbolado", 1234.5, "1.234,5", strong=True), Bar("Higiene", 0)]
    chart = BarChart("Arbolado es lo más", "Vencidos", ["Servicio", "Vencidos"], bars, upright=upright)
    drawn = draw("{% chart chart %}", chart=chart)
    assert drawn.index("<svg") < drawn.index("<table")
    assert drawn.count('scope="row"') == 2
    assert "," not in drawn.split("</svg>")[0].replace("1.234,5", "")


def test_a_chart_of_nothing_is_drawn() -> None:
    assert "<svg" in draw("{% chart chart %}", chart=BarChart("Nada", "Nada", ["A", "B"], []))


def test_the_pager_is_left_out_where_there_is_one_page() -> None:
    assert draw("{% pager %}").strip() == ""
    assert 'rel="next"' in draw('{% pager shown="1 a 14" next_path="?after=x" %}')


def test_nothing_is_shown_that_is_not_built(rf: RequestFactory) -> None:
    shown = [way.path for way in ways(registry.menu, rf.get("/"))]
    assert shown == ["/form/", "/estilo/"]


def test_the_entry_of_the_page_is_current(rf: RequestFactory) -> None:
    assert [way.is_current for way in ways(registry.menu, rf.get("/estilo/algo/"))] == [False, True]


def test_an_exact_entry_is_current_only_on_its_own_page(rf: RequestFactory) -> None:
    registry.doors.register("one", Entry("Uno", lambda request: "/uno/", exact=True))
    house = House(rf.get("/uno/dos/"))
    assert [way.is_current for way in house.doors] == [False]
