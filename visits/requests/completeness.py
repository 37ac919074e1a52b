"""What a form must hold before it is submitted: each gap one sentence, all of them at once."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from reception.core.clock.periods import local
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from visits.arrangements.choices import Kind
from visits.arrangements.problems import row_problems
from visits.arrangements.queries import Rows, rows_of
from visits.arrangements.words import when
from visits.costs.estimate import Estimate, estimate, money
from visits.profiles.models import RuleProfile, profile_of
from visits.profiles.policies import Planned, Table, breaches, owner_of, owner_says
from visits.requests.choices import Paper
from visits.requests.models import Reception
from visits.tiers.models import Tier, standards_by_day

REQUIRED = {
    "customer_name": "请填写来访单位。",
    "contact_name": "请填写对方联系人姓名。",
    "headcount": "请填写来访人数，至少 1 人。",
    "nature": "请选择接待性质。",
    "purpose": "请选择来访目的。",
    "subject": "请填写事由。",
    "arrive_at": "请填写到达时间。",
    "leave_at": "请填写离开时间。",
    "department": "请选择责任部门。",
    "proposed_tier": "请选择拟定级别。",
    "host": "请选择主陪领导。",
}
RETRO = {
    "retro_reason": "补办要写明原因。（A3.1a）",
    "retro_agreed_by": "补办要写明谁口头同意的。（A3.1a）",
    "retro_agreed_at": "补办要写明什么时候同意的。（A3.1a）",
}


def estimate_of(reception: Reception, tier: Tier | None = None) -> Estimate:
    """The estimate of the stored cost lines at `tier` (default: the tier in force), by the standards
    of the day of arrival."""
    day = reception.arrive_at or reception.created_at
    return priced(list(reception.lines.all()), tier or reception.tier_now, day, reception.headcount)


def priced(lines: list[Any], tier: Tier | None, day: datetime, headcount: int | None) -> Estimate:
    """`lines` by the standards of their own days; those without one by those of `day` (A7a)."""
    arrival = local(day).date()
    dated = standards_by_day(tier, {arrival, *(line.on for line in lines if line.on)}) if tier else {}
    return estimate(lines, dated.get(arrival, {}), tier, headcount, dated)


def planned(reception: Reception) -> Planned:
    """What the rule profile looks at in a stored form."""
    return Planned(
        guests=reception.headcount,
        tables=tables(rows_of(reception), reception.headcount, reception.accompany),
        needs=reception.needs,
        items={line.item for line in reception.lines.all()},
        letter=reception.letter_no,
        has_letter=lambda: has_letter(reception),
    )


def tables(rows: Rows, headcount: int | None, diners: int | None = None) -> list[Table]:
    """Each meal as the rule profile looks at it; the field names its row and its input. A form without rows
    (one written before there were any) is one meal with `diners` of ours."""
    if not rows[Kind.MEAL]:
        return [Table("", headcount, diners, "accompany")]
    return [
        Table(f"{row}（{when(row)}）", row.guests or headcount, row.diners, f"meals-{row.order}-diners")
        for row in rows[Kind.MEAL]
    ]


def has_letter(reception: Reception) -> bool:
    """Whether the letter itself was uploaded."""
    return Attachment.objects.of(reception).live().filter(role=Paper.LETTER).exists()


def problems(reception: Reception, at: datetime) -> list[Refused]:
    """Everything that keeps the form from being submitted at `at`, in the form's order; [] when ready."""
    profile = profile_of(reception.nature)
    return [
        *_missing(reception),
        *_times(reception, at),
        *_retroactive(reception, at),
        *_owner(reception, profile),
        *breaches(profile, planned(reception)),
        *row_problems(reception),
        *_overspend(reception),
    ]


def _missing(reception: Reception) -> Iterator[Refused]:
    """Starred fields that are empty."""
    for field, sentence in REQUIRED.items():
        value = getattr(
            reception, f"{field}_id" if field in ("department", "proposed_tier", "host") else field
        )
        if value in (None, "") or (isinstance(value, str) and not value.strip()):
            yield Refused("missing", sentence, field=field)


def _times(reception: Reception, at: datetime) -> Iterator[Refused]:
    """Arrival before departure; arrival ahead unless 补办 (A3.1a)."""
    arrive, leave = reception.arrive_at, reception.leave_at
    if arrive and leave and leave <= arrive:
        yield Refused("invalid", f"离开时间要晚于到达时间 {local(arrive):%Y-%m-%d %H:%M}。", field="leave_at")
    if arrive and arrive <= at and not reception.retroactive:
        yield Refused(
            "invalid",
            "到达时间已经过去。请提前申请；确实来不及的请勾选“补办”并写明原因。（A3.1a）",
            field="arrive_at",
        )


def _retroactive(reception: Reception, at: datetime) -> Iterator[Refused]:
    """A 补办 says why, and who agreed when (A3.1a)."""
    if not reception.retroactive:
        return
    for field, sentence in RETRO.items():
        if not getattr(reception, field):
            yield Refused("missing", sentence, field=field)
    if reception.retro_agreed_at and reception.retro_agreed_at > at:
        yield Refused("invalid", "口头同意的时间不能晚于现在。（A3.1a）", field="retro_agreed_at")


def _owner(reception: Reception, profile: RuleProfile | None) -> Iterator[Refused]:
    """A 接待性质 whose guests one department receives: 其他来宾 are the office's (A8.2)."""
    owner = owner_of(profile)
    if profile and owner and reception.department_id and reception.department_id != owner.pk:
        yield Refused(
            "invalid", f"{owner_says(profile, owner)}，请把责任部门改为{owner}。", field="department"
        )


def _overspend(reception: Reception) -> Iterator[Refused]:
    """An estimate above the proposed tier's standard says why (A7a)."""
    if not reception.proposed_tier_id or reception.overspend_reason.strip():
        return
    for row in estimate_of(reception, reception.proposed_tier).over_rows:
        yield Refused(
            "missing",
            f"{row.label}估算 {row.amount_text} 元，超过{reception.proposed_tier}标准 {money(row.over)} 元，"
            "请填写超标说明或调整费用。（A7a）",
            field="overspend_reason",
        )
