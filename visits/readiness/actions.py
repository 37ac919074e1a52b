"""开始准备就绪 or 带缺项开始: the decision before the guests arrive, with name and time."""

from datetime import datetime
from typing import Any

from reception.core.clock import stop
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User
from visits.readiness.choices import Verdict
from visits.readiness.facts import light_of
from visits.readiness.models import GoDecision
from visits.readiness.policies import check_decides, decision_of
from visits.tasks.choices import GO_RULE


@action
def decide(reception: Any, *, by: User, at: datetime, verdict: str, reason: str = "") -> GoDecision:
    """Record whether the reception begins; what was missing is frozen with it, its clock stops, everybody concerned is
    told. Raises Refused (forbidden, state, missing, invalid)."""
    reception.refresh_from_db(fields=["status", "arrive_at"])  # under the lock
    check_decides(reception, by, at)
    earlier = decision_of(reception)
    if earlier:
        raise Refused("state", f"{earlier.decided_by}已经决定：{earlier}。请刷新看最新进展。")
    found = light_of(reception, at)
    gaps = [line.text for line in found.blocks] if found else []
    words = _check_verdict(verdict, reason, gaps)
    made = GoDecision.objects.create(
        reception=reception, arrive_at=reception.arrive_at, verdict=verdict, reason=words, gaps=gaps, decided_at=at,
        decided_by=by,
    )  # fmt: skip
    record(reception, "go", str(made), by=by, at=at, reason=words, detail={"gaps": gaps})
    stop(reception, GO_RULE, at=at)
    _tell(reception, made, by, at)
    return made


def _check_verdict(verdict: str, reason: str, gaps: list[str]) -> str:
    """The reason, trimmed; ready means that nothing blocks, gaps say why it begins all the same."""
    if verdict not in Verdict.values:
        raise Refused("invalid", "请选择“准备就绪”或“带缺项开始”。", field="verdict")
    if verdict == Verdict.READY and gaps:
        raise Refused(
            "invalid",
            f"还有 {len(gaps)} 项堵点没有解决。请先办完，或选“带缺项开始”并写明原因。",
            field="verdict",
        )
    if verdict == Verdict.GAPS and not reason.strip():
        raise Refused("missing", "请写明为什么带缺项开始。", field="reason")
    return reason.strip()[:200]


def _tell(reception: Any, made: GoDecision, by: User, at: datetime) -> None:
    """Applicant, responsible head and host."""
    people = [reception.applicant, reception.department and reception.department.head, reception.host]
    others = [person for person in people if person and person.pk != by.pk]
    level = "info" if made.verdict == Verdict.READY else "warn"
    tell(others, title=f"{reception.no} {reception.title}：{by}决定{made}", url=reception.get_absolute_url(), at=at,
         body=made.reason, level=level)  # fmt: skip
