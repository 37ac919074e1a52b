"""接待资源库: rooms, cars, people, hotels … of our own and of others, and their bookings (B4, records §1.4)."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from reception.core.ledger.models import Subject
from reception.core.pairs import paired, when, who
from visits.resources.choices import EXCLUSIVE, BookingStatus, ResourceKind, Source
from visits.resources.queries import BookingQuerySet, ResourceQuerySet


class Resource(models.Model):
    """One resource. keeper, phone: whom to ring. capacity: people, None where it says nothing. tiers: 适用级别, none
    of them means all. price: 元 per price_unit by contract, until the end of price_until. setup_before, setup_after:
    minutes kept free around a booking. closed_on: from that Shanghai day on it takes none. feed: counts the addresses
    of its calendar, so that an old one stops. `sought` and `sound` are written by the actions."""

    kind = models.CharField("种类", max_length=12, choices=ResourceKind.choices)
    name = models.CharField("名称", max_length=60)
    source = models.CharField("内外部", max_length=8, choices=Source.choices, default=Source.INSIDE)
    place = models.CharField("地点", max_length=80, blank=True)
    keeper = models.CharField("负责人", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    capacity = models.PositiveSmallIntegerField("容量（人）", null=True, blank=True)
    tiers = models.ManyToManyField(
        "visits.Tier", verbose_name="适用级别", blank=True, related_name="resources"
    )
    price = models.DecimalField("协议价（元）", max_digits=9, decimal_places=2, null=True, blank=True)
    price_unit = models.CharField("计价单位", max_length=20, blank=True)
    price_until = models.DateField("协议价有效期", null=True, blank=True)
    setup_before = models.PositiveSmallIntegerField("提前准备（分钟）", default=0)
    setup_after = models.PositiveSmallIntegerField("事后整理（分钟）", default=0)
    closed_on = models.DateField("停用日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    feed = models.PositiveIntegerField("日历地址次数", default=1, editable=False)
    revision = models.PositiveIntegerField("版本", default=0, editable=False)
    sound = models.CharField("读音", max_length=200, blank=True, editable=False)
    sought = models.TextField("检索", blank=True, editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接待资源"
        ordering = ["kind", "sound", "id"]
        indexes = [models.Index(fields=["sound", "id"], name="resource_by_sound")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="resource_once_a_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="resource_has_name"),
            models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="resource_source_known"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="resource_holds_somebody"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="resource_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this resource."""
        return f"/visits/resources/{self.pk}/"

    @property
    def exclusive(self) -> bool:
        """Whether a firm booking keeps every other out."""
        return self.kind in EXCLUSIVE

    def is_closed(self, on: date) -> bool:
        """Whether it takes no booking on the Shanghai day `on`."""
        return self.closed_on is not None and self.closed_on <= on

    def price_is_over(self, on: date) -> bool:
        """Whether the contract's price no longer holds on `on`."""
        return self.price is not None and self.price_until is not None and self.price_until < on


class ResourceBooking(Subject):
    """A resource for [start, end) (aware), kept free in [held_from, held_until), for a reception (its task, a row of
    its application) or for something of one's own.

    exclusive: copied from the resource's kind. overlaps: the office let it stand on another one, override_reason
    says why. The engine itself refuses a second firm one (guards.py).
    """

    resource = models.ForeignKey(
        Resource, verbose_name="资源", on_delete=models.PROTECT, related_name="bookings"
    )
    status = models.CharField(
        "状态", max_length=10, choices=BookingStatus.choices, default=BookingStatus.FIRM
    )
    start, end = models.DateTimeField("从"), models.DateTimeField("到")
    held_from, held_until = models.DateTimeField("准备起"), models.DateTimeField("整理止")
    purpose = models.CharField("用途", max_length=80)
    people = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )  # fmt: skip
    task = models.ForeignKey(
        "visits.Task", verbose_name="任务", on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )  # fmt: skip
    row_kind = models.CharField("安排种类", max_length=10, blank=True)
    row_id = models.BigIntegerField("安排", null=True, blank=True)
    exclusive = models.BooleanField("独占", default=True)
    overlaps = models.BooleanField("允许重叠", default=False)
    override_reason = models.CharField("强制预订原因", max_length=200, blank=True)
    freed_at, freed_by = when("释放时间"), who("释放人")
    free_reason = models.CharField("释放原因", max_length=200, blank=True)
    score = models.PositiveSmallIntegerField("评价（1–5）", null=True, blank=True)
    rating_note = models.CharField("评价说明", max_length=200, blank=True)
    rated_at, rated_by = when("评价时间"), who("评价人")

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资源预订"
        ordering = ["start", "id"]
        indexes = [
            models.Index(fields=["resource", "held_from", "held_until"], name="booking_of_resource"),
            models.Index(
                fields=["held_from"], condition=~Q(status="freed") & ~Q(status="planned"), name="booking_held"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_from__lte=F("start"), start__lt=F("end"), end__lte=F("held_until")),
                name="booking_times_in_order",
            ),
            models.CheckConstraint(condition=Q(status__in=BookingStatus.values), name="booking_status_known"),
            models.CheckConstraint(condition=~Q(purpose=""), name="booking_says_what_for"),
            models.CheckConstraint(
                condition=Q(overlaps=False) | ~Q(override_reason=""), name="booking_overlaps_with_reason"
            ),
            paired("booking", "freed"),
            models.CheckConstraint(
                condition=Q(status="freed", freed_at__isnull=False)
                | (~Q(status="freed") & Q(freed_at__isnull=True)),
                name="booking_freed_when_freed",
            ),
            paired("booking", "rated"),
            models.CheckConstraint(
                condition=Q(score__isnull=True, rated_at__isnull=True)
                | Q(score__gte=1, score__lte=5, rated_at__isnull=False),
                name="booking_score_of_five",
            ),
        ]

    @property
    def title(self) -> str:
        """一号会议室 项目洽谈."""
        return f"{self.resource} {self.purpose}"

    def over(self, at: datetime) -> bool:
        """Whether its time has passed."""
        return self.end <= at

    def get_absolute_url(self) -> str:
        """Its own page, where it is moved, let go and judged."""
        return f"/visits/resources/bookings/{self.no}/"
