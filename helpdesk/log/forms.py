"""The call as the clerk types it at the desk: shape only, the rules are the actions'."""

from typing import Any, cast

from django import forms

from helpdesk.cases.choices import Kind
from helpdesk.cases.forms import Sheet, moment, text
from helpdesk.cases.models import Category
from helpdesk.complaints.choices import Courtesy
from helpdesk.directory.models import Resident
from helpdesk.enquiries.forms import Sources
from helpdesk.log.actions import Heard
from helpdesk.log.choices import Channel
from helpdesk.log.policies import LEAD_ON
from helpdesk.matters.forms import department, person
from helpdesk.matters.opening import Told
from helpdesk.repairs.choices import Urgency
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import Reported
from reception.core.people.models import User

KINDS = [
    (Kind.REPAIR.value, "报修"),
    (Kind.ENQUIRY.value, "查询"),
    (Kind.COMPLAINT.value, "投诉"),
    (Kind.ADVICE.value, "建议"),
    (Kind.EMERGENCY.value, "突发"),
    ("other", "其他"),
]
OTHER_KINDS = [(Kind.HELP.value, "求助"), (Kind.PRAISE.value, "表扬"), (Kind.TRANSFER.value, "转接")]
RINGS = [("1", "1"), ("2", "2"), ("3", "3"), ("more", "3声以上")]
TITLES = [("", "称呼"), ("女士", "女士"), ("先生", "先生"), ("老师", "老师")]
# Not settled on the line, these lead to a matter of their own (D4.4.3).
HANDED = (Kind.ADVICE, Kind.PRAISE, Kind.HELP, Kind.TRANSFER)
ANSWER, PROMISE, TRANSFER, LATER = "answer", "promise", "transfer", "later"
HANDLING = [(ANSWER, "当场答复"), (PROMISE, "承诺回复"), (TRANSFER, "转接"), (LATER, "先登记")]
NEEDS = {
    ANSWER: ("reply", "当场答复了什么，请写下来。"),
    PROMISE: ("reply_due_at", "答应什么时候回复？请填时间。"),
    TRANSFER: ("transfer_to", "转给谁，请写姓名或部门。"),
}


