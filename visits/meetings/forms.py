"""The plan of a meeting as forms: shape only."""

from typing import Any

from django import forms

from visits.forms import Sheet, moment, one_of, pick, text, whole
from visits.meetings.choices import Honour, Layout, Side
from visits.meetings.models import LEAST, MOST, Meeting, Participant
from visits.meetings.policies import FRONT, MOST_ROWS

PREFIX = "rows"
EXTRA = 2


class SeenForm(Sheet):
    """What the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> int | None:
        """The revision that the page was drawn from."""
        found: int | None = self.cleaned_data.get("revision")
        return found


class FactsForm(SeenForm):
    """会议方案: where and when, and what the guide says."""

    title = text("会议名称", 60, star=True)
    start = moment("会议开始", star=True)
    end = moment("会议结束", star=True)
    place = text("会议地点", 60)
    conduct = text("会议须知", 1000, rows=5)
    meals = text("就餐安排", 600, rows=3)
    rides = text("乘车安排", 600, rows=3)
    staff = text("工作人员", 600, rows=3)
    wifi = text("无线网络", 120)

    def clean(self) -> dict[str, Any]:
        """What every plan has."""
        got = super().clean() or self.cleaned_data
        for name, said in (
            ("title", "请填写会议名称"),
            ("start", "请填写会议开始时间"),
            ("end", "请填写会议结束时间"),
        ):
            if not got.get(name) and name not in self.errors:
                self.add_error(name, said)
        return got


class Row(Sheet):
    """A row of a formset: one in which none of HEART was typed is no row, and 删去 makes it none too."""

    HEART: tuple[str, ...] = ()
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    drop = forms.BooleanField(label="删去", required=False)

    @property
    def empty(self) -> bool:
        """Nothing was typed that makes it a row."""
        got = self.cleaned_data
        return bool(got.get("drop")) or not (any(got.get(name) for name in self.HEART) or self.errors)

    def clean(self) -> dict[str, Any]:
        """A row to be dropped may be wrong."""
        got = super().clean() or self.cleaned_data
        if got.get("drop"):
            self.errors.clear()
        return got

    def ask(self, *pairs: tuple[str, str]) -> None:
        """(field, sentence) for what a row that is one lacks."""
        if self.empty:
            return
        for name, said in pairs:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, said)


class AgendaForm(Row):
    """One row of 议程."""

    HEART = ("topic", "start", "end")
    start, end = moment("开始"), moment("结束")
    topic = text("议题", 80)
    speaker = one_of("发言人", Participant.objects.none(), empty_label="—")
    minutes = whole("发言分钟", 600)

    def __init__(self, *args: Any, people: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["speaker"]
        field.queryset = people  # type: ignore[attr-defined]
        field.choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row with anything in it says what and when."""
        got = super().clean()
        self.ask(("topic", "请填写议题，或勾选删去"), ("start", "请填写开始时间"), ("end", "请填写结束时间"))
        return got


class PersonForm(Row):
    """One who takes part; `order` is where in the side's rank."""

    HEART = ("name", "organisation", "title", "phone")
    order = whole("次序", 999)
    side = pick("哪一方", Side.choices, say="请选择哪一方")
    name = text("姓名", 40)
    organisation = text("单位", 80)
    title = text("职务", 40)
    phone = text("手机", 30)

    def clean(self) -> dict[str, Any]:
        """Everybody has a name."""
        got = super().clean()
        self.ask(("name", "请填写姓名，或勾选删去"), ("side", "请选择哪一方"))
        return got


class HandoutForm(Row):
    """One paper."""

    HEART = ("name", "copies", "keeper")
    name = text("材料名称", 60)
    copies = whole("份数", 999)
    keeper = text("准备人", 40)

    def clean(self) -> dict[str, Any]:
        """Every paper has a name."""
        got = super().clean()
        self.ask(("name", "请填写材料名称，或勾选删去"))
        return got


class PasteForm(SeenForm):
    """Names as they come from a sheet or a chat."""

    side = pick("加到哪一方", Side.choices, star=True, say="请选择加到哪一方")
    text = text("粘贴名单", 20000, rows=5, star=True, attrs={"placeholder": "一行一人：姓名 单位 职务 手机"})

    def clean(self) -> dict[str, Any]:
        """Something was pasted, for one side."""
        got = super().clean() or self.cleaned_data
        for name, said in (("side", "请选择加到哪一方"), ("text", "请粘贴名单，一行一人")):
            if not got.get(name) and name not in self.errors:
                self.add_error(name, said)
        return got


class RoomForm(SeenForm):
    """会场: how it is set; the whole room is seated anew."""

    layout = forms.ChoiceField(
        label="会场布置", choices=Layout.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择会场布置")
    )  # fmt: skip
    honour = forms.ChoiceField(
        label="尊位", choices=Honour.choices, error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择尊位")
    )  # fmt: skip
    seats = forms.IntegerField(
        label="座位数", min_value=LEAST, max_value=MOST, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), f"座位数要填 {LEAST} 到 {MOST} 的整数"),
    )  # fmt: skip
    front = whole("主席台人数", FRONT)


class PlaceForm(SeenForm):
    """谁坐到哪里; no number is no seat."""

    person = forms.TypedChoiceField(
        label="谁", coerce=int, error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择谁换座，他要在参会名单里")
    )  # fmt: skip
    seat = forms.TypedChoiceField(
        label="坐到", coerce=int, required=False, empty_value=None, error_messages={"invalid_choice": "没有这个座号，请重新选择"}
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(one.pk, f"{one.name}　{one.seat or '无座'}") for one in people]  # type: ignore[attr-defined]
        taken = {one.seat: one.name for one in people}
        seats = [(n, f"{n} 号　{taken.get(n, '空')}") for n in range(1, meeting.seats + 1)]
        self.fields["seat"].choices = [("", "不排座"), *seats]  # type: ignore[attr-defined]


def rows_form(
    form: type[Row], data: Any = None, initial: Any = None, extra: int = EXTRA, **kwargs: Any
) -> Any:
    """The formset of `form`, bound to `data` or showing `initial` and some empty rows."""
    top = MOST if form is PersonForm else MOST_ROWS
    made = forms.formset_factory(form, extra=extra, max_num=top + 20, absolute_max=top + 40)
    if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
        data = {**data.dict(), f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}
    return made(data, initial=None if data is not None else initial, prefix=PREFIX, form_kwargs=kwargs)
