"""What a visitor's record must say (C4)."""

from datetime import datetime, timedelta

from helpdesk.visitors.flow import FLOW
from reception.core.flow import Refused
from reception.core.people.models import Department, User
from reception.core.procedures import Procedure

PROCEDURE = Procedure(FLOW)
MOST = 500
BACK = timedelta(days=366)  # a slip of the finger in the year is no arrival


def check_who(name: str, purpose: str, people: int) -> None:
    """Who comes, how many, what for. Raises Refused."""
    if not name.strip():
        raise Refused("missing", "请问清来访人贵姓。（C4）", field="name")
    if not purpose.strip():
        raise Refused("missing", "请写来访事由。（C4）", field="purpose")
    if not 1 <= people <= MOST:
        raise Refused("invalid", f"人数要在 1 到 {MOST} 之间。", field="people")


def check_host(host: User | None, department: Department | None) -> None:
    """Whom they come to see. Raises Refused."""
    if host is None and department is None:
        raise Refused("missing", "请问清找哪一位，或找哪个部门。（C4）", field="host")
    if host is not None and not host.is_active:
        raise Refused("invalid", f"{host}已经不在这里工作，请问清找哪一位。", field="host")


def check_came(came_at: datetime, reason: str, at: datetime) -> None:
    """D4.3.2: nobody comes in the future; who is written down afterwards needs a reason. Raises Refused."""
    if came_at > at:
        raise Refused("invalid", "到达时间不能在现在之后，请重填。（D4.3.2）", field="came_at")
    if at - came_at > BACK:
        raise Refused("invalid", "来访最多补记一年以内的，请看年份是否填错。（D4.3.2）", field="came_at")
    if came_at < at and not reason:
        raise Refused(
            "missing", "补记以前的来访，要写明为什么当时没有登记。（D4.3.2）", field="backdate_reason"
        )


def masked_paper(paper: str) -> str:
    """The identity paper as it is kept: all but the last four characters hidden; nothing for nothing."""
    plain = "".join(paper.split())[:32]
    return "*" * max(0, len(plain) - 4) + plain[-4:] if len(plain) > 4 else "*" * len(plain)
