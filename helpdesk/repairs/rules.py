"""What the database itself refuses about repair orders."""

from itertools import pairwise

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.repairs.choices import OrderKind, Status, Urgency

PAIRS = (
    "dispatched",
    "handed",
    "acknowledged",
    "arrived",
    "started",
    "paused",
    "finished",
    "slip",
    "revisited",
    "closed",
    "cancelled",
)
ORDER = ("dispatched", "acknowledged", "arrived", "finished", "slip", "revisited", "closed")
ON_THE_WAY = (Status.HANDED, Status.ACKNOWLEDGED)
THERE = (Status.ARRIVED, Status.WORKING, Status.PAUSED)
DONE = (Status.FINISHED, Status.SLIP_BACK, Status.REVISITED)
FORCED = ~Q(force_reason="")


def check(name: str, condition: Q) -> CheckConstraint:
    """A named refusal."""
    return CheckConstraint(condition=condition, name=f"repair_{name}")


def after(first: str, later: str) -> CheckConstraint:
    """The later step never stands before the earlier one; either may be missing."""
    one, two = f"{first}_at", f"{later}_at"
    return check(
        f"{later}_after_{first}",
        Q(**{f"{one}__isnull": True}) | Q(**{f"{two}__isnull": True}) | Q(**{f"{two}__gte": F(one)}),
    )


def implies(states: tuple[Status, ...], condition: Q) -> Q:
    """In one of the states the condition holds."""
    return ~Q(status__in=states) | condition


RESULT = Q(finished_at__isnull=False) & ~Q(measures="") & (~Q(signed_name="") | ~Q(unsigned_reason=""))

CONSTRAINTS = [
    known("repair", "status", Status),
    known("repair", "kind", OrderKind),
    known("repair", "urgency", Urgency),
    check("has_what_and_where", ~Q(content="") & ~Q(place="") & ~Q(reporter="")),
    check("unit_order_has_unit", ~Q(kind=OrderKind.UNIT) | Q(unit__isnull=False)),
    check(
        "handed_to_whom",
        implies((*ON_THE_WAY, *THERE, *DONE), Q(repairer__isnull=False, handed_at__isnull=False)),
    ),
    check("sent_by_when", implies(ON_THE_WAY, Q(arrive_due_at__isnull=False))),
    check("acknowledged_is_signed", implies((Status.ACKNOWLEDGED,), Q(acknowledged_at__isnull=False))),
    check("there_has_arrived", implies(THERE, Q(arrived_at__isnull=False))),
    # D4.4.1: another time than the standard one was agreed with somebody, for a reason.
    check(
        "agreed_says_with_whom_and_why",
        Q(agreed=False) | (Q(arrive_due_at__isnull=False) & ~Q(agreed_reason="") & ~Q(agreed_with="")),
    ),
    check("paused_says_why", implies((Status.PAUSED,), Q(paused_at__isnull=False) & ~Q(pause_reason=""))),
    check("done_says_what", implies(DONE, RESULT)),
    # E5.3.7: without the slip it is not finished business.
    check("slip_is_back", implies((Status.SLIP_BACK, Status.REVISITED), Q(slip_at__isnull=False))),
    check(
        "closed_with_slip_and_word",
        implies((Status.CLOSED,), FORCED | (Q(slip_at__isnull=False) & ~Q(close_word="") & RESULT)),
    ),
    closed_constraint("repair"),
    check(
        "cancelled_when_cancelled",
        Q(status=Status.CANCELLED, cancelled_at__isnull=False)
        | Q(status=Status.VOID)
        | (~Q(status__in=(Status.CANCELLED, Status.VOID)) & Q(cancelled_at__isnull=True)),
    ),
    # A call and its order are one matter; the report counts it once. One that was struck out makes room for another.
    UniqueConstraint(fields=["call"], condition=~Q(status=Status.VOID), name="repair_one_a_call"),
    check("score_from_1_to_5", Q(score__isnull=True) | Q(score__gte=1, score__lte=5)),
    check("cost_not_negative", Q(cost__gte=0)),
    check("not_its_own_origin", Q(origin__isnull=True) | ~Q(origin=F("id"))),
    *[paired("repair", name) for name in PAIRS],
    *void_constraints("repair"),
    signed_constraint("repair"),
    *[after(first, later) for first, later in pairwise(ORDER)],
    after("slip", "closed"),
]
