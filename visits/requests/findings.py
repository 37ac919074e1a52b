"""What the system has checked for the one who submits or decides: a hint each, never a refusal."""

from dataclasses import dataclass
from datetime import datetime

from reception.core.clock import calendar_for
from reception.core.people.models import User
from visits.costs.estimate import money
from visits.profiles.models import profile_of
from visits.profiles.policies import breaches
from visits.requests.completeness import estimate_of, planned
from visits.requests.models import Reception
from visits.tiers.models import Tier
from visits.tiers.policies import host_refusal, satisfies_host

SHORT_NOTICE_DAYS = 3
FULL_ROSTER = ("vip", "guest")


@dataclass(frozen=True)
class Finding:
    """One check: whether it holds, its clause and a Chinese sentence."""

    ok: bool
    clause: str
    text: str


def findings(
    reception: Reception, at: datetime, *, tier: Tier | None = None, host: User | None = None
) -> list[Finding]:
    """The checks at `tier` and `host` (default: those of the reception): host (A4), notice (A3.1a),
    the 接待性质's rule profile (A1), cost (A7a), roster (records §1.1)."""
    tier, host = tier or reception.tier_now, host or reception.host
    return [
        *_host(tier, host),
        *_notice(reception, at),
        *_profile(reception),
        *_cost(reception, tier),
        *_roster(reception, tier),
    ]


def warnings(reception: Reception, at: datetime) -> list[str]:
    """The sentences of the checks that do not hold; shown before submitting."""
    return [found.text for found in findings(reception, at) if not found.ok]


def _host(tier: Tier | None, host: User | None) -> list[Finding]:
    if not tier or not host:
        return []
    if satisfies_host(tier, host):
        return [Finding(True, "A4", f"主陪{host}符合{tier.name}要求：{tier.host_rule}")]
    return [Finding(False, "A4", host_refusal(tier, host))]


def _notice(reception: Reception, at: datetime) -> list[Finding]:
    if reception.retroactive:
        return [
            Finding(False, "A3.1a", f"补办：{reception.retro_reason}（{reception.retro_agreed_by}口头同意）")
        ]
    if not reception.arrive_at:
        return []
    if reception.arrive_at < calendar_for("office").shift_days(at, SHORT_NOTICE_DAYS):
        text = f"离到达不足 {SHORT_NOTICE_DAYS} 个工作日，已过时限的任务会标为“时间紧，立即办”"
        return [Finding(False, "A3.1a", text)]
    return [Finding(True, "A3.1a", "提前申请，各部门有时间准备")]


def _profile(reception: Reception) -> list[Finding]:
    """What the 接待性质 forbids; when all holds, only a profile with rules of its own is worth a line."""
    profile = profile_of(reception.nature)
    broken = [Finding(False, "A1", refused.message) for refused in breaches(profile, planned(reception))]
    if broken or profile is None or not profile.special:
        return broken
    letter = f"公函 {reception.letter_no}；" if reception.letter_no else ""
    diners = f"陪餐 {reception.accompany} 人；" if reception.accompany is not None else ""
    return [Finding(True, "A1", f"符合{profile}的规定：{letter}{diners}{profile.text.split('：', 1)[1]}")]


def _cost(reception: Reception, tier: Tier | None) -> list[Finding]:
    estimate = estimate_of(reception, tier)
    why = f"：{reception.overspend_reason}" if reception.overspend_reason else "，还没有说明"
    found = [
        Finding(False, "A7a", f"{row.label} ¥{row.amount_text}，超{tier}标准 ¥{money(row.over)}{why}")
        for row in estimate.over_rows
    ]
    found += [Finding(False, "A7a", text) for text in estimate.left_out]
    return found or [Finding(True, "A7a", "费用在标准以内")]


def _roster(reception: Reception, tier: Tier | None) -> list[Finding]:
    if not tier or tier.code not in FULL_ROSTER or not reception.headcount:
        return []
    count = len(reception.guests.all())
    if count == reception.headcount:
        return [Finding(True, "A2", f"名单 {count} 人已填全")]
    return [
        Finding(
            False, "A2", f"名单填了 {count} 人，来访 {reception.headcount} 人；{tier.name}到达前一天要填全"
        )
    ]
