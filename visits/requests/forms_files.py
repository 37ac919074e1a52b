"""附件 as a form: what they are; the files themselves are judged before (`request.judged`)."""

from typing import Any

from django import forms
from django.http import QueryDict

from visits.forms import Sheet, pick, text
from visits.requests.choices import Paper


class PaperForm(Sheet):
    """Adding papers: the files chosen, and what they are."""

    file = forms.Field(label="文件", required=False)
    file_role = pick("类别", Paper.choices)

    def __init__(self, data: QueryDict, judged: list[Any]) -> None:
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
        got["file_role"] = got.get("file_role") or Paper.OTHER
        return got


class AwayForm(Sheet):
    """Removing one: why."""

    reason = text("移除的原因", 200)
