"""Reply templates: those that come along, their variables, and who they are for."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast, actor, forget_everything, place
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import actions, starting
from ventanilla.cases.actions import templates
from ventanilla.cases.actions.templates import BadTemplate, drop_template, filled, keep_template, text_of
from ventanilla.cases.enums import Identity, TemplateUse
from ventanilla.cases.models import Case, ReplyTemplate
from ventanilla.cases.rules import TEMPLATE_VARIABLES, template_problems
from ventanilla.notifications.rules import wording
from ventanilla.organization.models import Municipality

MANNERS = ["usted", "tu", "vos"]
SHIPPED = list(starting.replies())


def kept(cast: Cast, text: str, **more: object) -> ReplyTemplate:
    said = {"name": "Mía", "use": TemplateUse.REPLY, "department": None, "kind": "", "is_active": True, **more}
    return keep_template(ReplyTemplate(), by=actor(cast.coro), text=text, **said)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("key", SHIPPED)
def test_every_one_that_comes_along_may_be_kept_as_it_is(key: str, manner: str) -> None:
    assert template_problems(starting.replies()[key].said(manner)) == []


@pytest.mark.parametrize("key", SHIPPED)
def test_every_one_speaks_to_people_as_the_municipality_does(key: str) -> None:

    said = {manner: starting.replies()[key].said(manner) for manner in MANNERS}
    usted = re.compile(
        r"\b(usted|su caso|puede (ver|tomarla|acudir)|tiene que|díganos\w*|abra|agregue|le sirve|llámenos)\b",
        re.IGNORECASE,
    )
    vos = re.compile(r"\b(podés|tenés|decí\w*|abrí|agregá|vos)\b", re.IGNORECASE)
    tu = re.compile(r"\b(puedes|tienes|dínoslo|abre|agrega)\b", re.IGNORECASE)
    assert not vos.search(said["usted"])
    assert not tu.search(said["usted"])
    assert not usted.search(said["tu"])
    assert not usted.search(said["vos"])
    assert not tu.search(said["vos"])


def test_a_new_municipality_has_them_once(cast: Cast) -> None:
    town = Municipality.objects.get()
    for _time in range(2):
        templates.start(town)
    assert set(ReplyTemplate.objects.values_list("key", flat=True)) == set(SHIPPED)
    assert TrailEntry.objects.filter(chain="templates").count() == len(SHIPPED)


def test_one_that_comes_along_follows_the_municipality_s_form_of_address(cast: Cast) -> None:
    town = Municipality.objects.get()
    templates.start(town)
    row = ReplyTemplate.objects.get(key="we-have-it")
    assert "su caso" in text_of(row)
    town.form_of_address = "vos"
    town.save()
    forget_everything()
    assert "tu caso" in text_of(row)
    assert "tenés" in text_of(row)


def test_one_s_own_words_stay_whatever_the_form_of_address(cast: Cast) -> None:
    templates.start(Municipality.objects.get())
    row = ReplyTemplate.objects.get(key="we-have-it")
    said = {"name": row.name, "use": row.use, "department": None, "kind": "", "is_active": True}
    keep_template(row, by=actor(cast.coro), text="Vamos.", **said)
    assert text_of(ReplyTemplate.objects.get(key="we-have-it")) == "Vamos."


def test_kept_unchanged_it_still_follows_the_file(cast: Cast) -> None:
    templates.start(Municipality.objects.get())
    row = ReplyTemplate.objects.get(key="we-have-it")
    said = {"name": row.name, "use": row.use, "department": None, "kind": "", "is_active": True}
    keep_template(row, by=actor(cast.coro), text=text_of(row), **said)
    assert ReplyTemplate.objects.get(key="we-have-it").text == ""


# Variables ------------------------------------------------------------------------------------------------------------


def test_a_variable_that_does_not_exist_is_refused_by_its_name(cast: Cast) -> None:
    with pytest.raises(BadTemplate) as refused:
        kept(cast, "Hola, {{ name }}: su {{ cedula }} y su {{ saldo }}.")
    assert refused.value.problems == ["No existe la variable «cedula».", "No existe la variable «saldo»."]
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize("text", ["Hola {{ name }", "Hola }} name", "{{ Name }}", "{% if name %}"])
def test_what_only_looks_like_a_variable_is_refused_where_it_has_two_braces(text: str) -> None:
    assert bool(template_problems(text)) == ("{{" in text or "}}" in text)


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
def test_an_empty_or_endless_text_is_refused(text: str) -> None:
    assert template_problems(text)


def test_every_variable_has_a_value_in_every_case(cast: Cast) -> None:
    everything = " ".join(f"{{{{ {name} }}}}" for name in TEMPLATE_VARIABLES)
    template = kept(cast, everything)
    for case in (cast.file(), cast.file(applicant=None, identity=Identity.ANONYMOUS), cast.file(place=None)):
        assert "{{" not in filled(template, case, who="Olga")


def test_it_is_filled_with_what_the_case_says(cast: Cast) -> None:
    template = kept(cast, "{{ name }}: {{ what }} en {{ place }}, {{ reference }}. {{ who }}, {{ department }}")
    case = cast.file()
    said = filled(template, case, who="Olga Mora")
    assert said == f"Rosa: Bombillo quemado en Frente a la iglesia, {case.reference}. Olga Mora, Alumbrado público"


def test_a_line_of_nothing_is_left_out(cast: Cast) -> None:
    template = kept(cast, "Hola, {{ name }}:\n\nYa vamos.")
    case = cast.file(applicant=None, identity=Identity.ANONYMOUS)
    assert filled(template, case, who="Olga") == "Ya vamos."


def test_the_name_of_who_asked_to_be_kept_apart_is_not_put_in(cast: Cast) -> None:
    template = kept(cast, "Hola, {{ name }}:\n\nYa vamos.")
    assert "Rosa" not in filled(template, cast.file(identity=Identity.CONFIDENTIAL), who="Olga")


def test_what_looks_like_a_variable_in_what_people_wrote_stays_as_it_is(cast: Cast) -> None:
    template = kept(cast, "En {{ place }}.")
    assert filled(template, cast.file(place=place(label="{{ who }}")), who="Olga") == "En {{ who }}."


# For whom -------------------------------------------------------------------------------------------------------------


def offered(case: Case) -> set[str]:
    return set(ReplyTemplate.objects.for_case(case.department_id, case.kind).values_list("name", flat=True))


def test_it_is_offered_to_its_department_and_kind_while_it_is_in_use(cast: Cast) -> None:
    kept(cast, "Hola.", name="de todos")
    kept(cast, "Hola.", name="de alumbrado", department=cast.lighting)
    kept(cast, "Hola.", name="de calles", department=cast.streets)
    kept(cast, "Hola.", name="de quejas", kind="complaint")
    kept(cast, "Hola.", name="fuera de uso", is_active=False)
    assert offered(cast.file()) == {"de todos", "de alumbrado"}
    assert offered(cast.file(procedure=cast.complaint, place=None, answers={})) == {
        "de todos",
        "de calles",
        "de quejas",
    }


def test_one_s_own_is_forgotten_and_one_that_came_along_put_out_of_use(cast: Cast) -> None:
    templates.start(Municipality.objects.get())
    own, shipped = kept(cast, "Hola."), ReplyTemplate.objects.get(key="delay")
    for each in (own, shipped):
        drop_template(each, by=actor(cast.coro))
    assert not ReplyTemplate.objects.filter(pk=own.pk).exists()
    shipped.refresh_from_db()
    assert not shipped.is_active
    templates.start(Municipality.objects.get())
    assert not ReplyTemplate.objects.get(key="delay").is_active, "an upgrade doesn't bring it back"


def test_each_change_is_in_the_trail_without_the_words(cast: Cast) -> None:
    kept(cast, "Hola, vecina.")
    entry = TrailEntry.objects.get(chain="templates")
    assert (entry.verb, entry.by) == ("template.kept", f"user:{cast.coro.uuid}")
    assert "vecina" not in str(entry.data)


def test_templates_leave_cases_alone(cast: Cast) -> None:
    case = cast.file()
    filled(kept(cast, "Hola."), case, who="Olga")
    assert case.events.count() == 1
    assert actions.Refused is not BadTemplate
    assert wording.variables("{{ name }}") == {"name"}
