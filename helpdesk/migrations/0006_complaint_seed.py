"""How long a complaint may wait for its signature, its department and its answer, to start from (D4.4.2)."""

from typing import Any

from django.db import migrations

RULES = (
    ("complaint.confirm", "投诉核实签字", 480),
    ("complaint.handle", "投诉部门处理", 1440),
    ("complaint.feedback", "投诉反馈客户", 480),
)


def seed(apps: Any, schema_editor: Any) -> None:
    rule = apps.get_model("helpdesk", "ClockRule")
    for code, name, minutes in RULES:
        rule.objects.get_or_create(code=code, defaults={"name": name, "minutes": minutes})


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "ClockRule").objects.filter(code__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0005_complaints")]
    operations = [migrations.RunPython(seed, clear)]
