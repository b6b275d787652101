"""Counting words and forgetting what was erased, in the background."""

from datetime import timedelta

from django.db import connection
from django_tasks import task

from ventanilla.jobs.registry import every
from ventanilla.search import vocabulary
from ventanilla.search.engine import engine


@every(timedelta(minutes=10))
def count_words() -> None:
    """Count the words anew when the index has grown enough to matter."""
    if vocabulary.is_stale():
        vocabulary.count()


@task()
def forget_erased() -> None:
    """Drop words that only erased documents had, and scrub the storage."""
    vocabulary.drop_vanished()
    if not connection.in_atomic_block:
        engine().scrub()
