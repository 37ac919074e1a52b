"""Three months of a believable service desk, made by the real actions at past times; and as much history as you like."""

from helpdesk.demo.build import build
from helpdesk.demo.bulk import fill

__all__ = ["build", "fill"]
