"""Loading processes and moving instances: what is written, how often, and who may not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.workflow.drawing import CHOICE, FORK, LINE, ROLES, bpmn, flow, user
from ventanilla.audit.models import TrailEntry
from ventanilla.organization.models import Role
from ventanilla.workflow import actions, library, registry
from ventanilla.workflow.enums import Closing, InstanceStatus
from ventanilla.workflow.models import ImmutableDefinition, ProcessDefinition, ProcessInstance
from ventanilla.workflow.registry import ServiceCall
from ventanilla.workflow.rules import InvalidDiagram, StepNotOpen
from ventanilla.workflow.running import Process

pytestmark = pytest.mark.django_db
BUSINESS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def load(*elements: str, key: str = "try") -> ProcessDefinition:
    return actions.load_definition(bpmn(*elements), key=key, by="user:ana", roles=ROLES)


def statements(captured: CaptureQueriesContext) -> list[str]:
    said = [query["sql"].split()[0].upper() for query in captured.captured_queries]
    return [word for word in said if word in BUSINESS]


@pytest.fixture
def greeting() -> Iterator[list[ServiceCall]]:
    """A registered service that notes its calls."""
    calls: list[ServiceCall] = []
    registry.services.register("greet", calls.append)
    yield calls
    registry.services._items.pop("greet")


# Loading


def test_a_loaded_process_is_current_and_in_the_trail() -> None:
    made = load(*LINE)
    assert (made.version, made.name, made.is_current, made.loaded_by) == (1, "Prueba", True, "user:ana")
    (entry,) = TrailEntry.objects.filter(chain="workflow")
    assert (entry.verb, entry.by, entry.data["digest"]) == ("workflow.loaded", "user:ana", made.digest)


def test_a_new_drawing_is_a_new_version_and_the_same_is_none() -> None:
    first, same, second = load(*LINE), load(*LINE), load(*CHOICE)
    assert same == first
    assert second.version == 2
    assert actions.current_definition("try") == second
    assert TrailEntry.objects.filter(chain="workflow").count() == 2


def test_an_instance_keeps_the_version_it_began_with() -> None:
    begun = actions.begin(load(*LINE), subject="case:1")
    load(user("other"), flow("s>other"), flow("other>e"))
    kept = ProcessInstance.objects.get(pk=begun.instance.pk)
    assert [step.node for step in actions.open_steps(kept)] == ["a"]


def test_a_refused_diagram_leaves_nothing() -> None:
    with pytest.raises(InvalidDiagram):
        load(*LINE, '<scriptTask id="x"/>')
    assert not ProcessDefinition.objects.exists()
    assert not TrailEntry.objects.exists()


def test_a_name_longer_than_its_column_is_cut() -> None:
    xml = bpmn(*LINE).replace(b'name="Prueba"', b'name="' + b"x" * 300 + b'"')
    assert actions.load_definition(xml, key="try", by="x", roles=ROLES).name == "x" * 200


def test_a_key_is_a_plain_word() -> None:
    with pytest.raises(InvalidDiagram, match="no es una clave"):
        load(*LINE, key="../etc")


def test_lanes_are_checked_against_the_roles_of_the_organisation() -> None:
    with pytest.raises(InvalidDiagram, match="ningún papel conocido"):
        actions.load_definition(bpmn(*LINE), key="try", by="x")
    Role.objects.create(key="front_desk", name="Ventanilla")
    assert actions.load_definition(bpmn(*LINE), key="try", by="x").version == 1


def test_a_loaded_version_never_changes() -> None:
    made = load(*LINE)
    made.name = "Otro"
    with pytest.raises(ImmutableDefinition):
        made.save()


def test_only_one_version_is_current() -> None:
    load(*LINE)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessDefinition.objects.create(key="try", version=9, name="x", xml=b"", digest="x", loaded_by="x")


def test_the_ready_diagrams_are_loaded_once_and_never_over_others() -> None:
    mine = load(*LINE, key="report")
    loaded = actions.load_ready_diagrams(by="init")
    assert {made.key for made in loaded} == {"breach", "complaint", "compliment", "inquiry", "suggestion"}
    assert actions.load_ready_diagrams(by="init") == []
    assert actions.current_definition("report") == mine


def test_an_outline_says_what_a_process_needs() -> None:
    actions.load_ready_diagrams(by="init")
    needs = actions.outline(actions.current_definition("report"))
    assert needs.forms == {"check_facts", "explain_closing", "plan_work", "record_work", "verify_work", "tell_outcome"}
    assert needs.lanes == {"front_desk", "service_manager", "crew"}
    assert needs.terms == {"1 working_days", "2 working_days", "service_target"}
    assert needs.variables == {"facts", "plan", "work"}
    assert needs.outcomes == {"explained", "mended"}
    assert actions.public_line(actions.current_definition("report"))[0].title == "Recibimos su reporte"


# Moving


def test_an_instance_runs_to_its_end_and_drops_its_state() -> None:
    begun = actions.begin(load(*CHOICE), subject="case:1", values={"other": "x"})
    again = actions.complete(begun.instance, task_id="a:1", values={"again": True})
    assert [step.task_id for step in again.opened] == ["a:2"]
    done = actions.complete(begun.instance, task_id="a:2", values={"again": False})
    assert (done.ended, done.outcome) == (True, "done")
    stored = ProcessInstance.objects.get(pk=begun.instance.pk)
    assert (stored.status, stored.state, stored.turn) == (InstanceStatus.ENDED, None, 2)
    assert stored.ended_at is not None
    assert actions.open_steps(stored) == ()


def test_beginning_is_one_insert() -> None:
    definition = load(*LINE)
    with CaptureQueriesContext(connection) as captured:
        actions.begin(definition, subject="case:1")
    assert statements(captured) == ["INSERT"]


def test_a_move_is_one_select_and_one_update() -> None:
    begun = actions.begin(load(*CHOICE), subject="case:1")
    with CaptureQueriesContext(connection) as captured:
        actions.complete(begun.instance, task_id="a:1", values={"again": True})
    assert statements(captured) == ["SELECT", "UPDATE"]


def test_many_begin_with_one_insert() -> None:
    definition = load(*LINE)
    with CaptureQueriesContext(connection) as captured:
        advances = actions.begin_many(definition, [f"case:{i}" for i in range(50)])
    assert statements(captured) == ["INSERT"]
    assert ProcessInstance.objects.count() == 50
    fresh = ProcessInstance.objects.get(subject="case:7")
    assert advances[7].instance == fresh
    assert actions.complete(fresh, task_id=advances[7].opened[0].task_id).ended


def test_a_step_done_by_another_meanwhile_is_not_done_again() -> None:
    begun = actions.begin(load(*FORK), subject="case:1")
    mine, theirs = (ProcessInstance.objects.get(pk=begun.instance.pk) for _who in range(2))
    task_id = next(step.task_id for step in begun.opened if step.node == "a")
    actions.complete(mine, task_id=task_id)
    with pytest.raises(StepNotOpen):
        actions.complete(theirs, task_id=task_id)


def test_nothing_moves_after_the_end() -> None:
    begun = actions.begin(load(*LINE), subject="case:1")
    actions.complete(begun.instance, task_id="a:1")
    for act in (actions.complete, actions.fire_timer):
        with pytest.raises(StepNotOpen):
            act(begun.instance, task_id="a:1")
    with pytest.raises(StepNotOpen):
        actions.cancel(begun.instance)


def test_cancelling_withdraws_what_is_open() -> None:
    begun = actions.begin(load(*FORK), subject="case:1")
    stopped = actions.cancel(begun.instance)
    assert {(closed.node, closed.how) for closed in stopped.closed} == {
        ("a", Closing.WITHDRAWN),
        ("b", Closing.WITHDRAWN),
    }
    assert ProcessInstance.objects.get().status == InstanceStatus.CANCELLED


def test_a_timer_fires_on_the_stored_instance() -> None:
    actions.load_ready_diagrams(by="init")
    begun = actions.begin(actions.current_definition("complaint"), subject="case:1")
    asked = actions.complete(begun.instance, task_id=begun.opened[0].task_id, values={"admission": "admitted"})
    (step,) = actions.open_steps(ProcessInstance.objects.get())
    assert step == asked.opened[0]
    fired = actions.fire_timer(begun.instance, task_id=step.timers[0].task_id)
    assert [opened.node for opened in fired.opened] == ["answer"]


def test_a_service_is_called_for_the_subject(greeting: list[ServiceCall]) -> None:
    service = '<serviceTask id="hello" v:service="greet"/>'
    definition = load(user("a"), service, flow("s>a"), flow("a>hello"), flow("hello>e"))
    begun = actions.begin(definition, subject="case:1")
    assert actions.complete(begun.instance, task_id="a:1").ended
    assert greeting == [ServiceCall("case:1", "hello", {})]


def test_a_move_that_fails_changes_nothing() -> None:
    begun = actions.begin(load(*CHOICE), subject="case:1")
    with pytest.raises(ValueError, match="again"):
        actions.complete(begun.instance, task_id="a:1")
    assert ProcessInstance.objects.get().turn == 0


def test_a_move_is_never_written_over_another(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = actions.begin(load(*FORK), subject="case:1")
    known = library.process_of(begun.instance.definition)

    def overtaken(_definition: ProcessDefinition) -> Process:
        ProcessInstance.objects.update(turn=5)
        return known

    monkeypatch.setattr(library, "process_of", overtaken)
    with pytest.raises(actions.NotRunning):
        actions.complete(begun.instance, task_id=begun.opened[0].task_id)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads can't share SQLite's test database in memory")
@pytest.mark.django_db(transaction=True)
def test_two_who_do_the_same_step_at_once_do_it_once() -> None:
    begun = actions.begin(load(*FORK), subject="case:1")
    task_id, outcomes, gate = begun.opened[0].task_id, [], threading.Barrier(4)

    def act() -> None:
        gate.wait()
        try:
            actions.complete(begun.instance, task_id=task_id)
            outcomes.append("done")
        except StepNotOpen:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "late", "late", "late"]
    assert ProcessInstance.objects.get().turn == 1


# The command


def test_the_command_loads_a_diagram(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Role.objects.create(key="front_desk", name="Ventanilla")
    file = tmp_path / "mine.bpmn"
    file.write_bytes(bpmn(*LINE))
    call_command("load_process", str(file), key="mine")
    assert "versión 1" in capsys.readouterr().out
    assert actions.current_definition("mine").loaded_by == "command:load_process"


def test_the_command_refuses_naming_the_element(tmp_path: Path) -> None:
    Role.objects.create(key="front_desk", name="Ventanilla")
    file = tmp_path / "bad.bpmn"
    file.write_bytes(bpmn(*LINE, '<scriptTask id="x" name="Calcular"><script>1</script></scriptTask>'))
    with pytest.raises(CommandError, match=r"«Calcular» \(x\): los programas"):
        call_command("load_process", str(file), key="bad")
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("load_process", str(tmp_path / "none"), key="bad")
