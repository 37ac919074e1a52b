"""What is budgeted without rows: wine, tobacco, the fare of the cars, printed matter (records §1.1: 6, 8, 13)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from visits.costs.choices import CostItem
from visits.costs.models import CostLine
from visits.forms import money, text, whole
from visits.requests.choices import Need

# What a tick just opened is filled in from.
FROM_HEADCOUNT = {"data-from": "headcount"}
# Item → the ticks that bring it (one is enough), then the inputs for its name, quantity and price.
LINES: dict[CostItem, tuple[tuple[Need, ...], str, str, str]] = {
    CostItem.WINE: ((Need.MEAL,), "wine_name", "wine_count", "wine_price"),
    CostItem.TOBACCO: ((Need.MEAL,), "tobacco_name", "tobacco_count", "tobacco_price"),
    CostItem.CAR: ((Need.PICK, Need.CAR), "", "", "car_amount"),
    CostItem.MATERIAL: ((Need.DOCS,), "", "docs_count", "docs_price"),
}


class MoneyFields(forms.Form):
    """Names, quantities and prices (元). An empty price of 酒, 烟 means the tier's standard."""

    wine_name = text("酒品名", 60)
    wine_count = whole("酒（瓶）", 999)
    wine_price = money("酒单价（元/瓶）", standard=True)
    tobacco_name = text("烟品名", 60)
    tobacco_count = whole("烟（盒）", 999)
    tobacco_price = money("烟单价（元/盒）", standard=True)
    car_amount = money("用车金额（元）")
    docs_count = whole("资料套数", 9999, attrs=FROM_HEADCOUNT)
    docs_price = money("资料单价（元/套）")

    @property
    def treats(self) -> list[Any]:
        """Section six."""
        return [self[name] for item in (CostItem.WINE, CostItem.TOBACCO) for name in LINES[item][1:]]

    @property
    def fares(self) -> list[Any]:
        """What the cars of section eight cost."""
        return [self["car_amount"]]

    @property
    def papers(self) -> list[Any]:
        """Printed matter of section twelve."""
        return [self["docs_count"], self["docs_price"]]

    def lines(self) -> list[dict[str, Any]]:
        """Budget lines of the ticked needs that have a quantity, as keyword arguments of a CostLine."""
        got, ticked = self.cleaned_data, set(self.cleaned_data.get("needs") or ())
        found = []
        for item, (needs, name, count, price) in LINES.items():
            quantity = got.get(count) if count else (1 if got.get(price) is not None else None)
            if ticked & set(needs) and quantity:
                found.append(
                    {
                        "item": item.value,
                        "label": got.get(name) or "",
                        "quantity": quantity,
                        "people": None,
                        "unit_price": got.get(price),
                        "on": None,
                    }
                )
        return found

    @staticmethod
    def initial_of(lines: Iterable[CostLine]) -> dict[str, Any]:
        """What the inputs show of lines that are already there (the first of each item)."""
        values: dict[str, Any] = {}
        for line in lines:
            _, name, count, price = LINES.get(CostItem(line.item), ((), "", "", ""))
            for key, value in ((name, line.label), (count, line.quantity), (price, line.unit_price)):
                if key:
                    values.setdefault(key, value)
        return values
