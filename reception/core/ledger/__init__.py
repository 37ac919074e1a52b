"""The append-only, chained ledger, and the only writer of a status."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reception.core.ledger.models import Event
    from reception.core.ledger.write import action, apply, events_of, next_no, record, touch, writing

__all__ = ["Event", "action", "apply", "events_of", "next_no", "record", "touch", "writing"]


def __getattr__(name: str) -> Any:
    """Resolve late: models import this package before the apps are ready."""
    if name not in __all__:
        raise AttributeError(name)
    from reception.core.ledger import models, write

    return getattr(models if name == "Event" else write, name)
