"""催办: the applicant reminds whoever's turn it is, at most once an hour (records §1.2)."""

from datetime import datetime, timedelta

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, events_of, record
from reception.core.notices import tell
from reception.core.people.delegation import stand_ins
from reception.core.people.models import User
from visits.costs.policies import auditors_for, sheet_of
from visits.requests.choices import Status
from visits.requests.models import Reception
from visits.requests.people import costs_page, decide_page, waits_for
from visits.requests.policies import PROCEDURE, check_applicant

EVERY = timedelta(hours=1)
ASKS = {Status.REVIEW: "请审核", Status.PENDING: "请审批", Status.AUDITING: "请审核结算"}


def turn_of(reception: Reception) -> list[User]:
    """Whose turn it is: the head in review, the leaders when pending, at the settlement the leader who
    has to confirm what was exceeded, else the auditors; [] in every other state."""
    if reception.status != Status.AUDITING:
        return waits_for(reception, reception.status)
    sheet = sheet_of(reception)
    if sheet and sheet.approver and sheet.confirmed_at is None:
        return [sheet.approver]
    return [person for person in auditors_for(reception) if person and person.pk != reception.applicant_id]


def check_urges(reception: Reception, user: User, at: datetime) -> None:
    """The applicant, while somebody else's turn it is, an hour after the last time.

    Raises Refused (forbidden, state); the sentence says when again.
    """
    check_applicant(reception, user, at)
    if reception.status not in ASKS:
        raise Refused(
            "state", f"{reception} 现在是“{reception.get_status_display()}”，没有在等谁，不用催办。"
        )
    last = events_of(reception).filter(verb="urge").last()
    if last and at < last.at + EVERY:
        raise Refused(
            "state",
            f"{local(last.at):%H:%M} 已催办过，每小时最多一次，{local(last.at + EVERY):%H:%M} 以后可以再催。",
        )


@action
def urge(reception: Reception, *, by: User, at: datetime) -> list[User]:
    """Tell those whose turn it is, urgently, and write it down; returns them. The revision stays: a leader
    who has the page open can go on deciding. Raises Refused."""
    reception.refresh_from_db(fields=["status"])  # under the lock: it may just have been decided
    check_urges(reception, by, at)
    people = [person for person in turn_of(reception) if person.is_active]
    if not people:
        raise Refused("state", "现在没有能办这一步的人，请联系管理员。")
    title = f"{reception.no} {reception.title}：{by}催办，{ASKS[Status(reception.status)]}"
    scope = PROCEDURE.scope_now(reception)
    people += [one for one, _ in stand_ins(people, scope, at)] if scope else []
    page = costs_page if reception.status == Status.AUDITING else decide_page
    tell(people, title=title, url=page(reception), at=at, level="urgent")
    record(reception, "urge", "催办", by=by, at=at, detail={"to": [str(person) for person in people]})
    return people


def offer(reception: Reception, user: User, at: datetime) -> dict[str, str] | None:
    """The button for the applicant while somebody else's turn it is, with its why-not ("" when it may be
    pressed); None for everybody else."""
    if reception.applicant_id != user.pk or reception.status not in ASKS:
        return None
    try:
        check_urges(reception, user, at)
    except Refused as refused:
        return {"refusal": refused.message}
    return {"refusal": ""}
