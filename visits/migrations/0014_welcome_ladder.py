"""Whom a lobby screen without a welcome is told to: 综合部's head, then the reception manager; the common ladder names
the desk's people."""

from django.db import migrations

LADDER = ((80, "owner"), (100, "owner"), (100, "reception_manager"))


def sow(apps, schema_editor):
    ladder = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        ladder.objects.get_or_create(rule="visits.welcome", percent=percent, audience=audience)


class Migration(migrations.Migration):
    dependencies = [("visits", "0013_secret"), ("core", "0002_ground")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
