"""The estate of the tests, and orders and calls walked to a state by the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from helpdesk.cases.models import Category
from helpdesk.complaints import actions as cases
from helpdesk.complaints.models import Complaint
from helpdesk.directory.models import Building, Phone, Resident, Unit
from helpdesk.emergencies import actions as alarms
from helpdesk.emergencies.choices import Status as Alarm
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries import actions as asks
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.actions import complain, enquire, hand_on, record_call, reply_close
from helpdesk.log.models import Call
from helpdesk.log.taking import take_alarm
from helpdesk.matters import actions as matters
from helpdesk.matters.models import Matter
from helpdesk.repairs import actions
from helpdesk.repairs.choices import Status
from helpdesk.repairs.models import Repair

# What each move of the usual way asks for, and how many minutes after the one before it is made.
WAY: dict[str, tuple[Status, int]] = {
    "dispatch": (Status.HANDED, 1),
    "acknowledge": (Status.ACKNOWLEDGED, 3),
    "arrive": (Status.ARRIVED, 20),
    "work": (Status.WORKING, 2),
    "finish": (Status.FINISHED, 45),
    "slip": (Status.SLIP_BACK, 60),
    "revisit": (Status.REVISITED, 120),
    "close": (Status.CLOSED, 5),
}
RESULT = {"measures": "换角阀一只，试水十分钟不漏", "signed_name": "周敏", "score": 5}
INPUTS: dict[str, dict[str, Any]] = {
    "finish": RESULT,
    "revisit": {"revisit_note": "客户说修好了，满意"},
    "close": {"close_word": "修好了，谢谢"},
}


def make_unit(label: str = "3栋1202") -> Unit:
    """The unit of that label (楼栋 before 栋, the rest its room), made with its building on first use."""
    code, _, room = label.partition("栋")
    building, _ = Building.objects.get_or_create(code=code, defaults={"name": f"{code}栋"})
    return Unit.objects.get_or_create(label=label, defaults={"building": building, "room": room})[0]


def make_resident(name: str = "周敏", *numbers: str, unit: Unit | None = None, **fields: Any) -> Resident:
    """A person of the estate with these numbers."""
    one = Resident.objects.create(name=name, unit=unit, title=fields.pop("title", "女士"), **fields)
    Phone.objects.bulk_create(Phone.of(one, number) for number in numbers)
    return one


def category(name: str = "漏水") -> Category:
    """A seeded category of repairs."""
    return Category.objects.get(kind="repair", name=name)


def make_call(cast: SimpleNamespace, at: datetime, status: str = "open", **heard: Any) -> Call:
    """A call recorded at `at` by the clerk, answered ten minutes later for status "closed"."""
    words = {
        "content": "问装修押金什么时候退", "kind": "enquiry", "caller_name": "周", "caller_title": "女士",
        "number": "138 0013 8000", "rings": 2, "handling": "问财务后答复",
    }  # fmt: skip
    call = record_call(by=cast.clerk, at=at, **{**words, **heard})
    if status == "closed" and call.status == "open":
        reply_close(call, by=cast.clerk, at=at + timedelta(minutes=10), reply="验收后三十天内退")
    return call


def make_repair(cast: SimpleNamespace, at: datetime, status: str = "waiting", **reported: Any) -> Repair:
    """An order reported at `at` and walked to `status` by the real actions (WAY says how fast).

    paused stands after 维修中, cancelled after 待派工. `last_at` on the order is the instant of its last move.
    """
    words = {"content": "厨房洗菜盆下方水管接口漏水", "reporter": "周敏", "phone": "13800138000"}
    if not reported.keys() & {"unit", "place"}:
        words["unit"] = make_unit()
    order = actions.open_order(by=cast.clerk, at=at, **{**words, **reported})
    order.last_at = at
    if status == Status.VOID:
        return step(cast, order, "void", at + timedelta(minutes=2), reason="重复登记")
    if status == Status.CANCELLED:
        return step(cast, order, "cancel", at + timedelta(minutes=2), reason="客户自己修好了")
    for name, (reached, minutes) in WAY.items():
        if order.status == (Status.WORKING if status == Status.PAUSED else status):
            break
        step(cast, order, name, order.last_at + timedelta(minutes=minutes))
        assert order.status == reached
    if status == Status.PAUSED:
        step(cast, order, "pause", order.last_at + timedelta(minutes=5), reason="待料")
    return order


def step(cast: SimpleNamespace, order: Repair, name: str, at: datetime, **inputs: Any) -> Repair:
    """Make one move as whoever makes it usually."""
    hands = {
        "introduce": cast.clerk,
        "slip": cast.clerk,
        "revisit": cast.clerk,
        "close": cast.clerk,
        "force_close": cast.manager,
        "void": cast.manager,
    }
    by = (
        cast.repairer
        if name in {"acknowledge", "arrive", "work", "pause", "finish", "sign", "give_back"}
        else hands.get(name, cast.assistant)
    )
    given = {**INPUTS.get(name, {}), **inputs}
    if name == "dispatch":
        given.setdefault("repairer", cast.repairer)
    getattr(actions, name)(order, by=by, at=at, **given)
    order.last_at = at
    return order


# The usual way of an emergency: who makes the move, and what it asks for.
ALARM_WAY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "acknowledge": (Alarm.REPORTED, "manager", {}),
    "handle": (Alarm.HANDLING, "clerk", {"commander": "郑维"}),
    "control": (Alarm.CONTROLLED, "clerk", {"measures": "已切断电源，人员撤出"}),
    "write": (Alarm.WRITTEN, "clerk", {"grade": "minor", "story": "接报后五分钟到场", "result": "恢复正常"}),
    "prevent": (Alarm.PREVENTED, "clerk", {"prevention": "每月巡检一遍"}),
    "review": (Alarm.REVIEWED, "manager", {"opinion": "处置及时"}),
    "close": (Alarm.CLOSED, "gm", {"close_word": "同意关闭"}),
}


def make_emergency(cast: SimpleNamespace, at: datetime, status: str = "received", **known: Any) -> Emergency:
    """An emergency raised with one key at `at`, walked to `status`, a move a minute; `last_at` is the last one."""
    words = {"content": "2栋1单元电梯困人，2人", "place": "2栋1单元1号梯"}
    one = take_alarm(by=cast.clerk, at=at, **{**words, **known})
    one.last_at = at
    if status == Alarm.VOID:
        one.last_at = at + timedelta(minutes=1)
        return alarms.void(one, by=cast.manager, at=one.last_at, reason="演练")
    for name, (reached, who, given) in ALARM_WAY.items():
        if one.status == status:
            break
        one.last_at += timedelta(minutes=1)
        if name == "write":
            given = {**given, "category": one.category}
        getattr(alarms, name)(one, by=getattr(cast, who), at=one.last_at, **given)
        assert one.status == reached
    return one


# The usual way of a complaint: what state each move reaches, who makes it, and what it asks for.
CASE_WAY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "verify": ("verified", "clerk", {"facts": "到场看过，属实", "nature": "valid"}),
    "confirm": ("confirmed", "manager", {"decision": "当天整改"}),
    "send": ("sent", "clerk", {}),
    "sign": ("signed", "repairer", {}),
    "work": ("working", "repairer", {}),
    "finish": ("done", "repairer", {"cause": "没有巡查", "measures": "已停工"}),
    "feedback": ("fed_back", "clerk", {"way": "phone", "opinion": "satisfied", "opinion_words": "好多了"}),
    "close": ("closed", "clerk", {}),
}


def make_complaint(cast: SimpleNamespace, at: datetime, status: str = "received", **known: Any) -> Complaint:
    """A complaint from a call at `at`, walked to `status`, a move a minute; 工程部 is responsible. `last_at` as above."""
    call = make_call(
        cast,
        at,
        kind="complaint",
        content="夜间施工噪声，孩子睡不着",
        place="7栋1503",
        handling="先登记，待处理",
    )
    one = complain(call, by=cast.clerk, at=at, **{"courtesy": "apology", **known})
    one.last_at = at
    way = dict(CASE_WAY)
    if status == "again":
        words = {"way": "phone", "opinion": "unsatisfied", "opinion_words": "照旧"}
        way["feedback"] = ("again", "clerk", words)
    if status == "void":
        way = {"void": ("void", "manager", {"reason": "重复"})}
    for name, (reached, who, given) in way.items():
        if one.status == status:
            break
        one.last_at += timedelta(minutes=1)
        if name == "confirm":
            limit = {"department": cast.repairer.department, "due_at": one.last_at + timedelta(hours=8)}
            given = {**given, **limit}
        getattr(cases, name)(one, by=getattr(cast, who), at=one.last_at, **given)
        assert one.status == reached
    return one


# The usual way of a matter: what state each move reaches, who makes it, and what it asks for.
MATTER_WAY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "assign": ("assigned", "clerk", {"words": "请看现场后回复"}),
    "sign": ("signed", "repairer", {}),
    "finish": ("done", "repairer", {"result": "东门已加装两盏路灯", "verdict": "adopted"}),
    "feedback": ("fed_back", "clerk", {"way": "phone", "opinion": "accepted", "opinion_words": "很好"}),
    "close": ("closed", "clerk", {}),
}


def make_matter(cast: SimpleNamespace, at: datetime, status: str = "received", **known: Any) -> Matter:
    """A suggestion from a call at `at`, walked to `status`, a move a minute; 工程部 is given it. `last_at` as above."""
    heard = {
        "kind": "advice",
        "content": "建议东门加装路灯",
        "place": "3栋1202",
        "handling": "先登记，待处理",
    }
    given = {name: known.pop(name) for name in ("kind", "content", "place") if name in known}
    one = hand_on(make_call(cast, at, **{**heard, **given}), by=cast.clerk, at=at, **known)
    one.last_at = at
    way = dict(MATTER_WAY)
    if status == "returned":
        way["sign"] = ("returned", "repairer", {"reason": "东门路灯归市政"})
    if status == "void":
        way = {"void": ("void", "manager", {"reason": "重复"})}
    for name, (reached, who, said) in way.items():
        if one.status == status:
            break
        one.last_at += timedelta(minutes=1)
        if name == "assign":
            limit = {"department": cast.repairer.department, "due_at": one.last_at + timedelta(hours=8)}
            said = {**said, **limit}
        act = matters.send_back if reached == "returned" else getattr(matters, name)
        act(one, by=getattr(cast, who), at=one.last_at, **said)
        assert one.status == reached
    return one


# The usual way of an enquiry that was promised: what state each move reaches, who makes it, and what it asks for.
ASK_WAY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "promise": ("waiting", "clerk", {"contact": "138 0013 8000"}),
    "hand": ("sent", "clerk", {"note": "问容量够不够"}),
    "accept": ("accepted", "tech", {}),
    "advise": ("replied", "tech", {"words": "容量够，可以报装", "told": True}),
    "close": ("closed", "clerk", {}),
}


def make_enquiry(cast: SimpleNamespace, at: datetime, status: str = "recorded", **known: Any) -> Enquiry:
    """An enquiry of a call at `at`, due two hours later once promised, walked to `status`, a move a minute; 邵 of
    技术品质部 is the specialist. notified: recorded, and 管家 and 客服经理 told. `last_at` as above."""
    words = {"content": "充电桩报装需要哪些材料", "kind": "enquiry", "place": "4栋201", "caller_name": "李"}
    heard = {**words, "handling": "先登记", **{k: known.pop(k) for k in list(known) if k in HEARD}}
    call = make_call(cast, at, **heard)
    one = enquire(call, by=cast.clerk, at=at, **known)
    one.last_at = at
    way = dict(ASK_WAY)
    if status == "answered":
        way = {"answer": ("answered", "clerk", {"words": "三样材料", "closes": False})}
    elif status == "notified":
        way = {"notify": ("recorded", "clerk", {})}
    elif status == "void":
        way = {"void": ("void", "manager", {"reason": "重复登记"})}
    for name, (reached, who, given) in way.items():
        if one.status == status:
            break
        one.last_at += timedelta(minutes=1)
        if name == "promise":
            given = {**given, "reply_due_at": at + timedelta(hours=2)}
        if name == "hand":
            given = {**given, "specialist": cast.tech}
        getattr(asks, name)(one, by=getattr(cast, who), at=one.last_at, **given)
        assert one.status == reached
    return one


HEARD = ("content", "place", "caller_name", "channel", "number", "company")
