"""Three months of believable receptions, made by the real actions at past times."""

from visits.demo.build import build

__all__ = ["build"]
