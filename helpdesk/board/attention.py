"""要你过问: what is late or open now and needs a manager's word, whatever month is shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F
from django.urls import reverse

from helpdesk.complaints.models import Complaint
from helpdesk.complaints.queries import broken
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.choices import Outcome
from helpdesk.enquiries.models import CallBack
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can

MOST = 3


@dataclass(frozen=True)
class Item:
    """One line: glyph and tone of its sign, what, which, how urgent."""

    glyph: str
    css: str
    title: str
    url: str
    meta: str
    head: str
    foot: str
    tone: str


def attention(user: User, at: datetime) -> list[Item]:
    """The lines for `user` at `at`, the gravest first; five queries, none for who does not read the desk's records."""
    if not user.may(Can.VIEW_DESK):
        return []
    return [*_emergencies(), *_complaints(at), *_arrivals(at), *_slips(), *_call_backs(at)]


def _day(at: datetime) -> str:
    here = local(at)
    return f"{here.month}月{here.day}日受理"


def _emergencies() -> list[Item]:
    rows = Emergency.objects.open().order_by("created_at", "pk")[:MOST]
    return [
        Item(
            "急",
            "e",
            one.title,
            one.get_absolute_url(),
            _day(one.created_at),
            "突发",
            one.get_status_display(),
            "late",
        )
        for one in rows
    ]


def _complaints(at: datetime) -> list[Item]:
    late = (
        Complaint.objects.open().annotate(broken=broken(at)).filter(broken=True).select_related("department")
    )
    found = []
    for one in late.order_by("created_at", "pk")[:MOST]:
        over = (at - one.handle_due_at).days if one.handle_due_at and one.handle_due_at < at else 0
        meta = f"{_day(one.created_at)}·{one.department or '未转部门'}"
        head = f"超{over}天" if over else "超时"
        found.append(Item("诉", "t", one.title, one.get_absolute_url(), meta, head, "未结", "late"))
    return found


def _arrivals(at: datetime) -> list[Item]:
    late = Repair.objects.open().filter(arrived_at__isnull=True, arrive_due_at__lt=at).order_by()
    count = late.count()
    url = reverse("helpdesk:repair_board")
    return (
        [Item("修", "e", f"到场超时 {count} 单", url, "过了时限还没有到场", f"{count}单", "催到场", "late")]
        if count
        else []
    )


def _slips() -> list[Item]:
    rows = Repair.objects.slip_missing().order_by().values(name=F("repairer__name")).annotate(n=Count("pk"))
    who = sorted(((n, name or "未派") for name, n in rows.values_list("name", "n")), reverse=True)
    if not who:
        return []
    count = sum(n for n, _ in who)
    meta = "、".join(f"{name}{n}" for n, name in who[:4]) + ("等" if len(who) > 4 else "")
    url = f"{reverse('helpdesk:repair_list')}?state=finished"
    return [Item("修", "", f"底联未返回 {count} 张", url, meta, f"{count}张", "今日查明", "soon")]


def _call_backs(at: datetime) -> list[Item]:
    late = CallBack.objects.filter(outcome=Outcome.OPEN, due_at__lt=at, enquiry__void_at__isnull=True)
    count = late.count()
    url = f"{reverse('helpdesk:enquiry_list')}?late=1"
    return (
        [Item("询", "q", f"超时回电 {count} 件", url, "答应回电的时间已过", f"{count}件", "马上回电", "soon")]
        if count
        else []
    )
