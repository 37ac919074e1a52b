"""What was promised to be told by when: on a call, and on the enquiry that took the call's promise over (E5.2.1b)."""

from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from helpdesk.enquiries.choices import Outcome
from helpdesk.enquiries.models import CallBack
from helpdesk.log.models import Call
from helpdesk.report.cases import stood
from helpdesk.report.rates import Figures, Rate
from helpdesk.report.rows import calls


def promises(start: datetime, end: datetime) -> tuple[QuerySet[Call], QuerySet[CallBack]]:
    """The promises due in [start, end) as they stood at `end`, each row knowing whether it was `met`.

    A call's promise that an enquiry took over before it was due is counted there. A promise that was agreed anew
    before it was due was never due; one that was missed stays missed.
    """
    over = CallBack.objects.filter(enquiry__call=OuterRef("pk"), made_at__lte=OuterRef("reply_due_at"))
    on_calls = (
        calls()
        .filter(reply_due_at__gte=start, reply_due_at__lt=end)
        .exclude(void_at__lt=end)
        .exclude(Exists(over.filter(stood(end, "enquiry__")).order_by()))
        .annotate(met=_met(Q(replied_at__lte=F("reply_due_at"))))
    )
    late = Q(ended_at__isnull=True) | Q(ended_at__gt=F("due_at"))
    backs = CallBack.objects.filter(stood(end, "enquiry__"), due_at__gte=start, due_at__lt=end)
    backs = backs.filter(Q(outcome=Outcome.DONE) | late).annotate(met=_met(~late)).order_by()
    return on_calls, backs


def _met(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0))


def promise_figures(start: datetime, end: datetime) -> Figures:
    """按时回复率 of the promises due in [start, end); two queries."""
    found = [
        rows.aggregate(due=Count("pk"), kept=Count("pk", filter=Q(met=1))) for rows in promises(start, end)
    ]
    return {"replied": Rate(sum(one["kept"] for one in found), sum(one["due"] for one in found))}
