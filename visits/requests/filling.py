"""What a template may ask of a reception: {{客户名称}}, {{到达时间}} … (B3b)."""

from datetime import datetime

from django.conf import settings

from reception.core.clock.periods import local
from reception.core.documents.filling import Record, Source
from reception.core.people.models import User
from reception.core.web.loaders import load
from visits.models import Reception
from visits.requests.views_words import guests_line, hm, host_line, span, when

FIELDS = (
    "客户名称", "来访事由", "来访目的", "对方联系人", "联系人职务", "联系人电话", "来宾人数", "来宾名单", "带队来宾", "来宾概况",
    "到达时间", "离开时间", "来访时间", "交通方式", "接待级别", "主陪", "陪同人员", "责任部门", "经办人", "经办人电话", "日程",
    "公函字号", "接待单号", "本单位", "今天",
)  # fmt: skip


def record(user: User, no: str, at: datetime) -> Record:
    """The reception as `user` may see it at `at`; what is not known is "". Raises Http404. Four queries."""
    rows = Reception.objects.visible_to(user, at).for_page()
    row = load(rows.prefetch_related("guests", "itinerary__items"), no=no)
    values = {**_visit(row), **_guests(row), **_ours(row), "今天": _day(at)}
    return Record(row.no, row.title, row.get_absolute_url(), values)


def _visit(row: Reception) -> dict[str, str]:
    """Who comes, why, when."""
    return {
        "客户名称": row.customer_name, "来访事由": row.subject, "来访目的": row.get_purpose_display() if row.purpose else "",
        "对方联系人": row.contact_name, "联系人职务": row.contact_title, "联系人电话": row.contact_phone,
        "来宾人数": str(row.headcount or ""), "到达时间": when(row.arrive_at), "离开时间": when(row.leave_at),
        "来访时间": span(row.arrive_at, row.leave_at) if row.arrive_at else "", "交通方式": row.transport,
        "公函字号": row.letter_no, "接待单号": row.no,
    }  # fmt: skip


def _guests(row: Reception) -> dict[str, str]:
    """The roster, its leader first."""
    people = sorted(row.guests.all(), key=lambda guest: (not guest.is_leader, guest.order, guest.pk))
    known = bool(row.contact_name or row.headcount)
    return {
        "来宾名单": "、".join(str(guest) for guest in people),
        "带队来宾": next((str(guest) for guest in people if guest.is_leader), ""),
        "来宾概况": guests_line(row) if known else "",
    }


def _ours(row: Reception) -> dict[str, str]:
    """Who receives them, and what is planned."""
    plan = getattr(row, "itinerary", None)
    items = plan.items.all() if plan else ()
    lines = [
        f"- {when(item.start)}—{hm(item.end)} {item.what}{f'（{item.place}）' if item.place else ''}"
        for item in items
    ]
    return {
        "接待级别": row.tier_now.name if row.tier_now else "", "主陪": host_line(row) if row.host_id else "",
        "陪同人员": row.companions, "责任部门": str(row.department or ""), "经办人": str(row.applicant),
        "经办人电话": row.applicant_phone, "日程": "\n".join(lines), "本单位": settings.ORGANISATION.split("·")[0],
    }  # fmt: skip


def _day(at: datetime) -> str:
    """2026年3月25日."""
    here = local(at)
    return f"{here.year}年{here.month}月{here.day}日"


SOURCE = Source("接待", FIELDS, record)
