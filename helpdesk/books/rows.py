"""The rows of each book: one record in the columns of `columns.py`, as the desk reads it."""

from collections.abc import Iterable, Iterator

from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Repair
from helpdesk.visitors.models import Visitor

Cells = tuple[object, ...]


def _pair(*words: object) -> str:
    """Words one below the other, empty ones left out."""
    return "\n".join(str(word) for word in words if word)


def _late(reason: str) -> str:
    return f"补记：{reason}" if reason else ""


def call_cells(rows: Iterable[Call]) -> Iterator[Cells]:
    """电话记录."""
    for one in rows:
        done = _pair(one.handling, one.reply, one.get_status_display(), _late(one.backdate_reason))
        yield (one.no, one.recorded_at, one.rings, f"{one.caller_name}{one.caller_title}", one.number, _pair(one.company, one.place),
               _pair(one.get_kind_display(), one.category), one.content, done, one.recorder_name)  # fmt: skip


def visit_cells(rows: Iterable[Call]) -> Iterator[Cells]:
    """顾客接待记录: who came to the desk with something."""
    for one in rows:
        done = _pair(one.handling, one.reply, one.get_status_display(), _late(one.backdate_reason))
        yield (one.no, one.recorded_at, f"{one.caller_name}{one.caller_title}", None, _pair(one.company, one.place), "前台", one.content,
               done, None, one.recorder_name)  # fmt: skip


def visitor_cells(rows: Iterable[Visitor]) -> Iterator[Cells]:
    """顾客接待记录: who came to see somebody (C4, C5)."""
    for one in rows:
        led = _pair(
            f"引见：{one.guide}" if one.guide else "", one.get_status_display(), _late(one.backdate_reason)
        )
        yield (one.no, one.came_at, f"{one.name}{one.title}", one.people, one.company, one.to_whom, one.purpose, led, one.left_at,
               one.recorder_name)  # fmt: skip


def enquiry_cells(rows: Iterable[Enquiry]) -> Iterator[Cells]:
    """信息接待记录."""
    for one in rows:
        yield (one.no, one.created_at, one.customer, one.phone, _pair(one.company, one.place), one.content, one.reply_due_at,
               _pair(one.answer, one.get_status_display()), one.replied_by)  # fmt: skip


def repair_cells(rows: Iterable[Repair]) -> Iterator[Cells]:
    """维修记录."""
    for one in rows:
        slip = f"未返：{one.get_slip_reason_display()}" if one.slip_reason and not one.slip_at else ""
        yield (one.no, one.created_at, one.place, _pair(one.reporter, one.phone), one.content, one.category, one.repairer, one.arrived_at,
               one.finished_at, one.measures, _pair(one.get_status_display(), slip))  # fmt: skip


def complaint_cells(rows: Iterable[Complaint]) -> Iterator[Cells]:
    """顾客投诉处理记录."""
    for one in rows:
        said = f"{one.get_opinion_display()} {one.opinion_words}".strip() if one.opinion else ""
        yield (one.no, one.created_at, _pair(one.customer, one.phone), one.place, one.content, one.department,
               _pair(one.cause, one.measures), said, one.get_status_display())  # fmt: skip


def emergency_cells(rows: Iterable[Emergency]) -> Iterator[Cells]:
    """突发事件、重要问题记录."""
    for one in rows:
        yield (one.no, one.created_at, one.category, one.get_grade_display(), one.place, one.content, one.measures, one.result,
               one.get_status_display())  # fmt: skip


def matter_cells(rows: Iterable[Matter]) -> Iterator[Cells]:
    """其他问题处理记录."""
    for one in rows:
        kind = _pair(one.get_kind_display(), one.category)
        yield (one.no, one.created_at, _pair(one.reporter, one.phone), one.place, kind, one.content, one.in_charge or one.transfer_to,
               one.result, one.get_status_display())  # fmt: skip
