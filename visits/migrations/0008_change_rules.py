"""What of a 变更 needs approval (records §1.2): the defaults; an administrator changes them."""

from django.db import migrations

APPROVED = ("tier", "dates", "host", "headcount", "budget", "treat")
LOGGED = ("lines", "roster", "purpose", "transport", "contact", "companions", "needs", "rows", "note")
LIMITS = {"headcount": {"more_people": 3, "more_percent": 20}}


def sow(apps, schema_editor):
    rules = apps.get_model("visits", "ChangeRule")
    for order, kind in enumerate((*APPROVED, *LOGGED), 1):
        values = {"order": order, "approval": kind in APPROVED, **LIMITS.get(kind, {})}
        rules.objects.get_or_create(kind=kind, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("visits", "0007_changes")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
