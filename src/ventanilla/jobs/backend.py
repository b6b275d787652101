"""The backend of Django's task API that keeps jobs in our own table, with leases (ADR 0003)."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus

from ventanilla.jobs.models import Job


class LeasedBackend(BaseTaskBackend):
    """Enqueues by one INSERT in the caller's transaction: the job exists if and only if the business does."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        from ventanilla.jobs import actions

        if args:
            raise TypeError("jobs take named arguments only")
        job = actions.enqueue(task.module_path, urgency=task.priority, not_before=task.run_after, **kwargs)
        return _result(task, job, self.alias)


def _result(task: Task[Any, Any], job: Job, alias: str) -> TaskResult[Any]:
    return TaskResult(
        task=task,
        id=str(job.pk),
        status=TaskResultStatus.READY,
        enqueued_at=job.enqueued_at,
        started_at=None,
        finished_at=None,
        last_attempted_at=None,
        args=[],
        kwargs=job.kwargs,
        backend=alias,
        errors=[],
        worker_ids=[],
    )
