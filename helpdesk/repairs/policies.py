"""May this person make this move on this order now? (D4.4.1, E5.3)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from helpdesk.repairs.choices import Hold, SlipReason, Status
from helpdesk.repairs.flow import FLOW
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure

CENT, MOST = Decimal("0.01"), Decimal(10000)
MOST_BILL = Decimal("99999999.99")  # what the column holds
ABSENT = "absent"  # the role of a photograph of nobody there
AHEAD = timedelta(days=366)  # a slip of the finger in the year is no appointment


def check_mine(order: Repair, user: User | None, at: datetime) -> None:
    """The repairer signs, arrives and finishes in person: nobody does it for them (E5.3.3)."""
    if user and order.repairer_id != user.pk:
        raise Refused("forbidden", f"{order} 派给了{order.repairer}，要由本人办理；要换人请前台转派。")


def check_not_important(order: Repair, user: User | None, at: datetime) -> None:
    """Said once is enough."""
    if order.important:
        raise Refused("state", f"{order} 已经标为重大，经理已经知道。")


def check_signs(order: Repair, user: User | None, at: datetime) -> None:
    """工程部 signs once: the repairer, or a fellow of the crew that has it (E5.3.3)."""
    if order.signed_at:
        raise Refused(
            "state", f"{order.signed_by} 已于 {local(order.signed_at):%m月%d日 %H:%M} 签收，不必再签。"
        )
    if user and user.pk != order.repairer_id and not (user.trade and user.trade == order.trade):
        raise Refused("forbidden", f"{order} 交给了{order.trade or order.repairer}，要由本班组的人签收。")


def check_introduces(order: Repair, user: User | None, at: datetime) -> None:
    """C2: from the desk to a 物业助理, once, before somebody is sent."""
    if order.introduced_at:
        raise Refused("state", f"{order} 已经引见给物业助理，请等助理接待。")
    if order.dispatched_at:
        raise Refused("state", f"{order} 已经派过工，不必再引见。")
    if user and "assistant" in user.roles:
        raise Refused("state", "您就是物业助理，直接派工即可。")


def check_receives(order: Repair, user: User | None, at: datetime) -> None:
    """C2: a 物业助理 receives the walk-in, once."""
    if not order.introduced_at:
        raise Refused("state", f"{order} 没有引见，直接派工即可。")
    if order.received_at:
        raise Refused("state", f"{order.received_by} 已于 {local(order.received_at):%H:%M} 接待，不必再接。")
    if user and "assistant" not in user.roles:
        raise Refused("forbidden", "要由物业助理接待；您可以直接派工。")


def check_not_linked(order: Repair, user: User | None, at: datetime) -> None:
    """Said once is enough."""
    if order.origin_id:
        raise Refused("state", f"{order} 已经记为 {order.origin} 的返修。")


PROCEDURE = Procedure(
    FLOW,
    rules={
        **dict.fromkeys(("acknowledge", "arrive", "work", "pause", "finish", "give_back"), (check_mine,)),
        "mark_important": (check_not_important,),
        "sign": (check_signs,),
        "introduce": (check_introduces,),
        "receive": (check_receives,),
        "link": (check_not_linked,),
    },
    audiences={
        "repairer": lambda order: [order.repairer],
        "maker": lambda order: [order.created_by],
        "dispatcher": lambda order: [order.handed_by],
        "introducer": lambda order: [order.introduced_by],
        "assistants": lambda order: User.objects.in_role("assistant"),
    },
)


def check_repairer(user: User | None) -> User:
    """Somebody who repairs. Raises Refused."""
    if user is None:
        raise Refused("missing", "请选维修员。", field="repairer")
    if not user.may(Can.DO_REPAIR):
        raise Refused("invalid", f"{user}不是维修人员，请另选。", field="repairer")
    return user


def check_agreed(
    appoint_at: datetime, reason: str, agreed_with: str, at: datetime, reason_field: str = "agreed_reason"
) -> dict[str, Any]:
    """The columns of an agreed time (D4.4.1 特殊情况约定期限): ahead of `at`, with its reason and who agreed.

    reason_field: where the page asks for the reason. Raises Refused.
    """
    if appoint_at <= at:
        raise Refused("invalid", "约定的上门时间要在现在之后，请重填。", field="appoint_at")
    if appoint_at - at > AHEAD:
        raise Refused("invalid", "约定的上门时间最多到一年以后，请看年份是否填错。", field="appoint_at")
    if not reason.strip():
        raise Refused("missing", "不按半小时到场，要写约定原因。（D4.4.1）", field=reason_field)
    if not agreed_with.strip():
        raise Refused("missing", "请写与谁约定的上门时间。（D4.4.1）", field="agreed_with")
    return {
        "agreed": True,
        "arrive_due_at": appoint_at,
        "agreed_reason": reason.strip()[:200],
        "agreed_with": agreed_with.strip()[:40],
    }


def check_still_ahead(order: Repair, at: datetime) -> None:
    """A time agreed before the dispatch must not have passed meanwhile. Raises Refused."""
    if order.arrive_due_at and order.arrive_due_at <= at:
        when = f"{local(order.arrive_due_at):%m月%d日 %H:%M}"
        raise Refused("invalid", f"约定的上门时间 {when} 已过，请先与客户改约，再派工。", field="appoint_at")


def check_hold(hold: str, reason: str) -> tuple[Hold, str]:
    """(what it waits for, the sentence kept); without `hold` the words begin with it. Raises Refused."""
    words = reason.strip()
    known = {one.label: one for one in Hold}
    head, _, rest = words.partition("：")
    kind = next((one for one in Hold if one == hold), None) or known.get(head)
    if kind is None:
        raise Refused(
            "missing", "请选暂停的原因：待料、待业主、天气或外委。", field="hold" if hold else "reason"
        )
    more = rest.strip() if head == kind.label else words
    return kind, f"{kind.label}：{more}"[:200] if more else kind.label


def check_slip_reason(
    kind: str, words: str, expected_on: date | None, at: datetime
) -> tuple[SlipReason, str]:
    """Why the slip is not back (E5.3.7): one of the known reasons, in words for 其他, expected from today on.

    Raises Refused.
    """
    if kind not in SlipReason.values:
        raise Refused("missing", "请选底联未返回的原因。（E5.3.7）", field="slip_reason")
    if kind == SlipReason.OTHER and not words.strip():
        raise Refused("missing", "选“其他”的，请把原因写出来。（E5.3.7）", field="slip_words")
    if expected_on and not local(at).date() <= expected_on <= local(at + AHEAD).date():
        raise Refused("invalid", "预计返回的日期要在今天到一年以内。", field="slip_expected_on")
    return SlipReason(kind), words.strip()[:200]


def check_origin(order: Repair, origin: Repair | None) -> Repair:
    """The finished order whose fault came back: another one, of before. Raises Refused."""
    if origin is None:
        raise Refused("missing", "请选是哪一单的返修。", field="origin")
    if origin.status == Status.VOID:
        raise Refused("invalid", f"{origin} 已作废，不能算它的返修。", field="origin")
    if origin.pk == order.pk or origin.finished_at is None or origin.finished_at > order.created_at:
        raise Refused("invalid", f"{origin} 在本单报修之前没有完工，不能算它的返修。", field="origin")
    return origin


@dataclass(frozen=True)
class Line:
    """One line of material: quantity above 0, unit price in 元 from 0."""

    name: str
    spec: str
    quantity: Decimal
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        """元 to the 分."""
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)


def check_materials(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The named lines as numbers; an unnamed line without figures is left out, a missing price is 0 元.

    Raises Refused.
    """
    lines = []
    for row in rows:
        name = str(row.get("name") or "").strip()
        quantity = _figure(row.get("quantity"), name, "数量")
        price = _figure(row.get("unit_price"), name, "单价")
        if not name and not quantity and not price:
            continue
        if not name:
            raise Refused("missing", "请写材料名称。", field="materials")
        if not 0 < quantity <= MOST:
            raise Refused("invalid", f"“{name}”的数量要大于 0，不超过 {MOST}。", field="materials")
        if not 0 <= price <= MOST * 100:
            raise Refused("invalid", f"“{name}”的单价不能小于 0 元。", field="materials")
        lines.append(Line(name[:60], str(row.get("spec") or "").strip()[:60], quantity, price))
    return lines


