"""What may be kept of a call that was begun, and how it may end (E5.2.1d)."""

import re
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can

KEY = re.compile(r"[0-9a-f]{32}")
NAME = re.compile(r"[a-z_]{1,32}")
FIELDS, LONGEST, MOST = 60, 1000, 50
FAR = 2**31 - 1


def check_desk(by: User) -> None:
    """Whoever records calls. Raises Refused(forbidden)."""
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记来电，请联系前台。")


def check_key(key: str) -> None:
    """Thirty-two hexadecimal digits. Raises Refused(invalid)."""
    if not KEY.fullmatch(key):
        raise Refused("invalid", "这份草稿没有编号，请刷新工作台再写。")


def check_few(count: int) -> None:
    """Calls left lying are finished first. Raises Refused(state)."""
    if count >= MOST:
        raise Refused("state", f"没有登记完的来电已有 {MOST} 件，请先登记或写明原因。（E5.2.1d）")


def check_reason(reason: str) -> None:
    """E5.2.1d: a call without a record says why. Raises Refused(missing)."""
    if not reason.strip():
        raise Refused(
            "missing", "不登记要写明原因，例如：打错、骚扰、没说话就挂断。（E5.2.1d）", field="reason"
        )


def tidy(values: Any) -> dict[str, str | bool]:
    """The fields of a form as they may be stored: known shapes only, nothing longer than the form takes.

    Raises Refused(invalid) for anything that no form of ours sends.
    """
    if not isinstance(values, dict) or len(values) > FIELDS:
        raise Refused("invalid", "草稿的内容读不懂，请刷新工作台再写。")
    kept: dict[str, str | bool] = {}
    for name, value in values.items():
        if not NAME.fullmatch(str(name)) or not isinstance(value, str | bool):
            raise Refused("invalid", "草稿的内容读不懂，请刷新工作台再写。")
        # PostgreSQL keeps neither a nul nor half a surrogate pair in JSON.
        kept[name] = value if isinstance(value, bool) else plain(value.replace("\x00", ""))[:LONGEST]
    return kept


def plain(text: str) -> str:
    """Without halves of surrogate pairs."""
    return text.encode("utf-8", "ignore").decode()


def place_of(value: Any) -> int | None:
    """A position in a text, None when it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= FAR else None
