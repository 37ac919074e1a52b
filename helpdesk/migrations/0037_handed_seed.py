"""By when a report is handed in until somebody says otherwise: every month, by the fifth of the next.

What was handed in is append-only, as the ledger is.
"""

from datetime import date

from django.db import migrations

from reception.core.ledger import guards

FROM = date(2000, 1, 1)


def seed(apps, schema_editor):
    """One rule that holds from the beginning."""
    apps.get_model("helpdesk", "DeadlineRule").objects.create(months=1, day=5, valid_from=FROM)


def unseed(apps, schema_editor):
    """Take it away again."""
    apps.get_model("helpdesk", "DeadlineRule").objects.filter(valid_from=FROM).delete()


def guard(apps, schema_editor):
    """The triggers on the snapshots."""
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0036_handed")]

    operations = [
        migrations.RunPython(seed, unseed),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
