"""How a reception reads on a page: pure sentences from its columns, nothing asked of the database."""

from datetime import datetime, timedelta
from decimal import Decimal

from reception.core.clock.periods import local
from visits.models import Reception
from visits.requests.choices import Status

WEEK = "一二三四五六日"
TONES = {
    Status.REVIEW: "warn", Status.PENDING: "warn", Status.PREPARING: "brand", Status.RECEIVING: "ok",
    Status.SETTLING: "warn", Status.AUDITING: "warn", Status.RETURNED: "bad", Status.REJECTED: "bad",
}  # fmt: skip


def day(at: datetime, *, week: bool = True) -> str:
    """3月25日 周三."""
    here = local(at)
    return f"{here.month}月{here.day}日" + (f" 周{WEEK[here.weekday()]}" if week else "")


def hm(at: datetime) -> str:
    """09:40."""
    return local(at).strftime("%H:%M")


def when(at: datetime | None) -> str:
    """3月25日 周三 09:40, or nothing."""
    return f"{day(at)} {hm(at)}" if at else ""


def span(arrive: datetime | None, leave: datetime | None) -> str:
    """3月25日 周三 09:40 至 26日 15:30: the second date says only what differs."""
    if not arrive:
        return "未填"
    if not leave:
        return when(arrive)
    a, b = local(arrive), local(leave)
    if a.date() == b.date():
        return f"{when(arrive)} 至 {hm(leave)}"
    end = f"{b.day}日" if (a.year, a.month) == (b.year, b.month) else day(leave, week=False)
    return f"{when(arrive)} 至 {end} {hm(leave)}"


def ahead(arrive: datetime | None, at: datetime) -> str:
    """How long until arrival: 6天19小时后到达; nothing once it has come."""
    if not arrive or arrive <= at:
        return ""
    left = arrive - at
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    if left.days:
        return f"{left.days}天{hours}小时后到达"
    return f"{hours}小时{minutes}分后到达" if hours else f"{max(minutes, 1)}分钟后到达"


def lasted(since: datetime, at: datetime) -> str:
    """How long something has been waiting: 1小时20分."""
    gone = max(at - since, timedelta())
    hours, minutes = gone.seconds // 3600, gone.seconds % 3600 // 60
    if gone.days:
        return f"{gone.days}天{hours}小时"
    return f"{hours}小时{minutes}分" if hours else f"{minutes}分钟"


def yuan(amount: Decimal | int | None, unset: str = "未设置") -> str:
    """¥8,460, with 分 only when there are some; what is not set is said, never 0."""
    return unset if amount is None else f"¥{plain(amount)}"


def plain(amount: Decimal | int | None, unset: str = "未设置") -> str:
    """8,460."""
    if amount is None:
        return unset
    shown = f"{Decimal(amount):,.2f}"
    return shown.removesuffix(".00")


def guests_line(reception: Reception) -> str:
    """陆远（采购总监）等6人."""
    title = f"（{reception.contact_title}）" if reception.contact_title else ""
    who = f"{reception.contact_name}{title}" if reception.contact_name else ""
    if not reception.headcount:
        return who or "未填"
    if not who:
        return f"{reception.headcount}人"
    return f"{who}等{reception.headcount}人" if reception.headcount > 1 else who


def host_line(reception: Reception) -> str:
    """何志远 副总经理."""
    host = reception.host
    return f"{host} {host.position or ''}".strip() if host else "未定"


def facts(reception: Reception) -> list[tuple[str, str]]:
    """The rest of the application, label by label; what is empty is left out."""
    retro = ""
    if reception.retroactive:
        retro = f"{reception.retro_reason}（{reception.retro_agreed_by} {when(reception.retro_agreed_at)} 口头同意）"
    rows = [
        ("来访单位", reception.customer_name),
        ("联系人", " ".join(filter(None, (reception.contact_name, reception.contact_title)))),
        ("接待性质", reception.get_nature_display()),
        ("公函字号", reception.letter_no),
        ("目的", reception.get_purpose_display()),
        ("事由", reception.subject),
        ("交通方式", reception.transport),
        ("拟定级别", reception.proposed_tier.name if reception.proposed_tier else ""),
        ("定级说明", reception.tier_reason),
        ("陪同人员", reception.companions),
        ("接待需要", "、".join(reception.need_labels)),
        ("陪餐人数", "" if reception.accompany is None else f"{reception.accompany} 人"),
        ("经办人", " ".join(filter(None, (reception.applicant.name, reception.applicant_phone)))),
        ("补办", retro),
        ("备注", reception.note),
    ]
    return [(label, value) for label, value in rows if value]
