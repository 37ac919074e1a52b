"""Keywords for what people say when they do not report a repair, so that few calls stay 未分类 (D4.3.1)."""

from typing import Any

from django.db import migrations

# kind: {second level: more keywords}; a level that is not there yet is added.
WORDS = {
    "enquiry": {"证卡": "门禁卡", "会议与场地": "会议室", "电梯与设备": "年检 电梯 设备", "缴费方式": "手机交 公众号"},
    "complaint": {"环境": "没清 卫生 喷药 气味", "安全": "占车位 占了我", "噪声": "施工 拖桌椅 广告声音 睡不着", "服务态度": "态度 说话难听 收费员"},
    "advice": {"设施建议": "快递柜 扶手 增加 加装", "服务建议": "延长 建议周末"},
    "praise": {"维修": "师傅 修水管", "服务": "前台 帮忙 谢谢"},
    "help": {"开门": "忘带钥匙 门反锁", "寻物": "手机丢", "陪护": "老人 摔倒"},
    "transfer": {"转部门": "找营销部 找财务 找物管", "转个人": "找主任 找经理"},
}  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    category = apps.get_model("helpdesk", "Category")
    for kind, levels in WORDS.items():
        for index, (name, words) in enumerate(levels.items()):
            row, made = category.objects.get_or_create(
                kind=kind, name=name, parent=None, defaults={"keywords": words, "order": 80 + index}
            )
            if not made:
                fresh = [word for word in words.split() if word not in row.keywords.split()]
                row.keywords = " ".join([row.keywords, *fresh]).strip()[:300]
                row.save(update_fields=["keywords"])


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0007_visitors")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
