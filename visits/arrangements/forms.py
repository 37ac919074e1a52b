"""The rows of the 接待申请表 as forms: shape only; an empty row is no row."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from visits.arrangements.choices import Kind, MealStyle, Payer, Ride, TicketKind, Venue
from visits.costs.choices import Meal
from visits.forms import Sheet, moment, money, our_time, pick, text, whole

MOST = 40
FROM_HEADCOUNT = {"data-from": "headcount"}


def _day(label: str, start: str) -> forms.DateField:
    """A date; `start`: where a fresh row takes it from (the arrival's or the departure's day)."""
    return forms.DateField(
        label=label, required=False, validators=[our_time(label)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-from": start}),
        error_messages={"invalid": f"{label}要写成年月日，例如 2026-03-25"},
    )  # fmt: skip


def _moment(label: str, start: str = "") -> forms.DateTimeField:
    """A moment; `start` as in _day."""
    field = moment(label)
    if start:
        field.widget.attrs["data-from"] = start
    return field


def _count(label: str) -> forms.IntegerField:
    """People of ours: nobody is a good answer."""
    sentence = f"{label}要填 0 到 999 的整数"
    return forms.IntegerField(
        label=label, min_value=0, max_value=999, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


def _tick(label: str, *, on: bool = False) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=on)


class RowForm(Sheet):
    """One row. PRESET: fields that a row starts with, so that they alone say nothing. COLS: column classes."""

    KIND: ClassVar[Kind]
    PRESET: ClassVar[frozenset[str]] = frozenset()
    COLS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.col = self.COLS.get(name, "col-6 col-md-3")  # type: ignore[attr-defined]

    @property
    def filled(self) -> bool:
        """Whether anything but what a row starts with was typed, well or badly."""
        wrong = set(self.errors) - self.PRESET
        got = getattr(self, "cleaned_data", {})
        typed = (value for name, value in got.items() if name not in self.PRESET)
        return any(value not in (None, "", False) for value in typed) or bool(wrong)

    def values(self) -> dict[str, Any]:
        """Keyword arguments of the model; what was typed badly is left out."""
        return {
            name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name) is not None
        }

    @property
    def boxes(self) -> list[Any]:
        """The inputs that are typed."""
        return [bound for bound in self if not isinstance(bound.field, forms.BooleanField)]

    @property
    def ticks(self) -> list[Any]:
        """The inputs that are ticked."""
        return [bound for bound in self if isinstance(bound.field, forms.BooleanField)]


class MealForm(RowForm):
    """5 用餐."""

    KIND = Kind.MEAL
    PRESET = frozenset({"meal", "style"})
    COLS = {"guests": "col-6 col-md-2", "diners": "col-6 col-md-2", "diner_names": "col-12 col-md-5"}

    held_on = _day("日期", "arrive_day")
    meal = pick("餐次", Meal.choices)
    meal.initial = Meal.LUNCH
    style = pick("形式", MealStyle.choices)
    place = text("地点", 60)
    guests = whole("来宾数", 999, attrs=FROM_HEADCOUNT)
    diners = _count("陪餐人数")
    price = money("餐费（元/人）", standard=True)
    diner_names = text("陪餐名单", 200, attrs={"placeholder": "如 何志远、邱实"})

    def clean(self) -> dict[str, Any]:
        """Names without a number: as many as are named."""
        got = super().clean() or self.cleaned_data
        got["meal"], got["style"] = got.get("meal") or Meal.LUNCH, got.get("style") or MealStyle.WORKING
        if got.get("diners") is None and got.get("diner_names") and "diners" not in self.errors:
            for mark in ",，;；/ ":
                got["diner_names"] = got["diner_names"].replace(mark, "、")
            got["diners"] = len([name for name in got["diner_names"].split("、") if name.strip()])
        return got


class LodgingForm(RowForm):
    """7 住宿."""

    KIND = Kind.LODGING
    PRESET = frozenset({"payer"})
    COLS = {"hotel": "col-12 col-md-4", "room_type": "col-6 col-md-4", "rooms": "col-6 col-md-4"}

    hotel = text("酒店", 60)
    room_type = text("房型", 30, attrs={"placeholder": "如 单间"})
    rooms = whole("间数", 500, attrs=FROM_HEADCOUNT)
    check_in = _day("入住", "arrive_day")
    check_out = _day("离店", "leave_day")
    payer = pick("承担方", Payer.choices)
    price = money("房费（元/间·晚）", standard=True)

    def clean(self) -> dict[str, Any]:
        """Out after in; our own expense unless said otherwise."""
        got = super().clean() or self.cleaned_data
        got["payer"] = got.get("payer") or Payer.OURS
        if got.get("check_in") and got.get("check_out") and got["check_out"] <= got["check_in"]:
            self.add_error("check_out", "离店日期要晚于入住日期；当天来回不用订房")
        return got


class CarForm(RowForm):
    """8 车辆."""

    KIND = Kind.CAR
    PRESET = frozenset({"ride"})

    ride = pick("用车", Ride.choices)
    starts = _moment("用车时间", "arrive_at")
    place = text("用车地点", 80, attrs={"placeholder": "如 湖滨站"})
    people = whole("乘车人数", 999, attrs=FROM_HEADCOUNT)

    def clean(self) -> dict[str, Any]:
        """接站 unless said otherwise."""
        got = super().clean() or self.cleaned_data
        got["ride"] = got.get("ride") or Ride.PICK_UP
        return got


class MeetingForm(RowForm):
    """9 会议."""

    KIND = Kind.MEETING
    PRESET = frozenset({"venue", "tea", "tables", "projector", "cards"})
    COLS = {"welcome": "col-12"}

    venue = pick("场所", Venue.choices)
    place = text("会议地点", 60, attrs={"placeholder": "如 一号会议室"})
    starts = _moment("会议开始", "arrive_at")
    ends = _moment("会议结束")
    welcome = text("大屏欢迎词", 80, attrs={"placeholder": "不填由系统按名单拟稿"})
    tea = _tick("茶水", on=True)
    tables = _tick("桌椅")
    projector = _tick("投影")
    cards = _tick("席卡")

    def clean(self) -> dict[str, Any]:
        """Ends after it starts."""
        got = super().clean() or self.cleaned_data
        got["venue"] = got.get("venue") or Venue.ROOM
        if got.get("starts") and got.get("ends") and got["ends"] <= got["starts"]:
            self.add_error("ends", "会议结束要晚于会议开始")
        return got


class TourForm(RowForm):
    """10 参观."""

    KIND = Kind.TOUR
    PRESET = frozenset({"hall", "tech", "make", "quality"})
    COLS = {"starts": "col-12 col-md-4", "route": "col-12 col-md-5", "guide": "col-12 col-md-3"}

    starts = _moment("参观时间", "arrive_at")
    route = text("路线", 120, attrs={"placeholder": "如 展厅、总装线、检测中心"})
    guide = text("讲解员", 40)
    hall = _tick("展厅", on=True)
    tech = _tick("技术介绍", on=True)
    make = _tick("制造介绍", on=True)
    quality = _tick("品质介绍", on=True)


class TicketForm(RowForm):
    """11 返程票."""

    KIND = Kind.TICKET
    PRESET = frozenset({"kind", "payer"})
    COLS = {"passengers": "col-12 col-md-9"}

    kind = pick("票种", TicketKind.choices)
    number = text("车次", 40, attrs={"placeholder": "如 G1835"})
    departs = _moment("发车时间", "leave_at")
    payer = pick("票款承担", Payer.choices)
    passengers = text("乘客", 200, attrs={"placeholder": "如 陆远、沈宁；不填为全体来宾"})

    def clean(self) -> dict[str, Any]:
        """A train that we pay for, unless said otherwise."""
        got = super().clean() or self.cleaned_data
        got["kind"], got["payer"] = got.get("kind") or TicketKind.RAIL, got.get("payer") or Payer.OURS
        return got


class RowSet(forms.BaseFormSet):
    """The rows of one kind."""

    @property
    def kind(self) -> Kind:
        """Which kind."""
        return self.form.KIND

    @property
    def filled(self) -> list[RowForm]:
        """The rows that say something, in order."""
        return [row for row in self.forms if row.filled]


FORMS: dict[str, type[RowForm]] = {
    form.KIND.value: form for form in (MealForm, LodgingForm, CarForm, MeetingForm, TourForm, TicketForm)
}


def row_sets(
    data: Any = None, initial: Mapping[str, list[dict[str, Any]]] | None = None
) -> dict[str, RowSet]:
    """Kind → its set: of what was sent, or of `initial`; a kind without rows shows an empty one."""
    return {kind: _set(kind, data, (initial or {}).get(kind, [])) for kind in FORMS}


def _set(kind: str, data: Any, initial: list[dict[str, Any]]) -> RowSet:
    made = forms.formset_factory(
        FORMS[kind], formset=RowSet, extra=0 if initial else 1, max_num=MOST, absolute_max=MOST
    )
    if data is not None and f"{kind}-TOTAL_FORMS" not in data:
        plain = data.dict() if hasattr(data, "dict") else data
        data = {**plain, f"{kind}-TOTAL_FORMS": "0", f"{kind}-INITIAL_FORMS": "0"}
    found = made(data, initial=None if data is not None else initial, prefix=kind)
    assert isinstance(found, RowSet)
    return found
