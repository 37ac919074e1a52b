"""The emergencies behind 首报时长."""

from datetime import datetime

from django.db.models import F

from helpdesk.drill.matters import Asked, narrowed
from helpdesk.drill.sources import ALARM, Table, Tables
from helpdesk.drill.works import minutes
from helpdesk.report.alarms import first_reports


def _said(came: datetime, first: datetime) -> str:
    return f"接报到首报 {minutes((first - came).total_seconds() / 60)}"


def alarm_rows(asked: Asked, start: datetime, end: datetime) -> Tables:
    """The emergencies received in [start, end) that were reported."""
    rows = first_reports(start, end)
    return Tables((Table(ALARM, narrowed(rows, F("came"), asked), ("came", "first"), _said),))
