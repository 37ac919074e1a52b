"""What the database itself refuses about matters, whoever writes (D4.4.3)."""

from django.db.models import CheckConstraint, Q, TextChoices, UniqueConstraint

from helpdesk.cases.fields import known, paired
from helpdesk.cases.signing import signed_constraint
from helpdesk.cases.voiding import closed_constraint, void_constraints
from helpdesk.matters.choices import Kind, Opinion, Status, Verdict, Way

PAIRS = ("assigned", "signed", "done", "fed_back", "closed")
AFTER = (Status.DONE, Status.FED_BACK, Status.CLOSED)


def check(name: str, condition: Q) -> CheckConstraint:
    """A named refusal."""
    return CheckConstraint(condition=condition, name=f"matter_{name}")


def implies(states: tuple[Status, ...], condition: Q) -> Q:
    """In one of the states the condition holds."""
    return ~Q(status__in=states) | condition


def optional(field: str, choices: type[TextChoices]) -> CheckConstraint:
    """Empty or one of the choices."""
    return check(f"{field}_known", Q(**{field: ""}) | Q(**{f"{field}__in": choices.values}))


CONSTRAINTS = [
    known("matter", "status", Status),
    known("matter", "kind", Kind),
    optional("verdict", Verdict),
    optional("way", Way),
    optional("opinion", Opinion),
    check("says_who_and_what", ~Q(reporter="") & ~Q(content="")),
    check(
        "praise_says_whom",
        ~Q(kind=Kind.PRAISE) | Q(praised__isnull=False) | Q(praised_department__isnull=False),
    ),
    check("transfer_says_to_whom", ~Q(kind=Kind.TRANSFER) | ~Q(transfer_to="")),
    check(
        "assigned_to_whom_until_when",
        implies(
            (Status.ASSIGNED, Status.SIGNED),
            Q(assigned_at__isnull=False, due_at__isnull=False)
            & (Q(department__isnull=False) | Q(worker__isnull=False)),
        ),
    ),
    check("signed_when", implies((Status.SIGNED,), Q(signed_at__isnull=False, worker__isnull=False))),
    check("done_says_what", implies(AFTER, Q(done_at__isnull=False) & ~Q(result=""))),
    # A suggestion is answered, not only filed.
    check("advice_is_answered", ~Q(kind=Kind.ADVICE) | implies(AFTER, ~Q(verdict=""))),
    check(
        "fed_back_says_how",
        implies(AFTER[1:], Q(fed_back_at__isnull=False) & ~Q(way="") & ~Q(opinion="")),
    ),
    check("rejected_is_not_over", implies(AFTER[1:], ~Q(opinion=Opinion.REJECTED))),
    closed_constraint("matter"),
    # A call and its matter are one; the report counts it once. One that was struck out makes room.
    UniqueConstraint(fields=["call"], condition=~Q(status=Status.VOID), name="matter_one_a_call"),
    *void_constraints("matter"),
    signed_constraint("matter"),
    *[paired("matter", name) for name in PAIRS],
]
