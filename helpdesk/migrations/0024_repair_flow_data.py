"""What was there before gets what the new steps ask for, and the limits to start from (D4.4.1, E5.3.3).

Apart from the columns and from the constraints: PostgreSQL alters no table that the same transaction has written.
"""

from typing import Any

from django.db import migrations
from django.db.models import F

HOLDS = {"待料": "material", "待业主": "owner", "天气": "weather", "外委": "contractor"}
# category: 接单, 完工 and 回访 in minutes; 完工 and 回访 in the desk's own hours (twelve a day)
LIMITS = {
    None: (10, 720, 1440),
    "水": (10, 360, 1440),
    "电": (10, 360, 1440),
    "暖": (10, 480, 1440),
    "门窗": (10, 720, 1440),
    "空调": (10, 720, 1440),
    "电梯": (5, 240, 720),
    "土建": (15, 2160, 2160),
    "木": (15, 1440, 1440),
}
# Who hears that nobody has taken an order: the repairer, then whoever sends (records §2.1).
ACCEPT, LADDER = "repair.accept", ((50, "owner"), (100, "owner"), (100, "assistant"))
NAMES = (("repair.accept", "接单"), ("repair.finish", "完工"), ("repair.revisit", "回访"))


def fill(apps: Any, schema_editor: Any) -> None:
    repair = apps.get_model("helpdesk", "Repair")
    # 接单 was the only signature on the hand-over.
    repair.objects.filter(acknowledged_at__isnull=False, signed_at__isnull=True).update(
        signed_at=F("acknowledged_at"), signed_by=F("acknowledged_by")
    )
    for label, code in HOLDS.items():
        repair.objects.filter(pause_reason__startswith=label, hold="").update(hold=code)
    limit, category = apps.get_model("helpdesk", "RepairLimit"), apps.get_model("helpdesk", "Category")
    tops = {row.name: row for row in category.objects.filter(kind="repair", parent__isnull=True)}
    for name, (accept, finish, revisit) in LIMITS.items():
        if name is None or name in tops:
            limit.objects.create(category=tops.get(name), accept=accept, finish=finish, revisit=revisit)
    step = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        step.objects.get_or_create(rule=ACCEPT, percent=percent, audience=audience)
    setting = apps.get_model("core", "RuleSetting")
    for rule, name in NAMES:
        setting.objects.get_or_create(rule=rule, defaults={"name": name})


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "RepairLimit").objects.all().delete()
    apps.get_model("core", "LadderStep").objects.filter(rule=ACCEPT).delete()
    apps.get_model("core", "RuleSetting").objects.filter(rule__in=[rule for rule, _ in NAMES]).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0023_repair_flow"), ("core", "0009_quiet_night")]
    operations = [migrations.RunPython(fill, clear)]
