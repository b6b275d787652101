"""Background work lies where it is looked for, and every name leads to it."""

import ast
import inspect

from django.utils.module_loading import import_string
from django_tasks.base import Task

from tests.architecture.house import PACKAGE, calls, functions, jobs_modules, name_of, shown, sources
from ventanilla.jobs import registry

DECLARING = {"task", "every"}
ENQUEUEING = {"enqueue", "enqueue_many"}


def test_jobs_are_declared_in_jobs_modules() -> None:
    elsewhere = [
        f"{shown(path)}:{function.name}"
        for path, tree in sources().items()
        for function in functions(tree)
        if {name_of(decorator) for decorator in function.decorator_list} & DECLARING
        and path.relative_to(PACKAGE).parts[1] not in {"jobs.py", "jobs"}
    ]
    assert elsewhere == []


def test_a_jobs_module_holds_at_least_one_job() -> None:
    """The worker imports them all; one without jobs would only cost time."""
    assert [m.__name__ for m in jobs_modules() if not any(isinstance(v, Task) for v in vars(m).values())] == []


def enqueued_names() -> set[tuple[str, str]]:
    """Files, and the names of jobs enqueued by name in them."""
    return {
        (shown(path), call.args[0].value)
        for path, tree in sources().items()
        for call in calls(tree, ENQUEUEING)
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_job_enqueued_by_name_exists() -> None:
    assert [found for found in enqueued_names() if not isinstance(import_string(found[1]), Task)] == []


def test_every_periodic_job_has_its_name_and_needs_no_arguments() -> None:
    jobs_modules()
    assert "ventanilla.operations.jobs.anchor_trail" in registry.periodic
    for name, periodic in registry.periodic.items():
        assert import_string(name) is periodic.task
        needed = [p for p in inspect.signature(periodic.task.func).parameters.values() if p.default is p.empty]
        assert needed == [], name