def check_bill(lines: Iterable[Line]) -> Decimal:
    """What the lines cost together, in 元. Raises Refused."""
    cost = sum((line.amount for line in lines), Decimal(0))
    if cost > MOST_BILL:
        raise Refused("invalid", f"用料合计超过 {MOST_BILL:,} 元，请核对数量和单价。", field="materials")
    return cost


def _figure(value: Any, name: str, label: str) -> Decimal:
    """A number to the 分, 0 for nothing. Raises Refused."""
    try:
        figure = Decimal(str(value)) if value not in (None, "") else Decimal(0)
        if figure.is_finite() and abs(figure) < 10**9:
            return figure.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        pass
    raise Refused("invalid", f"“{name or '材料'}”的{label}要填数字。", field="materials")


def check_result(*, measures: str, signed_name: str, unsigned_reason: str, score: int | None) -> None:
    """What 完工 must say (records §2 结果, 验收): the measures, and the customer's name or why there is none.

    Raises Refused.
    """
    if not measures.strip():
        raise Refused("missing", "请写明采取了什么措施，再完工。", field="measures")
    if not signed_name.strip() and not unsigned_reason.strip():
        raise Refused("missing", "请客户签字；无人在场的，写明原因。", field="signed_name")
    check_score(score)


def check_absence(order: Repair, *, signed_name: str, unsigned_reason: str) -> None:
    """Nobody was there to sign: a photograph says so as well as the reason (records §2 验收). Raises Refused."""
    if signed_name.strip() or not unsigned_reason.strip():
        return
    if not Attachment.objects.of(order).live().filter(role=ABSENT).exists():
        raise Refused("missing", "无人在场要有现场照片：请在手机的现场页拍照完工。", field="unsigned_reason")


def check_score(score: int | None) -> None:
    """满意度 is 1 to 5, or not given. Raises Refused."""
    if score is not None and score not in range(1, 6):
        raise Refused("invalid", "满意度是 1 到 5 分。", field="score")
