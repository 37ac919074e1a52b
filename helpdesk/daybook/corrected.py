"""What of a signed day may be set right: the words that people wrote, struck out beside the new ones (D4.3.3).

Before 交班 the page itself is open. The figures are the records' own and the signatures the signers': neither is corrected.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from helpdesk.cases.forms import text
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register, shown
from helpdesk.daybook.choices import Reason
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.policies import check_reason
from reception.core.flow import Refused
from reception.core.ledger import touch
from reception.core.people.models import User

_NO = re.compile(r"20\d\d-\d\d-\d\d")
_LINE = re.compile(r"(reason|words|expected_on)_([A-Z]{2}-\d{4}-\d+)")
EFFECT = "签字不变，打印和导出都划线保留原来的写法。"


def line_of(day: Day, no: str) -> Carried | None:
    """The line of `day` about the record `no`; from what was prefetched, where it was."""
    return next((row for row in day.carried.all() if row.no == no and not row.over), None)


class LineField(Field):
    """One column of one carried line, named after both: reason_WX-2026-0012."""

    def split(self) -> tuple[str, str]:
        """(column, number)."""
        found = _LINE.fullmatch(self.name)
        assert found
        return found[1], found[2]

    def value(self, record: Any) -> Any:
        """What the line says now."""
        column, no = self.split()
        return getattr(line_of(record, no), column, None)

    def refresh(self, record: Any) -> None:
        """The day and its lines as stored."""
        record.refresh_from_db(fields=["revision", "status"])
        record.__dict__.pop("_prefetched_objects_cache", None)

    def ready(self, record: Any) -> bool:
        """Only a line that was carried over."""
        return bool(record.handed_at) and line_of(record, self.split()[1]) is not None


def ask_reason() -> forms.Field:
    """One of the reasons."""
    return forms.ChoiceField(
        label="未完成原因更正为",
        choices=Reason.choices,
        error_messages={"invalid_choice": "请选未完成原因。"},
    )


def ask_day() -> forms.Field:
    """A day, or none."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    messages = {"invalid": "预计完成要写成年月日。"}
    return forms.DateField(label="预计完成更正为", required=False, widget=widget, error_messages=messages)


def said_reason(value: Any) -> str:
    """The reason's name."""
    return str(Reason(value).label) if value else ""


def settled(column: str, no: str) -> Any:
    """The columns of a line with one of them set right, if they still fit together; raises Refused."""

    def settle(day: Day, value: Any, reason: str) -> dict[str, Any]:
        row = line_of(day, no)
        assert row
        new = {name: getattr(row, name) for name in ("reason", "words", "expected_on")} | {column: value}
        due: date | None = new["expected_on"]
        try:
            check_reason(row, new["reason"], new["words"], due if column == "expected_on" else None, day.on)
        except Refused as refused:
            raise Refused(refused.code, refused.message, field="value") from None
        return {f"{column}_{no}": value}

    return settle


def kept(column: str, no: str) -> Any:
    """Writes one column of a line; the day's revision tells that something changed."""

    def keep(day: Day, columns: dict[str, Any]) -> None:
        touch(day)
        Carried.objects.filter(day=day, no=no).update(**{column: columns[f"{column}_{no}"]})

    return keep


COLUMNS = {
    "reason": ("未完成原因", ask_reason, said_reason),
    "words": ("措施", lambda: text("措施更正为", limit=200, required=False), shown),
    "expected_on": ("预计完成", ask_day, shown),
}


def line_field(name: str) -> LineField | None:
    """The field reason_WX-2026-0012; None for another name."""
    found = _LINE.fullmatch(name)
    if not found:
        return None
    column, no = found[1], found[2]
    label, ask, show = COLUMNS[column]
    return LineField(
        name, f"{no} {label}", ask, show, settle=settled(column, no), keep=kept(column, no), effect=EFFECT
    )


class DayKind(Kind):
    """A day: its own words, and three columns of each line it carried over."""

    def owns(self, no: str) -> bool:
        """Its number is its date."""
        return bool(_NO.fullmatch(no))

    def field(self, name: str) -> Field | None:
        """Of the day, else of a line."""
        return super().field(name) or line_field(name)

    def open_fields(self, record: Any) -> list[Field]:
        """The day's own, then line by line."""
        rows = [row.no for row in record.carried.all() if not row.over] if record.handed_at else []
        lines = [line_field(f"{column}_{no}") for no in rows for column in COLUMNS]
        return [*super().open_fields(record), *(one for one in lines if one)]


def check_locked(day: Day, user: User) -> None:
    """Before 交班 nothing is locked: it is simply written. Raises Refused."""
    if not day.handed_at:
        raise Refused("state", f"{day}还没有交班签字，直接在页面上改就行，不用更正。")


register(
    DayKind(
        prefix="HZ",
        model=Day,
        fields=(
            replace(asking.maybe("summary", "突发与重要情况", 500, since="handed_at"), effect=EFFECT),
            replace(asking.maybe("tomorrow", "明日待办", 500, since="handed_at"), effect=EFFECT),
        ),
        seen_by=lambda user: Day.objects.visible_to(user),
        recorder=lambda day: day.handed_by_id or day.created_by_id,
        check=check_locked,
    )
)
