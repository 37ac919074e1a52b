"""A record that has no table: enough of one for clocks and the ledger."""

from types import SimpleNamespace


class Thing:
    """Stands for any wing's record."""

    _meta = SimpleNamespace(label_lower="tests.thing")
    title = "卫生间跳闸"

    def __init__(self, pk: int = 1) -> None:
        self.pk, self.no, self.status = pk, f"WX-2026-{pk:04d}", "open"

    def get_absolute_url(self) -> str:
        return f"/helpdesk/repairs/{self.no}/"

    def __str__(self) -> str:
        return self.no
