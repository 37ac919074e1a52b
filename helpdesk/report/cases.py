"""What a call led to: a complaint, an emergency, a matter or an enquiry of its own, as it stood at a cut-off.

A call leads to one at a time: the next only when the one before was struck out. So what stood at a moment is at most
one, and joining it makes no call two.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    Case,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from helpdesk.cases.choices import Kind
from helpdesk.complaints.choices import Status as Complaint_
from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.choices import Status as Emergency_
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.choices import Status as Enquiry_
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.choices import Status as Matter_
from helpdesk.matters.models import Matter
from reception.core.ledger.models import Event

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# The way from a call to each, in the order of who names the kind where there were several.
NAMES = ("complaints", "emergencies", "matters", "enquiries")
KIND_OF = {
    "complaints": Value(Kind.COMPLAINT.value),
    "emergencies": Value(Kind.EMERGENCY.value),
    "enquiries": Value(Kind.ENQUIRY.value),
}
# Where it stands → what comes next.
STEPS = {
    Complaint_.RECEIVED: "核实", Complaint_.VERIFIED: "请经理确认签字", Complaint_.CONFIRMED: "转责任部门",
    Complaint_.SENT: "催部门签收", Complaint_.SIGNED: "催部门处理", Complaint_.WORKING: "跟进处理",
    Complaint_.DONE: "反馈客户", Complaint_.FED_BACK: "关闭", Complaint_.AGAIN: "上一级签字，再处理",
}  # fmt: skip
EMERGENCY_STEPS = {
    Emergency_.RECEIVED: "催回执", Emergency_.REPORTED: "现场处置", Emergency_.HANDLING: "控制", Emergency_.CONTROLLED: "交书面报告",
    Emergency_.WRITTEN: "总结防范", Emergency_.PREVENTED: "请经理审核", Emergency_.REVIEWED: "请领导关闭",
}  # fmt: skip
MATTER_STEPS = {
    Matter_.RECEIVED: "交办", Matter_.ASSIGNED: "催签收", Matter_.SIGNED: "跟进办理", Matter_.DONE: "反馈",
    Matter_.RETURNED: "重新交办", Matter_.FED_BACK: "关闭",
}  # fmt: skip
ENQUIRY_STEPS = {
    Enquiry_.RECORDED: "答复客户", Enquiry_.WAITING: "按承诺回电", Enquiry_.SENT: "催专业人员接手",
    Enquiry_.ACCEPTED: "催专业答复", Enquiry_.ANSWERED: "关闭", Enquiry_.REPLIED: "关闭",
}  # fmt: skip


def stood(end: datetime, prefix: str = "") -> Q:
    """Written before `end` and not struck out before it."""
    kept = Q(**{f"{prefix}void_at__isnull": True}) | Q(**{f"{prefix}void_at__gte": end})
    return Q(**{f"{prefix}created_at__lt": end}) & kept


def following(rows: QuerySet[Call], end: datetime) -> QuerySet[Any]:
    """Calls with group_kind, group_category and case_no of what each led to and stood at `end`; else their own."""
    joins = {f"at_{name}": FilteredRelation(name, condition=stood(end, f"{name}__")) for name in NAMES}
    there = {name: Q(**{f"at_{name}__isnull": False}) for name in NAMES}
    sorted_kind = there["matters"] & Q(at_matters__kind__in=Kind.values)
    kinds = [When(there[name], then=value) for name, value in KIND_OF.items()]
    # A matter called 其他 says nothing of its kind: the call's own stands.
    kinds.append(When(sorted_kind, then=F("at_matters__kind")))
    # Coalesce keeps SQLite from walking the whole index on `kind` only because it is grouped by it.
    kind = Case(*kinds, default=Coalesce(F("kind"), Value("")))
    own = Case(When(kind=F("group_kind"), then=F("category_id")))
    own_or = Coalesce(*(F(f"at_{name}__category_id") for name in NAMES), own)
    number = Coalesce(*(F(f"at_{name}__no") for name in NAMES), Value(""))
    return rows.annotate(**joins).annotate(group_kind=kind, case_no=number).annotate(group_category=own_or)


@dataclass(frozen=True)
class Open:
    """A case that was open at the cut-off: its number, where it stood, what comes next, who had it."""

    no: str
    state: str
    step: str
    who: str


def status_at(key: str, end: datetime) -> Subquery:
    """The status just before `end`, as the ledger tells; None for what never moved."""
    told = Event.objects.filter(subject_kind=key, subject_id=OuterRef("pk"), at__lt=end).exclude(new="")
    return Subquery(told.order_by("-seq").values("new")[:1])


# Complaint, emergency, matter, enquiry: its states, what comes next, its word, who had it.
NOUNS: tuple[tuple[Any, Any, dict[Any, str], str, str], ...] = (
    (Complaint, Complaint_, STEPS, "投诉", "department__name"),
    (Emergency, Emergency_, EMERGENCY_STEPS, "突发", "commander"),
    (Matter, Matter_, MATTER_STEPS, "其他", "department__name"),
    (Enquiry, Enquiry_, ENQUIRY_STEPS, "查询", "specialist__name"),
)
BY_WORD = {word: (states, steps) for _, states, steps, word, _ in NOUNS}


def open_cases(end: datetime, only: QuerySet[Call] | None = None) -> dict[int, Open]:
    """Call (of `only`, or any) → the case of it that was open at `end`; one query, as many rows as were open."""
    first, *rest = (_open_rows(noun, end, only) for noun in NOUNS)
    found: dict[int, Open] = {}
    for call, no, was, name, word in first.union(*rest, all=True):
        states, steps = BY_WORD[word]
        state = states(was) if was in states.values else next(iter(states))
        found[call] = Open(no, f"{word}·{state.label}", steps.get(state, ""), name)
    return found


def _open_rows(
    noun: tuple[Any, Any, Any, str, str], end: datetime, only: QuerySet[Call] | None
) -> QuerySet[Any]:
    """The open cases of one noun: call, number, where it stood, who had it, its word."""
    model, states, _, word, who = noun
    # Three narrow ways in, by status and by the closing time, so that the archive is not read.
    narrow = Q(status__in=[one for one in states if one not in (states.CLOSED, states.VOID)])
    narrow |= Q(closed_at__gte=end, closed_at__lt=NEVER) | Q(status=states.VOID, closed_at__isnull=True)
    rows = model.objects.filter(narrow, stood(end), call__isnull=False).order_by()
    rows = rows if only is None else rows.filter(call__in=only.values("pk"))
    texts = {"i_was": status_at(model._meta.label_lower, end), "i_who": F(who)}
    cast = {name: Coalesce(Cast(text, TextField()), Value("", TextField())) for name, text in texts.items()}
    asked = rows.annotate(i_word=Value(word, TextField()), **cast)
    return asked.values_list("call_id", "no", "i_was", "i_who", "i_word")
