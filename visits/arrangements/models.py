"""The rows of the 接待申请表: meals, rooms, cars, meetings, tours, tickets (records §1.1: 5, 7 to 11)."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q

from visits.arrangements.choices import Booking, Kind, MealStyle, Payer, Ride, TicketKind, Venue
from visits.costs.choices import Meal


def _whole(label: str, **more: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, **more)


def _moment(label: str) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, blank=True)


def _price(label: str) -> models.DecimalField:
    """元; empty means the tier's standard of that day."""
    return models.DecimalField(label, max_digits=9, decimal_places=2, null=True, blank=True, help_text="不填按级别标准")  # fmt: skip


def _hand(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip


def _reception(rows: str) -> models.ForeignKey:
    return models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.CASCADE, related_name=rows
    )


def _from_one(*fields: str) -> list[CheckConstraint]:
    """`fields` are empty or at least 1."""
    return [
        CheckConstraint(condition=Q(**{f"{f}__isnull": True}) | Q(**{f"{f}__gte": 1}), name=f"%(class)s_{f}_from_one")
        for f in fields
    ]  # fmt: skip


def _one_of(field: str, choices: Any, *more: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(**{f"{field}__in": [*more, *choices.values]}), name=f"%(class)s_{field}_known")  # fmt: skip


def _not_negative(field: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}), name=f"%(class)s_{field}_not_negative"
    )  # fmt: skip


class Arrangement(models.Model):
    """One row. It is replaced with all others while the form can be edited; from the approval on it stays,
    and 综合部 books it: booked_at/by with 确认号, later perhaps freed_at/by (a cancelled or moved visit).
    """

    order = models.PositiveSmallIntegerField("次序", default=1)
    confirmation = models.CharField("确认号", max_length=60, blank=True)
    booking_note = models.CharField("预订备注", max_length=120, blank=True)
    booked_at, booked_by = _moment("预订时间"), _hand("预订人")
    freed_at, freed_by = _moment("退订时间"), _hand("退订人")

    KIND: Kind
    reception: Any  # each kind's own foreign key

    class Meta:
        abstract = True
        ordering = ["order", "id"]

    BASE = (
        CheckConstraint(
            condition=Q(booked_at__isnull=True, booked_by__isnull=True)
            | Q(booked_at__isnull=False, booked_by__isnull=False),
            name="%(class)s_booked_at_by",
        ),
        CheckConstraint(
            condition=Q(freed_at__isnull=True, freed_by__isnull=True)
            | Q(freed_at__isnull=False, freed_by__isnull=False),
            name="%(class)s_freed_at_by",
        ),
        models.UniqueConstraint(fields=["reception", "order"], name="%(class)s_order_once"),
    )

    def __str__(self) -> str:
        return f"{self.KIND.label}第 {self.order} 行"

    @property
    def booking(self) -> Booking:
        """How firm it is; the reception must be loaded."""
        if self.freed_at:
            return Booking.FREED
        if self.booked_at:
            return Booking.FIRM
        waiting = self.reception.status in ("draft", "returned")
        return Booking.PLANNED if waiting else Booking.TENTATIVE

    @property
    def token(self) -> str:
        """What a page showed of its booking: another one says that somebody was faster."""
        return "/".join(
            at.astimezone(UTC).isoformat() if at else "" for at in (self.booked_at, self.freed_at)
        )


class MealRow(Arrangement):
    """A meal. `guests` empty: all who come. `diners`: people of ours at the table, None while nobody said."""

    KIND = Kind.MEAL

    reception = _reception("meals")
    held_on = models.DateField("日期", null=True, blank=True)
    meal = models.CharField("餐次", max_length=10, choices=Meal.choices, default=Meal.LUNCH)
    style = models.CharField("形式", max_length=8, choices=MealStyle.choices, default=MealStyle.WORKING)
    place = models.CharField("地点", max_length=60, blank=True)
    guests = _whole("来宾数")
    diners = _whole("陪餐人数")
    diner_names = models.CharField("陪餐名单", max_length=200, blank=True)
    price = _price("餐费（元/人）")

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "用餐", "用餐"
        constraints = [
            *Arrangement.BASE, _one_of("meal", Meal), _one_of("style", MealStyle), *_from_one("guests"),
            _not_negative("price"),
        ]  # fmt: skip


