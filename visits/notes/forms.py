"""A note, photographs, or both, as one form."""

from typing import Any

from django import forms
from django.http import QueryDict

from visits.forms import Sheet, one_of
from visits.forms import text as line
from visits.notes.models import Note


class NoteForm(Sheet):
    """What is noted, which earlier note it puts right, and the photographs (judged before: `request.judged`)."""

    text = line("备忘", 2000, rows=2)
    corrects = one_of("更正哪一条", Note.objects.none(), empty_label="不是更正")
    caption = line("照片说明", 200)
    photo = forms.Field(label="照片", required=False)

    def __init__(self, data: QueryDict, judged: list[Any], notes: Any) -> None:
        super().__init__(data)
        self.fields["corrects"].queryset = notes  # type: ignore[attr-defined]
        self.judged = [one for one in judged if one.field == "photo"]

    def clean(self) -> dict[str, Any]:
        """Something of either, and each photograph passed."""
        got = super().clean() or self.cleaned_data
        if not self.judged and not got.get("text") and not self.errors:
            self.add_error("text", "请写下要记的内容，或选择照片。")
        for one in self.judged:
            if one.refusal:
                self.add_error("photo", one.refusal.message)
        return got
