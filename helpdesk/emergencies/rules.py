"""What the database itself refuses about emergencies."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.emergencies.choices import Grade, How, Service, Status

PAIRS = ("reported", "handled", "controlled", "written", "prevented", "reviewed", "closed")
AFTER_CONTROL = (Status.CONTROLLED, Status.WRITTEN, Status.PREVENTED, Status.REVIEWED, Status.CLOSED)


def check(name: str, condition: Q) -> CheckConstraint:
    """A named refusal."""
    return CheckConstraint(condition=condition, name=f"emergency_{name}")


def implies(states: tuple[Status, ...], condition: Q) -> Q:
    """In one of the states the condition holds."""
    return ~Q(status__in=states) | condition


CONSTRAINTS = [
    known("emergency", "status", Status),
    check("grade_known", Q(grade="") | Q(grade__in=Grade.values)),
    check("has_reporter", ~Q(reporter="")),
    check(
        "reported_by_somebody", Q(status__in=(Status.RECEIVED, Status.VOID)) | Q(reported_at__isnull=False)
    ),
    check("handled_under_somebody", implies((Status.HANDLING, *AFTER_CONTROL), ~Q(commander=""))),
    check("controlled_where_and_how", implies(AFTER_CONTROL, ~Q(place="") & ~Q(measures=""))),
    check(
        "written_says_what",
        implies(
            AFTER_CONTROL[1:],
            Q(written_at__isnull=False, category__isnull=False) & ~Q(grade="") & ~Q(story="") & ~Q(result=""),
        ),
    ),
    check(
        "prevented_says_how", implies(AFTER_CONTROL[2:], Q(prevented_at__isnull=False) & ~Q(prevention=""))
    ),
    # Nobody reviews the report they wrote.
    check(
        "reviewed_by_another",
        implies(AFTER_CONTROL[3:], Q(reviewed_at__isnull=False) & ~Q(reviewed_by=F("written_by"))),
    ),
    closed_constraint("emergency"),
    *void_constraints("emergency"),
    signed_constraint("emergency"),
    # A call and its emergency are one matter; the report counts it once.
    UniqueConstraint(fields=["call"], name="emergency_one_a_call"),
    *[paired("emergency", name) for name in PAIRS],
]
ALERT_CONSTRAINTS = [
    UniqueConstraint(fields=["emergency", "person"], name="alert_once_a_person"),
    paired("alert", "acknowledged"),
    CheckConstraint(
        condition=Q(acknowledged_at__isnull=True, how="")
        | Q(acknowledged_at__isnull=False, how__in=How.values),
        name="alert_acknowledged_how",
    ),
]
SERVICE_KNOWN = known("outside", "service", Service)
