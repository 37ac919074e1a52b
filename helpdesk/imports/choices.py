"""What the preview says of a row, and what became of it."""

from django.db.models import TextChoices


class Verdict(TextChoices):
    """What a row would do."""

    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    SAME = "same", "无变化"
    WRONG = "wrong", "有错"
    # Only after the import: somebody else changed this unit or person since the preview.
    STALE = "stale", "未导入"


EFFECTIVE = (Verdict.NEW, Verdict.CHANGED)
TONES = {"new": "ok", "changed": "brand", "same": "", "wrong": "bad", "stale": "warn"}
