"""What people write in a report, on one sheet: conclusions, what became of the last measures, cases, new measures."""

import re
from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, dress, text
from helpdesk.handed.actions import Measured, Told
from helpdesk.handed.choices import Progress
from helpdesk.handed.content import promised
from helpdesk.handed.models import Submission
from helpdesk.handed.wording import Proposal
from helpdesk.report.choices import targeted
from reception.core.people.models import Department

MOST = {"measure": 12, "case": 8}
SPARE = 1  # empty rows below the last
ROWS = {
    "measure": ("problem", "basis", "metric", "action", "department", "due_on"),
    "case": ("no", "title", "story", "lesson"),
}


class WriteForm(MoveForm):
    """Everything at once, saved whole. said: `content()` of the report; proposed: what the figures ask to be mended."""

    def __init__(
        self, found: Submission, said: dict[str, Any], proposed: list[Proposal], *args: Any, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("revision", found.revision)
        super().__init__(*args, **kwargs)
        self.found, self.said, self.proposed = found, said, proposed
        self.promised = promised(found)
        for one in said["conclusions"]:
            self.fields[f"say_{one['code']}"] = text(
                one["heading"], rows=4, limit=500, required=False, initial=one["text"]
            )
        # Read once, not again for every row.
        self.departments = list(COLUMNS["department"]().choices)
        self._outcomes()
        self._table("measure", self._measures())
        self._table("case", [vars(row) for row in found.cases.all()])
        for field in self.fields.values():
            dress(field)

    def _outcomes(self) -> None:
        told = {row.measure_id: row for row in self.found.outcomes.all()}
        for number, one in enumerate(self.promised):
            row, key = told.get(one.pk), f"outcome_{number}"
            self.fields[f"{key}_progress"] = forms.ChoiceField(
                label="完成情况", required=False, choices=[("", "请选"), *Progress.choices],
                initial=row.progress if row else "",
            )  # fmt: skip
            self.fields[f"{key}_effect"] = text(
                "效果", limit=200, required=False, initial=row.effect if row else ""
            )

    def _measures(self) -> list[dict[str, Any]]:
        """The saved ones; before the first saving what the figures propose."""
        saved = [vars(row) | {"department": row.department_id} for row in self.found.measures.all()]
        return saved or [vars(one) for one in self.proposed]

    def _table(self, kind: str, rows: list[dict[str, Any]]) -> None:
        for number in range(self._count(kind, len(rows))):
            row = rows[number] if number < len(rows) else {}
            for name in ROWS[kind]:
                field = COLUMNS[name]()
                field.initial = row.get(name)
                if name == "department":
                    field.choices = self.departments
                self.fields[f"{kind}_{number}_{name}"] = field

    def _count(self, kind: str, saved: int) -> int:
        """How many rows: the saved and the posted ones, and an empty one."""
        posted = [int(found[1]) + 1 for key in self.data if (found := re.match(rf"{kind}_(\d\d?)_", key))]
        return min(MOST[kind], max([saved + SPARE, *posted]))

    # --- for the page ----------------------------------------------------------------------------------------------

    def say(self) -> list[dict[str, Any]]:
        """The conclusions: what the figures say, and the field."""
        return [one | {"field": self[f"say_{one['code']}"]} for one in self.said["conclusions"]]

    def past(self) -> list[dict[str, Any]]:
        """Last period's measures with their two fields."""
        return [
            one | {"progress": self[f"outcome_{number}_progress"], "effect": self[f"outcome_{number}_effect"]}
            for number, one in enumerate(self.said["outcomes"])
        ]

    def measures(self) -> list[dict[str, Any]]:
        """The measures' rows, each field by its name."""
        return self._rows("measure")

    def cases(self) -> list[dict[str, Any]]:
        """The cases' rows, each field by its name."""
        return self._rows("case")

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        numbers = sorted({int(name.split("_")[1]) for name in self.fields if name.startswith(f"{kind}_")})
        return [{name: self[f"{kind}_{number}_{name}"] for name in ROWS[kind]} for number in numbers]

    # --- for the action --------------------------------------------------------------------------------------------

    def given(self) -> dict[str, Any]:
        """What `write` is called with, beside who, when and `expect`."""
        known = self.cleaned_data
        said = self.said["conclusions"]
        return {
            "conclusions": {one["code"]: known[f"say_{one['code']}"] for one in said},
            "basis": {one["code"]: one["generated"] for one in said},
            "outcomes": {
                one.pk: (known[f"outcome_{number}_progress"], known[f"outcome_{number}_effect"])
                for number, one in enumerate(self.promised)
            },
            "measures": [Measured(**row) for row in self._typed("measure") if not self._untouched(row)],
            "cases": [Told(**row) for row in self._typed("case")],
        }

    def _typed(self, kind: str) -> list[dict[str, Any]]:
        found = []
        for number, _ in enumerate(self._rows(kind)):
            row = {name: self.cleaned_data.get(f"{kind}_{number}_{name}") for name in ROWS[kind]}
            if any(row.values()):
                found.append(row)
        return found

    def _untouched(self, row: dict[str, Any]) -> bool:
        """A proposal that nobody took up."""
        begun = row["action"] or row["department"] or row["due_on"]
        return not begun and any(
            (row["problem"], row["basis"]) == (p.problem, p.basis) for p in self.proposed
        )

    def clean(self) -> dict[str, Any]:
        """A row with anything in it has its first word."""
        known = super().clean() or self.cleaned_data
        for kind, name, sentence in (
            ("measure", "problem", "写了一条改进建议，请写明问题，或把这一行清空。"),
            ("case", "title", "写了一个案例，请写上标题，或把这一行清空。"),
        ):
            for number, _ in enumerate(self._rows(kind)):
                row = {column: known.get(f"{kind}_{number}_{column}") for column in ROWS[kind]}
                if any(row.values()) and not row[name]:
                    self.add_error(f"{kind}_{number}_{name}", sentence)
        return known


COLUMNS: dict[str, Any] = {
    "problem": lambda: text("问题", limit=120, required=False),
    "basis": lambda: text("数据依据", rows=2, limit=200, required=False),
    "metric": lambda: forms.ChoiceField(
        label="对应指标", required=False, choices=[("", "没有"), *targeted()],
        error_messages={"invalid_choice": "没有这个指标，请重选。"},
    ),
    "action": lambda: text("措施", rows=2, limit=300, required=False),
    "department": lambda: forms.ModelChoiceField(
        Department.objects.all(), label="责任部门", required=False, empty_label="请选",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    ),
    "due_on": lambda: forms.DateField(
        label="时限", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "时限要写成年月日。"},
    ),
    "no": lambda: text("单号", limit=20, required=False),
    "title": lambda: text("标题", limit=60, required=False),
    "story": lambda: text("经过", rows=3, limit=500, required=False),
    "lesson": lambda: text("启示", rows=3, limit=300, required=False),
}  # fmt: skip


class BackForm(MoveForm):
    """退回修改, 退回重报."""

    reason = text("退回原因", rows=2, limit=500, say="请写明退回的原因，让制表人知道改什么。")
