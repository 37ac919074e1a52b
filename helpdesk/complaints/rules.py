"""What the database itself refuses about complaints: no step is skipped, whoever writes (D4.4.2)."""

from django.db.models import CheckConstraint, Q, TextChoices, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.complaints.choices import Courtesy, Level, Nature, Opinion, Status, Way

PAIRS = ("verified", "confirmed", "sent", "signed", "started", "done", "fed_back", "closed")
CONFIRMED = (
    Status.CONFIRMED,
    Status.SENT,
    Status.SIGNED,
    Status.WORKING,
    Status.DONE,
    Status.FED_BACK,
    Status.CLOSED,
)
SENT = (Status.SENT, Status.SIGNED, Status.WORKING)
NO_DEPARTMENT = ~Q(nature=Nature.VALID)


def check(name: str, condition: Q) -> CheckConstraint:
    """A named refusal."""
    return CheckConstraint(condition=condition, name=f"complaint_{name}")


def implies(states: tuple[Status, ...], condition: Q) -> Q:
    """In one of the states the condition holds."""
    return ~Q(status__in=states) | condition


def optional(field: str, choices: type[TextChoices]) -> CheckConstraint:
    """Empty or one of the choices."""
    return check(f"{field}_known", Q(**{field: ""}) | Q(**{f"{field}__in": choices.values}))


CONSTRAINTS = [
    known("complaint", "status", Status),
    known("complaint", "courtesy", Courtesy),
    optional("nature", Nature),
    optional("way", Way),
    optional("opinion", Opinion),
    # As a range: Django cannot read a table back from SQLite whose checks hold a list of one-digit numbers.
    check("level_known", Q(level__range=(min(Level.values), max(Level.values)))),
    check("says_who_and_what", ~Q(customer="") & ~Q(content="")),
    check(
        "verified_says_facts",
        implies(
            (Status.VERIFIED, Status.AGAIN, *CONFIRMED),
            Q(verified_at__isnull=False) & ~Q(facts="") & ~Q(nature=""),
        ),
    ),
    check("confirmed_is_signed", implies(CONFIRMED, Q(confirmed_at__isnull=False) & ~Q(decision=""))),
    check(
        "confirmed_to_whom",
        implies(CONFIRMED, NO_DEPARTMENT | Q(department__isnull=False, handle_due_at__isnull=False)),
    ),
    check("sent_when", implies(SENT, Q(sent_at__isnull=False, department__isnull=False))),
    check("signed_when", implies(SENT[1:], Q(signed_at__isnull=False))),
    check("working_since", implies(SENT[2:], Q(started_at__isnull=False))),
    check(
        "done_says_what",
        implies(
            (Status.DONE, Status.FED_BACK, Status.CLOSED),
            Q(done_at__isnull=False) & (NO_DEPARTMENT | (Q(signed_at__isnull=False) & ~Q(measures=""))),
        ),
    ),
    check(
        "fed_back_says_what",
        implies((Status.FED_BACK, Status.CLOSED), Q(fed_back_at__isnull=False) & ~Q(opinion="") & ~Q(way="")),
    ),
    # 不满意 never closes.
    check(
        "not_satisfied_is_not_over",
        implies((Status.FED_BACK, Status.CLOSED), ~Q(opinion=Opinion.UNSATISFIED)),
    ),
    closed_constraint("complaint"),
    # A call and its complaint are one matter; the report counts it once. One that was struck out makes room.
    UniqueConstraint(fields=["call"], condition=~Q(status=Status.VOID), name="complaint_one_a_call"),
    *void_constraints("complaint"),
    signed_constraint("complaint"),
    *[paired("complaint", name) for name in PAIRS],
]
