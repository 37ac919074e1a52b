"""The procedure of a promise as a table (B1): kept, or taken back with its reason."""

from reception.core.flow import Flow, Move
from visits.promises.choices import PromiseStatus as S

FLOW = Flow(
    "visits.promise",
    S,
    start=S.OPEN,
    label="对客户的承诺",
    moves=(
        # Who owes it, or who keeps the customer's page: a rule, not a role.
        Move("keep", (S.OPEN,), S.KEPT, "兑现", None, ("concerned",), tone="primary"),
        Move("withdraw", (S.OPEN,), S.WITHDRAWN, "撤销", None, ("concerned",), ("reason",)),
    ),
)
