"""What a diagram may not hold, and that the refusal names it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.drawing import CHOICE, FORK, LINE, ROLES, bpmn, flow, timer, user
from ventanilla.workflow import library
from ventanilla.workflow.rules import InvalidDiagram, Problem


def refused(xml: bytes, **known: object) -> list[Problem]:
    with pytest.raises(InvalidDiagram) as caught:
        library.check(xml, roles=ROLES, services=[])
    return caught.value.problems


def accepted(xml: bytes) -> bool:
    return bool(library.check(xml, roles=ROLES, services=["close_twin"]).nodes)


def test_simple_diagrams_are_accepted() -> None:
    assert accepted(bpmn(*LINE))
    assert accepted(bpmn(*CHOICE))
    assert accepted(bpmn(*FORK))


@pytest.mark.parametrize(
    ("element", "why"),
    [
        ('<scriptTask id="x" name="Malo"><script>import os</script></scriptTask>', "programas"),
        ('<task id="x" name="Malo"/>', "qué clase de tarea"),
        ('<sendTask id="x" name="Malo"/>', "mensajes"),
        ('<receiveTask id="x" name="Malo"/>', "mensajes"),
        ('<businessRuleTask id="x" name="Malo"/>', "reglas"),
        ('<callActivity id="x" name="Malo" calledElement="y"/>', "otro proceso"),
        ('<subProcess id="x" name="Malo"/>', "subprocesos"),
        ('<adHocSubProcess id="x" name="Malo"/>', "subprocesos"),
        ('<transaction id="x" name="Malo"/>', "subprocesos"),
        ('<intermediateCatchEvent id="x" name="Malo"/>', "evento"),
        ('<intermediateThrowEvent id="x" name="Malo"/>', "evento"),
        ('<eventBasedGateway id="x" name="Malo"/>', "evento"),
        ('<complexGateway id="x" name="Malo"/>', "complejas"),
        ('<dataObject id="x" name="Malo"/>', "datos"),
        ('<startEvent id="x" name="Malo"><messageEventDefinition/></startEvent>', "evento"),
        ('<startEvent id="x" name="Malo"><timerEventDefinition/></startEvent>', "evento"),
        ('<endEvent id="x" name="Malo"><errorEventDefinition/></endEvent>', "evento"),
        ('<userTask id="x" name="Malo"><multiInstanceLoopCharacteristics/></userTask>', "repetidas"),
        ('<userTask id="x" name="Malo"><standardLoopCharacteristics/></userTask>', "repetidas"),
        ('<userTask id="x" name="Malo"><ioSpecification/></userTask>', "datos"),
        ('<userTask id="x" name="Malo"><potentialOwner/></userTask>', "no se admite"),
        ('<userTask id="x" name="Malo" isForCompensation="true"/>', "isForCompensation=true"),
        ('<userTask id="x" name="Malo" v:frm="y"/>', "v:frm"),
        ('<frobnicate id="x" name="Malo"/>', "frobnicate"),
        ('<o:thing xmlns:o="urn:o" id="x" name="Malo"/>', "no es de BPMN"),
    ],
)
def test_an_element_outside_the_list_is_refused_by_name(element: str, why: str) -> None:
    (problem,) = refused(bpmn(*LINE, element))
    assert (problem.element_id, problem.element_name) == ("x", "Malo")
    assert why in problem.message
    assert "Malo" in str(problem)


@pytest.mark.parametrize(
    "inside",
    [
        '<extensionElements><q:preScript xmlns:q="http://spiffworkflow.org/bpmn/schema/1.0/core">1</q:preScript></extensionElements>',
        '<extensionElements><q:postScript xmlns:q="http://spiffworkflow.org/bpmn/schema/1.0/core">1</q:postScript></extensionElements>',
        '<extensionElements><q:taskListener xmlns:q="http://camunda.org/schema/1.0/bpmn"/></extensionElements>',
        "<extensionElements><script>1</script></extensionElements>",
    ],
)
def test_scripts_hidden_in_extensions_are_refused(inside: str) -> None:
    (problem,) = refused(bpmn(user("a", inside=inside), flow("s>a"), flow("a>e")))
    assert problem.element_id == "a"
    assert "extensión" in problem.message


def test_attributes_of_other_engines_are_refused() -> None:
    extra = 'xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="${x}"'
    (problem,) = refused(bpmn(user("a", extra), flow("s>a"), flow("a>e")))
    assert "otro motor" in problem.message


def test_the_marks_that_modellers_leave_are_let_through() -> None:
    extra = 'xmlns:b="http://bpmn.io/schema/bpmn/biocolor/1.0" b:fill="#fff"'
    note = '<textAnnotation id="n"><text>Ojo</text></textAnnotation><association id="as" sourceRef="a" targetRef="n"/>'
    modeller = 'xmlns:m="http://camunda.org/schema/modeler/1.0" m:executionPlatform="Camunda Platform"'
    assert accepted(bpmn(*LINE).replace(b'targetNamespace="x"', f'targetNamespace="x" {modeller}'.encode()))
    assert accepted(bpmn(user("a", extra, "<documentation>Así</documentation>"), note, flow("s>a"), flow("a>e")))


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("__import__('os').system('id')", "__import__"),
        ("1 +", "línea 1"),
        ("answers.get('x')", "get"),
        ("x" * 1001, "caracteres"),
    ],
)
def test_a_condition_that_is_no_cel_is_refused(condition: str, why: str) -> None:
    xml = bpmn(*CHOICE).replace(b">again<", f">{condition}<".encode())
    (problem,) = refused(xml)
    assert problem.element_id == "no"
    assert why in problem.message


def test_a_condition_in_another_language_is_refused() -> None:
    xml = bpmn(*CHOICE).replace(b"<conditionExpression>", b'<conditionExpression language="python">')
    assert "CEL" in refused(xml)[0].message


WRITTEN = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"


@pytest.mark.parametrize(
    ("elements", "element_id", "why"),
    [
        ((user("a"), user("z"), flow("s>a"), flow("a>e"), flow("z>e")), "z", "no se llega aquí"),
        ((user("a"), user("z"), flow("s>a"), flow("a>e"), flow("z>z")), "z", "no se llega"),
        ((user("a"), flow("s>a")), "a", "no sale ninguna flecha"),
        ((user("a"), user("b"), flow("s>a"), flow("a>b"), flow("a>e"), flow("b>e")), "a", "varias flechas"),
        ((user("a"), flow("s>a"), flow("a>nowhere")), "a_nowhere", "no une"),
        ((user("a"), flow("s>a"), flow("a>s")), "s", "no puede llegar"),
        ((user("a"), flow("s>a"), flow("a>e"), flow("e>a")), "e", "no puede salir"),
        ((user("a"), flow("s>a"), flow("a>e", "x")), "a_e", "no va ninguna condición"),
        ((user("a"), '<endEvent id="a"/>', flow("s>a"), flow("a>e")), "a", "repetido"),
        ((user("End"), flow("s>End"), flow("End>e")), "End", "cambie el identificador"),
        ((timer("t", "s"), user("a"), flow("s>a"), flow("a>e"), flow("t>e")), "t", "sobre una tarea"),
        ((user("a"), '<startEvent id="s2"/>', flow("s>a"), flow("s2>a"), flow("a>e")), "s2", "más de un inicio"),
        ((*LINE, timer("t", "a"), timer("u", "a", False), flow("t>e"), flow("u>e")), "u", "deje uno solo"),
        (('<serviceTask id="x" v:service="nope"/>', flow("s>x"), flow("x>e")), "x", "«nope» no está registrado"),
        (('<userTask id="x" name="X" v:term="none"/>', flow("s>x"), flow("x>e")), "x", "v:form"),
        (('<userTask id="x" name="X" v:form="f"/>', flow("s>x"), flow("x>e")), "x", "v:term"),
        (('<userTask id="x" name="X" v:form="f" v:term="3 lunas"/>', flow("s>x"), flow("x>e")), "x", "3 lunas"),
        (('<userTask id="x" name="X" v:form="F!" v:term="none"/>', flow("s>x"), flow("x>e")), "x", "no es una clave"),
        (('<userTask id="x" v:form="f" v:term="none"/>', flow("s>x"), flow("x>e")), "x", "no tiene nombre"),
        ((*LINE, timer("t", "a").replace("v:term", "title"), flow("t>e")), "t", "nombrar su plazo"),
        ((*LINE, timer("t", "a").replace("<timer", WRITTEN + "<timer"), flow("t>e")), "t", "tiempos escritos"),
    ],
)  # fmt: skip
def test_a_faulty_drawing_is_refused_at_its_element(elements: tuple[str, ...], element_id: str, why: str) -> None:
    found = [p for p in refused(bpmn(*elements)) if p.element_id == element_id]
    assert any(why in problem.message for problem in found)


def test_a_choice_needs_its_conditions_and_a_way_out() -> None:
    without_default = bpmn(*CHOICE).replace(b'default="yes"', b"")
    assert "por defecto" in refused(without_default)[0].message
    without_condition = bpmn(*CHOICE).replace(b"<conditionExpression>again</conditionExpression>", b"")
    assert "falta la condición" in refused(without_condition)[0].message


def test_a_lane_must_be_a_known_role() -> None:
    (problem,) = refused(bpmn(*LINE, lane="astronauts"))
    assert problem.element_id == "a"
    assert "astronauts" in problem.message
    assert "carril" in refused(bpmn(*LINE).replace(b"<flowNodeRef>a</flowNodeRef>", b""))[0].message


def test_a_lane_without_a_role_attribute_may_be_named_like_the_role() -> None:
    assert accepted(bpmn(*LINE).replace(b'name="Quien sea" v:role="front_desk"', b'name="front_desk"'))


def test_a_loop_in_which_nobody_is_waited_for_is_refused() -> None:
    gates = '<exclusiveGateway id="g" default="g_h"/><exclusiveGateway id="h" default="h_e"/>'
    found = refused(bpmn(gates, flow("s>g"), flow("g>h"), flow("h>g", "x"), flow("g>e", "y"), flow("h>e")))
    assert {problem.element_id for problem in found} == {"g", "h"}
    assert "no acabaría nunca" in found[0].message


def test_a_join_that_would_wait_for_ever_is_refused() -> None:
    exclusive = bpmn(*FORK).replace(b'<parallelGateway id="fork"/>', b'<exclusiveGateway id="fork" default="fork_a"/>')
    exclusive = re.sub(
        rb'(<sequenceFlow id="fork_b"[^>]*>)', rb"\1<conditionExpression>x</conditionExpression>", exclusive
    )
    (problem,) = refused(exclusive)
    assert problem.element_id == "join"
    assert "parado" in problem.message


def test_a_timer_that_leaves_a_join_waiting_is_refused() -> None:
    (problem,) = refused(bpmn(*FORK, timer("late", "a"), flow("late>e")))
    assert problem.element_id == "join"


def test_a_step_that_could_be_open_twice_is_refused() -> None:
    split = (
        user("a"),
        user("b"),
        '<parallelGateway id="g"/>',
        flow("s>a"),
        flow("a>g"),
        flow("g>a"),
        flow("g>b"),
        flow("b>e"),
    )
    assert any("dos veces" in problem.message for problem in refused(bpmn(*split)))


def test_a_timed_task_on_a_loop_that_only_its_timer_leaves_is_no_trap() -> None:
    merge = '<exclusiveGateway id="m"/>'
    assert accepted(bpmn(user("a"), merge, timer("t", "a"), flow("s>m"), flow("m>a"), flow("a>m"), flow("t>e")))
    assert accepted(bpmn(user("a"), timer("t", "a"), flow("s>a"), flow("a>a"), flow("t>e")))


def test_a_diagram_too_branchy_to_check_is_refused() -> None:
    tasks = [f"t{i}" for i in range(14)]
    elements = [user(t) for t in tasks] + [flow(f"g>{t}") for t in tasks] + [flow(f"{t}>e") for t in tasks]
    found = refused(bpmn('<parallelGateway id="g"/>', flow("s>g"), *elements))
    assert "demasiados caminos" in found[0].message


def test_a_diagram_too_large_is_refused() -> None:
    tasks = [f"t{i}" for i in range(160)]
    chain = [flow(f"{one}>{two}") for one, two in zip(["s", *tasks], [*tasks, "e"], strict=True)]
    assert "más de 150" in refused(bpmn(*map(user, tasks), *chain))[0].message


BOMB = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (bpmn(*LINE, prolog=BOMB), "DOCTYPE"),
        (bpmn(*LINE, prolog='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "DOCTYPE"),
        (bpmn(*LINE, prolog='<!doctype x [<!ENTITY e SYSTEM "http://127.0.0.1/x">]>'), "DOCTYPE"),
        (bpmn(*LINE).decode().replace("UTF-8", "UTF-16").encode("utf-16"), "UTF-8"),
        (bpmn(*LINE).replace(b"UTF-8", b"UTF-7"), "UTF-8"),
        (bpmn(*LINE) + b" " * 1_000_000, "kB"),
        (bpmn(*LINE)[:-20], "bien formado"),
        (b"", "bien formado"),
        (b"PK\x03\x04\x00", "UTF-8"),
        (b"<html/>", "definitions"),
        (bpmn(*LINE).replace(b'<process id="p"', b"<process"), "al proceso le falta"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "ningún proceso"),
        (bpmn(*LINE).replace(b"</definitions>", b'<process id="q"/></definitions>'), "más de un proceso"),
    ],
)
def test_hostile_and_broken_files_are_refused(xml: bytes, why: str) -> None:
    assert any(why in problem.message for problem in refused(xml))


def test_an_undeclared_entity_is_never_resolved() -> None:
    assert refused(bpmn(*LINE).replace(b'name="A"', b'name="&x;"'))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_rubbish_never_crashes_the_reader(xml: bytes) -> None:
    assert refused(xml)


@given(st.data())
def test_a_damaged_diagram_never_crashes_the_reader(data: st.DataObject) -> None:
    whole = bpmn(*CHOICE, timer("late", "a"), flow("late>e"))
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 60))
    put = data.draw(st.sampled_from([b"", b"<", b'"', b"a", b"</userTask>", whole[at - 40 : at]]))
    try:
        library.check(whole[:at] + put + whole[at + length :], roles=ROLES, services=[])
    except InvalidDiagram as error:
        assert error.problems  # noqa: PT017
