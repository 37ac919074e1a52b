"""What hangs on a guest who is on the way is told in quiet hours too (ADR 0015)."""

from typing import Any

from django.db import migrations

RULES = ("visits.again", "visits.go")


def loud(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=RULES, active=True).update(loud=True)


def quiet(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=RULES).update(loud=False)


class Migration(migrations.Migration):
    dependencies = [("visits", "0018_clock_names")]
    operations = [migrations.RunPython(loud, quiet)]
