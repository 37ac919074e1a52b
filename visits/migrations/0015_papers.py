"""公务 asks for the letter itself, not only its number (records §1.1.3)."""

from django.db import migrations, models


def ask(apps, schema_editor):
    apps.get_model("visits", "RuleProfile").objects.filter(nature="official").update(letter_file_required=True)


class Migration(migrations.Migration):
    dependencies = [("visits", "0014_welcome_ladder")]
    operations = [
        migrations.AddField(
            "ruleprofile",
            "letter_file_required",
            models.BooleanField(default=False, verbose_name="须上传公函或邀请函"),
        ),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