def pick(label: str, choices: list[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    """One of a few, shown side by side."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": f"请选{label}。", "invalid_choice": f"{label}没有这一项，请重选。"},
        **kwargs,
    )


class CallForm(Sheet):
    """One call (records §2 电话记录), and what makes it a repair order at once (D4.4.1)."""

    channel = forms.ChoiceField(label="渠道", choices=Channel.choices, initial=Channel.PHONE, required=False)
    recorded_at = moment("来电时间", required=False)
    backdate_reason = text("补记原因", required=False)
    rings = pick("振铃次数", RINGS, required=False)
    rings_count = forms.IntegerField(
        label="响了几声",
        min_value=4,
        max_value=20,
        required=False,
        error_messages={
            "min_value": "三声以上请填 4 到 20。",
            "max_value": "振铃次数最多填 20。",
            "invalid": "振铃次数请填数字。",
        },
    )
    rings_reason = text("超过三声的原因", required=False)
    kind = pick("类别", KINDS, initial=Kind.REPAIR.value)
    other_kind = forms.ChoiceField(label="其他类型", choices=OTHER_KINDS, required=False)
    number = text("来电号码", limit=32, required=False)
    resident = forms.IntegerField(required=False, widget=forms.HiddenInput)
    join = forms.ModelChoiceField(
        Repair.objects.select_related("repairer"),
        to_field_name="no",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有找到要并入的维修单，请重选“并入”或“仍要新建”。"},
    )
    origin = forms.ModelChoiceField(
        Repair.objects.filter(finished_at__isnull=False),
        to_field_name="no",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "没有找到返修的原单，请重选“是返修”或“不是”。"},
    )
    begun = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    place = text("地址", limit=80, required=False)
    caller_name = text("联系人", limit=32, say="请问清来电人贵姓。")
    caller_title = forms.ChoiceField(label="称呼", choices=TITLES, required=False)
    company = text("单位", limit=80, required=False)
    content = text("内容", rows=2, limit=1000, say="请写下来电的内容。")
    category = forms.ModelChoiceField(
        Category.objects.all(),
        label="类别",
        required=False,
        error_messages={"invalid_choice": "没有这个类别，请重选。"},
    )
    when = pick("上门时间", [("now", "马上"), ("later", "另约")], initial="now", required=False)
    appoint_at = moment("预约时间", required=False)
    agreed_reason = text("约定原因", required=False)
    agreed_with = text("约定人", limit=32, required=False)
    urgency = forms.ChoiceField(
        label="紧急程度", choices=Urgency.choices, initial=Urgency.NORMAL, required=False
    )
    important = forms.BooleanField(label="重大", required=False)
    repairer = forms.ModelChoiceField(
        User.objects.none(),
        label="派给",
        required=False,
        empty_label="按班组自动选",
        error_messages={"invalid_choice": "这位师傅不在派工名单里，请重选。"},
    )
    repeated = forms.BooleanField(label="已复述确认", required=False)
    handling = pick("处理方式", HANDLING, initial=ANSWER, required=False)
    reply = text("答复内容", rows=2, limit=1000, required=False)
    sources = Sources()
    reply_due_at = moment("承诺回复时间", required=False)
    transfer_to = text("转给谁", limit=60, required=False)
    courtesy = forms.ChoiceField(
        label="致歉或致谢", choices=Courtesy.choices, initial=Courtesy.APOLOGY, required=False
    )
    praised, praised_department = person("表扬谁"), department("表扬哪个部门")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["repairer"].queryset = User.objects.in_role("repairer")  # type: ignore[attr-defined]
        for name, attrs in ATTRS.items():
            self.fields[name].widget.attrs.update(attrs)

    def name_repairers(self, repairers: list[tuple[str, str]]) -> None:
        """Offer these (pk, words) in this order instead of the plain names."""
        self.fields["repairer"].widget.choices = [("", "按班组自动选"), *repairers]

    def name_praised(self, staff: list[tuple[int, str]], departments: list[tuple[int, str]]) -> None:
        """Offer these (pk, name) as whom praise names, read already."""
        for name, label, rows in (("praised", "选人", staff), ("praised_department", "选部门", departments)):
            self.fields[name].widget.choices = [("", label), *rows]

    def clean(self) -> dict[str, Any]:
        """What depends on another field: rings above three, the time agreed, how a call was handled."""
        data = super().clean() or {}
        if data.get("kind") == "other":
            data["kind"] = data.get("other_kind") or Kind.HELP.value
        if data.get("recorded_at") and not data.get("backdate_reason"):
            self.add_error("backdate_reason", "补记以前的来电，请写为什么当时没有记。（D4.3.2）")
        if data.get("backdate_reason") and "recorded_at" not in self.errors:
            self._need(data, "recorded_at", "补记请填来电时间；不是补记，请把补记原因清空。（D4.3.2）")
        if data.get("rings") == "more" and not data.get("rings_count") and "rings_count" not in self.errors:
            self.add_error("rings_count", "请填响了几声。")
        if data.get("rings") == "more" and not data.get("rings_reason"):
            self.add_error("rings_reason", "超过三声才接，请写原因。")
        if data.get("channel") == Channel.PHONE and not data.get("number"):
            self.add_error("number", "请填来电号码，好回电。")
        if data.get("kind") == Kind.REPAIR:
            self._clean_repair(data)
        elif data.get("kind") and not self.alerts:
            self._clean_handling(data)
        return data

    @property
    def alerts(self) -> bool:
        """A visitor's enquiry that 管家 and 客服经理 are called for with one press (E5.2.2)."""
        return self.data.get("save") == "alert" and self.data.get("kind") == Kind.ENQUIRY

    def _clean_repair(self, data: dict[str, Any]) -> None:
        """A repair needs a place, and an agreed time needs its reason and who agreed (D4.4.1)."""
        self._need(data, "place", "请填地址：楼栋、单元、房号或公共部位。")
        if data.get("when") == "later":
            self._need(data, "appoint_at", "请填另约的上门时间。")
            self._need(data, "agreed_reason", "另约要写原因。")
            self._need(data, "agreed_with", "请写与谁约定。")

    def _clean_handling(self, data: dict[str, Any]) -> None:
        """No call ends without a record or an action (E5.2.1d, C7); a complaint and an emergency lead on by themselves."""
        handling = data.get("handling") or ""
        if data.get("kind") == Kind.PRAISE and not data.get("praised_department"):
            self._need(data, "praised", "表扬谁？请选人或部门，好转达给他们。")
        if handling == LATER and data.get("kind") in (*LEAD_ON, *HANDED):
            return
        if handling not in NEEDS:
            self.add_error("handling", "请选处理方式：当场答复、承诺回复或转接。")
            return
        self._need(data, *NEEDS[handling])

    def _need(self, data: dict[str, Any], name: str, sentence: str) -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    @property
    def ring_count(self) -> int | None:
        """Rings before the answer, None when not counted."""
        chosen = self.cleaned_data.get("rings") or ""
        return self.cleaned_data.get("rings_count") if chosen == "more" else int(chosen) if chosen else None

    def handled(self) -> dict[str, Any]:
        """What was done about a call that is no repair; what was typed under another choice is left out."""
        if self.alerts:
            return {"handling": "通知管家、客服经理"}
        data = self.cleaned_data
        chosen = data.get("handling")
        found: dict[str, dict[str, Any]] = {
            ANSWER: {"handling": "当场答复", "reply": data.get("reply")},
            PROMISE: {"handling": "承诺回复", "reply_due_at": data.get("reply_due_at")},
            TRANSFER: {"handling": f"转接：{data.get('transfer_to')}"},
        }
        return found.get(chosen or "", {"handling": "先登记，待处理"})

    def heard(self) -> Heard:
        """The call as the action takes it (records §2 电话记录)."""
        data = self.cleaned_data
        plain = ("channel", "kind", "number", "caller_name", "caller_title", "company", "place", "category",
                 "content", "repeated", "rings_reason", "recorded_at", "backdate_reason")  # fmt: skip
        resident = Resident.objects.filter(pk=data["resident"]).first() if data.get("resident") else None
        said = {name: data.get(name) for name in plain} | {"resident": resident, "rings": self.ring_count}
        return cast(Heard, said if data["kind"] == Kind.REPAIR else {**said, **self.handled()})

    def matter(self) -> Told | None:
        """What the matter knows beside the call; None when the call was settled on the line, or a call back promised."""
        data = self.cleaned_data
        settled = data.get("handling") in (ANSWER, PROMISE) and data["kind"] != Kind.PRAISE
        if data["kind"] not in HANDED or settled:
            return None
        names = {Kind.PRAISE: ("praised", "praised_department"), Kind.TRANSFER: ("transfer_to",)}
        return cast(Told, {name: data.get(name) for name in names.get(data["kind"], ())})

    def order(self) -> Reported:
        """What the repair order knows beside the call."""
        data = self.cleaned_data
        agreed = ("appoint_at", "agreed_reason", "agreed_with") if data.get("when") == "later" else ()
        return cast(Reported, {name: data.get(name) for name in ("urgency", "important", "origin", *agreed)})


ATTRS: dict[str, dict[str, Any]] = {
    "recorded_at": {"class": "form-control w-auto"},
    "backdate_reason": {"placeholder": "如：停电，记在纸上"},
    "channel": {"class": "form-select w-auto"},
    "rings_count": {"class": "form-control w-auto", "placeholder": "几声"},
    "rings_reason": {"class": "form-control w-auto flex-grow-1", "placeholder": "原因，如：正在接另一个电话"},
    "number": {"inputmode": "tel", "placeholder": "号码，或 3-502 张 漏水 急"},
    "place": {"list": "units", "placeholder": "如 3-1202"},
    "caller_name": {"placeholder": "贵姓"},
    "urgency": {"class": "form-select w-auto"},
    "caller_title": {"class": "form-select w-auto"},
    "company": {"placeholder": "单位，住户可不填"},
    "repairer": {"class": "form-select w-auto"},
    "appoint_at": {"class": "form-control w-auto"},
    "agreed_with": {"class": "form-control w-auto flex-grow-1", "placeholder": "约定人，如：周女士"},
    "agreed_reason": {"placeholder": "如：业主下班后才在家"},
    "courtesy": {"class": "form-select w-auto"},
    "transfer_to": {"placeholder": "姓名或部门"},
}
