"""What a phone sends with every step, and the two forms of the pages around it."""

from datetime import UTC, datetime
from typing import Any

from django import forms

from helpdesk.cases.forms import Sheet, text
from helpdesk.fieldwork.choices import MOVES, NOTE

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
BROKEN = "这一步的内容不完整，请刷新页面后重新办一次。"


class Moment(forms.CharField):
    """A moment as a phone writes it: ISO 8601 with its zone."""

    def clean(self, value: Any) -> datetime:
        """Aware; within a century, for a phone's clock may be wrong but not absurd."""
        words = super().clean(value)
        try:
            found = datetime.fromisoformat(words)
        except ValueError:
            raise forms.ValidationError(BROKEN) from None
        if found.tzinfo is None or not FIRST < found < LAST:
            raise forms.ValidationError("手机的日期不对，请在手机设置里改好日期和时间，再发一次。")
        return found


class HeadForm(forms.Form):
    """The phone's own id of the step, which step it is, the phone's clock at the press and at the sending."""

    id = forms.UUIDField(error_messages={"required": BROKEN, "invalid": BROKEN})
    step = forms.ChoiceField(
        choices=[(name, name) for name in (*MOVES, NOTE)],
        error_messages={"required": BROKEN, "invalid_choice": BROKEN},
    )
    made = Moment(max_length=40, error_messages={"required": BROKEN, "max_length": BROKEN})
    sent = Moment(max_length=40, error_messages={"required": BROKEN, "max_length": BROKEN})


class NoteForm(Sheet):
    """现场说明: words for the dispatcher."""

    words = text("现场说明", rows=3, limit=2000, required=False)

    def inputs(self) -> dict[str, Any]:
        """What the action is called with."""
        return {"words": self.cleaned_data.get("words", "")}


class AcceptForm(Sheet):
    """认可现场时间: why it is believed."""

    reason = text("认可原因", limit=200, say="请写明凭什么认可，比如问过业主、看过监控。")
