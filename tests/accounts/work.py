"""Does the jobs that wait, in this process."""

from django.utils.module_loading import import_string

from ventanilla.jobs.models import Job


def do_jobs() -> list[str]:
    done = []
    for job in Job.objects.order_by("pk"):
        import_string(job.task).call(**job.kwargs)
        done.append(job.task.rpartition(".")[2])
        job.delete()
    return done
