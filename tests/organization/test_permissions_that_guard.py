"""Every permission guards something; those that guarded nothing leave the roles that were given them."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from ventanilla.accounts.enums import Permission
from ventanilla.organization.models import Role

SOURCE = Path(__file__).parents[2] / "src/ventanilla"
GRANT_ONLY = {"accounts/enums.py", "organization/starting.py", "desk/configuring/roles.py"}
"""These name permissions to hand them out."""


def test_every_permission_is_asked_for_somewhere() -> None:
    asking = [path for path in SOURCE.rglob("*.py") if str(path.relative_to(SOURCE)) not in GRANT_ONLY]
    code = "\n".join(path.read_text(encoding="utf-8") for path in asking)
    assert [each.name for each in Permission if f"Permission.{each.name}" not in code] == []


@pytest.mark.django_db
def test_a_role_keeps_what_guards_and_loses_what_did_not() -> None:
    kept = [str(Permission.CASE_VIEW), str(Permission.PERSON_EDIT)]
    Role.objects.create(key="a", name="A", permissions=["places:place:edit", *kept, "audit:trail:verify"])
    Role.objects.create(key="b", name="B", permissions=kept)
    import_module("ventanilla.organization.migrations.0002_permissions_that_guard").leave_what_guards(apps, None)
    assert list(Role.objects.filter(key__in="ab").values_list("permissions", flat=True)) == [kept, kept]
