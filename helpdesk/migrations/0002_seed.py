"""The category tree and the half hour, to start from; an administrator keeps them afterwards (D4.3.1, D4.4.1)."""

from typing import Any

from django.db import migrations

WATER, MIXED = "水电组", "综合组"
# field: (班组, keywords of the field, {what is wrong: keywords})
REPAIRS = {
    "水": (WATER, "水管 水龙头 给排水", {
        "漏水": "漏水 渗水 滴水 漏 跑水 水管接口",
        "堵塞": "堵 下水慢 下水道 地漏 马桶堵 返水 反水",
        "停水": "停水 没水 水压 水小",
        "洁具": "马桶 洗脸盆 花洒 龙头 角阀 水箱 洁具",
    }),
    "电": (WATER, "电路 电线 电箱", {
        "跳闸停电": "跳闸 停电 没电 断电 空开",
        "灯具照明": "灯 照明 灯管 不亮",
        "插座开关": "插座 开关 漏电 插座没电 火花",
        "弱电": "门禁 对讲 网络 监控 电话线",
    }),
    "暖": (WATER, "暖气 采暖 供暖 地暖", {"不热": "不热 暖气不热 暖气冷", "暖气漏": "暖气漏 暖气片漏"}),
    "门窗": (MIXED, "门窗", {
        "门锁": "门锁 锁 钥匙 开不了门 入户门 闭门器",
        "窗": "窗 玻璃 纱窗 合页",
        "门": "门 大门 玻璃门 防火门",
    }),
    "木": (MIXED, "木", {"家具": "柜 桌 椅 床 家具 抽屉", "地板": "地板 踢脚线"}),
    "土建": (MIXED, "土建", {"墙面": "墙 墙皮 墙砖 裂缝 空鼓 掉皮", "地面": "地砖 地面 路面 台阶", "屋顶": "屋顶 屋面 天花 吊顶 漏雨"}),
    "空调": (MIXED, "空调", {"不制冷": "不制冷 不凉 空调不冷 制冷", "空调漏水": "空调漏水 空调滴水 冷凝水", "外机": "外机 支架"}),
    "电梯": (MIXED, "电梯", {"停运": "电梯不动 电梯停 停运 电梯坏", "异响": "电梯异响 电梯抖 电梯声音"}),
    "其他": (MIXED, "", {}),
}  # fmt: skip
CALLS = {
    "enquiry": {
        "收费": "物业费 水费 电费 收费 缴费 发票 押金", "装修": "装修 施工 备案", "停车": "停车 车位 月卡 充电桩",
        "证卡": "门禁卡 一卡通 办卡 补办", "会议与场地": "会议室 场地 预订", "其他查询": "",
    },
    "complaint": {
        "设施": "设施 坏了很久 一直没修", "环境": "垃圾 卫生 气味 绿化", "安全": "安全 陌生人 消防", "噪声": "噪声 噪音 太吵 夜间施工",
        "服务态度": "态度 不理 服务差", "收费投诉": "乱收费 多收", "其他投诉": "",
    },
    "advice": {"设施建议": "增加 加装", "服务建议": "建议", "其他建议": ""},
    "praise": {"维修": "师傅 修得好", "服务": "感谢 谢谢 表扬"},
    "help": {"开门": "忘带钥匙 反锁", "寻物": "丢 遗失 找不到", "陪护": "老人 摔倒 帮忙", "其他求助": ""},
    "emergency": {
        "火灾": "起火 着火 冒烟 火灾", "电梯困人": "困人 被困 困在电梯", "跑水": "爆管 水淹 大量跑水", "停水停电": "整栋停电 整栋停水",
        "治安": "打架 被盗 偷", "伤亡": "受伤 晕倒 昏倒", "其他突发": "",
    },
    "transfer": {"转部门": "转 找"},
}  # fmt: skip


def seed(apps: Any, schema_editor: Any) -> None:
    category = apps.get_model("helpdesk", "Category")
    order = 0
    for name, (trade, words, parts) in REPAIRS.items():
        order += 10
        parent = category.objects.create(kind="repair", name=name, keywords=words, trade=trade, order=order)
        for part, keywords in parts.items():
            order += 1
            category.objects.create(
                kind="repair", parent=parent, name=part, keywords=keywords, trade=trade, order=order
            )
    for kind, parts in CALLS.items():
        for index, (name, keywords) in enumerate(parts.items(), 1):
            category.objects.create(kind=kind, name=name, keywords=keywords, order=index * 10)
    apps.get_model("helpdesk", "ClockRule").objects.create(code="repair.arrive", name="维修到场", minutes=30)


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
