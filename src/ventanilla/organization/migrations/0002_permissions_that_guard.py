"""Permissions that opened nothing leave the roles: places are changed by a command, the trail is verified by another."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GONE = {"places:place:edit", "audit:trail:verify"}


def leave_what_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for role in apps.get_model("organization", "Role").objects.order_by("pk"):
        kept = [each for each in role.permissions if each not in GONE]
        if kept != role.permissions:
            role.permissions = kept
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial")]
    operations = [migrations.RunPython(leave_what_guards, migrations.RunPython.noop)]
