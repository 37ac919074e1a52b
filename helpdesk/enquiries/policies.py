"""May this person make this move on this enquiry now? And what must be said (C3, E5.2)."""

from datetime import datetime, timedelta

from helpdesk.enquiries.choices import WITH_SPECIALIST, Way
from helpdesk.enquiries.flow import FLOW
from helpdesk.enquiries.models import Enquiry
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure

AHEAD = timedelta(days=366)  # a slip of the finger in the year is no promise
STEWARDS = ("assistant", "manager")  # 管家、客服经理 (E5.2.2)


def check_specialist(enquiry: Enquiry, user: User | None, at: datetime) -> None:
    """Whom it was handed to answers, nobody else (E5.2.1c). Raises Refused."""
    if user and enquiry.specialist_id != user.pk:
        name = enquiry.specialist or "专业人员"
        raise Refused("forbidden", f"{enquiry} 转给了{name}，要由{name}接手和答复。（E5.2.1c）")


def check_calls_back(enquiry: Enquiry, user: User | None, at: datetime) -> None:
    """Whoever is to call back says that nobody answered: the desk, or the specialist it is with. Raises Refused."""
    with_user = user and enquiry.status in WITH_SPECIALIST and enquiry.specialist_id == user.pk
    if user and not with_user and not user.may(Can.LOG_CALL):
        raise Refused("forbidden", f"{enquiry} 由前台或接手的专业人员回电。（E5.2.1b）")


def check_notified(enquiry: Enquiry, user: User | None, at: datetime) -> None:
    """Taken over once, by somebody who was told (E5.2.2). Raises Refused."""
    if enquiry.taken_at:
        raise Refused("state", f"{enquiry} 已经由{enquiry.taken_by}接待。（E5.2.2）")
    if not enquiry.notified_at:
        raise Refused("state", f"{enquiry} 还没有通知管家、客服经理，请先通知。（E5.2.2）")


def check_free(enquiry: Enquiry, user: User | None, at: datetime) -> None:
    """Who was told and came is not told again. Raises Refused."""
    if enquiry.taken_at:
        raise Refused("state", f"{enquiry} 已经由{enquiry.taken_by}接待，不用再通知。（E5.2.2）")


def keeper(enquiry: Enquiry) -> User:
    """Who answers for the call back: who took it over, else who wrote it down."""
    return enquiry.taken_by or enquiry.created_by


PROCEDURE = Procedure(
    FLOW,
    rules={
        **dict.fromkeys(("accept", "advise", "hand_back"), (check_specialist,)),
        "attempt": (check_calls_back,),
        "notify": (check_free,),
        "take": (check_notified,),
    },
    audiences={
        "specialist": lambda enquiry: [enquiry.specialist],
        "keeper": lambda enquiry: [keeper(enquiry)],
    },
)


def check_words(words: str, field: str, sentence: str, most: int = 2000) -> str:
    """The words without blanks around them. Raises Refused when there are none, or too many."""
    words = words.strip()
    if not words:
        raise Refused("missing", sentence, field=field)
    if len(words) > most:
        raise Refused("invalid", f"最多 {most} 个字，请写短一些。", field=field)
    return words


def check_way(way: str) -> str:
    """How it was answered. Raises Refused."""
    if way not in Way.values:
        raise Refused("missing", "请选怎样答复的：电话、当面、微信或上门。", field="way")
    return way


def check_promise(contact: str, due_at: datetime | None, at: datetime) -> tuple[str, datetime]:
    """Who, which number, by when: without all of them it is no promise (E5.2.1b). Raises Refused."""
    contact = check_words(contact, "contact", "请留下联络方式，好按时回电。（E5.2.1b）", 80)
    if due_at is None:
        raise Refused("missing", "答应什么时候回复？请填答复时限。（E5.2.1b）", field="reply_due_at")
    if due_at <= at:
        raise Refused("invalid", "答复时限要在现在之后，请重填。", field="reply_due_at")
    if due_at - at > AHEAD:
        raise Refused("invalid", "答复时限最多到一年以后，请看年份是否填错。", field="reply_due_at")
    return contact, due_at


def check_somebody(person: User | None, by: User) -> User:
    """A named specialist who works here, and not oneself (E5.2.1c). Raises Refused."""
    if person is None:
        raise Refused("missing", "请选转给哪一位专业人员。（E5.2.1c）", field="specialist")
    if not person.is_active:
        raise Refused("invalid", f"{person}已经不在这里工作，请另选一位。", field="specialist")
    if person.pk == by.pk:
        raise Refused("invalid", "不能转给自己；自己能答的，请直接回复。", field="specialist")
    return person
