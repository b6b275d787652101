"""Settings of the tests: their own keys and data folder, everything else as in production."""

import os
import tempfile
from pathlib import Path

# For the processes that tests start.
os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[1] / "src"))

# A folder of its own for each worker, which hands it on to the processes that its tests start.
worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
if os.environ.get("VENTANILLA_TESTS_OF") != worker:
    os.environ["VENTANILLA_DATA"] = tempfile.mkdtemp(prefix=f"ventanilla-tests-{worker}-")
    os.environ["VENTANILLA_TESTS_OF"] = worker

from ventanilla.config import environment

environment.make_keys()

from ventanilla.config.settings import *
from ventanilla.config.settings import DATABASES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [*MIDDLEWARE, READ_ONLY_GETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# WhiteNoise warns of a missing folder, and warnings are errors.
(environment.data_folder() / "static").mkdir(parents=True, exist_ok=True)

if DATABASES["default"]["ENGINE"] == "ventanilla.config.sqlite":
    # A file, as in production: the writer's lock is at work in every test, and other processes can take part.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
