"""May this step be taken on the spot now? (D4.4.1, E5.3, records §2 维修单 验收)"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from helpdesk.fieldwork.choices import LATE_NOTE_DAYS, MOST_NOTES, MOST_PHOTOS, NOTE, Role, pictures_of
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.tickets import Ticket, issue_of, stamp
from helpdesk.repairs.models import Repair
from reception.core.files.checking import Checked
from reception.core.files.images import blank
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can

MINUTE = timedelta(minutes=1)
KEPT = "写的内容和照片还在手机里，可以作为说明发给前台。"
Picture = tuple[Role, Checked]


def link_ended(ticket: Ticket, order: Repair, at: datetime) -> bool:
    """Whether the link opens nothing any more: expired, handed to somebody else, over, or issued anew."""
    theirs = order.repairer_id == ticket.holder and stamp(order.handed_at) == ticket.handed
    return expired(ticket, at) or not theirs or not order.is_open


def expired(ticket: Ticket, at: datetime) -> bool:
    """Whether its date has passed, or a newer one was given out."""
    return at >= ticket.ends or issue_of(ticket) != ticket.issue


def takes_notes(ticket: Ticket, at: datetime) -> bool:
    """What was written under a link may be handed in as a note for a while after its end."""
    return at < ticket.ends + timedelta(days=LATE_NOTE_DAYS)


def check_same(known: FieldStep, order: int, verb: str, by: User) -> FieldStep:
    """The same step sent again is answered as the first time. Raises Refused when the id was used for another."""
    if (known.repair_id, known.verb, known.created_by_id) != (order, verb, by.pk):
        raise Refused("state", "这一步的编号已经用在别的步骤上，没有记录。请刷新后重新办一次。")
    return known


def check_hand(order: Repair, ticket: Ticket, by: User) -> None:
    """The order is still open and in the same hand as when the phone saw it. Raises Refused("state")."""
    if not order.is_open:
        state = order.get_status_display()
        raise Refused("state", f"{order} 已经是“{state}”，这一步没有记上，不用再办了。{KEPT}")
    if order.repairer_id != by.pk:
        raise Refused("state", f"{order} 已经转派给别人，这一步没有记上，请不要再去。{KEPT}")
    if stamp(order.handed_at) != ticket.handed:
        raise Refused("state", f"{order} 后来重新派给了您，这一步属于上一次派工，没有记上。{KEPT}")


def check_pictures(verb: str, pictures: Sequence[Picture]) -> None:
    """Pictures only, of the kinds that belong to the step, and not too many. Raises Refused."""
    if len(pictures) > MOST_PHOTOS:
        raise Refused("invalid", f"一步最多放 {MOST_PHOTOS} 张照片，请去掉几张再发。", field="photo")
    for role, found in pictures:
        if role not in pictures_of(verb) or not found.mime.startswith("image/"):
            raise Refused("invalid", f"“{found.name}”不能放在这一步里，请去掉再发。", field="photo")


def check_acceptance(inputs: Mapping[str, Any], pictures: Sequence[Picture]) -> None:
    """The customer signs with the finger, or nobody is there: then a photograph and the reason (records §2 验收).

    Raises Refused.
    """
    given = dict(pictures)
    signature = given.get(Role.SIGNATURE)
    if str(inputs.get("signed_name") or "").strip():
        if signature is None or blank(signature.data):
            raise Refused("missing", "请客户在屏幕上签字；不在场的选“无人在场”。", field="signed_name")
        return
    if not str(inputs.get("unsigned_reason") or "").strip():
        raise Refused("missing", "请客户签字；无人在场的，写明原因并拍照。", field="unsigned_reason")
    if Role.ABSENT not in given:
        raise Refused("missing", "无人在场要拍一张现场照片，再完工。", field="unsigned_reason")


def check_note(
    order: Repair, ticket: Ticket, words: str, pictures: Sequence[Picture], by: User, at: datetime
) -> None:
    """A note has words or a picture, comes from who had the order, and not without end. Raises Refused."""
    if not takes_notes(ticket, at):
        raise Refused("state", "链接过期太久，收不了说明了。请把内容复制出来，直接交给前台。")
    if not words and not pictures:
        raise Refused("missing", "请写几句说明，或放一张照片。", field="words")
    if FieldStep.objects.filter(repair=order, created_by=by, verb=NOTE).count() >= MOST_NOTES:
        raise Refused("state", f"这张单的说明已经有 {MOST_NOTES} 条，请直接打前台电话说明。")


def check_accepts(step: FieldStep, by: User, reason: str) -> None:
    """The manager may say that the time on the spot is believed; the record stays. Raises Refused."""
    if not by.may(Can.ACCEPT_SITE_TIME):
        raise Refused("forbidden", "现场时间由客服经理认可，您的岗位不能办。")
    if step.verb != "arrive" or step.waited < MINUTE:
        raise Refused("state", "这一步的现场时间和收到时间一样，不用认可。")
    if not reason.strip():
        raise Refused("missing", "请写明凭什么认可，比如问过业主、看过监控。", field="reason")
