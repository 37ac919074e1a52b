"""Nobody is reminded between 22:00 and 07:00, to start from."""

from datetime import time
from typing import Any

from django.db import migrations

NIGHT = {"name": "夜间", "since": time(22), "until": time(7)}


def lay(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "QuietHours").objects.get_or_create(**NIGHT)


def lift(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "QuietHours").objects.filter(**NIGHT).delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0008_clock_life")]
    operations = [migrations.RunPython(lay, lift)]
