"""来访查询: what is asked of somebody who stands at the desk (E5.2.1a, E5.2.2)."""

from typing import Any

from django import forms

from helpdesk.cases.forms import Sheet, moment, text
from helpdesk.enquiries.forms import Sources
from helpdesk.log.actions import Heard
from helpdesk.log.choices import Channel, Kind
from helpdesk.log.forms import ANSWER, PROMISE, TITLES

ALERT = "alert"
HANDLING = [(ANSWER, "当场答复"), (ALERT, "通知管家、客服经理来接待"), (PROMISE, "查明后回电")]


class VisitForm(Sheet):
    """One enquiry at the desk: surname, unit and company first, then the question, then what is done about it."""

    caller_name = text("姓氏", limit=32, say="请问清贵姓。")
    caller_title = forms.ChoiceField(label="称呼", choices=TITLES, required=False)
    place = text("单元号", limit=80, required=False)
    company = text("公司名称", limit=80, required=False)
    content = text("查询内容", rows=3, limit=1000, say="请写查询的内容。")
    handling = forms.ChoiceField(
        label="怎样处理",
        choices=HANDLING,
        error_messages={"required": "请选怎样处理。", "invalid_choice": "请选怎样处理。"},
    )
    reply = text("答复内容", rows=3, limit=1000, required=False)
    sources = Sources()
    reply_due_at = moment("答复时限", required=False)
    number = text("联络方式", limit=32, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, only in (("reply", ANSWER), ("sources", ANSWER), ("reply_due_at", PROMISE)):
            self.fields[name].widget.attrs["data-only"] = f"handling:{only}"
        self.fields["place"].widget.attrs["placeholder"] = "如 3-1202"
        self.fields["number"].widget.attrs["inputmode"] = "tel"

    def clean(self) -> dict[str, Any]:
        """An answer has its words; a promise has its time and its number (E5.2.1b)."""
        data = super().clean() or {}
        if data.get("handling") == ANSWER and not data.get("reply"):
            self.add_error("reply", "当场答复了什么，请写下来。")
        if data.get("handling") == PROMISE:
            for name, sentence in (
                ("reply_due_at", "答应什么时候回复？请填时间。"),
                ("number", "请留下联络方式，好按时回电。"),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data

    def heard(self) -> Heard:
        """The visit as the action takes it; what was typed under another choice is left out."""
        data = self.cleaned_data
        plain = ("caller_name", "caller_title", "place", "company", "content", "number")
        said: dict[str, Any] = {name: data.get(name) or "" for name in plain}
        chosen = data["handling"]
        said |= {
            "kind": Kind.ENQUIRY.value,
            "channel": Channel.VISIT.value,
            "handling": dict(HANDLING)[chosen],
        }
        if chosen == ANSWER:
            said["reply"] = data["reply"]
        if chosen == PROMISE:
            said["reply_due_at"] = data["reply_due_at"]
        return said  # type: ignore[return-value]

    @property
    def chosen(self) -> list[str]:
        """The documents of an answer."""
        return self.cleaned_data["sources"] if self.cleaned_data["handling"] == ANSWER else []
