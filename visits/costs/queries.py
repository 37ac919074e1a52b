"""Sentences about the rows of 接待清单."""

from django.db import models


class ExpenseQuerySet(models.QuerySet):
    """`sheet.rows.live()`."""

    def live(self) -> "ExpenseQuerySet":
        """Rows that count: neither voided nor replaced."""
        return self.filter(voided_at__isnull=True)

    def same_voucher_elsewhere(self, sheet: models.Model, vouchers: set[str]) -> "ExpenseQuerySet":
        """Live rows of other lists that carry one of `vouchers`: an invoice that is handed in twice."""
        return self.live().filter(voucher__in=vouchers).exclude(sheet=sheet)
