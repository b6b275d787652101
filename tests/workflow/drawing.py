"""Small diagrams for tests, written as nodes and arrows."""

from __future__ import annotations

MODEL = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:v="https://ventanilla.org/bpmn"'
ROLES = {"front_desk", "service_manager"}


def user(own: str, extra: str = "", inside: str = "") -> str:
    """A user task with all it needs."""
    return f'<userTask id="{own}" name="{own.title()}" v:form="form_{own}" v:term="none" {extra}>{inside}</userTask>'


def timer(own: str, on: str, interrupts: bool = True) -> str:
    """A timer on a task."""
    cancels = "true" if interrupts else "false"
    return (
        f'<boundaryEvent id="{own}" name="{own.title()}" attachedToRef="{on}" cancelActivity="{cancels}" '
        'v:term="response_deadline"><timerEventDefinition/></boundaryEvent>'
    )


def flow(arrow: str, condition: str = "", own: str = "") -> str:
    """An arrow `a>b`."""
    source, target = arrow.split(">")
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{own or f"{source}_{target}"}" {ends}>{inside}</sequenceFlow>'


def bpmn(*elements: str, lane: str = "front_desk", prolog: str = "") -> bytes:
    """A whole document: a start `s`, an end `e`, and the elements; every task lies in one lane."""
    inside = "".join(elements)
    tasks = [piece.split('id="')[1].split('"')[0] for piece in inside.split("<") if piece.startswith(_TASKS)]
    refs = "".join(f"<flowNodeRef>{task}</flowNodeRef>" for task in tasks)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<definitions {MODEL} targetNamespace="x">'
        f'<process id="p" name="Prueba"><laneSet><lane id="l" name="Quien sea" v:role="{lane}">{refs}</lane></laneSet>'
        f'<startEvent id="s"/><endEvent id="e" v:outcome="done"/>{inside}</process></definitions>'
    ).encode()


_TASKS = ("userTask", "manualTask")

LINE = (user("a"), flow("s>a"), flow("a>e"))
"""Start, one task, end."""

CHOICE = (
    user("a"),
    '<exclusiveGateway id="g" name="¿Bien?" default="yes"/>',
    flow("s>a"),
    flow("a>g"),
    flow("g>e", own="yes"),
    flow("g>a", "again", own="no"),
)
"""Start, a task, and a choice between the end and the task again."""

FORK = (
    user("a"),
    user("b"),
    user("c"),
    '<parallelGateway id="fork"/><parallelGateway id="join"/>',
    flow("s>fork"),
    flow("fork>a"),
    flow("fork>b"),
    flow("a>join"),
    flow("b>join"),
    flow("join>c"),
    flow("c>e"),
)
"""Two tasks side by side, then a third."""
