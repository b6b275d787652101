"""Logs: one JSON object a line, with the request's id and without personal data.

Exceptions are told by their type and the places in the code they went through. Their texts are left out: a database's
message quotes the values it refused. What libraries log about requests (addresses, paths, hosts) is left out too.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from ventanilla.lib import request_id

# These put addresses, paths or hosts in their warnings.
_TALKATIVE = ("django.request", "django.security", "gunicorn", "asyncio", "allauth", "django.server")


# What every record has; the rest came by `extra`.
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "request", "taskName"}


class JsonLine(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, request_id, and what `extra` adds."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        # Django logs a failed request after the middleware has let go of it.
        identity = request_id.current() or getattr(getattr(record, "request", None), "request_id", "")
        if identity:
            line["request_id"] = identity
        if record.name.startswith("ventanilla."):
            line |= {name: value for name, value in vars(record).items() if name not in _USUAL}
        if record.exc_info and record.exc_info[1]:
            line["exception"] = [_told(each) for each in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if not record.name.startswith(_TALKATIVE) or record.levelno < logging.WARNING:
        return record.getMessage()
    if record.name.startswith("django.security"):
        return "request refused"
    if record.name == "django.request":
        return f"answered {getattr(record, 'status_code', 'with an error')}"
    if not record.args:
        return "" if record.exc_info else str(record.msg)
    args = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return str(record.msg) % tuple(each if isinstance(each, int) else "…" for each in args)
    except TypeError:
        return str(record.msg)


def _chain(error: BaseException) -> list[BaseException]:
    found = [error]
    while len(found) < 5 and (found[-1].__cause__ or found[-1].__context__):
        found.append(found[-1].__cause__ or found[-1].__context__)  # type: ignore[arg-type]
    return found


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLine}},
    "handlers": {
        "json": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["json"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # 4xx answers stand in the access lines already.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        # The process engine tells every change of every task: a third of the cost of a step.
        "spiff": {"handlers": [], "level": "WARNING", "propagate": True},
        # Its lines name users and their addresses.
        "axes": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
    },
}
