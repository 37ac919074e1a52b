"""The demo's 政府会议: begun from its reception, with its papers (B2a)."""

from datetime import datetime

from django.conf import settings

from visits.meetings import actions
from visits.models import Reception

PAPERS = (("会议手册", 12, "接待部"), ("项目推进情况汇报", 12, "办公室"), ("签到表", 1, "综合部"))


def convene(at: datetime) -> None:
    """The meeting that is being prepared, by whoever applied; the sign-in sheet lies ready."""
    for visit in Reception.objects.for_page().filter(
        nature="government", status="preparing", arrive_at__gt=at
    ):
        by, ours = visit.applicant, settings.ORGANISATION.split("·")[0]
        meeting = actions.begin(visit, ours, by=by, at=at)
        rows = [{"name": name, "copies": copies, "keeper": keeper} for name, copies, keeper in PAPERS]
        actions.save_handouts(meeting, rows, by=by, at=at)
        actions.tick(meeting, meeting.handouts.get(name=PAPERS[-1][0]), by=by, at=at)
