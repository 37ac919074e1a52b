"""The old text of a task's checklist goes: its lines are rows now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("visits", "0010_task_rules")]
    operations = [migrations.RemoveField(model_name="task", name="checklist")]
