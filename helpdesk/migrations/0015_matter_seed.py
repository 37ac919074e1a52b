"""How long a matter may wait to be given out and to be fed back, to start from (D4.4.3)."""

from typing import Any

from django.db import migrations

RULES = (("matter.assign", "其他问题交办", 240), ("matter.feedback", "其他问题反馈", 480))


def seed(apps: Any, schema_editor: Any) -> None:
    rule = apps.get_model("helpdesk", "ClockRule")
    for code, name, minutes in RULES:
        rule.objects.get_or_create(code=code, defaults={"name": name, "minutes": minutes})


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "ClockRule").objects.filter(code__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0014_matters")]
    operations = [migrations.RunPython(seed, clear)]
