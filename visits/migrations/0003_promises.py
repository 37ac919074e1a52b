"""Whom a promise that runs late is told to: its owner, then the reception manager; the common ladder names the desk's people."""

from django.db import migrations

LADDER = ((80, "owner"), (100, "owner"), (100, "reception_manager"))


def sow(apps, schema_editor):
    ladder = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        ladder.objects.get_or_create(rule="visits.promise", percent=percent, audience=audience)


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_seed"), ("core", "0002_ground")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
