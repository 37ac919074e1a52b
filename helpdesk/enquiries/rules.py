"""What the database itself refuses about enquiries: no promise without who, number and time (E5.2.1b)."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.enquiries.choices import PROMISED, SAID, WITH_SPECIALIST, Outcome, Status, Way

PAIRS = ("notified", "taken", "sent", "accepted", "advised", "replied", "closed")


def check(name: str, condition: Q) -> CheckConstraint:
    """A named refusal."""
    return CheckConstraint(condition=condition, name=f"enquiry_{name}")


CONSTRAINTS = [
    known("enquiry", "status", Status),
    check("says_who_and_what", ~Q(customer="") & ~Q(content="")),
    check("way_known", Q(way="") | Q(way__in=Way.values)),
    check(
        "promise_says_when_and_where",
        ~Q(status__in=PROMISED) | (Q(reply_due_at__isnull=False) & ~Q(contact="")),
    ),
    check(
        "sent_to_somebody",
        ~Q(status__in=WITH_SPECIALIST) | Q(specialist__isnull=False, sent_at__isnull=False),
    ),
    check("accepted_when", ~Q(status=Status.ACCEPTED) | Q(accepted_at__isnull=False)),
    # 已答复, 已回复, 关闭: what was said, how, by whom.
    check(
        "says_the_answer",
        (Q(status__in=SAID, replied_at__isnull=False) & ~Q(answer="") & ~Q(way=""))
        | Q(status=Status.VOID)
        | (~Q(status__in=SAID) & Q(replied_at__isnull=True)),
    ),
    signed_constraint("enquiry"),
    closed_constraint("enquiry"),
    *void_constraints("enquiry"),
    # One call is one enquiry; the report counts it once.
    UniqueConstraint(fields=["call"], condition=~Q(status=Status.VOID), name="enquiry_one_a_call"),
    check("taken_after_notice", Q(taken_at__isnull=True) | Q(notified_at__isnull=False)),
    *[paired("enquiry", name) for name in PAIRS],
]
CALL_BACK = [
    known("call_back", "outcome", Outcome),
    CheckConstraint(condition=~Q(contact=""), name="call_back_says_the_number"),
    CheckConstraint(condition=Q(due_at__gt=F("made_at")), name="call_back_lies_ahead"),
    CheckConstraint(
        condition=Q(outcome=Outcome.OPEN, ended_at__isnull=True)
        | (~Q(outcome=Outcome.OPEN) & Q(ended_at__isnull=False)),
        name="call_back_ended_when_over",
    ),
    UniqueConstraint(fields=["enquiry"], condition=Q(outcome=Outcome.OPEN), name="call_back_one_open"),
    paired("call_back", "ended"),
]
