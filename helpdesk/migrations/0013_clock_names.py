"""What the clocks of the desk are called; the one that reports an emergency is told day and night (D4.4.4)."""

from typing import Any

from django.db import migrations

# rule, name, told in quiet hours too
RULES = (
    ("repair.arrive", "到场", False),
    ("helpdesk.call", "回复来电", False),
    ("complaint.confirm", "经理确认", False),
    ("complaint.handle", "责任部门处理", False),
    ("complaint.feedback", "反馈客户", False),
    ("emergency.ack", "突发确认", True),
)


def lay(apps: Any, schema_editor: Any) -> None:
    setting = apps.get_model("core", "RuleSetting")
    for rule, name, loud in RULES:
        setting.objects.get_or_create(rule=rule, defaults={"name": name, "loud": loud})


def lift(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=[rule for rule, _, _ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0012_corrections"), ("core", "0009_quiet_night")]
    operations = [migrations.RunPython(lay, lift)]
