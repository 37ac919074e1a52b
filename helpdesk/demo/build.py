"""Put the estate and its three months into an empty database."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F, prefetch_related_objects

from helpdesk.demo.alarms import Alarms
from helpdesk.demo.calls import DAYS, Desk
from helpdesk.demo.complaints import Complaints
from helpdesk.demo.days import Days
from helpdesk.demo.enquiries import Enquiries
from helpdesk.demo.estate import build_estate
from helpdesk.demo.matters import Matters
from helpdesk.demo.mistakes import Mistakes
from helpdesk.demo.reports import Reports
from helpdesk.demo.spot import Spot
from helpdesk.demo.story import Story
from helpdesk.demo.today import Today
from helpdesk.demo.visitors import Visitors
from reception.core.notices.models import Notice
from reception.core.steady import standing_still

SEED = 7


@transaction.atomic
def build(at: datetime, days: int = DAYS) -> None:
    """The last `days` days up to `at`, three months unless said, the same every time; needs the demo's people.

    One transaction: nothing half loaded is ever seen, and the disk is waited for once.
    """
    rng = Random(SEED)
    residents = build_estate(rng)
    prefetch_related_objects(residents, "phones")
    story = Story(at.replace(microsecond=0), rng)
    alarms, complaints = Alarms(story), Complaints(story, residents)
    enquiries = Enquiries(story, residents)
    Desk(story, residents, alarms, complaints, enquiries).fill(days)
    today = Today(story, residents)
    today.tell()
    Spot(today).tell()
    enquiries.today()
    alarms.today()
    complaints.today()
    Visitors(story).tell()
    Matters(story, residents, alarms).tell()
    Mistakes(story).tell()
    Days(story).tell()
    Reports(story).tell()
    with standing_still():
        story.run()
    read_older_notices(story.until)


def read_older_notices(at: datetime) -> None:
    """Whoever worked here three months has read what came before today."""
    Notice.objects.filter(url__startswith="/helpdesk/", created_at__lt=at - timedelta(hours=6)).update(
        read_at=F("created_at") + timedelta(minutes=15)
    )
