"""Types that asked for a document where no norm needs to know who files stop asking for it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PETITIONS = ("CL", "CR", "ES", "MX")
"""Where a norm takes for granted that who petitions says who they are; an application does everywhere."""


def ask_where_the_law_does(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    here = apps.get_model("organization", "Municipality").objects.first()
    natures = ["application", *(["petition"] if here and here.country in PETITIONS else [])]
    asking = apps.get_model("catalog", "Procedure").objects.filter(needs_document=True)
    asking.exclude(nature__in=natures).update(needs_document=False)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("organization", "0001_initial")]
    operations = [migrations.RunPython(ask_where_the_law_does, migrations.RunPython.noop)]
