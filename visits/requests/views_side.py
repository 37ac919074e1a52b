"""The panel beside the form and on the detail page: cost against the standard, host rule, who decides."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from reception.core.people.models import Department, User
from visits.arrangements.fit import Misfit, misfits
from visits.arrangements.writing import budget, build
from visits.costs.estimate import Estimate, Row
from visits.hosts.asking import Hosting, hosting
from visits.hosts.free import Clash, clashes_of
from visits.hosts.naming import recognise
from visits.models import Reception, Tier
from visits.profiles.models import RuleProfile, profile_of
from visits.profiles.policies import Planned, breaches, owner_of, owner_says
from visits.requests.completeness import planned, priced, tables
from visits.requests.people import leaders_for
from visits.requests.views_words import plain, yuan
from visits.tiers.policies import host_refusal, satisfies_host

FOOT = "活动与礼品由领导定，不在估算里。"


def side_of(reception: Reception, at: datetime, tier: Tier | None = None) -> dict[str, Any]:
    """The panel of a stored request, at `tier` or the tier in force."""
    arrive_at, tier = reception.arrive_at or at, tier or reception.tier_now
    lines = list(reception.lines.all())
    return side(tier, reception.host, lines, headcount=reception.headcount, arrive_at=arrive_at)


def side_of_form(form: Any, reception: Reception | None, user: User, at: datetime) -> dict[str, Any]:
    """The panel of what is typed right now, with who decides; a form just opened shows what is stored."""
    applicant = reception.applicant if reception else user
    if form.is_bound:
        form.is_valid()
        got = form.cleaned_data
        rows = build(None, form.rows())
        lines = [SimpleNamespace(**one) for one in (*budget(rows, got.get("headcount")), *form.lines())]
        tier, arrive_at = got.get("proposed_tier"), got.get("arrive_at") or at
        made = side(tier, got.get("host"), lines, headcount=got.get("headcount"), arrive_at=arrive_at)
        department = got.get("department") or user.department
    elif reception:
        made, department = side_of(reception, at), reception.department
    else:
        made, department = side(None, None, [], headcount=None, arrive_at=at), user.department
    made |= {"misfits": _misfits(form, reception)}
    written = form["companions"].value() or ""
    along = recognise(written[:200].replace("\x00", ""))
    made |= {
        "hosting": _hosting(form, reception, made["tier"]),
        "named": along,
        "busy": _busy(form, reception, along.users),
    }
    return made | {"steps": _steps(made["tier"], department, applicant), "rule": _rule(form, reception)}


def _busy(form: Any, reception: Reception | None, people: list[User]) -> list[tuple[User, list[Clash]]]:
    """The companions who have something else at the times typed so far; the host is asked about by itself."""
    got = form.cleaned_data if form.is_bound else {}
    start, end = (
        got.get(name) if form.is_bound else getattr(reception, name, None)
        for name in ("arrive_at", "leave_at")
    )
    found = clashes_of([person.pk for person in people], start, end, exclude=reception)
    return [(person, found[person.pk]) for person in people if found[person.pk]]


def _hosting(form: Any, reception: Reception | None, tier: Tier | None) -> Hosting:
    """Who could host at the times typed so far, and whether the chosen one is free (A4)."""
    got = form.cleaned_data if form.is_bound else {}
    host, arrive_at, leave_at = (
        got.get(name) if form.is_bound else getattr(reception, name, None)
        for name in ("host", "arrive_at", "leave_at")
    )
    customer = reception.customer_id if reception else None
    return hosting(tier, host, arrive_at, leave_at, exclude=reception, customer=customer)


def _rule(form: Any, reception: Reception | None) -> dict[str, Any]:
    """Which rule the chosen 接待性质 brings and why, and what of it is broken as typed so far; a field
    that is still empty is asked for at the end, not while typing."""
    if form.is_bound:
        got = form.cleaned_data
        seen = Planned(
            got.get("headcount"), tables(build(None, form.rows()), got.get("headcount")), got.get("needs") or (),
            {line["item"] for line in form.lines()}, got.get("letter_no") or "",
        )  # fmt: skip
    else:
        seen = planned(reception) if reception else Planned(None, (), (), (), "")
    nature = form.cleaned_data.get("nature") if form.is_bound else form["nature"].value()
    profile = profile_of(nature or "")
    broken = [no.message for no in breaches(profile, seen) if no.code != "missing"]
    owner = owner_of(profile)
    return {
        "text": profile.text if profile else "",
        "letter": bool(profile and profile.letter_required),
        "dry": bool(profile and not profile.tobacco_wine_allowed),
        "stay": bool(profile and not profile.pick_up_allowed),
        "owner": owner,
        "owner_text": owner_says(profile, owner) if profile and owner else "",
        "why": _why(profile) if profile else "",
        "broken": broken,
    }


def _why(profile: RuleProfile) -> str:
    """What the rule takes off the form, and what it rests on."""
    off = [] if profile.pick_up_allowed else ["接站送站"]
    off += [] if profile.tobacco_wine_allowed else ["烟、酒"]
    source = f"（依据：{profile.source}）" if profile.source else ""
    return f"{profile}不安排{'，不提供'.join(off)}，这里不再列出。{source}" if off else ""


def _misfits(form: Any, reception: Reception | None) -> list[Misfit]:
    """Rows outside the visit, as typed so far or as stored."""
    if form.is_bound:
        got = form.cleaned_data
        return misfits(None, got.get("arrive_at"), got.get("leave_at"), build(None, form.rows()))
    return misfits(reception, reception.arrive_at, reception.leave_at) if reception else []


def side(
    tier: Tier | None, host: User | None, lines: list[Any], *, headcount: int | None, arrive_at: datetime
) -> dict[str, Any]:
    """All that the panel shows. Amounts in 元 by the standards of the day of arrival (A7a)."""
    made = priced(lines, tier, arrive_at, headcount)
    over = made.over_rows
    return {
        "tier": tier,
        "rows": _rows(made),
        "total": made.total,
        "total_text": yuan(made.total) if _counted(made) else "未设置" if made.rows else "—",
        "total_plain": plain(made.total) if _counted(made) else "未设置",
        "over": bool(over),
        "over_text": "；".join(f"{row.label}超标准 {yuan(row.over)}" for row in over)
        + "。请写明超标说明，或调整费用。",
        "marks": f"红线为{tier}标准。" if tier and any(row.standard for row in made.rows) else "",
        "foot": _foot(made, tier),
        "host_ok": bool(tier and host and satisfies_host(tier, host)),
        "host_text": _host(tier, host),
    }


def _counted(made: Estimate) -> bool:
    """Whether any amount is known."""
    return any(row.amount is not None for row in made.rows)


def _rows(made: Estimate) -> list[dict[str, Any]]:
    """The rows with their bars: 100 is a fifth above the largest amount or standard."""
    known = [value for row in made.rows for value in (row.amount, row.standard) if value]
    full = max(known, default=Decimal(1)) * Decimal("1.2")
    return [
        {
            "label": row.label,
            "amount_text": yuan(row.amount),
            "plain_text": plain(row.amount),
            "standard_text": plain(row.standard) if row.standard is not None else "",
            "amount": row.amount or Decimal(0),
            "unset": row.amount is None,
            "over": bool(row.over),
            "width": round((row.amount or 0) / full * 100, 1),
            "mark": round(row.standard / full * 100, 1) if row.standard else None,
            "css": "c3" if row.over else "c1",
            "note": _note(row),
        }
        for row in made.rows
    ]


def _note(row: Row) -> str:
    """标准 ¥3,000，超 ¥340."""
    if not row.limited:
        return "" if row.amount is not None else "没有单价"
    if row.standard is None:
        return "标准未设置"
    return f"标准 {yuan(row.standard)}" + (f"，超 {yuan(row.over)}" if row.over else "")


def _foot(made: Estimate, tier: Tier | None) -> str:
    """What the sum leaves out."""
    asked = "" if tier or not made.rows else "选了拟定级别才能对照标准。"
    return asked + "".join(f"{text}。" for text in made.left_out) + FOOT


def _host(tier: Tier | None, host: User | None) -> str:
    """Whether the host fits the tier (A4), as a sentence; "" while one of them is not chosen."""
    if not tier or not host:
        return ""
    return f"符合：{tier.host_rule}" if satisfies_host(tier, host) else host_refusal(tier, host)


def _steps(tier: Tier | None, department: Department | None, applicant: User) -> list[dict[str, Any]]:
    """Who handles the request after it is submitted."""
    steps: list[dict[str, Any]] = [{"who": str(applicant), "what": "提交", "done": True}]
    head = department.head if department and department.reviews else None
    if head and head.pk != applicant.pk:
        steps.append({"who": f"{head}·{department}负责人", "what": "审核"})
    if tier:
        names = leaders_for(SimpleNamespace(proposed_tier=tier, applicant_id=applicant.pk))
        who = _or([str(person) for person in reversed(names)]) or "没有够级别的领导，请联系管理员"
        steps.append({"who": who, "what": "定等级"})
    else:
        steps.append({"who": "公司领导", "what": "定等级"})
    return steps


def _or(names: list[str]) -> str:
    """秦岚、何志远或沈国栋."""
    return "或".join(filter(None, ("、".join(names[:-1]), *names[-1:])))
