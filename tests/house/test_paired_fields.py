"""Every `…_at` has its `…_by`, and the database keeps the two together."""

from django.apps import apps
from django.db import models

from tests.house.code import WINGS

APPS = ("core", *WINGS)
# Moments that nobody's hand makes, or whose hand stands elsewhere. model.field: why.
EXCEPTIONS = {
    "Alert.told_at": "told by the system, when the emergency was raised (its created_by)",
    "Answer.answered_at": "a guest's hand, who does not sign in",
    "Answer.corrected_at": "the same guest's",
    "Begun.saved_at": "typed by its created_by, nobody else can",
    "Call.recorded_at": "its hand is `recorder`, whose name is frozen beside it (D4.3.5)",
    "Visitor.came_at": "its hand is `created_by`, whose name is frozen beside it (D4.3.5)",
    "Clock.started_at": "the action that starts it is in the ledger",
    "Clock.paused_at": "the action that pauses it is in the ledger",
    "Clock.stopped_at": "the action that stops it is in the ledger",
    "Clock.breached_at": "nobody's hand: time passed",
    "Hold.paused_at": "its `paused_by` is None when the system paused it",
    "Hold.resumed_at": "its `resumed_by` is None when the system resumed it",
    "Emergency.happened_at": "when it began: nobody's hand",
    "Export.beat_at": "the worker's sign of life",
    "Export.ended_at": "ended by the worker",
    "Notice.created_at": "made by the system",
    "Notice.read_at": "read by `to`, nobody else can",
    "Copy.opened_at": "read by `to`, nobody else can",
    "Once.created_at": "a form's token, its `user` beside it",
}
# Names that say a plan or a deadline rather than a deed, wherever they stand.
NOT_DEEDS = {
    "due_at",
    "next_at",
    "expires_at",
    "handle_due_at",
    "reconfirm_due_at",
    "arrive_at",
    "leave_at",
    "reply_due_at",
    "arrive_due_at",
    "valid_from",
    "starts_at",
    "ends_at",
}


def own_models() -> list[type[models.Model]]:
    """Our models; simple-history's shadows follow their originals."""
    return [
        model
        for label in APPS
        if apps.is_installed("reception.core" if label == "core" else label)
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


def deeds(model: type[models.Model]) -> list[models.Field]:
    """The nullable-or-not moments of a model that someone's hand makes."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.DateTimeField)
        and field.name.endswith("_at")
        and field.name not in NOT_DEEDS
        and f"{model.__name__}.{field.name}" not in EXCEPTIONS
    ]


def names(condition: models.Q) -> set[str]:
    """The columns that a condition speaks of."""
    return {
        name
        for child in condition.children
        for name in (names(child) if isinstance(child, models.Q) else {child[0].split("__")[0]})
    }


def paired(model: type[models.Model], at: models.Field, by: models.Field) -> bool:
    """Both required, or a CheckConstraint that names exactly this pair among its columns."""
    if not at.null and not by.null:
        return True
    spoken = {by.name, by.attname}
    return any(
        at.name in names(constraint.condition) and spoken & names(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def unpaired() -> list[str]:
    """model.field of each deed without a hand, or with a hand the database does not tie to it."""
    found = []
    for model in own_models():
        fields = {field.name: field for field in model._meta.fields}
        for at in deeds(model):
            by = fields.get(f"{at.name.removesuffix('_at')}_by")
            if by is None or not paired(model, at, by):
                found.append(f"{model.__name__}.{at.name}")
    return found


def test_every_deed_has_its_hand_and_the_database_pairs_them():
    assert unpaired() == []


def test_every_exception_still_exists():
    """An exception that outlives its field would hide the next one of that name."""
    real = {f"{model.__name__}.{field.name}" for model in own_models() for field in model._meta.fields}
    assert sorted(set(EXCEPTIONS) - real) == []


def test_the_reader_of_conditions_reads():
    """Negative control."""
    pair = models.Q(a_at__isnull=True, a_by__isnull=True) | models.Q(a_at__isnull=False, a_by__isnull=False)
    assert names(pair) == {"a_at", "a_by"}
