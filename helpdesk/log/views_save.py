"""From the desk's form to the actions, and the sentence that says what became of the call."""

from datetime import datetime

from helpdesk.cases.choices import Kind
from helpdesk.cases.views_faces import day_hour
from helpdesk.log.actions import Heard, record_call
from helpdesk.log.choices import Status
from helpdesk.log.forms import CallForm
from helpdesk.log.taking import take_complaint, take_enquiry, take_matter, take_repair, take_repeat
from reception.core.people.models import User


def save(form: CallForm, *, by: User, at: datetime, how: str = "") -> str:
    """Record the call; a repair becomes an order, sent (`how` is dispatch) or led to a 物业助理 (introduce, C2).

    Returns the sentence. Raises Refused.
    """
    heard = form.heard()
    if heard["kind"] == Kind.COMPLAINT:
        case = take_complaint(
            by=by, at=at, heard=heard, courtesy=form.cleaned_data.get("courtesy") or "apology"
        )
        return f"{case.no} 已受理，请核实事实后报经理签字"
    better = form.matter()
    if better is not None:
        found = take_matter(by=by, at=at, heard=heard, **better)
        return f"{found.no} 已登记，{'已转达' + found.praised_whom if found.praised_whom else '请交办或前台办结'}"
    if heard["kind"] == Kind.ENQUIRY:
        return asked(form, heard, by=by, at=at)
    if heard["kind"] != Kind.REPAIR:
        call = record_call(by=by, at=at, **heard)
        if heard["kind"] == Kind.EMERGENCY:
            alarm = call.emergencies.get()
            return f"{alarm.no} 已同时报告 {alarm.alerts.count()} 人，请打开它照清单处置"
        return f"{call.no} 已登记，{'已答复关闭' if call.status == Status.CLOSED else '列入未结事项'}"
    return mended(form, heard, by=by, at=at, how=how)


def mended(form: CallForm, heard: Heard, *, by: User, at: datetime, how: str) -> str:
    """A repair: joined to the order that is open already, or an order of its own."""
    if again := form.cleaned_data.get("join"):
        _, times = take_repeat(by=by, at=at, heard=heard, order=again)
        return f"{again.no} 已并入：第 {times} 次来电，{again.repairer or '待派工'}"
    who = form.cleaned_data.get("repairer")
    _, order = take_repair(by=by, at=at, heard=heard, reported=form.order(), how=how, repairer=who)
    if how == "introduce":
        return f"{order.no} 已登记，已引见给物业助理"
    if how != "dispatch":
        return f"{order.no} 已登记，待派工"
    due = day_hour(order.arrive_due_at, at) if order.arrive_due_at else ""
    return f"{order.no} 已派给{order.repairer}，{due}{'约定上门' if order.agreed else '前到场'}"


def asked(form: CallForm, heard: Heard, *, by: User, at: datetime) -> str:
    """An enquiry with its 信息接待记录: closed with the call, or both open until it is answered (E5.2.1d)."""
    found = take_enquiry(
        by=by, at=at, heard=heard, sources=form.cleaned_data.get("sources") or (), alert=form.alerts
    )
    if form.alerts:
        return f"{found.no} 已登记，已通知管家、客服经理，等人接待"
    if not found.is_open:
        return f"{found.no} 已登记，已答复关闭"
    if found.reply_due_at:
        return f"{found.no} 已登记，{day_hour(found.reply_due_at, at)}前回电，到时提醒"
    return f"{found.no} 已登记，列入未结事项，今天答复"
