"""Setting a value right: the record carries the new one, the correction keeps the old (D4.3.3)."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from helpdesk.corrections.models import Correction
from helpdesk.corrections.policies import check_may, check_ready, check_reason
from helpdesk.corrections.registry import Field, Kind, kind_of, raw
from reception.core.flow import Refused, stale
from reception.core.ledger import action, record, touch
from reception.core.ledger.write import signature_of
from reception.core.people.models import User
from reception.core.templatetags.core import masked


@action
def correct(
    subject: Any, name: str, value: Any, *, by: User, at: datetime, reason: str, seen: Any = ...
) -> Correction:
    """更正 the column `name` of `subject` to `value`; open and closed records alike. Raises Refused.

    seen: what the page showed as the old value, as `raw` gives it; another one now is "stale". What a clock has
    counted stays counted: no limit is moved, no breach is taken away.
    """
    kind = kind_of(subject)
    field = kind.field(name) if kind else None
    if kind is None or field is None:
        raise Refused("invalid", "这一栏不能更正，请看说明。")
    field.refresh(subject)
    check_may(subject, kind, by)
    check_ready(subject, field)
    old, was = raw(field.value(subject)), field.words(subject)
    if seen is not ... and seen != old:
        raise stale(f"{subject} 的“{field.label}”")
    reason = check_reason(reason)
    columns = field.settle(subject, value, reason) if field.settle else {name: value}
    new, words = columns[name], field.show(columns[name])
    if raw(new) == old or words == was:
        raise Refused("invalid", f"新的“{field.label}”和原来一样，没有要更正的。", field="value")
    _write(subject, field, columns)
    return _keep(subject, kind, field, (was, old), (words, raw(new)), by, at, reason)


def _write(subject: Any, field: Field, columns: dict[str, Any]) -> None:
    """The record carries the new value. Raises Refused when it contradicts what else the record says."""
    try:
        with transaction.atomic():
            if field.keep:
                field.keep(subject, columns)
            else:
                touch(subject, **columns)
    except IntegrityError:
        sentence = "改成这样，就和这份记录的其他内容矛盾了，请核对后重填；确实整份记错的，请经理作废。"
        raise Refused("invalid", sentence, field="value") from None


def overwritten(subject: Any, before: dict[str, Any], *, by: User, at: datetime, reason: str) -> None:
    """A step of the procedure wrote over what stood in these columns: the old values stay struck out beside the new.

    before: column → its value until now; what was empty is only filled in. Only inside an action.
    """
    kind = kind_of(subject)
    for name, value in before.items():
        field = kind.field(name) if kind else None
        if kind and field and value:
            old, new = (field.show(value), raw(value)), (field.words(subject), raw(field.value(subject)))
            _row(subject, kind, field, old, new, by, at, reason)


def _keep(
    subject: Any,
    kind: Kind,
    field: Field,
    old: tuple[str, Any],
    new: tuple[str, Any],
    by: User,
    at: datetime,
    reason: str,
) -> Correction:
    """The correction's own row, and its event; old and new as (words, value)."""
    found = _row(subject, kind, field, old, new, by, at, reason)
    veil = masked if field.secret else str
    detail = {"field": field.name, "label": field.label, "number": found.number}
    detail |= {"old": veil(old[0]), "new": veil(new[0]), "correction": found.pk}
    record(subject, "correct", f"更正{field.label}"[:32], by=by, at=at, reason=reason, detail=detail)
    return found


def _row(
    subject: Any,
    kind: Kind,
    field: Field,
    old: tuple[str, Any],
    new: tuple[str, Any],
    by: User,
    at: datetime,
    reason: str,
) -> Correction:
    """The next link of the field's chain."""
    number = Correction.objects.of(subject).filter(field=field.name).count() + 1
    return Correction.objects.create(
        subject_kind=kind.key, subject_id=subject.pk, subject_no=subject.no, field=field.name, label=field.label,
        number=number, secret=field.secret, old=old[0], new=new[0], old_value=old[1], new_value=new[1],
        reason=reason, corrected_at=at, corrected_by=by, signature=signature_of(by),
    )  # fmt: skip
