"""Is the installation fit to serve? Asked often, so it costs one small query."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import ventanilla
from ventanilla.jobs.models import Worker
from ventanilla.lib import clock
from ventanilla.organization.guards import public

LEAST_FREE = 200_000_000
"""Bytes that must be free where the data are."""

FRESH = timedelta(minutes=2)
"""How old the last heartbeat of a job process may be."""

_migrated = False


@public
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 when everything is well and 503 otherwise, with each check by its name: `ok` or `error`."""
    seen = checks()
    well = all(seen.values())
    said = {name: "ok" if good else "error" for name, good in seen.items()}
    body = {"status": "ok" if well else "error", "version": ventanilla.__version__, "checks": said}
    return JsonResponse(body, status=200 if well else 503)


def checks() -> dict[str, bool]:
    """Each check by its name, and whether it went well."""
    try:
        beating = has_heartbeat()
        migrated = is_migrated()
    except (DatabaseError, OSError):
        return {"database": False, "migrations": False, "jobs": False, "disk": has_space()}
    return {"database": True, "migrations": migrated, "jobs": beating, "disk": has_space()}


def has_heartbeat() -> bool:
    """Whether some process does the jobs."""
    return Worker.objects.filter(beat_at__gte=clock.now() - FRESH).exists()


def is_migrated() -> bool:
    """Whether the database has every migration. Once seen complete it stays so while this process lives."""
    global _migrated
    _migrated = _migrated or not pending_migrations()
    return _migrated


def pending_migrations() -> list[str]:
    """The migrations the code has and the database lacks, as `room.name`, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def has_space() -> bool:
    """Whether the disk of the data has room left."""
    try:
        return shutil.disk_usage(settings.DATA).free >= LEAST_FREE
    except OSError:
        return False