class LodgingRow(Arrangement):
    """Rooms in one hotel from a night to a morning."""

    KIND = Kind.LODGING

    reception = _reception("lodgings")
    hotel = models.CharField("酒店", max_length=60, blank=True)
    room_type = models.CharField("房型", max_length=30, blank=True)
    rooms = _whole("间数")
    check_in = models.DateField("入住日期", null=True, blank=True)
    check_out = models.DateField("离店日期", null=True, blank=True)
    payer = models.CharField("承担方", max_length=6, choices=Payer.choices, default=Payer.OURS)
    price = _price("房费（元/间·晚）")

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "住宿", "住宿"
        constraints = [
            *Arrangement.BASE, _one_of("payer", Payer), *_from_one("rooms"), _not_negative("price"),
            CheckConstraint(
                condition=Q(check_in__isnull=True) | Q(check_out__isnull=True) | Q(check_in__lt=F("check_out")),
                name="lodgingrow_in_before_out",
            ),
        ]  # fmt: skip

    @property
    def nights(self) -> int:
        """晚; 0 while a date is missing."""
        return (self.check_out - self.check_in).days if self.check_in and self.check_out else 0


class CarRow(Arrangement):
    """A ride. 车牌 and the driver become known when it is booked."""

    KIND = Kind.CAR

    reception = _reception("cars")
    ride = models.CharField("用车", max_length=8, choices=Ride.choices, default=Ride.PICK_UP)
    starts = _moment("用车时间")
    place = models.CharField("用车地点", max_length=80, blank=True)
    people = _whole("乘车人数")
    plate = models.CharField("车牌", max_length=20, blank=True)
    driver = models.CharField("司机", max_length=40, blank=True)
    driver_phone = models.CharField("司机电话", max_length=30, blank=True)

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "车辆", "车辆"
        constraints = [*Arrangement.BASE, _one_of("ride", Ride), *_from_one("people")]


class MeetingRow(Arrangement):
    """A room, or a leader's office, and what stands ready in it (A5.6)."""

    KIND = Kind.MEETING

    reception = _reception("meetings")
    venue = models.CharField("场所", max_length=6, choices=Venue.choices, default=Venue.ROOM)
    place = models.CharField("会议地点", max_length=60, blank=True)
    starts = _moment("会议开始")
    ends = _moment("会议结束")
    tea = models.BooleanField("茶水", default=True)
    tables = models.BooleanField("桌椅", default=False)
    projector = models.BooleanField("投影", default=False)
    cards = models.BooleanField("席卡", default=False)
    welcome = models.CharField("大屏欢迎词", max_length=80, blank=True)

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "会议", "会议"
        constraints = [
            *Arrangement.BASE, _one_of("venue", Venue),
            CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lt=F("ends")),
                name="meetingrow_starts_before_ends",
            ),
        ]  # fmt: skip


class TourRow(Arrangement):
    """A walk through the hall or the works, and who explains what (A5.3 to A5.5)."""

    KIND = Kind.TOUR

    reception = _reception("tours")
    starts = _moment("参观时间")
    hall = models.BooleanField("展厅", default=True)
    route = models.CharField("路线", max_length=120, blank=True)
    guide = models.CharField("讲解员", max_length=40, blank=True)
    tech = models.BooleanField("技术介绍", default=True)
    make = models.BooleanField("制造介绍", default=True)
    quality = models.BooleanField("品质介绍", default=True)

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "参观", "参观"
        constraints = [*Arrangement.BASE]


class TicketRow(Arrangement):
    """A return ticket (A5.6)."""

    KIND = Kind.TICKET

    reception = _reception("tickets")
    kind = models.CharField("票种", max_length=8, choices=TicketKind.choices, default=TicketKind.RAIL)
    number = models.CharField("车次", max_length=40, blank=True)
    departs = _moment("发车时间")
    passengers = models.CharField("乘客", max_length=200, blank=True)
    payer = models.CharField("票款承担", max_length=6, choices=Payer.choices, default=Payer.OURS)

    class Meta(Arrangement.Meta):
        verbose_name, verbose_name_plural = "返程票", "返程票"
        constraints = [*Arrangement.BASE, _one_of("kind", TicketKind), _one_of("payer", Payer)]


# Six tables whose columns differ: what handles them by kind looks at them as such.
MODELS: dict[str, Any] = {
    model.KIND.value: model for model in (MealRow, LodgingRow, CarRow, MeetingRow, TourRow, TicketRow)
}
