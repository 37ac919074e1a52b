"""Who keeps the register, and what it must say (E5.2.1a)."""

from datetime import date

from helpdesk.directory.choices import ResidentKind
from helpdesk.directory.models import Unit
from helpdesk.directory.numbers import number_fault
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can


def check_keeper(user: User) -> None:
    """Raises Refused unless `user` keeps the register."""
    if not user.may(Can.KEEP_REGISTER):
        raise Refused("forbidden", "您的岗位不能改房号名册，请交给物业助理或客服部经理。")


def check_desk(user: User) -> None:
    """Whoever answers the telephone may correct a number. Raises Refused."""
    if not (user.may(Can.LOG_CALL) or user.may(Can.KEEP_REGISTER)):
        raise Refused("forbidden", "您的岗位不能改住户电话，请交给前台。")


def check_person(name: str, kind: str, unit: Unit | None, company: str) -> None:
    """Raises Refused for a person nobody could find again."""
    if not name:
        raise Refused("missing", "请写姓名。（E5.2.1a）", field="name")
    if kind not in ResidentKind.values:
        raise Refused("invalid", "请选择身份。", field="kind")
    if unit is None and not company:
        raise Refused("missing", "没有房号的人，请写公司名称。（E5.2.1a）", field="company")


def check_number(text: str, field: str = "number") -> None:
    """Raises Refused for what cannot be called."""
    if not text.strip():
        raise Refused("missing", "请写电话号码。", field=field)
    if fault := number_fault(text.strip()):
        raise Refused("invalid", fault, field=field)


def check_day(day: date | None, today: date, field: str, label: str) -> date:
    """A day that has come, of this century; today when none is said. Raises Refused."""
    if day is None:
        return today
    if not date(2000, 1, 1) <= day <= today:
        raise Refused("invalid", f"{label}要在 2000 年以后、今天以前，请核对。", field=field)
    return day
