"""What the database itself refuses about repair orders."""

from itertools import pairwise

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.repairs.choices import Hold, OrderKind, SlipReason, Status, Urgency

PAIRS = (
    "dispatched",
    "handed",
    "signed",
    "returned",
    "introduced",
    "received",
    "acknowledged",
    "arrived",
    "started",
    "paused",
    "finished",
    "explained",
    "slip",
    "revisited",
    "closed",
    "cancelled",
)
# The first arrival stands when the order changes hands afterwards, so a later 接单 may follow it.
ORDER = ("dispatched", "arrived", "finished", "slip", "revisited", "closed")
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
    # E5.3.3: whoever has taken it has signed the hand-over as well.
    check("acknowledged_was_handed_over", Q(acknowledged_at__isnull=True) | Q(signed_at__isnull=False)),
    check("returned_says_why", Q(returned_at__isnull=True) | ~Q(return_reason="")),
    check("waiting_is_nobodys", implies((Status.WAITING,), Q(repairer__isnull=True))),
    check("received_was_introduced", Q(received_at__isnull=True) | Q(introduced_at__isnull=False)),
    check("hold_known", Q(hold__in=["", *Hold.values])),
    check("slip_reason_known", Q(slip_reason__in=["", *SlipReason.values])),
    check("explained_says_why", Q(explained_at__isnull=True) | ~Q(slip_reason="")),
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
    after("dispatched", "acknowledged"),
    after("handed", "signed"),
    after("introduced", "received"),
    after("slip", "closed"),
]
