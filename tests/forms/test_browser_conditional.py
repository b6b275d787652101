"""Conditional questions in a real browser: hidden until asked for, and all there without JavaScript."""

from pathlib import Path

from django.template import Context, Template
from playwright.sync_api import expect

from tests.browser import PageAt
from tests.forms.papers import light
from ventanilla.forms.build import form_class

SCRIPT = Path(__file__).parents[2] / "src/ventanilla/forms/static/forms/conditional.js"
PAGE = "<!doctype html><html lang=es><title>x</title><main><form>{{ form }}</form></main></html>"


def drawn(answers=None):
    return Template(PAGE).render(Context({"form": form_class(light())(initial=answers or {}, prefix="q")}))


def test_a_question_comes_when_its_answer_is_given_and_goes_when_it_is_taken_back(page_at: PageAt):
    page = page_at(360)
    page.set_content(drawn())
    page.evaluate(SCRIPT.read_text())
    how_many = page.get_by_label("¿Cuántas son?")
    expect(how_many).to_be_hidden()
    page.get_by_label("Varias").check()
    expect(how_many).to_be_visible()
    page.get_by_label("Una sola").check()
    expect(how_many).to_be_hidden()


def test_what_was_answered_before_shows_its_question_at_once(page_at: PageAt):
    page = page_at(360)
    page.set_content(drawn({"danger": True}))
    page.evaluate(SCRIPT.read_text())
    expect(page.get_by_label("Cuéntenos el peligro")).to_be_visible()


def test_without_javascript_every_question_is_there_and_says_when_to_answer(page_at: PageAt):
    page = page_at(360, javascript=False)
    page.set_content(drawn())
    expect(page.get_by_label("¿Cuántas son?")).to_be_visible()
    expect(
        page.get_by_text("Conteste solo si a «¿Cuántas luminarias están apagadas?» respondió «Varias».")
    ).to_be_visible()
