"""A record's page and paper say what was corrected and what was struck out (D4.3.3)."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from helpdesk.cases.voiding import VOID
from helpdesk.corrections.chains import chain_of, corrections_of, said, words
from helpdesk.corrections.policies import may_correct
from helpdesk.corrections.registry import kind_of

register = template.Library()


@register.simple_block_tag(takes_context=True, end_name="endcorrected")
def corrected(
    context: Any, content: str, record: Any, name: str, brief: bool = False, if_any: bool = False
) -> SafeString:
    """The value between the tags; what it was before stands struck out beside it, with who, when and why.

    brief: who, when and why stand below instead (`correction_notes`), where there is little room; if_any: nothing
    for what was never corrected.
    """
    request = context.get("request")
    chain = chain_of(record, name, request.user if request else None)
    if not chain:
        return mark_safe("" if if_any else content)  # rendered by the template around it
    return render_to_string(
        "helpdesk/corrections/_value.html", {"chain": chain, "brief": brief, "now": mark_safe(content)}
    )


@register.inclusion_tag("helpdesk/corrections/_panel.html", takes_context=True)
def corrections(context: Any, record: Any) -> dict[str, Any]:
    """The key 更正 and the history of corrections; nothing where there is neither."""
    user, kind = context["request"].user, kind_of(record)
    if kind is None:
        return {}
    clear = kind.sees_phone(record, user)
    rows = [(row, *words(row, clear), said(row)) for row in corrections_of(record)]
    fields = kind.open_fields(record) if may_correct(record, kind, user) else []
    return {"record": record, "rows": rows, "fields": fields}


@register.inclusion_tag("helpdesk/corrections/_notes.html", takes_context=True)
def correction_notes(context: Any, record: Any) -> dict[str, Any]:
    """Every correction in a line, for the foot of a paper."""
    kind = kind_of(record)
    clear = bool(kind and kind.sees_phone(record, context["request"].user))
    return {"notes": [(row.label, *words(row, clear), said(row)) for row in corrections_of(record)]}


@register.inclusion_tag("helpdesk/corrections/_void.html")
def void_mark(record: Any, paper: bool = False) -> dict[str, Any]:
    """已作废, with who, when and why: a band on the page, a mark across the paper; nothing for what stands."""
    return {"record": record if record.status == VOID else None, "paper": paper}
