"""The guest's page as a form: Chinese with English below, one thumb is enough."""

from typing import Any

from django import forms

from visits.forms import Sheet, text

LABELS = {
    "overall": ("整体", "Overall"),
    "agenda": ("行程安排", "Programme"),
    "guide": ("讲解", "Guided tour"),
    "meal": ("用餐", "Meals"),
    "stay": ("住宿·用车", "Hotel and transport"),
}
SCORES = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


def parts_of(reception: Any) -> list[str]:
    """Only what took place is asked about."""
    needs = set(reception.needs)
    asked = {"overall": True, "agenda": True, "guide": "tour" in needs, "meal": "meal" in needs,
             "stay": bool(needs & {"bed", "pick"})}  # fmt: skip
    return [name for name, yes in asked.items() if yes]


class AnswerForm(Sheet):
    """A score of 1–5 for each part that took place (the whole is asked for), words, and a name if one likes."""

    words = text("意见和建议", 1000, rows=4)
    name = text("您的姓名", 40)

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for name in parts:
            said = f"请给“{LABELS[name][0]}”打 1 到 5 分。Please choose a score."
            self.fields[name] = forms.TypedChoiceField(
                label=LABELS[name][0], choices=SCORES, coerce=int, empty_value=None, required=name == "overall",
                widget=forms.RadioSelect, error_messages={"required": said, "invalid_choice": said},
            )  # fmt: skip

    @property
    def scores(self) -> list[dict[str, Any]]:
        """The parts with their English names, for the page."""
        return [
            {"field": self[name], "english": LABELS[name][1], "star": name == "overall"}
            for name in self.parts
        ]
