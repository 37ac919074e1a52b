"""Section four's small inputs, and the budget lines they become (records §1.1: 5–8, 13)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from visits.costs.choices import CostItem
from visits.costs.models import CostLine
from visits.forms import money, whole
from visits.requests.choices import Need

# The tick, its heading, its inputs.
GROUPS = (
    (Need.MEAL, "用餐", ("meal_count", "meal_people", "accompany", "meal_price")),
    (Need.MEAL, "酒、烟", ("wine_count", "wine_price", "tobacco_count", "tobacco_price")),
    (Need.BED, "住宿", ("bed_rooms", "bed_nights", "bed_price")),
    (Need.PICK, "用车", ("car_amount",)),
    (Need.DOCS, "资料样册", ("docs_count", "docs_price")),
)  # fmt: skip
# Item → the tick that brings it, then the inputs for quantity, people (or rooms) and price.
LINES = {
    CostItem.MEAL: (Need.MEAL, "meal_count", "meal_people", "meal_price"),
    CostItem.WINE: (Need.MEAL, "wine_count", "", "wine_price"),
    CostItem.TOBACCO: (Need.MEAL, "tobacco_count", "", "tobacco_price"),
    CostItem.LODGING: (Need.BED, "bed_nights", "bed_rooms", "bed_price"),
    CostItem.CAR: (Need.PICK, "", "", "car_amount"),
    CostItem.MATERIAL: (Need.DOCS, "docs_count", "", "docs_price"),
}
# What a submitted request must say about a ticked need.
ASKED = {
    Need.MEAL: {"meal_count": "勾选了用餐，请填写餐数"},
    Need.BED: {"bed_rooms": "勾选了住宿，请填写间数", "bed_nights": "勾选了住宿，请填写晚数"},
}


# What a tick just opened is filled in from.
FROM_HEADCOUNT = {"data-from": "headcount"}


class MoneyFields(forms.Form):
    """Quantities and prices (元). An empty price of 用餐, 酒, 烟, 住宿 means the tier's standard."""

    meal_count = whole("餐数", 99)
    meal_people = whole("用餐人数", 999, attrs=FROM_HEADCOUNT)
    accompany = forms.IntegerField(
        label="陪餐人数", min_value=0, max_value=999, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "陪餐人数要填 0 到 999 的整数"),
    )  # fmt: skip
    meal_price = money("餐费（元/人）", standard=True)
    wine_count = whole("酒（瓶）", 999)
    wine_price = money("酒单价（元/瓶）", standard=True)
    tobacco_count = whole("烟（盒）", 999)
    tobacco_price = money("烟单价（元/盒）", standard=True)
    bed_rooms = whole("间数", 500, attrs=FROM_HEADCOUNT)
    bed_nights = whole("晚数", 99, attrs={"data-from": "nights"})
    bed_price = money("房费（元/间·晚）", standard=True)
    car_amount = money("用车金额（元）")
    docs_count = whole("资料套数", 9999, attrs=FROM_HEADCOUNT)
    docs_price = money("资料单价（元/套）")

    def lines(self) -> list[dict[str, Any]]:
        """Budget lines of the ticked needs that have a quantity, as keyword arguments of a CostLine."""
        got, ticked = self.cleaned_data, set(self.cleaned_data.get("needs") or ())
        found = []
        for item, (need, count, people, price) in LINES.items():
            quantity = got.get(count) if count else (1 if got.get(price) is not None else None)
            if need in ticked and quantity:
                found.append(
                    {
                        "item": item.value,
                        "quantity": quantity,
                        "people": got.get(people),
                        "unit_price": got.get(price),
                    }
                )
        return found

    def ask_money(self, got: dict[str, Any]) -> None:
        """A submitted request says how much of what it ticked."""
        for need in got.get("needs") or ():
            for name, sentence in ASKED.get(need, {}).items():
                if not got.get(name) and name not in self.errors:
                    self.add_error(name, sentence)

    @staticmethod
    def initial_of(lines: Iterable[CostLine]) -> dict[str, Any]:
        """What the inputs show of lines that are already there (the first of each item)."""
        values: dict[str, Any] = {}
        for line in lines:
            _, count, people, price = LINES.get(CostItem(line.item), ("", "", "", ""))
            for name, value in ((count, line.quantity), (people, line.people), (price, line.unit_price)):
                if name:
                    values.setdefault(name, value)
        return values
