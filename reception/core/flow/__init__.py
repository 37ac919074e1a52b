"""Procedures as tables. Pure: nothing here touches the database."""

from reception.core.flow.refused import Refused, stale
from reception.core.flow.table import REGISTRY, Flow, Move

__all__ = ["REGISTRY", "Flow", "Move", "Refused", "stale"]
