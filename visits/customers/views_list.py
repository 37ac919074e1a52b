"""The register of customers: by sound, filtered, two-character and pinyin search, the same queries for 1 and 50 rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from reception.core.clock.periods import local
from reception.core.people.models import User
from visits.customers.choices import CustomerKind
from visits.customers.models import Customer

SIZE = 50
OPEN = Q(promises__status="open")
OWED = (("open", "有待兑现的"), ("late", "有过期的"))
GLYPHS = {"buyer": ("采", ""), "partner": ("合", "v"), "public": ("政", "t"), "other": ("客", "q")}


@dataclass(frozen=True)
class Page:
    """rows: at most SIZE; next: the key of the following page, "" at the end."""

    rows: list[dict[str, Any]]
    next: str


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        options = (("kind", "客户类别", CustomerKind.choices), ("owed", "承诺", OWED))
        self.selects = [
            {"name": name, "label": label, "options": rows, "value": _one(query.get(name, ""), rows)}
            for name, label, rows in options
        ]
        self.kind, self.owed = (str(select["value"]) for select in self.selects)

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q or self.kind or self.owed)

    @property
    def address(self) -> str:
        """The filters as they stand in an address."""
        chosen = {"q": self.q, "kind": self.kind, "owed": self.owed}
        return urlencode({key: value for key, value in chosen.items() if value})

    def rows(self, user: User, today: date) -> QuerySet[Any]:
        """The customers asked for, within what `user` may see, by sound."""
        rows = Customer.objects.visible_to(user)
        if self.q:
            rows = rows.matching(self.q)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.owed:
            late = {"promises__due_on__lt": today} if self.owed == "late" else {}
            owing = Customer.objects.filter(OPEN, **late)
            rows = rows.filter(pk__in=owing.values("pk"))
        return rows.order_by("sound", "id")


def page_of(rows: QuerySet[Any], after: str | None) -> Page:
    """One page after the key (`sound`, id); a broken key is the first page."""
    key = _parse(after)
    if key:
        sound, pk = key
        rows = rows.filter(Q(sound__gt=sound) | Q(sound=sound, pk__gt=pk))
    found = list(rows.values("id", "name", "kind", "address", "sound")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    return Page(found, f"{found[-1]['sound']}~{found[-1]['id']}" if more else "")


def lines(page: Page, at: datetime) -> list[dict[str, Any]]:
    """The page's rows in words."""
    visits, owed = _facts(page.rows)
    today = local(at).date()
    return [_line(row, visits.get(row["id"]), owed.get(row["id"]), today) for row in page.rows]


def table(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Every row asked for, in figures, as the workbook wants them; a page at a time."""
    found = rows.values("id", "name", "kind", "address").iterator(chunk_size=500)
    while some := list(islice(found, 500)):
        visits, owed = _facts(some)
        for row in some:
            visit, owing = visits.get(row["id"]), owed.get(row["id"])
            yield {
                **row, "times": visit["n"] if visit else 0, "last": local(visit["last"]).date() if visit else None,
                "owed": owing["n"] if owing else 0, "first": owing["first"] if owing else None,
            }  # fmt: skip


def _facts(rows: list[dict[str, Any]]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Two queries for all of `rows`: how often and when they came, what is owed to them and until when."""
    some = Customer.objects.filter(pk__in=[row["id"] for row in rows]).order_by()
    came = some.filter(receptions__started_at__isnull=False).values("pk")
    visits = came.annotate(n=Count("receptions"), last=Max("receptions__arrive_at"))
    owing = some.filter(OPEN).values("pk").annotate(n=Count("promises"), first=Min("promises__due_on"))
    return {row["pk"]: row for row in visits}, {row["pk"]: row for row in owing}


def _line(
    row: dict[str, Any], visit: dict[str, Any] | None, owed: dict[str, Any] | None, today: date
) -> dict[str, Any]:
    glyph, tone = GLYPHS[row["kind"]]
    times = f"来过 {visit['n']} 次" if visit else ""
    late = bool(owed and owed["first"] < today)
    last = local(visit["last"]) if visit else None
    return {
        "url": f"/visits/customers/{row['id']}/", "name": row["name"], "glyph": glyph, "tone": tone,
        "meta": "·".join(filter(None, (CustomerKind(row["kind"]).label, row["address"], times))),
        "owed": ("承诺过期" if late else f"承诺 {owed['n']} 项") if owed else "", "owed_tone": "bad" if late else "warn",
        "last": _day(last, today) if last else "", "note": "上次来访" if last else "还没来过",
    }  # fmt: skip


def _day(last: datetime, today: date) -> str:
    """3月25日, with the year when it is another one."""
    short = f"{last.month}月{last.day}日"
    return short if last.year == today.year else f"{last.year}年{last.month}月"


def _parse(after: str | None) -> tuple[str, int] | None:
    sound, _, pk = (after or "").replace("\x00", "").rpartition("~")
    return (sound[:200], int(pk)) if pk.isdecimal() and pk.isascii() and len(pk) < 19 else None


def _one(value: str, rows: Any) -> str:
    """`value` when it is one of the options."""
    return value if any(value == str(key) for key, _ in rows) else ""
