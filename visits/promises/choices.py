"""States of a promise made to a customer (B1)."""

from django.db.models import TextChoices


class PromiseStatus(TextChoices):
    """A promise is open until it is kept or taken back."""

    OPEN = "open", "待兑现"
    KEPT = "kept", "已兑现"
    WITHDRAWN = "withdrawn", "已撤销"
