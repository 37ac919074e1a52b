"""What the clocks of the receptions are called."""

from typing import Any

from django.db import migrations

# rule, name, told in quiet hours too
RULES = (
    ("visits.task", "任务", False),
    ("visits.check", "清单", False),
    ("visits.again", "再确认", False),
    ("visits.go", "两小时前确认", False),
    ("visits.promise", "答应客户的事", False),
    ("visits.welcome", "欢迎信息", False),
)


def lay(apps: Any, schema_editor: Any) -> None:
    setting = apps.get_model("core", "RuleSetting")
    for rule, name, loud in RULES:
        setting.objects.get_or_create(rule=rule, defaults={"name": name, "loud": loud})


def lift(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=[rule for rule, _, _ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("visits", "0017_notes"), ("core", "0009_quiet_night")]
    operations = [migrations.RunPython(lay, lift)]
