"""The ledger's head and guards, the common ladder, and the two working calendars to start from."""

from typing import Any

from django.db import migrations

from reception.core.clock.calendars import chinese_days
from reception.core.ledger import guards

OFFICE = [["08:30", "12:00"], ["13:30", "17:30"]]
SERVICE = [["08:00", "20:00"]]
LADDER = ((50, "owner"), (80, "owner"), (80, "assistant"), (100, "manager"), (150, "director"))
YEARS = range(2025, 2028)


def lay(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "ChainHead").objects.get_or_create(pk=1)
    step = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        step.objects.get_or_create(rule="", percent=percent, audience=audience)
    calendar = apps.get_model("core", "WorkCalendar")
    week = {str(day): OFFICE for day in range(5)}
    calendar.objects.get_or_create(
        code="office", version=1,
        defaults={"name": "办公日历", "week": week, "days": chinese_days(YEARS, OFFICE)},
    )  # fmt: skip
    calendar.objects.get_or_create(
        code="service", version=1,
        defaults={"name": "客服日历", "week": {str(day): SERVICE for day in range(7)}, "days": {}},
    )  # fmt: skip


def guard(apps: Any, schema_editor: Any) -> None:
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunPython(lay, migrations.RunPython.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
