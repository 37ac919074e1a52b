"""Organisations that visit, the people we know there, what they like and what they were given (B1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reception.core.spelling import tidy
from visits.customers.choices import CustomerKind, PreferenceKind
from visits.customers.queries import CustomerQuerySet, GiftQuerySet, PreferenceQuerySet

__all__ = ["Contact", "Customer", "Gift", "Preference", "tidy"]


def _hand(label: str, *, null: bool = False) -> models.ForeignKey:
    """The person half of an `_at`/`_by` pair."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=null, blank=null, related_name="+"
    )  # fmt: skip


def _both_or_none(at: str, by: str, name: str) -> models.CheckConstraint:
    """A deed has its moment and its hand, or neither."""
    none = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    both = Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    return models.CheckConstraint(condition=none | both, name=name)


class Customer(models.Model):
    """来访单位: one row an organisation, found again by its exact name, by two of its characters or by its sound.

    `sound` (the reading, for the order of lists) and `sought` (all that a search may hit) are written by the actions.
    """

    name = models.CharField("单位名称", max_length=80, unique=True)
    kind = models.CharField(
        "客户类别", max_length=10, choices=CustomerKind.choices, default=CustomerKind.BUYER
    )
    address = models.CharField("地址", max_length=120, blank=True)
    note = models.TextField("备注", blank=True)
    revision = models.PositiveIntegerField("版本", default=0, editable=False)
    sound = models.CharField("读音", max_length=200, blank=True, editable=False)
    sought = models.TextField("检索", blank=True, editable=False)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = "客户"
        verbose_name_plural = "客户"
        ordering = ["name"]
        indexes = [models.Index(fields=["sound", "id"], name="customer_by_sound")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="customer_has_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=CustomerKind.values), name="customer_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this customer."""
        return f"/visits/customers/{self.pk}/"


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


class Preference(models.Model):
    """喜好与禁忌: one thing to remember of a customer, or of one person there; ended when it no longer holds."""

    customer = models.ForeignKey(
        Customer, verbose_name="客户", on_delete=models.PROTECT, related_name="preferences"
    )
    kind = models.CharField("类别", max_length=8, choices=PreferenceKind.choices)
    who = models.CharField("是谁", max_length=40, blank=True)
    text = models.CharField("内容", max_length=120)
    created_at, created_by = models.DateTimeField("登记时间"), _hand("登记人")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    ended_by = _hand("停用人", null=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "客户喜好"
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="preference_says_something"),
            models.CheckConstraint(condition=Q(kind__in=PreferenceKind.values), name="preference_kind_known"),
            models.UniqueConstraint(
                fields=["customer", "kind", "who", "text"], condition=Q(ended_at__isnull=True),
                name="preference_once_in_force",
            ),
            _both_or_none("ended_at", "ended_by", "preference_ended_at_by"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.text}"


class Gift(models.Model):
    """礼品: what was given to whom and when. `key` is the thing itself, however it is written; the engine lets the
    same thing be given again only when the giver confirmed it (`again`)."""

    customer = models.ForeignKey(
        Customer, verbose_name="客户", on_delete=models.PROTECT, related_name="gifts"
    )
    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, null=True, blank=True, related_name="gifts"
    )  # fmt: skip
    item = models.CharField("礼品", max_length=60)
    key = models.CharField("礼品键", max_length=60, editable=False)
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    unit_price = models.DecimalField("单价（元）", max_digits=9, decimal_places=2, null=True, blank=True)
    recipient = models.CharField("受赠人", max_length=40)
    given_on = models.DateField("赠送日期")
    again = models.BooleanField("确认重复赠送", default=False)
    reason = models.CharField("说明", max_length=200, blank=True)
    created_at, created_by = models.DateTimeField("登记时间"), _hand("登记人")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = _hand("作废人", null=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "客户礼品"
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(recipient=""), name="gift_is_something_to_somebody"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="gift_of_at_least_one"),
            models.CheckConstraint(
                condition=Q(unit_price__isnull=True) | Q(unit_price__gte=0), name="gift_price_not_negative"
            ),
            models.UniqueConstraint(
                fields=["customer", "key"], condition=Q(again=False, voided_at__isnull=True),
                name="gift_once_unless_confirmed",
            ),
            _both_or_none("voided_at", "voided_by", "gift_voided_at_by"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item} × {self.quantity}"

    @property
    def amount(self):
        """What it cost in all, 元; None when no price is known."""
        return None if self.unit_price is None else self.unit_price * self.quantity

    @property
    def amount_text(self) -> str:
        """¥480, or that no price was entered."""
        return "未填" if self.amount is None else "¥" + f"{self.amount:,.2f}".removesuffix(".00")
