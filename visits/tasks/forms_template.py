"""The template's form in the admin: what an administrator chooses, without code (A8.1)."""

from typing import Any

from django import forms

from reception.core.people.models import Department
from visits.profiles.choices import Nature
from visits.tasks.choices import HOST, MANAGER, OWNERS, RESPONSIBLE, Difference, Need
from visits.tasks.due import split
from visits.tasks.models_template import OFFSET, TaskTemplate, TierOffset

LINE = 80  # characters of a checklist's line


class TemplateForm(forms.ModelForm):
    """承办, 对应需要 and 接待性质 by name; a checklist whose lines fit."""

    class Meta:
        model = TaskTemplate
        fields = ["order", "code", "duty", "owner", "base", "anchor", "offset", "need", "natures", "checklist", "evidence",
                  "reconfirm", "blocking", "active"]  # fmt: skip

    natures = forms.MultipleChoiceField(
        label="只用于接待性质", required=False, choices=Nature.choices, widget=forms.CheckboxSelectMultiple,
        help_text="都不勾：各种性质都用",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(code, OWNERS[code]) for code in (HOST, RESPONSIBLE, MANAGER)]
        departments = list(Department.objects.values_list("code", "name"))
        self.fields["owner"] = forms.ChoiceField(
            label="承办", choices=[("按这次接待", roles), ("部门", departments)]
        )
        self.fields["need"] = forms.ChoiceField(
            label="对应需要",
            required=False,
            choices=[("", "总要办"), *Need.choices],
            help_text="勾了这项需要才有",
        )
        if self.instance.pk:
            self.initial["natures"] = [code for code in self.instance.natures.split(",") if code]

    def clean_natures(self) -> str:
        """As the column keeps it."""
        return ",".join(self.cleaned_data["natures"])

    def clean_checklist(self) -> str:
        """One item a line, each short enough to stand on a card."""
        return checked(self.cleaned_data["checklist"])


class DifferenceForm(forms.ModelForm):
    """One tier's difference: 不设 has no time, 增设 and 改时限 have one."""

    class Meta:
        model = TierOffset
        fields = ["tier", "kind", "offset", "checklist"]

    def clean_checklist(self) -> str:
        """As the base's."""
        return checked(self.cleaned_data["checklist"])

    def clean(self) -> dict[str, Any] | None:
        """The kind and the time agree."""
        found = super().clean() or {}
        kind, offset = found.get("kind"), found.get("offset")
        if kind == Difference.DROP and offset:
            self.add_error("offset", "“不设”不用写时限，请清空。")
        if kind in (Difference.ADD, Difference.CHANGE) and not offset and "offset" not in self.errors:
            self.add_error("offset", f"请写时限。{OFFSET.message}")
        return found


def checked(checklist: str) -> str:
    """The lines, trimmed; a line that is too long is refused with its beginning."""
    lines = [line.strip() for line in checklist.splitlines() if line.strip()]
    for words, _ in split(checklist):
        if len(words) > LINE:
            raise forms.ValidationError(f"清单每行最多 {LINE} 个字，“{words[:12]}…”太长，请写短或拆成两行。")
    return "\n".join(lines)
