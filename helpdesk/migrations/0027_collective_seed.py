"""From how many households a thing is everybody's, and how long calling them back may take, to start from (D4.4.4)."""

from typing import Any

from django.db import migrations

KINDS = ("repair", "complaint", "help")
RULE = "collective.call_back"


def seed(apps: Any, schema_editor: Any) -> None:
    rule = apps.get_model("helpdesk", "CollectiveRule")
    for kind in KINDS:
        rule.objects.get_or_create(kind=kind, defaults={"households": 3, "hours": 24})
    apps.get_model("helpdesk", "ClockRule").objects.get_or_create(
        code=RULE, defaults={"name": "集体反映逐户回访", "minutes": 480}
    )


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "CollectiveRule").objects.filter(kind__in=KINDS).delete()
    apps.get_model("helpdesk", "ClockRule").objects.filter(code=RULE).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0026_collective")]
    operations = [migrations.RunPython(seed, clear)]
