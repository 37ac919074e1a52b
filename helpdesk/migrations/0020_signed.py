"""D4.3.5, D4.3.2: the recorder's name frozen as text on every kind; when a visitor came, apart from when it was written."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, When

KINDS = ("complaint", "emergency", "repair", "visitor")


def sign(apps: Any, schema_editor: Any) -> None:
    """What was written so far is signed by who wrote it, as they are called today."""
    people = apps.get_model("core", "User").objects.filter(pk=OuterRef("created_by"))
    name = Case(When(name="", then=F("username")), default=F("name"))
    words = Subquery(people.annotate(called=name).values("called")[:1])
    for kind in KINDS:
        apps.get_model("helpdesk", kind).objects.filter(recorder_name="").update(recorder_name=words)
    apps.get_model("helpdesk", "visitor").objects.filter(came_at=None).update(came_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0019_enquiry_seed")]
    operations = [
        *[
            migrations.AddField(
                kind,
                "recorder_name",
                models.CharField(default="", max_length=64, verbose_name="记录人签名"),
                preserve_default=False,
            )
            for kind in KINDS
        ],
        migrations.AddField("visitor", "came_at", models.DateTimeField(null=True, verbose_name="到达时间")),
        migrations.AddField(
            "visitor", "backdate_reason", models.CharField(blank=True, default="", max_length=200, verbose_name="补记原因"),
            preserve_default=False,
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
