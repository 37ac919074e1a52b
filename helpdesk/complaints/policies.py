"""May this person make this move on this complaint now? (D4.4.2, E5.4)"""

from datetime import datetime

from helpdesk.complaints.choices import ROLE_LEVELS, Level, Nature
from helpdesk.complaints.flow import FLOW
from helpdesk.complaints.models import Complaint
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure


def level_of(user: User) -> int:
    """The highest level that a person signs at; 0 for who signs nothing."""
    return max((level for role, level in ROLE_LEVELS.items() if role in user.roles), default=0)


def is_accused(complaint: Complaint, user: User) -> bool:
    """Whether it is about this very person."""
    return complaint.against_person_id is not None and complaint.against_person_id == user.pk


def heads_accused(complaint: Complaint, user: User) -> bool:
    """Whether it is about the department that this person heads."""
    found = complaint.against_department
    return found is not None and found.head_id == user.pk


def check_not_accused(complaint: Complaint, user: User | None, at: datetime) -> None:
    """Nobody makes any move on a complaint against themselves. Raises Refused."""
    if user and is_accused(complaint, user):
        raise Refused("forbidden", f"{complaint} 投诉的是您本人，要由别人办理。（D4.4.2）")


def check_not_own_department(complaint: Complaint, user: User | None, at: datetime) -> None:
    """Nobody confirms or closes a complaint against the department they head. Raises Refused."""
    if user and heads_accused(complaint, user):
        raise Refused("forbidden", f"{complaint} 投诉的是您负责的部门，要由上一级办理。（D4.4.2）")


def check_level(complaint: Complaint, user: User | None, at: datetime) -> None:
    """Whoever signs stands at the complaint's level or above: not satisfied goes one up. Raises Refused."""
    if user and level_of(user) < complaint.level:
        label = Level(complaint.level).label
        raise Refused(
            "forbidden", f"{complaint} 第 {complaint.round} 次处理，要由{label}或以上签字。（D4.4.2）"
        )


def check_department(complaint: Complaint, user: User | None, at: datetime) -> None:
    """The responsible department's own people sign and work. Raises Refused."""
    if user and (complaint.department_id is None or user.department_id != complaint.department_id):
        name = complaint.department or "责任部门"
        raise Refused("forbidden", f"{complaint} 转给了{name}，要由他们的人签收和处理。")


def check_valid(complaint: Complaint, user: User | None, at: datetime) -> None:
    """Only what is founded goes to a department. Raises Refused."""
    if complaint.nature != Nature.VALID:
        raise Refused(
            "state", f"{complaint} 核实为“{complaint.get_nature_display()}”，不转办，直接反馈客户。"
        )


def check_not_valid(complaint: Complaint, user: User | None, at: datetime) -> None:
    """What is founded has to be worked on. Raises Refused."""
    if complaint.nature == Nature.VALID:
        raise Refused("state", f"{complaint} 核实为“有效”，要转责任部门处理，不能跳过。（D4.4.2）")


def signing(complaint: Complaint) -> tuple[int, list[User]]:
    """(level, people) of who is asked to sign: the lowest level that may, without those whom it is about."""
    for level in range(complaint.level, Level.LEADER + 1):
        roles = [role for role, own in ROLE_LEVELS.items() if own == level]
        found = [
            user
            for user in User.objects.in_role(*roles)
            if not is_accused(complaint, user) and not heads_accused(complaint, user)
        ]
        if found:
            return level, found
    return Level.LEADER, []


def signers(complaint: Complaint) -> list[User]:
    """Who is asked to sign."""
    return signing(complaint)[1]


def people_of(complaint: Complaint) -> list[User]:
    """The responsible department: its head, or everybody when it has none or it is about the head."""
    of = complaint.department
    if of is None:
        return []
    if of.head and not is_accused(complaint, of.head):
        return [of.head]
    return [user for user in of.people.filter(is_active=True) if not is_accused(complaint, user)]


PROCEDURE = Procedure(
    FLOW,
    rules={
        "*": (check_not_accused,),
        "confirm": (check_level, check_not_own_department),
        "send": (check_valid,),
        "settle": (check_not_valid,),
        **dict.fromkeys(("sign", "work", "finish"), (check_department,)),
        "close": (check_not_own_department,),
        "void": (check_level, check_not_own_department),
    },
    audiences={
        "signers": signers,
        "department": people_of,
        "maker": lambda complaint: [complaint.created_by],
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


def check_choice(value: str, choices: type, field: str, sentence: str) -> str:
    """One of the choices. Raises Refused."""
    if value not in choices.values:  # type: ignore[attr-defined]
        raise Refused("missing", sentence, field=field)
    return value
