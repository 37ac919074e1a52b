"""From the slip to the customer's word, and the ways aside: 查问底联, 返修, 重大, 取消, 强制关闭, 作废 (D4.4.1, E5.3.4, E5.3.7)."""

from datetime import date, datetime
from typing import Any

from helpdesk.cases.voiding import void_record
from helpdesk.repairs.limits import limits_of
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import tell_managers
from helpdesk.repairs.policies import PROCEDURE, check_origin, check_score, check_slip_reason
from helpdesk.repairs.queries import REVISIT
from reception.core.clock import Start, calendar_for, start_new, stop, stop_all
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.people.models import User


@action
def explain(
    order: Repair,
    *,
    by: User,
    at: datetime,
    slip_reason: str,
    slip_words: str = "",
    slip_expected_on: date | None = None,
    expect: int | None = None,
) -> Repair:
    """登记未返回原因: why the slip is not back, and when it is expected (E5.3.7); the last word stands. Raises Refused."""
    kind, words = check_slip_reason(slip_reason, slip_words, slip_expected_on, at)
    fields: dict[str, Any] = {
        "explained_at": at,
        "explained_by": by,
        "slip_reason": kind,
        "slip_words": words,
    }
    detail = {"slip_reason": kind.label, "words": words, "expected_on": slip_expected_on}
    PROCEDURE.run(
        order, "explain", by=by, at=at, reason=words, detail=detail, expect=expect, **fields,
        slip_expected_on=slip_expected_on,
    )  # fmt: skip
    return order


@action
def slip(order: Repair, *, by: User, at: datetime, slip_note: str = "", expect: int | None = None) -> Repair:
    """底联返回: who received it and when; until then the order counts as open (E5.3.7). Raises Refused."""
    fields: dict[str, Any] = {"slip_at": at, "slip_by": by, "slip_note": slip_note.strip()}
    PROCEDURE.run(order, "slip", by=by, at=at, detail={"note": slip_note.strip()}, expect=expect, **fields)
    calendar = calendar_for("service")
    due_at = calendar.add(at, limits_of(order.category).revisit)
    start_new([Start(order, REVISIT, at, due_at, by, calendar)])
    return order


@action
def revisit(
    order: Repair,
    *,
    by: User,
    at: datetime,
    revisit_note: str,
    score: int | None = None,
    expect: int | None = None,
) -> Repair:
    """回访: what the customer says afterwards; a score given here replaces the one on the slip. Raises Refused."""
    if not revisit_note.strip():
        raise Refused("missing", "请写回访时客户怎么说。", field="revisit_note")
    check_score(score)
    fields: dict[str, Any] = {"revisited_at": at, "revisited_by": by, "revisit_note": revisit_note.strip()}
    if score is not None:
        fields["score"] = score
    detail = {"note": revisit_note.strip(), "score": score}
    PROCEDURE.run(order, "revisit", by=by, at=at, detail=detail, expect=expect, **fields)
    stop(order, REVISIT, at=at)
    return order


@action
def close(order: Repair, *, by: User, at: datetime, close_word: str, expect: int | None = None) -> Repair:
    """关闭: by the customer's word (D4.4.1 实施关闭). Raises Refused."""
    if not close_word.strip():
        raise Refused("missing", "请写客户确认的话，再关闭。（D4.4.1）", field="close_word")
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "close_word": close_word.strip()}
    PROCEDURE.run(order, "close", by=by, at=at, detail={"word": close_word.strip()}, expect=expect, **fields)
    stop(order, REVISIT, at=at)
    return order


@action
def mark_important(
    order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Repair:
    """报告重大: the managers are told at once (E5.3.4). Raises Refused."""
    PROCEDURE.run(order, "mark_important", by=by, at=at, reason=reason, expect=expect, important=True)
    tell_managers(order, at=at, reason=reason)
    return order


@action
def link(
    order: Repair, *, by: User, at: datetime, origin: Repair | None, expect: int | None = None
) -> Repair:
    """记为返修: what was mended has come back; the order is the child of `origin` and keeps its own clock. Raises Refused."""
    first = check_origin(order, origin)
    PROCEDURE.run(order, "link", by=by, at=at, detail={"origin": first.no}, expect=expect, origin=first)
    return order


@action
def cancel(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """取消: nobody has accepted it yet; its clocks stop, a limit that had passed stays broken. Raises Refused."""
    PROCEDURE.run(
        order, "cancel", by=by, at=at, reason=reason, expect=expect, cancelled_at=at, cancelled_by=by
    )
    stop_all(order, at=at)
    return order


@action
def force_close(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """强制关闭: the manager ends an order whose slip or word cannot be had, and says why (E5.3.7). Raises Refused."""
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "force_reason": reason.strip()[:500]}
    PROCEDURE.run(order, "force_close", by=by, at=at, reason=reason, expect=expect, **fields)
    stop_all(order, at=at)
    return order


@action
def void(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """作废, by the manager, with the reason: its call waits again (D4.3.3). Raises Refused."""
    void_record(order, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    return order
