"""What an emergency starts from: kinds, what to do at once, five minutes, and whom it is reported to (D4.4.4)."""

from typing import Any

from django.db import migrations

RULE = "emergency.ack"
LADDER = ((0, "manager"), (100, "director"), (100, "energy"), (200, "leader"))
KINDS = {"设备": "锅炉 配电 水泵 设备故障", "集体投诉": "集体 聚集 联名", "舆情": "媒体 记者 曝光 舆情"}
ALWAYS = ("确认有没有人受伤", "派人到现场守候", "疏散围观，保护现场", "保留监控录像")
CHECKLIST = {
    "火灾": ("报 119，说清楼栋、楼层、燃烧物", "启动应急广播，组织疏散", "切断着火区域电源、燃气", "打开消防通道，派人引导消防车", "清点疏散人数"),
    "电梯困人": ("安抚困梯人，请不要扒门", "通知电梯维保", "派秩序员到停梯楼层守候", "切断该梯外呼", "每 3 分钟与轿厢通话一次", "通知家属"),
    "跑水": ("关闭上级阀门", "切断受淹区域电源", "沙袋挡水，抽排积水", "通知楼下住户"),
    "停水停电": ("查明范围和原因", "确认有没有人困在电梯里", "启动备用电源或送水", "张贴告示，告知预计恢复时间"),
    "治安": ("报 110", "秩序员两人以上到场", "隔离双方，劝阻围观"),
    "伤亡": ("拨打 120，说清位置", "不移动伤者，有条件的先急救", "派人到路口引导救护车", "通知家属"),
    "设备": ("停机挂牌", "通知工程部值班", "切换备用设备"),
    "集体投诉": ("请代表到会议室", "经理当面接待、记录诉求", "答复下次沟通的时间"),
    "舆情": ("不自行答复，请对方留联系方式", "报办公室统一答复", "保留截图和链接"),
}  # fmt: skip


def seed(apps: Any, schema_editor: Any) -> None:
    category = apps.get_model("helpdesk", "Category")
    item = apps.get_model("helpdesk", "ChecklistItem")
    step = apps.get_model("core", "LadderStep")
    for index, (name, words) in enumerate(KINDS.items()):
        category.objects.get_or_create(
            kind="emergency", name=name, parent=None, defaults={"keywords": words, "order": 62 + index}
        )
    for order, text in enumerate(ALWAYS):
        item.objects.create(text=text, order=90 + order)
    for name, texts in CHECKLIST.items():
        found = category.objects.filter(kind="emergency", name=name).first()
        for order, text in enumerate(texts if found else ()):
            item.objects.create(category=found, text=text, order=order)
    apps.get_model("helpdesk", "ClockRule").objects.get_or_create(
        code=RULE, defaults={"name": "突发无人确认", "minutes": 5}
    )
    for percent, audience in LADDER:
        step.objects.get_or_create(rule=RULE, percent=percent, audience=audience)


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "ChecklistItem").objects.all().delete()
    apps.get_model("helpdesk", "ClockRule").objects.filter(code=RULE).delete()
    apps.get_model("core", "LadderStep").objects.filter(rule=RULE).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0003_emergencies"), ("core", "0002_ground")]
    operations = [migrations.RunPython(seed, clear)]
