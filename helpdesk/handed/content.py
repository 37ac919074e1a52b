"""What a report says beside its figures: conclusions, cases, measures, what became of the last ones, signatures."""

from typing import Any

from django.db.models import prefetch_related_objects

from helpdesk.handed.choices import Progress
from helpdesk.handed.models import Measure, Submission
from helpdesk.handed.rows import address
from helpdesk.handed.wording import Sentence, links, sentences
from helpdesk.report.build import Line, Report
from helpdesk.report.views_page import growth, words
from reception.core.clock.periods import local

SIGNING = (("制表", "signed"), ("审核", "reviewed"), ("报送", "submitted"), ("接收", "received"))
PAPER = SIGNING[:3]  # what stands on the paper that is handed in


def content(found: Submission | None, report: Report) -> dict[str, Any]:
    """Everything that people say in `found`, beside what the figures of `report` say, in plain words.

    None: nobody began it; the generated sentences alone.
    """
    said = sentences(report)
    lines = {line.metric.code: line for line in report.lines}
    if found is not None:
        prefetch_related_objects([found], "cases", "measures__department", "outcomes")
    return {
        "label": report.span.label,
        "cut_off": report.span.cut_off,
        "conclusions": conclusions(found, said, report),
        "outcomes": outcomes(found, lines) if found else [],
        "cases": [case(row) for row in found.cases.all()] if found else [],
        "measures": [measure(row) for row in found.measures.all()] if found else [],
        "signatures": [signature(found, *one) for one in PAPER],
        "key": [
            {"label": line.metric.label, "now": words(line.now), "before": words(line.before)}
            | {"change": growth(line.now, line.before), "target": target(line)}
            for line in report.lines
        ],
    }


def conclusions(found: Submission | None, said: list[Sentence], report: Report) -> list[dict[str, Any]]:
    """The five: what somebody wrote, else the generated sentence; stale: the figures moved since it was written."""
    written = found.conclusions if found else {}
    rows = []
    for one in said:
        own = written.get(one.code, {})
        rows.append(
            {
                "code": one.code, "heading": one.heading, "text": own.get("text") or one.text, "generated": one.text,
                "own": bool(own.get("text")), "stale": bool(own.get("text")) and own.get("basis") != one.text,
                "links": links(one.rows, lambda code: address(report.span, code)),
            }
        )  # fmt: skip
    return rows


def target(line: Line) -> str:
    """目标, — without."""
    return "—" if line.target is None else f"{line.target:.1%}"


def last(found: Submission) -> Submission | None:
    """The report handed in before this one; one query."""
    return Submission.objects.before(found.first).exclude(pk=found.pk).first()


def promised(found: Submission) -> list[Measure]:
    """The measures of the last report; two queries."""
    earlier = last(found)
    return list(earlier.measures.select_related("department")) if earlier else []


def outcomes(found: Submission, lines: dict[str, Line]) -> list[dict[str, Any]]:
    """上期措施 with 完成情况 and 效果, beside this period's change of the same figure."""
    told = {row.measure_id: row for row in found.outcomes.all()}
    rows = []
    for one in promised(found):
        row, line = told.get(one.pk), lines.get(one.metric)
        rows.append(
            measure(one)
            | {
                "pk": one.pk, "progress": row.get_progress_display() if row else "", "effect": row.effect if row else "",
                "open": row is not None and row.progress in (Progress.UNDER_WAY, Progress.LATE),
                "figure": line.metric.label if line else "", "before": words(line.before) if line else "",
                "now": words(line.now) if line else "", "change": growth(line.now, line.before) if line else "",
            }
        )  # fmt: skip
    return rows


def case(row: Any) -> dict[str, Any]:
    """A case in words."""
    return {"no": row.no, "title": row.title, "story": row.story, "lesson": row.lesson}


def measure(row: Measure) -> dict[str, Any]:
    """A measure in words."""
    return {
        "problem": row.problem, "basis": row.basis, "action": row.action,
        "department": str(row.department or ""), "due": row.due_on,
    }  # fmt: skip


def signature(found: Submission | None, label: str, step: str) -> dict[str, str]:
    """{"label": 制表, "name": …, "at": 2026-11-02 09:00}; empty while it is missing."""
    at = getattr(found, f"{step}_at", None) if found else None
    name = getattr(found, f"{step}_name") if found and at else ""
    return {"label": label, "name": name, "at": f"{local(at):%Y-%m-%d %H:%M}" if at else ""}


def shown(report: Report) -> dict[str, str]:
    """The figures as somebody signs for them: label → words."""
    found = {line.metric.label: _words(line) for line in report.lines}
    found |= {f"{row.big}·{row.small}": words(row.flow.received) for row in report.categories}
    return found


def _words(line: Line) -> str:
    part, base = getattr(line.now, "part", None), getattr(line.now, "base", None)
    return words(line.now) + (f"（{part}/{base}）" if base is not None else "")
