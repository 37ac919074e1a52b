"""The written part of an emergency: what is filled in, the report, its review, the leader's word (D4.4.4)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.choices import Kind
from helpdesk.cases.following import ended
from helpdesk.cases.models import Category
from helpdesk.corrections.actions import overwritten
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.opening import add_duties
from helpdesk.emergencies.policies import PROCEDURE, check_grade, check_happened, check_words
from reception.core.clock import stop_all
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.people.models import User
from reception.core.templatetags.core import masked


def check_category(category: Category | None) -> Category:
    """A category of emergencies. Raises Refused."""
    if category is None or category.kind != Kind.EMERGENCY:
        raise Refused("missing", "请选突发的类别。（D4.3.1）", field="category")
    return category


def veiled(name: str, value: Any) -> str:
    """A value in words for the ledger, whose readers may not read the desk: a telephone masked."""
    return masked(str(value)) if name == "phone" else str(value)


@action
def amend(
    emergency: Emergency,
    *,
    by: User,
    at: datetime,
    category: Category | None = None,
    grade: str = "",
    happened_at: datetime | None = None,
    expect: int | None = None,
    **texts: str,
) -> Emergency:
    """补充情况: what was not known at first; an empty field leaves what stands there. What was known
    otherwise stays struck out beside the new (D4.3.3).

    texts: place, reporter, phone, content, casualties, losses. Raises Refused.
    """
    given: dict[str, Any] = {name: value.strip() for name, value in texts.items() if value.strip()}
    if category is not None:
        given["category"] = check_category(category)
    if grade:
        given["grade"] = check_grade(grade)
    if happened_at is not None:
        given["happened_at"] = check_happened(happened_at, at)
    fields = {name: value for name, value in given.items() if getattr(emergency, name) != value}
    if not fields:
        raise Refused("missing", "没有新的内容，请先改要补充的一栏。")
    detail = {
        name: {"old": veiled(name, getattr(emergency, name) or ""), "new": veiled(name, value)}
        for name, value in fields.items()
    }
    before = {name: getattr(emergency, name) for name in fields}
    PROCEDURE.run(emergency, "amend", by=by, at=at, detail=detail, expect=expect, **fields)
    overwritten(emergency, before, by=by, at=at, reason="补充情况")
    if "category" in fields:
        add_duties(emergency)
    return emergency


@action
def write(
    emergency: Emergency,
    *,
    by: User,
    at: datetime,
    category: Category | None,
    grade: str,
    story: str,
    result: str,
    casualties: str = "",
    losses: str = "",
    expect: int | None = None,
) -> Emergency:
    """交书面报告, signed by its writer. Raises Refused."""
    fields: dict[str, Any] = {
        "category": check_category(category),
        "grade": check_grade(grade),
        "story": check_words(story, "story", "请写经过。"),
        "result": check_words(result, "result", "请写处理结果。"),
        "casualties": casualties.strip()[:200] or "无",
        "losses": losses.strip()[:200] or "无",
        "written_at": at,
        "written_by": by,
    }
    PROCEDURE.run(emergency, "write", by=by, at=at, reason=fields["result"], expect=expect, **fields)
    return emergency


@action
def prevent(
    emergency: Emergency, *, by: User, at: datetime, prevention: str, expect: int | None = None
) -> Emergency:
    """总结防范: how it will not happen again. Raises Refused."""
    prevention = check_words(prevention, "prevention", "请写防范措施。")
    fields: dict[str, Any] = {"prevention": prevention, "prevented_at": at, "prevented_by": by}
    PROCEDURE.run(emergency, "prevent", by=by, at=at, reason=prevention, expect=expect, **fields)
    return emergency


@action
def review(
    emergency: Emergency, *, by: User, at: datetime, opinion: str, expect: int | None = None
) -> Emergency:
    """经理审核, never of one's own report. Raises Refused."""
    opinion = check_words(opinion, "opinion", "请写审核意见。", 500)
    fields: dict[str, Any] = {"opinion": opinion, "reviewed_at": at, "reviewed_by": by}
    PROCEDURE.run(emergency, "review", by=by, at=at, reason=opinion, expect=expect, **fields)
    return emergency


@action
def close(
    emergency: Emergency, *, by: User, at: datetime, close_word: str, expect: int | None = None
) -> Emergency:
    """关闭, by a leader. Raises Refused."""
    close_word = check_words(close_word, "close_word", "请写领导意见，再关闭。", 500)
    fields: dict[str, Any] = {"close_word": close_word, "closed_at": at, "closed_by": by}
    PROCEDURE.run(emergency, "close", by=by, at=at, reason=close_word, expect=expect, **fields)
    stop_all(emergency, at=at)
    ended(emergency, by=by, at=at, words=emergency.result)
    return emergency


def _back(
    emergency: Emergency, move: str, by: User, at: datetime, reason: str, expect: int | None
) -> Emergency:
    """The report goes back to be written again; its words stay, its signatures do not."""
    emergency.writer = emergency.written_by  # type: ignore[attr-defined]  # who is told, once the row forgets
    pairs = ("written", "prevented", "reviewed")
    fields: dict[str, Any] = {f"{name}_{half}": None for name in pairs for half in ("at", "by")}
    PROCEDURE.run(emergency, move, by=by, at=at, reason=reason, expect=expect, **fields)
    return emergency


@action
def send_back(
    emergency: Emergency, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Emergency:
    """退回重写, by the reviewer. Raises Refused."""
    return _back(emergency, "send_back", by, at, reason, expect)


@action
def refuse(
    emergency: Emergency, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Emergency:
    """领导退回: the report is written and reviewed again. Raises Refused."""
    return _back(emergency, "refuse", by, at, reason, expect)
