"""Three months of a believable service desk, made by the real actions at past times."""

from helpdesk.demo.build import build

__all__ = ["build"]
