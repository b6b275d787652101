"""Settings of a process that a test starts: it works on the test's own database."""

import os

from tests.settings import *

DATABASES["default"]["NAME"] = os.environ["VENTANILLA_TEST_DATABASE"]
