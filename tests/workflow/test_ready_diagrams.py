"""The diagrams that come along, and those of the BPMN interchange group read in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnValidator

from ventanilla.workflow import actions, library, reading, rules, running
from ventanilla.workflow.rules import Diagram, InvalidDiagram, Problem
from ventanilla.workflow.running import Move, Process

READY = sorted(actions.READY.glob("*.bpmn"))
WORDS = {
    "report": {
        "facts": ["real", "unfounded", "duplicate"],
        "plan": ["ready", "no_budget"],
        "work": ["mended", "not_mended", "plan_again"],
    },
    "complaint": {"admission": ["admitted", "refused"], "measures": [True, False]},
    "suggestion": {"decision": ["adopt", "decline"]},
    "inquiry": {"answer": ["done", "ask_area"]},
    "breach": {"admission": ["admitted", "refused"], "found": ["breach", "nothing"], "measures": [True, False]},
    "compliment": {},
}
"""What the forms of each process can say."""
HOMEWARD = {
    "facts": "real", "plan": "ready", "work": "mended", "admission": "admitted", "measures": False,
    "decision": "decline", "answer": "done", "found": "breach",
}  # fmt: skip


def diagram_of(file: Path) -> Diagram:
    return library.check(file.read_bytes(), roles=actions.READY_ROLES, services=[])


def process_of(key: str) -> Process:
    return running.process_of(diagram_of(actions.READY / f"{key}.bpmn"))


def walked(key: str, *answers: dict[str, object]) -> tuple[list[str], str]:
    """The steps of a process done one after another with some answers, and the outcome."""
    process, done = process_of(key), []
    move = running.start(process, {})
    for answer in answers:
        step = running.open_steps(process, move.state or b"")[0]
        done.append(step.node)
        move = running.complete(process, move.state or b"", step.task_id, answer)
    assert move.ended
    return done, move.outcome


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_a_ready_diagram_is_valid_bpmn_and_accepted(file: Path) -> None:
    BpmnValidator().validate(etree.parse(file))
    assert diagram_of(file).id == file.stem


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_every_element_of_a_ready_diagram_is_drawn(file: Path) -> None:
    root = etree.parse(file).getroot()
    drawn = {element.get("bpmnElement") for element in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
    diagram = diagram_of(file)
    assert {*diagram.nodes, *(flow.id for flow in diagram.flows)} <= drawn


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_the_forms_can_say_all_that_a_ready_process_asks(file: Path) -> None:
    assert process_of(file.stem).variables == set(WORDS[file.stem])


def test_a_report_goes_from_check_to_telling() -> None:
    done, outcome = walked("report", {"facts": "real"}, {"plan": "ready"}, {}, {"work": "mended"}, {})
    assert done == ["check_facts", "plan_work", "act", "verify_work", "tell"]
    assert outcome == "mended"


def test_a_report_that_is_a_duplicate_is_closed_with_a_reason() -> None:
    assert walked("report", {"facts": "duplicate"}, {}) == (["check_facts", "explain_closing"], "explained")


def test_a_report_not_mended_is_worked_on_again() -> None:
    done, _outcome = walked(
        "report", {"facts": "real"}, {"plan": "ready"}, {}, {"work": "not_mended"}, {}, {"work": "mended"}, {}
    )
    assert done.count("act") == 2


def test_a_report_without_budget_waits_and_is_planned_again() -> None:
    done, _outcome = walked(
        "report", {"facts": "real"}, {"plan": "no_budget"}, {}, {"plan": "ready"}, {}, {"work": "mended"}, {}
    )
    assert done[1:4] == ["plan_work", "await_budget", "plan_work"]


def test_a_complaint_goes_on_without_the_area_when_it_does_not_answer() -> None:
    process = process_of("complaint")
    move = running.start(process, {})
    move = running.complete(process, move.state or b"", "admit:1", {"admission": "admitted"})
    (clock,) = move.opened[0].timers
    assert clock.term == "area_account"
    move = running.fire(process, move.state or b"", clock.task_id)
    assert [step.node for step in move.opened] == ["answer"]


def test_an_inquiry_may_ask_the_area_more_than_once() -> None:
    ask: dict[str, object] = {"answer": "ask_area"}
    done, _outcome = walked("inquiry", ask, {}, ask, {}, {"answer": "done"})
    assert done == ["answer", "inform", "answer", "inform", "answer"]


@pytest.mark.parametrize(
    ("answers", "done", "outcome"),
    [
        ([{"admission": "refused"}, {}], ["admit", "explain_refusal"], "not_admitted"),
        (
            [{"admission": "admitted"}, {"found": "nothing"}, {}],
            ["admit", "inspect", "explain_refusal"],
            "not_admitted",
        ),
        (
            [{"admission": "admitted"}, {"found": "breach"}, {"measures": False}],
            ["admit", "inspect", "decide"],
            "acted",
        ),
        (
            [{"admission": "admitted"}, {"found": "breach"}, {"measures": True}, {}],
            ["admit", "inspect", "decide", "check_measures"],
            "fulfilled",
        ),
    ],
)
def test_a_denuncia_is_inspected_decided_and_checked(
    answers: list[dict[str, object]], done: list[str], outcome: str
) -> None:
    assert walked("breach", *answers) == (done, outcome)


def test_all_of_a_denuncia_is_in_the_hands_of_who_may_see_it() -> None:
    """Who denounced is kept from the crew and the front desk, so no step may be theirs."""
    lanes = {node.lane for node in process_of("breach").diagram.nodes.values() if node.lane}
    assert lanes == {"service_manager"}


def test_a_compliment_is_taken_to_who_earned_it() -> None:
    assert walked("compliment", {}, {}) == (["read", "share"], "shared")


def test_the_line_of_steps_of_a_report_is_what_people_are_told() -> None:
    line = rules.public_line(process_of("report").diagram)
    assert [step.title for step in line] == [
        "Recibimos su reporte",
        "El área encargada lo toma",
        "Una cuadrilla va a verlo",
        "Le contamos cómo quedó",
    ]
    assert line[2].nodes == ("plan_work", "act")
    assert [step.is_end for step in line] == [False, False, False, True]


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_every_line_of_steps_begins_with_the_filing_and_ends(file: Path) -> None:
    line = rules.public_line(diagram_of(file))
    assert line[0].title.startswith("Recibimos")
    assert line[-1].is_end
    assert len({step.key for step in line}) == len(line) >= 3


@settings(deadline=None)
@given(st.sampled_from(sorted(WORDS)), st.data())
def test_any_walk_through_a_ready_process_ends(key: str, data: st.DataObject) -> None:
    process = process_of(key)
    move = running.start(process, {})
    for turn in range(40):
        move = _one_move(key, process, move, data, homeward=turn > 12)
        if move.ended:
            assert move.outcome
            return
        steps = running.open_steps(process, move.state or b"")
        assert steps
        assert len({step.task_id for step in steps}) == len(steps)
    raise AssertionError("the walk did not end")


def _one_move(key: str, process: Process, move: Move, data: st.DataObject, *, homeward: bool) -> Move:
    stored = move.state or b""
    step = data.draw(st.sampled_from(running.open_steps(process, stored)))
    if step.timers and data.draw(st.booleans()):
        return running.fire(process, stored, step.timers[0].task_id)
    said = {name: data.draw(st.sampled_from(words)) for name, words in WORDS[key].items()}
    return running.complete(process, stored, step.task_id, HOMEWARD if homeward else said)


# Whatever other modellers draw


DATA = Path(os.environ.get("VENTANILLA_SHARED_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))
REFERENCE = DATA / "bpmn_miwg" / "Reference"
FOREIGN = sorted(REFERENCE.glob("*.bpmn"))


@pytest.mark.skipif(not FOREIGN, reason="the BPMN reference models are not here (VENTANILLA_SHARED_DATA)")
@pytest.mark.parametrize("file", FOREIGN or [REFERENCE], ids=lambda file: file.name)
def test_a_foreign_diagram_is_refused_with_its_elements_named(file: Path) -> None:
    with pytest.raises(InvalidDiagram) as caught:
        library.check(file.read_bytes(), roles=actions.READY_ROLES, services=[])
    problems = caught.value.problems
    assert all(_is_named(problem, file.read_bytes()) for problem in problems)


def _is_named(problem: Problem, xml: bytes) -> bool:
    return bool(problem.element_id) and problem.element_id.encode() in xml and bool(problem.message)


@pytest.mark.skipif(not FOREIGN, reason="the BPMN reference models are not here (VENTANILLA_SHARED_DATA)")
def test_a_foreign_diagram_runs_once_its_tasks_are_made_ours() -> None:
    ours = _made_ours((REFERENCE / "A.1.0.bpmn").read_text(encoding="latin-1"))
    diagram = library.check(ours.encode("latin-1"), roles=actions.READY_ROLES, services=[])
    process = running.process_of(diagram)
    move = running.start(process, {})
    for name in ("Task 1", "Task 2", "Task 3"):
        (step,) = running.open_steps(process, move.state or b"")
        assert step.name == name
        move = running.complete(process, move.state or b"", step.task_id, {})
    assert move.ended


def _made_ours(xml: str) -> str:
    ids = [piece.split('id="')[1].split('"')[0] for piece in xml.split("<semantic:task ")[1:]]
    refs = "".join(f"<semantic:flowNodeRef>{own}</semantic:flowNodeRef>" for own in ids)
    lane = f'<semantic:laneSet><semantic:lane name="crew">{refs}</semantic:lane></semantic:laneSet>'
    xml = xml.replace("semantic:task", "semantic:manualTask")
    return xml.replace('id="WFP-6-">', f'id="WFP-6-">{lane}')


def test_reading_alone_finds_nothing_wrong_with_what_comes_along() -> None:
    for file in READY:
        assert reading.read(file.read_bytes())[1] == []


def test_the_example_of_the_manual_loads_and_shows_its_line() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "processes.md").read_text()
    example = manual.split("```xml\n")[1].split("```")[0]
    diagram = library.check(example.encode(), roles=actions.READY_ROLES, services=[])
    assert [step.title for step in rules.public_line(diagram)] == [
        "Recibimos su aviso",
        "Vemos si estorba el paso",
        "Una cuadrilla lo despeja",
        "Le contamos cómo quedó",
    ]
