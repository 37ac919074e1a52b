"""The rows of the 接待申请表 as part of the form: which tick opens them, what a tick asks for, where a sentence goes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reception.core.flow import Refused
from visits.arrangements.choices import STATION_RIDES, Kind
from visits.arrangements.forms import RowForm, RowSet, row_sets
from visits.arrangements.queries import all_rows
from visits.arrangements.writing import plain
from visits.requests.choices import Need

# One of these ticks opens the rows of a kind.
OPENS: dict[str, tuple[Need, ...]] = {
    Kind.MEAL: (Need.MEAL,),
    Kind.LODGING: (Need.BED,),
    Kind.CAR: (Need.PICK, Need.CAR),
    Kind.MEETING: (Need.ROOM,),
    Kind.TOUR: (Need.TOUR,),
    Kind.TICKET: (Need.TICKET,),
}
# What a submitted form says about a ticked need: at least one row.
ASKED = {Kind.MEAL: "勾选了用餐，请至少填写一餐", Kind.LODGING: "勾选了住宿，请填写酒店、间数和日期"}
PLACE = re.compile(r"^([a-z]+)-(\d+)-([a-z_]+)$")


class RowFields(forms.Form):
    """The row sets of the form, `sets[kind]`; their errors are the form's too, with the input they belong to."""

    def set_rows(self, reception: Any) -> None:
        """Rows of what was sent, or of the stored request."""
        stored: dict[str, list[dict[str, Any]]] = {}
        for row in all_rows(reception) if reception is not None and not self.is_bound else ():
            stored.setdefault(row.KIND.value, []).append(plain(row))
        self.sets: dict[str, RowSet] = row_sets(self.data if self.is_bound else None, stored)

    def open_sets(self, got: dict[str, Any]) -> list[RowSet]:
        """The sets that a tick opens."""
        ticked = set(got.get("needs") or ())
        return [rows for kind, rows in self.sets.items() if ticked & set(OPENS[kind])]

    def check_rows(self, got: dict[str, Any], *, strict: bool) -> None:
        """Rows typed badly, and in a submission those that are missing."""
        for rows in self.open_sets(got):
            rows.is_valid()
            for row in rows.filled:
                for name, sentences in row.errors.items():
                    self.say(rows, row, name, str(sentences[0]))
            if strict and rows.kind in ASKED and not rows.filled:
                self.add_error(None, at(ASKED[rows.kind], f"rows-{rows.kind}"))
        if got.get("needs") is not None:
            got["needs"] = [*got["needs"], *(self.implied(got) - set(got["needs"]))]

    def say(self, rows: RowSet, row: RowForm, name: str, sentence: str) -> None:
        """A sentence about one input of a row, at the form's head too."""
        number = rows.filled.index(row) + 1
        known = sentence.startswith(f"{rows.kind.label}第")
        sentence = sentence if known else f"{rows.kind.label}第 {number} 行：{sentence}"
        self.add_error(None, at(sentence, f"id_{row.prefix}-{name}"))

    def implied(self, got: dict[str, Any]) -> set[str]:
        """A ride says itself which need it is."""
        rides = {row.cleaned_data.get("ride") for row in self.sets[Kind.CAR].filled if not row.errors}
        if not set(OPENS[Kind.CAR]) & set(got["needs"]):
            return set()
        return {Need.PICK.value if ride in STATION_RIDES else Need.CAR.value for ride in rides}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Kind → keyword arguments of its rows, of the ticked needs; what was typed badly is left out."""
        return {
            rows.kind.value: [row.values() for row in rows.filled]
            for rows in self.open_sets(self.cleaned_data)
        }

    def blame(self, refused: Refused) -> bool:
        """Put a refusal that names an input of a row there; False when it names none."""
        found = PLACE.match(refused.field or "")
        rows = self.sets.get(found[1]) if found else None
        if not found or rows is None or not 0 < int(found[2]) <= len(rows.filled):
            return False
        row, name = rows.filled[int(found[2]) - 1], found[3]
        if row.errors.get(name):
            return True
        row.add_error(name, refused.message)
        self.say(rows, row, name, refused.message)
        return True


def at(sentence: str, place: str) -> ValidationError:
    """A sentence that leads to the element with that id."""
    return ValidationError(sentence.replace("%", "%%"), params={"id": place})
