"""The four tiers (A2, A3.1b, A4) and the task templates of records §1.3 (A5, A8.1).

嘉宾 is the base; the other tiers are its differences. Amounts are not seeded: the regulation leaves
them blank and an administrator fills them in (A7a).
"""

from django.db import migrations

# code, name, glyph, css, order, host rank, host rule (A4, as the regulation says it), approver rank (A3.1b)
TIERS = (
    ("vip", "贵宾级", "贵", "a", 1, 100, "贵宾级客户由总经理主陪", 100),
    ("guest", "嘉宾级", "嘉", "b", 2, 80, "嘉宾级客户至少有一名副总经理主陪", 80),
    ("business", "商务级", "商", "c", 3, 80, "商务级客户至少有一名副总经理主陪", 80),
    ("regular", "业务级", "业", "d", 4, 60, "业务级客户由部门负责人主陪", 80),
)
MEETING = "government"
REST = "business,official,foreign,other"
ROOM = "茶水：到达前1小时\n桌椅摆放：到达前4小时\n投影播放：到达前4小时\n环境卫生：到达前2小时"
ROOM_VIP = "茶水：到达前1小时\n桌椅摆放：提前一天\n投影播放：提前一天\n环境卫生：到达前2小时"
SIGN = "第二人校对\n到达前1小时上屏"

# code, owner, duty, anchor, 贵宾, 嘉宾 (base), 商务, 业务 ("" = not created), need, natures, checklist
DUTIES = (
    ("host_command", "host", "领导指挥接待工作：确认方案", "T", "-3d", "-2d", "-1d", "-1d", "", "", ""),
    ("host_intro", "host", "介绍公司企业概况：备好简报", "T", "-2d", "-1d", "-1d", "-2h", "", "", ""),
    ("plan", "responsible", "组织安排接待：方案与日程", "T", "-5d", "-3d", "-2d", "-1d", "", "", ""),
    ("quote", "responsible", "报价、资质介绍说明", "T", "-3d", "-2d", "-1d", "-1d", "", "", ""),
    ("docs", "responsible", "样册、资质文件提供发放", "T", "-2d", "-1d", "-1d", "-2h", "docs", "", "按人数清点份数"),
    ("meal", "responsible", "组织人员就餐", "T", "-2d", "-1d", "-1d", "-4h", "meal", "", ""),
    ("activity", "responsible", "必要活动组织安排", "T", "-3d", "-2d", "-1d", "", "activity", "", ""),
    ("tour", "tech", "引领客户参观", "T", "-2d", "-1d", "-1d", "-2h", "tour", "", ""),
    ("product", "tech", "介绍产品种类、功能、工艺流程", "T", "-2d", "-1d", "-1d", "-2h", "", "", ""),
    ("tech_talk", "tech", "技术沟通交底", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("solution", "tech", "方案确定", "E", "+1d", "+2d", "+3d", "", "", "", ""),
    ("schedule", "make", "介绍生产排产及工期", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("site", "make", "介绍发货、现场安装情况", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("parts", "quality", "介绍元器件品牌、质量", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("cert", "quality", "介绍产品认证及检验、试验", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("after_sales", "quality", "介绍售后服务", "T", "-2d", "-1d", "-1d", "", "", "", ""),
    ("pick_up", "general", "接站车辆", "T", "-3d", "-2d", "-1d", "", "pick", "", "到达前4小时再确认"),
    ("see_off", "general", "送站车辆", "E", "-2d", "-1d", "-1d", "", "pick", "", "离开前4小时再确认"),
    ("room", "general", "会议室或领导办公室", "T", "-3d", "-2d", "-1d", "-1d", "room", "", ROOM),
    ("sign", "general", "大屏幕欢迎词", "T", "-2d", "-1d", "-1d", "", "sign", "", SIGN),
    ("meal_out", "general", "公司外就餐", "T", "-3d", "-2d", "-1d", "-4h", "meal", "", ""),
    ("gift", "general", "礼品", "T", "-2d", "-1d", "-1d", "", "gift", "", ""),
    ("bed", "general", "来宾住宿", "T", "-3d", "-2d", "-2d", "", "bed", "", ""),
    ("ticket", "general", "返程车船票购置", "T", "-2d", "-1d", "-1d", "", "ticket", "", ""),
    ("help_activity", "general", "协助营销部必要活动", "T", "-3d", "-2d", "-1d", "", "activity", "", ""),
    ("contingency", "manager", "预案与现场负责人", "T", "-3d", "-2d", "", "", "", REST, ""),
    ("contingency_meeting", "manager", "预案与现场负责人", "T", "-3d", "-3d", "-3d", "-3d", "", MEETING, ""),
    ("hall", "manager", "展厅讲解词与讲解员", "T", "-3d", "-2d", "-1d", "", "tour", "", ""),
    ("meeting_plan", "responsible", "会议方案", "T", "-5d", "-5d", "-5d", "-5d", "", MEETING, ""),
    ("meeting_guide", "responsible", "会议指南", "T", "-3d", "-3d", "-3d", "-3d", "", MEETING,
     "须知\n日程\n名单\n发言顺序\n就餐\n乘车\n工作人员"),
    ("meeting_seats", "responsible", "座位表", "T", "-2d", "-2d", "-2d", "-2d", "", MEETING, ""),
    ("meeting_cards", "general", "席卡、桌牌", "T", "-1d", "-1d", "-1d", "-1d", "", MEETING, ""),
    ("meeting_venue", "general", "会场布置", "T", "-1d", "-1d", "-1d", "-1d", "", MEETING, ""),
    ("bill", "responsible", "接待清单", "E", "+2d", "+2d", "+2d", "+2d", "", "", ""),
    ("revisit", "responsible", "回访", "E", "+3d", "+3d", "+3d", "+3d", "", "", ""),
    ("settle", "responsible", "结算", "E", "+5d", "+5d", "+5d", "+5d", "", "", ""),
    ("archive", "office", "资源评价与归档", "E", "+15d", "+15d", "+15d", "+15d", "", "", ""),
)
DUTY_CHECKLISTS = {("room", "vip"): ROOM_VIP, ("tour", "vip"): "踩点"}
# Whom a task that runs late is told to: the common ladder names the desk's people.
LADDER = ((80, "owner"), (100, "owner"), (100, "reception_manager"), (150, "office"))


def sow(apps, schema_editor):
    tier_model = apps.get_model("visits", "Tier")
    template_model = apps.get_model("visits", "TaskTemplate")
    difference_model = apps.get_model("visits", "TierOffset")
    names = ("code", "name", "glyph", "css", "order", "host_rank", "host_rule", "approver_rank")
    tiers = {row[0]: tier_model.objects.create(**dict(zip(names, row))) for row in TIERS}
    for order, row in enumerate(DUTIES, 1):
        code, owner, duty, anchor, vip, base, business, regular, need, natures, checklist = row
        template = template_model.objects.create(
            code=code, owner=owner, duty=duty, anchor=anchor, offset=base, need=need, natures=natures,
            checklist=checklist, order=order * 10,
        )
        for tier, offset in (("vip", vip), ("business", business), ("regular", regular)):
            extra = DUTY_CHECKLISTS.get((code, tier), "")
            if offset == base and not extra:
                continue
            difference_model.objects.create(
                template=template, tier=tiers[tier], kind="change" if offset else "drop", offset=offset,
                checklist=extra,
            )
    ladder = apps.get_model("core", "LadderStep")
    for percent, audience in LADDER:
        ladder.objects.get_or_create(rule="visits.task", percent=percent, audience=audience)


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("core", "0002_ground")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
