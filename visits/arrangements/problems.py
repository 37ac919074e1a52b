"""What keeps a form with these rows from being submitted: each gap one sentence that names its row."""

from collections.abc import Iterator
from typing import Any

from reception.core.flow import Refused
from visits.arrangements.choices import Kind
from visits.arrangements.fit import misfits
from visits.arrangements.queries import all_rows, rows_of

# What a submitted row must say: field → what is missing.
ASKED: dict[Kind, dict[str, str]] = {
    Kind.MEAL: {"held_on": "请填写用餐日期"},
    Kind.LODGING: {"rooms": "请填写间数", "check_in": "请填写入住日期", "check_out": "请填写离店日期"},
    Kind.CAR: {"starts": "请填写用车时间", "place": "请填写用车地点"},
    Kind.MEETING: {"starts": "请填写会议开始时间"},
    Kind.TOUR: {"starts": "请填写参观时间"},
    Kind.TICKET: {},
}


def row_problems(reception: Any) -> Iterator[Refused]:
    """Rows that are not finished, then rows outside the visit. The field is `kind-order-name`."""
    for row in all_rows(reception):
        for name, sentence in ASKED[row.KIND].items():
            if getattr(row, name) in (None, ""):
                yield Refused(
                    "missing",
                    f"{row}：{sentence}，不需要的请删掉这一行。",
                    field=place(row.KIND, row.order, name),
                )
    for one in misfits(reception, reception.arrive_at, reception.leave_at, rows_of(reception)):
        yield Refused(
            "invalid", f"{one.label}（{one.when}）{one.why}，请改这一行的时间，或者改来访时间。", field=place(one.kind, one.order, one.field)
        )  # fmt: skip


def place(kind: str, order: int, name: str) -> str:
    """How a refusal names the input of a row: meals-2-held_on."""
    return f"{kind}-{order}-{name}"
