"""`{% case_files record %}`: the panel of a record's files, with the way to add for who may."""

from typing import Any

from django import template

from helpdesk.attached.panel import panel

register = template.Library()


@register.inclusion_tag("helpdesk/attached/_panel.html", takes_context=True)
def case_files(context: dict[str, Any], record: Any) -> dict[str, Any]:
    """The files of `record` as the reader of the page sees them."""
    request = context["request"]
    return {"request": request, "record": record, "files": panel(record, request.user)}
