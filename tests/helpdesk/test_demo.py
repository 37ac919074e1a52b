"""The demo's desk: made by the real actions, with something open in every state, and a sound ledger."""

from datetime import datetime

from helpdesk.collective.models import Collective
from helpdesk.complaints.choices import Status as Case
from helpdesk.complaints.models import Complaint
from helpdesk.demo import build
from helpdesk.directory.models import Resident, Unit, recognise
from helpdesk.emergencies.choices import Status as Alarm
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.choices import Status as Asked
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.choices import Status as Other
from helpdesk.matters.models import Matter
from helpdesk.repairs.choices import OPEN, Status
from helpdesk.repairs.models import Repair
from helpdesk.visitors.choices import Status as Guest
from helpdesk.visitors.models import Visitor
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.ledger.models import Event
from reception.core.ledger.verify import verify
from reception.core.people.demo import build_people

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=SHANGHAI)


def test_the_demo_is_a_believable_desk(empty_house, settings):
    settings.DEMO = True
    build_people()
    build(NOW, days=10)
    assert (Unit.objects.count(), Resident.objects.count()) == (160, 120)
    assert [str(one.unit) for one in recognise("138 0013 8000")] == ["3栋1202"]
    assert set(Repair.objects.values_list("status", flat=True)) >= {*OPEN, Status.CLOSED}
    assert Call.objects.open().count() == 2, "one put through to nobody, one whose complaint was struck out"
    assert set(Enquiry.objects.values_list("status", flat=True)) == set(Asked.values)
    assert set(Emergency.objects.values_list("status", flat=True)) == set(Alarm.values)
    assert set(Complaint.objects.values_list("status", flat=True)) == set(Case.values)
    assert set(Matter.objects.values_list("status", flat=True)) == set(Other.values)
    assert set(Collective.objects.values_list("status", flat=True)) == {"proposed", "dismissed", "finished"}
    assert set(Visitor.objects.values_list("status", flat=True)) == set(Guest.values)
    assert list(verify()) == []
    assert sweep(NOW) == 0, "nothing is left for the first sweep: the story's worker never slept"
    running = Clock.objects.running().filter(rule="repair.arrive", due_at__gt=NOW)
    assert running.count() == 6
    assert Repair.objects.open().filter(status="acknowledged").late(NOW).count() == 1
    assert not Event.objects.filter(at__gt=NOW).exists()
    moments = list(Event.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments), "written in the order in which it happened"
