"""What must hold before a day is signed (D4.1, E5.3.7, records §2.3)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from helpdesk.daybook.choices import Reason
from helpdesk.daybook.flow import FLOW, TURN
from helpdesk.daybook.gathering import Left
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.shifts import Turn
from reception.core.clock.periods import local, midnight
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure

BACK = timedelta(days=31)  # how long afterwards a forgotten day may still be written


def check_another(day: Day | Turn, user: User | None, at: datetime) -> None:
    """交接班双签: whoever takes over is not who handed over."""
    if user is not None and day.handed_by_id == user.pk:
        raise Refused("forbidden", "交班和接班要由两个人签字，请接班的同事来签。")


def check_not_mine(day: Day, user: User | None, at: datetime) -> None:
    """Nobody reviews what they signed."""
    if user is not None and user.pk in (day.handed_by_id, day.taken_by_id):
        raise Refused("forbidden", f"{day}由您本人签过交接班，请由别的经理或主任审阅。")


def check_begun(turn: Turn, user: User | None, at: datetime) -> None:
    """Nobody signs off before the shift began."""
    begins = midnight(turn.day.on) + timedelta(hours=turn.begins.hour, minutes=turn.begins.minute)
    if at < begins:
        raise Refused("state", f"{turn.name}{turn.begins:%H:%M}才开始，现在还不能交班。")


def check_taken_over(earlier: Iterable[Turn]) -> None:
    """Every earlier shift of the day was handed over and taken over. Raises Refused."""
    for turn in earlier:
        if turn.status != TURN.moves["take"].target:
            what = "交班人" if turn.status == TURN.start else "接班人"
            raise Refused(
                "missing", f"{turn.name}（{turn.hours}）还没有{what}签字，请先签齐前面的班次。（E5.3.7）"
            )


def check_same_day(turn: Turn, user: User | None, at: datetime) -> None:
    """While the day is open, and never the last shift, which the day itself closes."""
    check_open(turn.day)


TURNS = Procedure(
    TURN, rules={"hand": (check_same_day, check_begun), "take": (check_same_day, check_another)}
)

PROCEDURE = Procedure(
    FLOW,
    rules={"take": (check_another,), "review": (check_not_mine,)},
    audiences={
        "managers": lambda day: User.objects.in_role("manager"),
        "writers": lambda day: [day.handed_by, day.taken_by],
    },
)


def check_day(on: date, at: datetime) -> None:
    """A day that has begun, and is not long over. Raises Refused."""
    today = local(at).date()
    if on > today:
        raise Refused("invalid", "这一天还没有到，不能写汇总。")
    if on < today - BACK:
        raise Refused("invalid", f"{on:%Y年%m月%d日}已经过去一个多月，不能再补写汇总，请在报告里说明。")


def check_open(day: Day) -> None:
    """Before 交班 only. Raises Refused."""
    if day.status != FLOW.start:
        raise Refused("state", f"{day}{day.get_status_display()}，已经锁定；要改请经理退回补写。（D4.3.3）")


def check_reason(one: Left | Carried, reason: str, words: str, expected_on: date | None, on: date) -> Reason:
    """A reason that fits. Raises Refused with the field of its row."""
    if reason not in Reason.values:
        raise Refused("missing", f"{one.no}：请选未完成的原因。（D4.1）", field=f"reason_{one.no}")
    if reason == Reason.OTHER and not words.strip():
        raise Refused("missing", f"{one.no}：选了“其他”，请写明原因。", field=f"words_{one.no}")
    if reason == Reason.IN_TIME and (one.late or one.slip):
        what = "底联还没有返回" if one.slip else "已经超时"
        raise Refused(
            "invalid", f"{one.no}{what}，不能记“时限内在办”，请查明原因。", field=f"reason_{one.no}"
        )
    if expected_on and expected_on < on:
        raise Refused("invalid", f"{one.no}：预计完成的日期不能早于当天。", field=f"expected_{one.no}")
    return Reason(reason)


def check_all_explained(left: Iterable[Left], known: Iterable[str]) -> None:
    """The day cannot be handed over while a reason is missing. Raises Refused."""
    missing = [one.no for one in left if one.no not in set(known)]
    if missing:
        few = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        raise Refused(
            "missing", f"还有 {len(missing)} 件没有写未完成原因：{few}。写齐才能交班。（D4.1、E5.3.7）"
        )
