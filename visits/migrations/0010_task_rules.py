"""What records §1.3 asks beside the due times: checklists with times of their own, reconfirmations, evidence, what
blocks the beginning, and who is told when one of these runs late. Tasks that exist keep what they were made from."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

ROOM = "茶水 -1h\n桌椅摆放 -4h\n投影播放 -4h\n环境卫生 -2h"
ROOM_VIP = "茶水 -1h\n桌椅摆放 -1d\n投影播放 -1d\n环境卫生 -2h"
# template: checklist as seeded → as it is now
LINES = {
    "room": ("茶水：到达前1小时\n桌椅摆放：到达前4小时\n投影播放：到达前4小时\n环境卫生：到达前2小时", ROOM),
    "pick_up": ("到达前4小时再确认", ""),
    "see_off": ("离开前4小时再确认", ""),
    "city_car": ("用车前4小时再确认", ""),
    "sign": ("第二人校对\n到达前1小时上屏", "第二人校对\n上屏 -1h"),
}
VIP = ("茶水：到达前1小时\n桌椅摆放：提前一天\n投影播放：提前一天\n环境卫生：到达前2小时", ROOM_VIP)
AGAIN = {"pick_up": "-4h", "see_off": "-4h", "city_car": "-4h"}
EVIDENCE = {
    "pick_up": "车牌号、司机电话", "see_off": "车牌号、司机电话", "city_car": "车牌号、司机电话", "bed": "酒店、确认号", "ticket": "车次、订单号",
    "meal_out": "饭店、包间",
}  # fmt: skip
BLOCKING = (
    "host_command", "plan", "pick_up", "room", "meal", "bed", "tour", "contingency", "contingency_meeting",
    "meeting_plan", "meeting_guide", "meeting_seats", "meeting_cards", "meeting_venue",
)  # fmt: skip
LADDER = (
    ("visits.check", 50, "owner"), ("visits.check", 100, "owner"), ("visits.check", 100, "reception_manager"),
    ("visits.again", 50, "owner"), ("visits.again", 100, "owner"), ("visits.again", 100, "reception_manager"),
    ("visits.again", 150, "office"),
    ("visits.go", 50, "owner"), ("visits.go", 50, "reception_manager"), ("visits.go", 75, "reception_manager"),
    ("visits.go", 100, "reception_manager"), ("visits.go", 100, "office"),
)  # fmt: skip


def sow(apps, schema_editor):
    template = apps.get_model("visits", "TaskTemplate")
    difference = apps.get_model("visits", "TierOffset")
    for code, (old, new) in LINES.items():
        template.objects.filter(code=code, checklist=old).update(checklist=new)
    difference.objects.filter(template__code="room", checklist=VIP[0]).update(checklist=VIP[1])
    for code, offset in AGAIN.items():
        template.objects.filter(code=code).update(reconfirm=offset)
    for code, asked in EVIDENCE.items():
        template.objects.filter(code=code).update(evidence=asked)
    template.objects.filter(code__in=BLOCKING).update(blocking=True)
    ladder = apps.get_model("core", "LadderStep")
    for rule, percent, audience in LADDER:
        ladder.objects.get_or_create(rule=rule, percent=percent, audience=audience)


def carry(apps, schema_editor):
    """Open tasks learn where their due time came from; their checklists become lines."""
    task, check = apps.get_model("visits", "Task"), apps.get_model("visits", "TaskCheck")
    of = apps.get_model("visits", "TaskTemplate").objects.filter(pk=OuterRef("template"))
    tier = apps.get_model("visits", "Reception").objects.filter(pk=OuterRef("reception"))
    made = task.objects.filter(template__isnull=False)
    made.update(
        anchor=Subquery(of.values("anchor")[:1]), offset=Subquery(of.values("offset")[:1]),
        blocking=Subquery(of.values("blocking")[:1]), tier=Subquery(tier.values("tier")[:1]),
    )  # fmt: skip
    for row in apps.get_model("visits", "TierOffset").objects.filter(kind="change"):
        made.filter(template=row.template_id, tier=row.tier_id).update(offset=row.offset)
    check.objects.bulk_create(
        check(task=row, order=order, words=words)
        for row in task.objects.exclude(checklist="").filter(status__in=("todo", "taken"))
        for order, words in enumerate(filter(None, map(str.strip, row.checklist.splitlines())), 1)
    )


def back(apps, schema_editor):
    """The lines are text again, the ladders of the new clocks go."""
    task, check = apps.get_model("visits", "Task"), apps.get_model("visits", "TaskCheck")
    for row in task.objects.filter(checks__isnull=False).distinct():
        words = check.objects.filter(task=row).order_by("order").values_list("words", flat=True)
        task.objects.filter(pk=row.pk).update(checklist="\n".join(words))
    check.objects.all().delete()
    apps.get_model("core", "LadderStep").objects.filter(rule__in=("visits.check", "visits.again", "visits.go")).delete()
    template = apps.get_model("visits", "TaskTemplate")
    for code, (old, new) in LINES.items():
        template.objects.filter(code=code, checklist=new).update(checklist=old)
    difference = apps.get_model("visits", "TierOffset")
    difference.objects.filter(template__code="room", checklist=VIP[1]).update(checklist=VIP[0])


class Migration(migrations.Migration):
    dependencies = [("visits", "0009_tasks"), ("core", "0003_limits")]
    operations = [
        migrations.RunPython(sow, migrations.RunPython.noop),
        migrations.RunPython(carry, back),
    ]
