"""What the desk asks while the call is being written: who is calling, which unit, what kind of trouble. JSON, read only."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.models import Category, classify
from helpdesk.cases.views_faces import day_hour
from helpdesk.directory.models import (
    Resident,
    Unit,
    find_unit,
    normalize,
    recognise,
    search_units,
    split_unit,
)
from helpdesk.log.forms import TITLES
from helpdesk.log.line import parse_line
from helpdesk.log.models import Call
from helpdesk.repairs.choices import DONE
from helpdesk.repairs.hands import free_hand
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.people.roles import Can
from reception.core.web.access import require

SEASON = timedelta(days=90)


def asked(request: HttpRequest, name: str, most: int) -> str:
    """What the address asks for by `name`, at most `most` characters of it; PostgreSQL takes no nul in a text."""
    return request.GET.get(name, "").replace("\x00", "")[:most].strip()


@require_safe
@require(Can.LOG_CALL)
def lookup(request: HttpRequest) -> JsonResponse:
    """Who calls from ?number= : the people it belongs to, each with the household's last 90 days."""
    at = timezone.now()
    number = asked(request, "number", 32)
    people = recognise(number)[:8]
    return JsonResponse({"people": [person(one, at) for one in people] or earlier(number, at)})


def earlier(number: str, at: datetime) -> list[dict[str, Any]]:
    """A number that the register does not know, but the log does: who called from it last."""
    digits = normalize(number)
    last = (
        Call.objects.filter(number=digits).select_related("unit").order_by("-recorded_at").first()
        if digits
        else None
    )
    if last is None:
        return []
    return [
        {
            "id": "",
            "name": last.caller_name,
            "title": last.caller_title,
            "kind": "登记过",
            "company": last.company,
            "unit": last.place,
            "leader": False,
            "history": told(Call.objects.filter(number=digits), at),
            "url": f"{reverse('helpdesk:call_list')}?q={digits}",
        }
    ]


def person(one: Resident, at: datetime) -> dict[str, Any]:
    """What the form and the line below the number need to know of a resident."""
    unit = one.unit
    return {
        "id": one.pk,
        "name": one.name,
        "title": one.title,
        "kind": one.get_kind_display(),
        "company": one.company,
        "unit": unit.label if unit else "",
        "leader": one.is_leader,
        "history": history(one, at),
        "url": f"{reverse('helpdesk:call_list')}?q={unit.label if unit else one.name}",
    }


def history(one: Resident, at: datetime) -> str:
    """The household's calls, or the person's own."""
    same = Q(unit_id=one.unit_id) | Q(resident=one) if one.unit_id else Q(resident=one)
    return told(Call.objects.filter(same), at)


def told(calls: QuerySet[Call], at: datetime) -> str:
    """近90天2次，上次厨房下水慢，已关闭."""
    rows = list(calls.filter(recorded_at__gte=at - SEASON).order_by("-recorded_at")[:20])
    if not rows:
        return "近90天没有来电"
    last, words = rows[0], rows[0].content[:10].rstrip("，。,. ")
    return f"近90天{len(rows)}次，上次{words}，{last.get_status_display()}"


@require_safe
@require(Can.LOG_CALL)
def line(request: HttpRequest) -> JsonResponse:
    """The fields that one typed line ?q= means: 3-502 张 漏水 下午4点 急."""
    draft = parse_line(asked(request, "q", 200), timezone.now())
    place = draft.place
    short = "-".join(filter(None, [place.building, place.unit_no, place.room])) if place else ""
    unit = find_unit(short) if short else None
    title = draft.caller_title if draft.caller_title in dict(TITLES) else ""
    return JsonResponse(
        {
            "number": draft.number,
            # 张经理 has no 称呼 of ours: it stays a part of the name.
            "caller_name": draft.caller_name + ("" if title else draft.caller_title),
            "caller_title": title,
            "company": draft.company,
            "kind": draft.kind,
            "place": " ".join(filter(None, [unit.label if unit else short, draft.spot])),
            "content": draft.content,
            "appoint_at": f"{local(draft.appoint_at):%Y-%m-%dT%H:%M}" if draft.appoint_at else "",
            "urgency": "urgent" if draft.urgent else "",
            "important": draft.important,
        }
    )


@require_safe
@require(Can.LOG_CALL)
def units(request: HttpRequest) -> JsonResponse:
    """Units whose label or number fits ?q=, and the one it names exactly (3-1202 is 3栋1202)."""
    q = asked(request, "q", 40)
    exact = find_unit(q)
    rows: list[Unit] = list(search_units(q)[:12]) if q else []
    return JsonResponse(
        {
            "exact": exact.label if exact else "",
            "units": [{"label": row.label, "hint": hint(row)} for row in rows],
        }
    )


def hint(unit: Unit) -> str:
    """The short form and who lives there: 3-1202 周敏."""
    people = [one.name or one.company for one in unit.residents.all()[:2]]
    return " ".join([unit.short, *people])


@require_safe
@require(Can.LOG_CALL)
def suggest(request: HttpRequest) -> JsonResponse:
    """For ?text= and ?place= : the category by keywords, the least busy repairer of its trade, similar open orders."""
    text, place = asked(request, "text", 1000), asked(request, "place", 80)
    kind = asked(request, "kind", 10) or "repair"
    category = classify(text, kind) if text else None
    answer: dict[str, Any] = {"category": None, "trade": "", "repairer": None, "similar": [], "mended": []}
    if category:
        answer["category"] = {"id": category.pk, "label": str(category)}
        answer["trade"] = category.trade.removesuffix("组")
    if kind == "repair":
        hand = free_hand(category.trade if category else "")
        answer["repairer"] = hand.pk if hand else None
        at = timezone.now()
        answer["mended"] = [back(row, at) for row in mended(place, category, at)]
        answer["similar"] = [alike(row, category, at) for row in similar(place, category)]
    return JsonResponse(answer)


def similar(place: str, category: Category | None) -> list[Repair]:
    """Open orders at the same place; the same field first."""
    unit, _ = split_unit(place)
    return list(Repair.objects.similar_open(unit=unit, place=place, category=category)[:3])


def alike(row: Repair, category: Category | None, at: datetime) -> dict[str, Any]:
    """An open order as one warning: its number, its state, since when, and whether it is the same
    trouble (水, 电 …) that nobody has mended yet: then the caller is expected to join it."""
    times = 1 + row.repeats.count()
    return {
        "no": row.no,
        "title": row.content[:12],
        "url": row.get_absolute_url(),
        "meta": f"{row.get_status_display()}，{day_hour(row.created_at, at)}报修{f'，已来电 {times} 次' if times > 1 else ''}",
        "same": category is not None and category.root.pk == row.category.root.pk and row.status not in DONE,
        "next": times + 1,
    }


def mended(place: str, category: Category | None, at: datetime) -> list[Repair]:
    """Done at the same place, of the same field, in the last 30 days: perhaps it has come back (返修)."""
    unit, _ = split_unit(place)
    return list(Repair.objects.mended(unit=unit, place=place, category=category, at=at)[:2])


def back(row: Repair, at: datetime) -> dict[str, Any]:
    """A finished order as one proposal: its number, what it was, when it was done."""
    done = f"{day_hour(row.finished_at, at)}完工" if row.finished_at else ""
    return {"no": row.no, "title": row.content[:12], "url": row.get_absolute_url(), "meta": done}
