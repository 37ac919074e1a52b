"""Addresses of the records behind a figure: every sentence, bar and cell leads to exactly those (D4.4.5)."""

from urllib.parse import urlencode

from django.urls import reverse

from helpdesk.report.spans import Span


def rows_url(span: Span, of: str, **narrow: object) -> str:
    """The list behind figure `of` of `span`.

    narrow: part ("yes" what counts, "no" what does not; of a rate), kind, category (id, None for 未分类), day (a date),
    weekday (1 Monday – 7), hour (0–23), bin (of the histogram), trade, who, area (a building's name or 公共区域与其他),
    field (first level of a repair's category). Empty ones are left out.
    """
    if "category" in narrow and narrow["category"] is None:
        narrow["category"] = "none"
    asked = {name: value for name, value in narrow.items() if value not in ("", None)}
    several = {"months": span.months} if span.months > 1 else {}
    return reverse("helpdesk:report_rows", args=[span.code]) + "?" + urlencode({**several, "of": of, **asked})
