"""The rule profiles of records §1.1: one a 接待性质; an administrator changes them."""

from django.db import migrations

OURS = {"divisor": 1, "source": "公司接待规定"}
PROFILES = {
    "business": OURS,
    "government": OURS,
    "official": {
        "letter_required": True,
        "tobacco_wine_allowed": False,
        "pick_up_allowed": False,
        "few_guests": 10,
        "few_diners": 3,
        "divisor": 3,
        "source": "《党政机关国内公务接待管理规定》",
    },
    "foreign": OURS,
    "other": {"divisor": 1, "source": "商务客户以外的其他来宾由办公室负责接待，标准同商务（A8.2）"},
}


def sow(apps, schema_editor):
    profiles = apps.get_model("visits", "RuleProfile")
    for nature, values in PROFILES.items():
        profiles.objects.get_or_create(nature=nature, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("visits", "0003_promises")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
