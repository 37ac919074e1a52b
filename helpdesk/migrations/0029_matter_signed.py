"""D4.3.5: matters are signed as text as well."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, When


def sign(apps: Any, schema_editor: Any) -> None:
    """What was written so far is signed by who wrote it, as they are called today."""
    people = apps.get_model("core", "User").objects.filter(pk=OuterRef("created_by"))
    name = Case(When(name="", then=F("username")), default=F("name"))
    words = Subquery(people.annotate(called=name).values("called")[:1])
    apps.get_model("helpdesk", "Matter").objects.filter(recorder_name="").update(recorder_name=words)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0028_enquiry_signed")]
    operations = [
        migrations.AddField(
            "matter",
            "recorder_name",
            models.CharField(default="", max_length=64, verbose_name="记录人签名"),
            preserve_default=False,
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
