"""How gunicorn serves: threads in a few processes, which measured two to three times faster than ASGI for this work."""

import gc
import os
from pathlib import Path
from typing import Any

from ventanilla.config import environment
from ventanilla.config.logs import LOGGING

_cores = os.cpu_count() or 1
_on_sqlite = not (os.environ.get("DATABASE_URL") or environment.option("database_url"))

bind = os.environ.get("VENTANILLA_BIND", "127.0.0.1:8000")
worker_class = "gthread"
# SQLite has one writer, more processes than four only wait for it; on PostgreSQL each thread has a connection.
workers = int(environment.option("workers", min(_cores, 4) if _on_sqlite else _cores))
threads = int(environment.option("threads", 4 if _on_sqlite else 8))
timeout = 60
graceful_timeout = 30
keepalive = 75
forwarded_allow_ips = str(environment.option("proxies", "127.0.0.1"))
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeats must not touch a disk
control_socket_disable = True
accesslog = None
logconfig_dict = LOGGING


def post_worker_init(_worker: Any) -> None:
    """What was loaded stays: without this the collector reads it all again and a request now and then waits 0.1 s."""
    gc.collect()
    gc.freeze()
