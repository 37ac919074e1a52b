"""附件 as forms; the files themselves are judged before (`request.judged`)."""

from typing import Any

from django import forms
from django.http import QueryDict

from helpdesk.cases.forms import Sheet, text


class AddForm(Sheet):
    """The files chosen, and what they show."""

    file = forms.Field(label="文件", required=False)
    caption = text("说明", limit=200, required=False)

    def __init__(self, data: QueryDict | None, judged: list[Any]) -> None:
        super().__init__(data)
        self.judged = [one for one in judged if one.field == "file"]

    def clean(self) -> dict[str, Any]:
        """Something was chosen, and each passed."""
        got = super().clean() or self.cleaned_data
        if not self.judged:
            self.add_error("file", "请先选择要上传的文件。")
        for one in self.judged:
            if one.refusal:
                self.add_error("file", one.refusal.message)
        return got


class AwayForm(Sheet):
    """Removing one: why."""

    reason = text("移除的原因", limit=200, say="请写明移除的原因。")
