"""What the kinds of records have in common when a value is set right: places, telephones, choices (D4.3.3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import models

from helpdesk.cases.forms import text
from helpdesk.cases.models import Category
from helpdesk.corrections.registry import Field
from helpdesk.directory.models import address, normalize
from reception.core.flow import Refused

KEPT = "时限不重算：已经超时的仍算超时。"


BACK = timedelta(days=366)  # a slip of the finger in the year is no correction


def check_year(value: datetime, written_at: datetime) -> None:
    """A time at most a year before the record was written. Raises Refused."""
    if written_at - value > BACK:
        raise Refused("invalid", "最多更正到登记以前一年之内，请看年份是否填错。（D4.3.2）", field="value")


def line(name: str, label: str, limit: int, **more: Any) -> Field:
    """A line of words that must not be empty."""
    return Field(name, label, lambda: text(f"{label}更正为", limit=limit), **more)


def maybe(name: str, label: str, limit: int, **more: Any) -> Field:
    """A line of words that may be empty."""
    return Field(name, label, lambda: text(f"{label}更正为", limit=limit, required=False), **more)


def lines(name: str, label: str, limit: int = 2000, **more: Any) -> Field:
    """Several lines of words that must not be empty."""
    return Field(name, label, lambda: text(f"{label}更正为", rows=4, limit=limit), **more)


def one_of(name: str, label: str, choices: type[models.TextChoices], **more: Any) -> Field:
    """One of a few words."""

    def ask() -> forms.Field:
        return forms.ChoiceField(
            label=f"{label}更正为",
            choices=choices.choices,
            error_messages={"invalid_choice": f"请选{label}。"},
        )

    return Field(name, label, ask, show=lambda value: str(choices(value).label) if value else "", **more)


def category(kind: str, label: str = "类别", settle: Callable[..., dict[str, Any]] | None = None) -> Field:
    """A category of this kind (D4.3.1); the report counts the record under the new one."""

    def ask() -> forms.Field:
        sentence = f"没有这个{label}，请重选。"
        return forms.ModelChoiceField(
            Category.objects.filter(kind=kind),
            label=f"{label}更正为",
            error_messages={"required": f"请选{label}。", "invalid_choice": sentence},
        )

    effect = f"报告按更正后的{label}归类。{KEPT}"
    return Field("category", label, ask, settle=settle, effect=effect)


def place(record: Any, value: str, reason: str) -> dict[str, Any]:
    """The address as it is written down, with its unit from the register or none. Raises Refused."""
    unit, words = address(None, value)
    if not words:
        raise Refused("missing", "请写正确的地址。", field="value")
    if getattr(record, "kind", "") == "unit" and unit is None:
        raise Refused(
            "invalid", "房屋维修单要写清房号，这个地址在楼栋房号里没有，请核对。（E5.3.2）", field="value"
        )
    return {"place": words, "unit": unit}


def telephone(name: str) -> Callable[[Any, str, str], dict[str, Any]]:
    """The number without separators, as it is matched (records §2)."""

    def settle(record: Any, value: str, reason: str) -> dict[str, Any]:
        return {name: normalize(value) or value.strip()[:32]}

    return settle


def phone(name: str = "phone", label: str = "电话") -> Field:
    """A telephone number: secret, masked wherever the record's own is."""
    return maybe(name, label, 32, secret=True, settle=telephone(name))
