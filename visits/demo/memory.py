"""What is remembered of the demo's customers once their guests have left: preferences, gifts, promises."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from reception.core.clock.periods import local
from reception.core.ledger import action
from reception.core.people.models import User
from visits.customers.actions import add_customer, note_preference
from visits.customers.gifts import record_gift
from visits.customers.models import Customer
from visits.customers.policies import earlier_gifts
from visits.demo.names import CUSTOMERS
from visits.promises.actions import keep, promise, withdraw
from visits.promises.models import Promise

if TYPE_CHECKING:
    from visits.demo.stage import Stage

# customer: (kind, text, of the contact)
PREFERENCES: dict[int, tuple[tuple[str, str, bool], ...]] = {
    0: (("diet", "不吃辣，午餐从简", True), ("room", "要安静、离电梯远的房间", True), ("habit", "喜欢先看现场再谈", False)),
    1: (("diet", "海鲜过敏", True), ("taboo", "合影前先问，不发朋友圈", False)),
    2: (("habit", "会议准时开始，不等人", False),),
    5: (("diet", "素食", True), ("other", "资料要电子版，不带纸", False)),
    7: (("habit", "座谈时间控制在一小时内", False),),
    9: (("room", "无烟房", True),),
    12: (("taboo", "车间内不拍照", False), ("diet", "清真", True)),
    15: (("diet", "不饮酒，备茶", True),),
}  # fmt: skip
# Never the same twice to one customer: the next one they do not have. 元, within the leader's standard.
GIFTS = (
    ("青瓷茶具", 480),
    ("湖滨手工团扇", 260),
    ("总装线模型摆件", 320),
    ("澄湖明前茶", 240),
    ("城市风光画册", 120),
)
# customer: (what, who owes it, due so many days from the demo's today, what becomes of it)
PROMISES: dict[int, tuple[str, str, int, str]] = {
    0: ("框架协议修订稿发陆总审阅", "sales", 4, "open"),
    1: ("提供转向架构件的试制检测报告", "quality", 9, "open"),
    3: ("储能机柜样件的二次报价", "sales", -2, "open"),
    7: ("向管委会报送产能利用率数据", "office", 3, "open"),
    9: ("减速器温升试验录像拷贝一份", "tech", -25, "kept"),
    10: ("铸件样件寄出两件", "make", -8, "kept"),
    13: ("安排夏季再来参观新产线", "sales_head", -15, "withdrawn"),
    16: ("轴承座加工排产表每月发一次", "make", 6, "open"),
    17: ("上次审核两项整改的证据材料", "quality", 1, "open"),
}


@action
def register(at: datetime, by: User) -> None:
    """The customers as the reception manager registered them, with one contact each."""
    for index, (name, kind, address, contact, title) in enumerate(CUSTOMERS):
        person = {"name": contact, "title": title, "phone": f"1390000{index * 37 + 1001:04d}"}
        add_customer(
            by=by,
            at=at,
            fields={"name": name, "kind": kind, "address": address},
            contact=person,
            why="客户名册",
        )


def remember(stage: "Stage", at: datetime) -> None:
    """What the applicant writes down when the guests have left."""
    customer = Customer.objects.get(name=CUSTOMERS[stage.visit.customer][0])
    _preferences(stage, customer, at)
    if stage.it.tier and stage.it.tier.code in ("vip", "guest"):
        _gift(stage, customer, at)
    if not customer.promises.exists() and stage.visit.customer in PROMISES:
        _promise(stage, customer, at)


def _preferences(stage: "Stage", customer: Customer, at: datetime) -> None:
    if customer.preferences.exists():
        return
    contact = CUSTOMERS[stage.visit.customer][3]
    for kind, text, own in PREFERENCES.get(stage.visit.customer, ()):
        note_preference(customer, by=stage.who, at=at, kind=kind, text=text, who=contact if own else "")


def _gift(stage: "Stage", customer: Customer, at: datetime) -> None:
    """The first thing they do not have yet, priced within the leader's standard, else without a price."""
    budget = stage.it.gift_budget
    for item, price in _turned(stage.visit.customer):
        if not earlier_gifts(customer, item):
            priced = Decimal(price) if budget and price <= budget else None
            record_gift(
                customer, by=stage.who, at=at, item=item, recipient=CUSTOMERS[stage.visit.customer][3],
                given_on=local(at).date(), unit_price=priced, reception=stage.it,
            )  # fmt: skip
            return


def _turned(turn: int) -> Iterable[tuple[str, int]]:
    """The gifts, beginning elsewhere for every customer."""
    turn %= len(GIFTS)
    return GIFTS[turn:] + GIFTS[:turn]


def _promise(stage: "Stage", customer: Customer, at: datetime) -> None:
    """One promise, and later its end. One that would be due before it was given is given a week."""
    what, owner, days, end = PROMISES[stage.visit.customer]
    due = max(
        (stage.world.now + timedelta(days=days)).date(),
        (local(at) + timedelta(days=7 if days < -5 else 0)).date(),
    )
    made = promise(
        customer, by=stage.who, at=at, what=what, due_on=due, owner=stage.world.cast[owner],
        promiser=stage.it.host, reception=stage.it,
    )  # fmt: skip
    if end != "open":
        stage.then(at + timedelta(days=4), lambda when: _end(made, end, when))


def _end(made: Promise, end: str, at: datetime) -> None:
    if end == "kept":
        keep(made, by=made.owner, at=at, note="已寄出，对方签收")
    else:
        withdraw(made, by=made.owner, at=at, reason="客户已改为远程看样，不再来访")
