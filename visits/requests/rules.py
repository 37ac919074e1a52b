"""What the database itself refuses about a reception: the constraints of its table."""

from django.db.models import BaseConstraint, CheckConstraint, F, Q

from visits.requests.choices import APPROVED, COMPLETE, UNDECIDED, Nature, Purpose, Status

PAIRS = ("submitted", "held", "decided", "started", "ended", "archived", "cancel_asked")


def paired(name: str) -> CheckConstraint:
    """`name`_at and `name`_by are set together or not at all."""
    at, by = f"{name}_at__isnull", f"{name}_by__isnull"
    return CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}),
        name=f"reception_{name}_at_by",
    )


def not_negative(field: str) -> CheckConstraint:
    """`field` is unset or at least 0 元, and only a fixed tier can carry it (A7b)."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | (Q(**{f"{field}__gte": 0}) & Q(tier__isnull=False)),
        name=f"reception_{field}_by_approver",
    )


FORM_COMPLETE = (
    Q(
        customer__isnull=False,
        department__isnull=False,
        proposed_tier__isnull=False,
        host__isnull=False,
        headcount__isnull=False,
        arrive_at__isnull=False,
        leave_at__isnull=False,
        submitted_at__isnull=False,
    )
    & ~Q(subject="")
    & ~Q(nature="")
    & ~Q(purpose="")
    & ~Q(contact_name="")
)

CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(condition=Q(status__in=Status.values), name="reception_status_known"),
    CheckConstraint(condition=Q(nature__in=["", *Nature.values]), name="reception_nature_known"),
    CheckConstraint(condition=Q(purpose__in=["", *Purpose.values]), name="reception_purpose_known"),
    CheckConstraint(
        condition=Q(arrive_at__isnull=True) | Q(leave_at__isnull=True) | Q(arrive_at__lt=F("leave_at")),
        name="reception_leaves_after_arriving",
    ),
    CheckConstraint(
        condition=Q(headcount__isnull=True) | Q(headcount__gte=1), name="reception_headcount_from_one"
    ),
    CheckConstraint(
        condition=~Q(status__in=COMPLETE) | FORM_COMPLETE, name="reception_complete_when_submitted"
    ),
    # A3.1a: a late request says why, and who agreed to it when.
    CheckConstraint(
        condition=~Q(status__in=COMPLETE)
        | Q(retroactive=False)
        | (Q(retro_agreed_at__isnull=False) & ~Q(retro_agreed_by="") & ~Q(retro_reason="")),
        name="reception_retroactive_says_why",
    ),
    # A3.1b: the tier is fixed by the approval, and a changed tier says why.
    CheckConstraint(
        condition=~Q(status__in=APPROVED) | Q(tier__isnull=False, decided_at__isnull=False),
        name="reception_approved_has_tier",
    ),
    CheckConstraint(
        condition=~Q(status__in=UNDECIDED) | Q(tier__isnull=True), name="reception_undecided_no_tier"
    ),
    CheckConstraint(
        condition=Q(tier__isnull=True) | Q(tier=F("proposed_tier")) | ~Q(tier_reason=""),
        name="reception_changed_tier_says_why",
    ),
    # A cancellation that is asked for says why, and only an approved one is asked for.
    CheckConstraint(
        condition=Q(cancel_asked_at__isnull=True)
        | (Q(status__in=(Status.PREPARING, Status.CANCELLED)) & ~Q(cancel_reason="")),
        name="reception_cancel_asked_says_why",
    ),
    CheckConstraint(condition=Q(version__gte=1), name="reception_version_from_one"),
    # Handed on only while a leader's decision is awaited, and to somebody else than the applicant.
    CheckConstraint(
        condition=Q(holder__isnull=True, held_at__isnull=True)
        | (Q(holder__isnull=False, held_at__isnull=False, status=Status.PENDING) & ~Q(holder=F("applicant"))),
        name="reception_held_while_pending",
    ),
    not_negative("activity_budget"),
    not_negative("gift_budget"),
    *[paired(name) for name in PAIRS],
]
