"""Who writes the welcome, who proofreads it, and where it stands (A5.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.itinerary.policies import keeps
from visits.welcome.models import Welcome, WelcomeText
from visits.welcome.words import digest, problem

LIVE = ("preparing", "receiving")
AHEAD = timedelta(hours=1)
MAKERS = "general"  # 综合部 looks after the screen


def writes(reception: Any, user: User) -> bool:
    """Whoever keeps the itinerary, and the department that looks after the screen."""
    ours = user.department is not None and user.department.code == MAKERS and user.may(Can.DO_TASK)
    return ours or keeps(reception, user) or reception.host_id == user.pk


def keeps_screens(user: User) -> bool:
    """Who makes and revokes the screens' addresses: 综合部, the office, the reception manager, the administrator."""
    if user.may(Can.CONFIGURE) or (user.may(Can.VIEW_RECEPTIONS) and user.may(Can.RUN_RECEPTION)):
        return True
    return user.department is not None and user.department.code == MAKERS and user.may(Can.DO_TASK)


def check_reception(reception: Any, user: User) -> None:
    """Raises Refused (forbidden, state)."""
    if not writes(reception, user):
        raise Refused(
            "forbidden", f"欢迎词由综合部或责任部门{reception.department}拟稿、校对，请联系他们。（A5.6）"
        )
    if reception.secret:
        raise Refused("state", "涉密接待不上大屏，不用欢迎词。")
    if reception.status not in LIVE:
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，欢迎词不能再改。")


def check_text(text: str) -> None:
    """Raises Refused("invalid")."""
    wrong = problem(text)
    if wrong:
        raise Refused("invalid", wrong, field="text")


def check_proof(text: WelcomeText, user: User) -> None:
    """A second person, once. Raises Refused (forbidden, state)."""
    if text.written_by_id == user.pk:
        raise Refused("forbidden", "欢迎词要由第二个人校对，不能校对自己写的，请同事来校对。（A5.6）")


@dataclass(frozen=True)
class State:
    """Where a welcome stands. code: none, draft, changed, ready, on, off, over; text: the sentence for people."""

    code: str
    text: str
    tone: str = ""


def state_of(reception: Any, welcome: Welcome | None, text: WelcomeText | None, guests: Sequence[Any], at: datetime) -> State:  # fmt: skip
    """The state at `at`."""
    if reception.secret:
        return State("none", "涉密接待不上大屏")
    if welcome is None or text is None:
        return State("none", "还没有拟稿", "warn")
    if text.proofread_at is None:
        return State("draft", "等第二个人校对", "warn")
    if text.roster != digest(reception, guests):
        return State("changed", "名单在校对后改过，要重新校对", "bad")
    if welcome.off_at:
        return State("off", "已从大屏撤下")
    if reception.status not in LIVE or at >= reception.leave_at:
        return State("over", "接待已结束，不再显示")
    if at < reception.arrive_at - AHEAD:
        return State("ready", "已校对，到达前 1 小时自动上屏", "ok")
    return State("on", "正在大屏显示", "ok")
