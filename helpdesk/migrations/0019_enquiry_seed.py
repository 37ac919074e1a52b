"""How a promised call back rings: whom it reaches, and how often the last ones hear it again (E5.2.1b)."""

from typing import Any

from django.db import migrations

RULE, RING = "enquiry.reply", "enquiry.ring"
LADDER = ((50, "owner"), (80, "owner"), (100, "owner"), (100, "manager"), (150, "owner"), (150, "director"),
          (200, "owner"), (200, "manager"))  # fmt: skip


def seed(apps: Any, schema_editor: Any) -> None:
    step = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        step.objects.get_or_create(rule=RULE, percent=percent, audience=audience)
    apps.get_model("helpdesk", "ClockRule").objects.get_or_create(
        code=RING, defaults={"name": "未回电每隔多久再提醒", "minutes": 30}
    )
    apps.get_model("core", "RuleSetting").objects.get_or_create(rule=RULE, defaults={"name": "查询答复"})


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "LadderStep").objects.filter(rule=RULE).delete()
    apps.get_model("core", "RuleSetting").objects.filter(rule=RULE).delete()
    apps.get_model("helpdesk", "ClockRule").objects.filter(code=RING).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0018_enquiries"), ("core", "0009_quiet_night")]
    operations = [migrations.RunPython(seed, clear)]
