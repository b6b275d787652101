"""The static files as production serves them: named after their contents, also where one asks for another."""

import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings


def test_collected_files_ask_for_each_other_by_their_lasting_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "ventanilla.design.storage.Storage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    design = tmp_path / "design"
    (sheet,) = design.glob("ventanilla.????????????.css")
    assert re.search(r'url\("vendor/atkinson-400\.[0-9a-f]{12}\.woff2"\)', sheet.read_text())
    (script,) = design.glob("js/map.????????????.js")
    assert re.search(r'from "\./map-draw\.[0-9a-f]{12}\.js"', script.read_text())
    (portal,) = design.glob("js/portal.????????????.js")
    assert re.search(r'import ?"\./once\.[0-9a-f]{12}\.js"', portal.read_text())
