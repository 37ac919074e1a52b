"""What the clocks of other matters and of collective reports are called."""

from typing import Any

from django.db import migrations

RULES = (
    ("matter.assign", "其他问题交办"),
    ("matter.handle", "其他问题办理"),
    ("matter.feedback", "其他问题反馈"),
    ("collective.call_back", "逐户回访"),
)


def lay(apps: Any, schema_editor: Any) -> None:
    setting = apps.get_model("core", "RuleSetting")
    for rule, name in RULES:
        setting.objects.get_or_create(rule=rule, defaults={"name": name})


def lift(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=[rule for rule, _ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0030_matter_signed_rule"), ("core", "0009_quiet_night")]
    operations = [migrations.RunPython(lay, lift)]
