"""What a page shows, as plain values that JSON keeps and a template reads the same again. Pure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

MOMENT, DAY = "$at", "$on"


def plain(value: Any) -> Any:
    """`value` in dicts, lists and words: records become dicts with their fields and properties, times stay times."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _names(value: Any) -> list[str]:
    """The fields and the properties of a dataclass."""
    found = [name for name, one in vars(type(value)).items() if isinstance(one, property)]
    return [*(field.name for field in fields(value)), *found]


def read(value: Any) -> Any:
    """What `plain` wrote, with its times."""
    if isinstance(value, list):
        return [read(one) for one in value]
    if not isinstance(value, dict):
        return value
    if MOMENT in value:
        return datetime.fromisoformat(value[MOMENT])
    if DAY in value:
        return date.fromisoformat(value[DAY])
    return {name: read(one) for name, one in value.items()}
