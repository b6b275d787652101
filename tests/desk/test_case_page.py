"""The case page: every action in place, what it says beforehand that it will do, and how it is taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.laws import application, confirm, petition, under
from tests.cast import Cast, actor
from tests.cast import standing as cast
from tests.desk.case_page import Page, page_of, signed_in
from tests.pictures import disguised, jpeg
from ventanilla.cases import actions
from ventanilla.cases.enums import CaseState, EventKind, Identity, WorkState
from ventanilla.cases.models import Case, CorrectionRequest, WorkItem
from ventanilla.forms import actions as forms
from ventanilla.lib import clock
from ventanilla.lib.actors import Actor

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def _at_a_fixed_moment(still_clock):
    return still_clock


# Done and taken back --------------------------------------------------------------------------------------------------


def test_taken_and_taken_back(cast: Cast) -> None:
    page = Page(cast, "olga", cast.file())
    assert page.did("tomar").assignee == cast.olga
    assert page.undo().assignee is None


def test_taken_over_and_given_back_to_who_had_it(cast: Cast) -> None:
    page = page_of(cast, "carlos")
    assert page.did("tomar").assignee == cast.carlos
    assert page.undo().assignee == cast.olga


def test_assigned_and_given_back(cast: Cast) -> None:
    page = page_of(cast)
    case = page.did("asignar", user="carlos", team="cuadrilla-1")
    assert (case.assignee, case.team) == (cast.carlos, cast.crew_team)
    assert page.undo().assignee == cast.olga


def test_marked_urgent_and_not(cast: Cast) -> None:
    page = page_of(cast)
    assert page.did("urgente").is_urgent
    assert not page.undo().is_urgent


def test_annulled_and_opened_again_with_its_clocks_as_they_were(cast: Cast) -> None:
    page = page_of(cast, "coro")
    due = page.case.target_due_at
    assert page.did("anular", text="Por error.").state == CaseState.CANCELLED
    case = page.undo()
    assert (case.is_open, case.target_due_at) == (True, due)


def test_put_off_and_under_way_again(cast: Cast) -> None:
    page = page_of(cast)
    assert page.did("programar", text="En enero.", without_budget="on").state == CaseState.SCHEDULED
    assert page.undo().state == CaseState.IN_PROGRESS


def test_paused_and_running_again(cast: Cast) -> None:
    under("ES")
    page = Page(cast, "otilia", application(cast))
    assert page.did("pausar", cause="mandatory_opinion", text="Al consejo.").response_waits
    assert page.undo().paused == ""


def test_what_may_not_be_taken_back_offers_nothing(cast: Cast) -> None:
    page = page_of(cast)
    page.did("responder", text="Vamos mañana.")
    assert "Deshacer" not in page.shows()


def test_who_may_not_take_it_back_is_not_offered_to(cast: Cast) -> None:
    page = page_of(cast)
    page.did("asignar", user="carlos")
    cast.olga.memberships.update(role=cast.fede.memberships.get().role)
    shown = page.shows()
    assert "Asignado." in shown
    assert "Deshacer" not in shown


DONE = [
    ("responder", {"text": "Vamos mañana."}, EventKind.REPLIED),
    ("anotar", {"text": "Llevar escalera."}, EventKind.NOTED),
    ("derivar", {"department": "calles", "text": "Es la acera."}, EventKind.ROUTED),
    ("preguntar", {"text": "¿Qué poste?"}, EventKind.PAUSED),
    ("resolver", {"text": "Cambiado."}, EventKind.RESOLVED),
    ("ampliar", {"kind": "target", "quantity": "5", "text": "Lluvia."}, EventKind.EXTENDED),
    ("no-procede", {"text": "Es privado."}, EventKind.REFUSED),
    ("soltar", {}, EventKind.RELEASED),
]


@pytest.mark.parametrize(("name", "told", "kind"), DONE, ids=[name for name, _told, _kind in DONE])
def test_each_action_is_done_from_the_page(cast: Cast, name: str, told: dict[str, str], kind: EventKind) -> None:
    case = page_of(cast, "coro").did(name, **told)
    assert case.events.latest("seq").kind == kind


@pytest.mark.parametrize("name", ["responder", "preguntar", "derivar", "programar", "resolver", "anotar", "ampliar"])
def test_without_its_words_an_action_says_what_is_missing(cast: Cast, name: str) -> None:
    page = page_of(cast)
    answer = page.do(name, text="")
    assert answer.status_code == 422
    assert page.case.events.count() == Case.objects.get(pk=page.case.pk).events.count()


def test_what_was_typed_is_still_there_after_an_error(cast: Cast) -> None:
    answer = page_of(cast).do("derivar", department="", text="Es la acera de enfrente.")
    assert answer.status_code == 422
    assert "Es la acera de enfrente." in answer.content.decode()


@pytest.mark.parametrize("name", ["no-procede", "anular"])
def test_what_the_coordinator_decides_others_can_not(cast: Cast, name: str) -> None:
    assert page_of(cast).do(name, text="Porque sí.").status_code == 404


def test_an_action_that_no_longer_fits_says_so_and_changes_nothing(cast: Cast) -> None:
    page = page_of(cast)
    page.did("resolver", text="Cambiado.")
    page.do("preguntar", text="¿Dónde?")
    assert "ya no se puede hacer" in page.shows()
    assert Case.objects.get(pk=page.case.pk).state == CaseState.RESOLVED


def test_another_department_s_case_is_not_found_by_any_door(cast: Cast) -> None:
    page = Page(cast, "otilia", cast.file())
    for tail in ("", "imprimir/", "exportar/", "vista/"):
        assert page.client.get(f"{page.path}{tail}").status_code == 404, tail
    for tail in ("hacer/tomar/", "plantilla/responder/", "candidatos/"):
        assert page.client.post(f"{page.path}{tail}").status_code == 404, tail


# What it says beforehand ----------------------------------------------------------------------------------------------


def test_it_says_who_is_told_and_how(cast: Cast) -> None:
    assert "Rosa recibe un correo." in page_of(cast).shows("?hacer=responder")


def test_it_says_that_nobody_can_be_told(cast: Cast) -> None:
    page = Page(cast, "olga", cast.file(applicant=None, identity=Identity.ANONYMOUS))
    assert "lo lee quien consulte el caso con su código" in page.shows("?hacer=responder")


def test_it_does_not_name_who_asked_to_be_kept_apart(cast: Cast) -> None:
    page = Page(cast, "coro", cast.file(identity=Identity.CONFIDENTIAL))
    shown = page.shows("?hacer=responder")
    assert "La persona recibe un correo." in shown
    assert "Rosa" not in shown
    assert "rosa.benitez" not in shown


def test_it_counts_those_who_follow(cast: Cast) -> None:
    case = cast.file(applicant=None, identity=Identity.ANONYMOUS)
    actions.follow(case, person=cast.rosa, by=Actor(f"person:{cast.rosa.uuid}", cast.rosa.name))
    assert "También se le avisa a 1 que lo sigue." in Page(cast, "olga", case).shows("?hacer=resolver")


def test_it_says_by_when_the_term_is_and_that_it_stays(cast: Cast) -> None:
    assert "El plazo sigue igual: jueves 3 de diciembre." in page_of(cast).shows("?hacer=anotar")


def test_where_the_law_does_not_wait_it_says_that_only_the_charter_does(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    cast.complaint.target_quantity, cast.complaint.target_unit = 20, "working_day"
    cast.complaint.save()
    shown = Page(cast, "otilia", petition(cast)).shows("?hacer=preguntar")
    assert "El plazo para contestarle sigue corriendo: jueves 10 de diciembre." in shown
    assert "La fecha de arreglo espera su respuesta, 10 días hábiles a lo sumo." in shown


def test_where_the_law_waits_it_says_by_what_article(cast: Cast) -> None:
    under("ES")
    shown = Page(cast, "otilia", application(cast)).shows("?hacer=preguntar")
    assert "El plazo para contestarle espera su respuesta (Ley 39/2015, art. 22.1.a)." in shown


def test_what_is_put_off_is_answered_and_stays_open(cast: Cast) -> None:
    shown = page_of(cast).shows("?hacer=programar")
    assert "Sigue abierto hasta que se arregle" in shown
    assert "Espera presupuesto" in shown


def test_urgency_says_what_it_halves(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    shown = Page(cast, "otilia", petition(cast)).shows("?hacer=urgente")
    assert "La ley de su plazo para contestar no conoce la urgencia." in shown


def test_opened_again_it_says_whether_the_clocks_begin_anew(cast: Cast) -> None:
    page = page_of(cast, "coro")
    page.did("resolver", text="Cambiado.")
    assert "Los plazos empiezan de nuevo hoy." in page.shows("?hacer=reabrir")
    other = page_of(cast, "coro")
    other.did("anular", text="Por error.")
    assert "como si no se hubiera cerrado" in other.shows("?hacer=reabrir")


# Terms ----------------------------------------------------------------------------------------------------------------


def test_a_pause_is_offered_only_where_the_law_lists_causes_with_their_maximum(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    assert "?hacer=pausar" not in Page(cast, "otilia", petition(cast)).shows()
    under("ES")
    page = Page(cast, "otilia", application(cast))
    assert "Se ha pedido un informe preceptivo (art. 22.1.d, 3 meses a lo sumo)" in page.shows("?hacer=pausar")
    assert page.do("pausar", cause="holidays", text="Porque sí.").status_code == 422


def test_a_pause_is_seen_beside_its_term_with_the_way_to_end_it(cast: Cast) -> None:
    under("ES")
    page = Page(cast, "otilia", application(cast))
    page.did("pausar", cause="mandatory_opinion", text="Al consejo.")
    shown = page.shows()
    assert "En pausa desde el miércoles 25 de noviembre." in shown
    assert "Se ha pedido un informe preceptivo" in shown
    assert "?hacer=reanudar" in shown


def test_a_correction_is_offered_where_the_law_gives_a_term_for_it(cast: Cast) -> None:
    assert "?hacer=subsanar" not in page_of(cast).shows()
    confirm(cast, "cr-ley-9097-answer", "cr-ley-9097-cure")
    page = Page(cast, "otilia", petition(cast))
    shown = page.shows("?hacer=subsanar")
    assert "La persona tiene 5 días hábiles para corregirlo (Ley 9097)" in shown
    page.did("subsanar", text="Falta la firma.")
    assert CorrectionRequest.objects.filter(case=page.case).exists()
    assert "La persona tiene hasta el jueves 3 de diciembre para corregirlo" in page.shows()


def test_a_term_that_the_law_does_not_extend_is_not_in_the_list(cast: Cast) -> None:
    confirm(cast, "cr-ley-9097-answer")
    cast.complaint.target_quantity, cast.complaint.target_unit = 20, "working_day"
    cast.complaint.save()
    page = Page(cast, "otilia", petition(cast))
    shown = page.shows("?hacer=ampliar")
    assert 'value="target"' in shown
    assert 'value="response"' not in shown
    assert "El plazo para contestarle no se puede ampliar (Ley 9097)." in shown
    assert page.do("ampliar", kind="response", quantity="1", text="Más.").status_code == 422


def test_a_term_is_not_extended_further_than_the_law_says(cast: Cast) -> None:
    under("ES")
    page = Page(cast, "otilia", application(cast))
    assert "hasta 3 meses más" in page.shows("?hacer=ampliar")
    assert page.do("ampliar", kind="response", quantity="4", text="Más.").status_code == 422
    page.did("ampliar", kind="response", quantity="3", text="Es mucho.")


# What comes next ------------------------------------------------------------------------------------------------------


def next_title(page: Page) -> str:
    return str(page.client.get(page.path).context["next"].title)


def test_what_nobody_has_is_to_be_taken(cast: Cast) -> None:
    assert next_title(Page(cast, "olga", cast.file())) == "Nadie lo ha tomado todavía"


def test_what_one_has_goes_on_with_its_step(cast: Cast) -> None:
    page = page_of(cast)
    shown = page.shows()
    assert next_title(page) == "Comprobar los hechos"
    item = WorkItem.objects.get(case=page.case, state=WorkState.OPEN)
    assert f"/paso/{item.uuid}/" in shown


def test_an_answer_of_the_person_comes_first_with_its_words(cast: Cast) -> None:
    page = page_of(cast)
    actions.person_replies(page.case, text="Es el 1127.", by=Actor(f"person:{cast.rosa.uuid}", cast.rosa.name))
    context = page.client.get(page.path).context
    assert (context["next"].title, context["next"].quote) == ("Rosa respondió", "Es el 1127.")


def test_while_the_person_is_waited_for_it_says_until_when(cast: Cast) -> None:
    page = page_of(cast)
    page.did("preguntar", text="¿Qué poste?")
    assert next_title(page) == "Esperamos a Rosa"


def test_once_closed_it_says_how_it_ended(cast: Cast) -> None:
    page = page_of(cast)
    page.did("resolver", text="Cambiamos el bombillo.")
    assert page.client.get(page.path).context["next"].text == "Cambiamos el bombillo."


def test_every_state_has_its_page(cast: Cast) -> None:
    for state, do in {
        "resolved": lambda case: actions.resolve_case(case, text="Listo.", by=actor(cast.olga)),
        "refused": lambda case: actions.refuse_case(case, text="No.", by=actor(cast.coro)),
        "cancelled": lambda case: actions.cancel_case(case, text="No.", by=actor(cast.coro)),
        "withdrawn": lambda case: actions.withdraw_case(case, text="Ya no.", by=actor(cast.coro)),
        "scheduled": lambda case: actions.schedule_case(case, text="Luego.", by=actor(cast.olga)),
        "duplicate": lambda case: actions.mark_duplicate(case, of=cast.file(), by=actor(cast.olga)),
    }.items():
        case = do(cast.file())
        assert case.state == state
        for name in ("olga", "coro", "fede", "vera"):
            assert Page(cast, name, case).client.get(f"/mesa/caso/{case.uuid}/").status_code == 200


# Steps ----------------------------------------------------------------------------------------------------------------


def check_facts() -> None:
    fields = {"facts": {"type": "string", "enum": ["real", "duplicate"]}, "duplicate_of": {"type": "string"}}
    options = [{"value": "real", "label": "Sí"}, {"value": "duplicate", "label": "Ya estaba"}]
    questions = [
        {"field": "facts", "question": "¿Hay algo que arreglar?", "options": options},
        {"field": "duplicate_of", "question": "¿Con qué número?"},
    ]
    schema = {"type": "object", "properties": fields, "required": ["facts"]}
    forms.publish(key="check_facts", schema=schema, layout={"questions": questions}, by="system")


def step_path(page: Page) -> str:
    return f"{page.path}paso/{WorkItem.objects.get(case=page.case, state=WorkState.OPEN).uuid}/"


def test_a_step_that_names_a_case_nobody_finds_says_so(cast: Cast) -> None:
    check_facts()
    page = page_of(cast)
    answer = page.client.post(step_path(page), {"facts": "duplicate", "duplicate_of": "2026-999999-1"})
    assert answer.status_code == 422
    assert "No hay un expediente con ese número" in answer.content.decode()


def test_what_was_answered_in_a_step_is_in_the_story(cast: Cast) -> None:
    check_facts()
    page = page_of(cast)
    assert page.client.post(step_path(page), {"facts": "real", "duplicate_of": ""}).status_code == 302
    shown = page.shows()
    assert "hizo el paso «Comprobar los hechos»" in shown
    assert "¿Hay algo que arreglar?" in shown


def test_a_step_with_a_file_that_is_not_taken_says_why_and_keeps_what_was_typed(cast: Cast) -> None:
    check_facts()
    page = page_of(cast)
    told = {"facts": "real", "note": "Llevar escalera.", "file": disguised()}
    answer = page.client.post(step_path(page), told)
    shown = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Es una página web o un dibujo con código dentro" in shown
    assert "web_page" not in shown
    assert "Llevar escalera." in shown
    assert re.search(r'<input[^>]*value="real"[^>]*checked', shown)
    assert WorkItem.objects.get(case=page.case).state == WorkState.OPEN


def test_a_step_keeps_its_note_and_its_file(cast: Cast) -> None:
    check_facts()
    page = page_of(cast)
    told = {"facts": "real", "note": "Llevar escalera.", "file": SimpleUploadedFile("poste.jpg", jpeg())}
    assert page.client.post(step_path(page), told).status_code == 302
    shown = page.shows()
    assert "Llevar escalera." in shown
    assert "poste.jpg" in shown


def test_a_step_of_somebody_else_s_case_is_not_found(cast: Cast) -> None:
    page = page_of(cast)
    assert signed_in(cast, "otilia").get(step_path(page)).status_code == 404


# The story ------------------------------------------------------------------------------------------------------------


def test_the_story_shows_what_is_asked_for(cast: Cast) -> None:
    page = page_of(cast)
    page.did("anotar", text="Llevar escalera.")
    page.did("responder", text="Vamos mañana.")
    assert "Llevar escalera." in page.shows("?ver=notas")
    assert "Vamos mañana." not in page.shows("?ver=notas")
    assert "Vamos mañana." in page.shows("?ver=persona")
    assert "Nada de eso todavía." in page.shows("?ver=plazo")


def test_time_gone_by_is_told_as_such(cast: Cast) -> None:
    page = page_of(cast)
    with clock.at(page.case.due_at + timedelta(days=1)):
        shown = page.shows()
    assert "Venció" in shown
