"""States of a 变更, and the kinds of things it may change (records §1.2)."""

from django.db.models import TextChoices


class Status(TextChoices):
    """States of a change."""

    DRAFT = "draft", "草稿"
    PENDING = "pending", "待审批"
    EFFECTIVE = "effective", "已生效"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"


# Under way: a reception has at most one of these.
OPEN = (Status.DRAFT, Status.PENDING)


class Kind(TextChoices):
    """What a change can touch; each has one line in the table of what needs approval."""

    TIER = "tier", "接待级别"
    DATES = "dates", "到达、离开"
    HOST = "host", "主陪领导"
    HEADCOUNT = "headcount", "人数"
    BUDGET = "budget", "费用预算增加"
    TREAT = "treat", "烟、酒、礼品"
    LINES = "lines", "费用明细（预算不增加）"
    ROSTER = "roster", "来宾名单"
    PURPOSE = "purpose", "目的、事由"
    TRANSPORT = "transport", "交通、车次航班"
    CONTACT = "contact", "联系人、电话"
    COMPANIONS = "companions", "陪同、陪餐人员"
    NEEDS = "needs", "接待需要"
    ROWS = "rows", "用餐、住宿、用车、会议室等安排"
    NOTE = "note", "备注、超标说明"


# The columns of the form behind a kind; the other kinds are judged by their content.
COLUMNS_OF: dict[str, tuple[str, ...]] = {
    Kind.TIER: ("proposed_tier",),
    Kind.DATES: ("arrive_at", "leave_at"),
    Kind.HOST: ("host",),
    Kind.HEADCOUNT: ("headcount",),
    Kind.PURPOSE: ("purpose", "subject"),
    Kind.TRANSPORT: ("transport",),
    Kind.CONTACT: ("contact_name", "contact_title", "contact_phone", "applicant_phone"),
    Kind.COMPANIONS: ("companions", "accompany"),
    Kind.NOTE: ("note", "overspend_reason"),
}
