"""Earlier receptions of a customer, as one row each. The receptions come through the relation: this noun lies below theirs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, OuterRef, Subquery, Value
from django.db.models.functions import NullIf

from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.customers.models import Customer

SHOWN = 30
# The visit will not take place.
OFF = ("cancelled", "rejected")


@dataclass(frozen=True)
class Visit:
    """One reception. cost in 元: None when nothing is settled yet, or when the reader may not open the reception."""

    pk: int
    no: str
    on: date
    title: str
    tier: Any
    host: str
    headcount: int | str
    state: str
    url: str
    cost: Decimal | None
    came: bool
    ahead: bool
    score: float | None = None

    @property
    def cost_text(self) -> str:
        """¥3,160, or why there is none."""
        if self.cost is None:
            return "未结算" if self.url else "—"
        return "¥" + f"{self.cost:,.2f}".removesuffix(".00")


def visits_of(customer: Customer, user: User, at: datetime) -> list[Visit]:
    """The newest SHOWN submitted receptions. Whoever may read the customer's page reads when, tier and host;
    the address and the cost only of receptions they may open. Of a secret one kept from them only that it was."""
    rows = customer.receptions.filter(submitted_at__isnull=False, arrive_at__isnull=False)
    rows = (
        rows.select_related("tier", "host")
        .annotate(spent=NullIf("sheet__spent", Value(Decimal(0))), score=_mean(customer))
        .order_by("-arrive_at", "-id")
    )
    mine = set(customer.receptions.visible_to(user).values_list("pk", flat=True))
    hush = not user.may(Can.VIEW_SECRET)
    return [_secret(row, at) if row.secret and hush and row.pk not in mine else _visit(row, row.pk in mine, at)
            for row in rows[:SHOWN]]  # fmt: skip


def _visit(row: Any, mine: bool, at: datetime) -> Visit:
    return Visit(
        row.pk, row.no, local(row.arrive_at).date(), row.title, row.tier, str(row.host or ""), row.headcount,
        row.get_status_display(), row.get_absolute_url() if mine else "", _cost(row) if mine else None,
        row.started_at is not None, row.started_at is None and row.arrive_at > at and row.status not in OFF,
        row.score if mine else None,
    )  # fmt: skip


def _mean(customer: Customer) -> Subquery:
    """What the guests of each reception gave on average; through the relation, for answers lie above customers."""
    answers = customer.receptions.model._meta.get_field("answers").related_model._default_manager
    rows = (
        answers.filter(reception=OuterRef("pk")).order_by().values("reception").annotate(mean=Avg("overall"))
    )
    return Subquery(rows.values("mean"))


def _secret(row: Any, at: datetime) -> Visit:
    """涉密接待: the day and nothing else."""
    gone = row.started_at is not None
    return Visit(
        row.pk, "", local(row.arrive_at).date(), "涉密接待", None, "—", "", "", "", None, gone, False
    )


def _cost(row: Any) -> Decimal | None:
    """What the list of the reception came to, once it was handed in."""
    sheet = getattr(row, "sheet", None)
    return sheet.spent if sheet and sheet.settled_at else None
