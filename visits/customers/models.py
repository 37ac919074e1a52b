"""Organisations that visit, and the people we know there."""

from django.db import models

from visits.customers.choices import CustomerKind


def tidy(name: str) -> str:
    """The name as it is stored: outer blanks gone, runs of blanks one space."""
    return " ".join((name or "").split())


class CustomerQuerySet(models.QuerySet):
    """Sentences about customers."""

    def matching(self, words: str) -> "CustomerQuerySet":
        """Customers whose name holds `words`; nothing typed finds nobody."""
        wanted = tidy(words)
        return self.filter(name__icontains=wanted) if wanted else self.none()


class Customer(models.Model):
    """来访单位: one row an organisation, found again by its exact name."""

    name = models.CharField("单位名称", max_length=80, unique=True)
    kind = models.CharField(
        "客户类别", max_length=10, choices=CustomerKind.choices, default=CustomerKind.BUYER
    )
    address = models.CharField("地址", max_length=120, blank=True)
    note = models.TextField("备注", blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = "客户"
        verbose_name_plural = "客户"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_has_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=CustomerKind.values), name="customer_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """对方联系人: a person at a customer."""

    customer = models.ForeignKey(
        Customer, verbose_name="客户", on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("手机", max_length=30, blank=True)

    class Meta:
        verbose_name = "客户联系人"
        verbose_name_plural = "客户联系人"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "name"], name="contact_once_a_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()
