"""Who is on the line, as the desk writes it down."""

from typing import Any

from helpdesk.directory.models import Resident


def who_calls(one: Resident | None, place: str) -> dict[str, Any]:
    """The caller's columns: a known resident's own, else the guard's at that place."""
    if one is None:
        return {"caller_name": "保安亭", "number": "6001", "place": place}
    return {
        "caller_name": one.name,
        "caller_title": one.title,
        "number": one.phones.all()[0].number,
        "unit": one.unit,
        "company": one.company,
        "resident": one,
    }
