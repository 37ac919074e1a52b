"""May this person make this move on this matter now? (D4.4.3)"""

from datetime import datetime, timedelta

from helpdesk.matters.choices import Kind, Verdict
from helpdesk.matters.flow import FLOW
from helpdesk.matters.models import Matter
from reception.core.flow import Refused
from reception.core.people.models import Department, User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure

AHEAD = timedelta(days=366)  # a slip of the finger in the year is no limit


def has_it(matter: Matter, user: User) -> bool:
    """Whether it was given to this person, or to their department and nobody in it."""
    if matter.worker_id:
        return matter.worker_id == user.pk
    return matter.department_id is not None and matter.department_id == user.department_id


def check_charged(matter: Matter, user: User | None, at: datetime) -> None:
    """Who was given it signs, works and reports. Raises Refused."""
    if user and not has_it(matter, user):
        raise Refused(
            "forbidden", f"{matter} 交给了{matter.in_charge or '别人'}，要由他们签收和办理。（D4.4.3）"
        )


def check_part(matter: Matter, user: User | None, at: datetime) -> None:
    """Progress is noted by who has it, and by the desk that follows it. Raises Refused."""
    if user and not (has_it(matter, user) or user.may(Can.CLOSE_CASE)):
        check_charged(matter, user, at)


def charged(matter: Matter) -> list[User | None]:
    """Who has to do it: the person, else the department's head, else everybody in it."""
    if matter.worker:
        return [matter.worker]
    of = matter.department
    if of is None:
        return []
    return [of.head] if of.head else list(of.people.filter(is_active=True))


PROCEDURE = Procedure(
    FLOW,
    rules={
        **dict.fromkeys(("sign", "finish", "send_back"), (check_charged,)),
        "note": (check_part,),
    },
    audiences={
        "charged": charged,
        "assigner": lambda matter: [matter.assigned_by],
        "maker": lambda matter: [matter.created_by],
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


def check_limit(due_at: datetime | None, at: datetime) -> datetime:
    """A limit that lies ahead, within a year. Raises Refused."""
    if due_at is None or due_at <= at:
        raise Refused("missing", "请填办理时限，要在现在之后。（D4.4.3）", field="due_at")
    if due_at - at > AHEAD:
        raise Refused("invalid", "办理时限最多到一年以后，请看年份是否填错。", field="due_at")
    return due_at


def check_charge(department: Department | None, worker: User | None) -> Department | None:
    """Somebody has to do it, and the person belongs to the department. Returns the department. Raises Refused."""
    if department is None and worker is None:
        raise Refused("missing", "交给谁办？请选承办部门或承办人。（D4.4.3）", field="department")
    if worker is not None and not worker.is_active:
        raise Refused("invalid", f"{worker}已经不在这里工作，请另选承办人。", field="worker")
    if worker is not None and department is not None and worker.department_id != department.pk:
        raise Refused("invalid", f"{worker}不在{department}，请重选承办人或部门。", field="worker")
    return department or (worker.department if worker else None)


def check_answer(matter: Matter, verdict: str) -> str:
    """A suggestion is answered with 采纳, 部分采纳 or 未采纳; anything else has no verdict. Raises Refused."""
    if matter.kind != Kind.ADVICE:
        return ""
    return check_choice(verdict, Verdict, "verdict", "这是一条建议，请选采纳、部分采纳或未采纳。（D4.4.3）")
