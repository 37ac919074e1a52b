"""Companies that residents already name become records, with the units where they sit; everybody is found by sound."""

from typing import Any

from django.db import migrations

from reception.core.spelling import sought, tidy


def settle(apps: Any, schema_editor: Any) -> None:
    resident, company = apps.get_model("helpdesk", "Resident"), apps.get_model("helpdesk", "Company")
    lease = apps.get_model("helpdesk", "Lease")
    firms: dict[str, Any] = {}
    for one in resident.objects.select_related("unit").iterator(chunk_size=500):
        name = tidy(one.company)
        if name and name not in firms:
            firms[name], _ = company.objects.get_or_create(name=name, defaults={"sought": sought(name)})
        one.firm, one.sought = firms.get(name), sought(one.name, one.company)
        one.save(update_fields=["firm", "sought"])
        if one.firm and one.unit and one.unit.kind != "home":
            lease.objects.get_or_create(company=one.firm, unit=one.unit, until=None)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0032_register")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
