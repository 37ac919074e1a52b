"""What is said at the desk, to start from; an administrator edits the words afterwards (C1, C3, C7, C8)."""

from typing import Any

from django.db import migrations

# spot: (step, words, clause)
WORDS = {
    "start": (0, "您好，{公司}，有什么可以帮您？", "C7"),
    "welcome": (0, "（起身相迎）【您好】，{公司}，我可以帮到您吗？", "C1"),
    "caller": (1, "请问您【贵姓】？方便留一下【房号、单位】和联系电话吗？", "E5.2.1"),
    "leader": (1, "{称呼}您好。【简洁作答】，记下来复述一遍，让对方先挂。", "C8"),
    "repair": (1, "请问{称呼}，具体是哪个位置？家里有人吗？师傅{分钟}【分钟内】到。", "E5.3.1"),
    "enquiry": (1, "{称呼}，您想了解的是……对吗？我帮您查一下。", "E5.2.1"),
    "complaint": (1, "{称呼}，【很抱歉】给您带来不便，我把情况记清楚，马上报经理。", "E5.4"),
    "advice": (1, "【谢谢】{称呼}的建议，我记下来转给负责的部门。", "D4.4.3"),
    "emergency": (1, "{称呼}，请先【保证安全】，不要挂断。什么位置？有没有人受伤？", "D4.4.4"),
    "other": (1, "{称呼}，请您慢慢说，我记下来。", "C7"),
    "wait": (1, "{称呼}，【请稍等】，我帮您查一下。", "C3"),
    "back": (1, "{称呼}，【让您久等了】。", "C3"),
    "check": (2, "{称呼}，我跟您【核对一下】，听到不对的地方请随时告诉我。", "C7"),
    "end": (3, "已经给您安排好了，感谢来电，【您先挂】，再见。", "C8"),
    "farewell": (3, "已经给您安排好了，感谢您来，请慢走，再见。", "C5"),
}
SECONDS = {"wait": 45}


def seed(apps: Any, schema_editor: Any) -> None:
    script = apps.get_model("helpdesk", "Script")
    for spot, (step, words, clause) in WORDS.items():
        script.objects.create(
            spot=spot, step=step, words=words, clause=clause,
            seconds=SECONDS.get(spot),
        )  # fmt: skip


def clear(apps: Any, schema_editor: Any) -> None:
    apps.get_model("helpdesk", "Script").objects.filter(spot__in=WORDS).delete()


class Migration(migrations.Migration):
    dependencies = [("helpdesk", "0010_scripts")]
    operations = [migrations.RunPython(seed, clear)]
