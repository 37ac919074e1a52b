"""The buttons of a task: what the page showed, and the words that go with each."""

from typing import Any

from django import forms

from reception.core.people.models import Department, User
from reception.core.people.roles import ROLES, Can
from visits.forms import Sheet, dress, moment, one_of, pick, text
from visits.tasks.models import Task

# What each move asks for, in the order of the page. Moves that are not here only need a press.
ASKS: dict[str, tuple[str, ...]] = {
    "finish": ("evidence", "note", "reason"),
    "assign": ("person",),
    "hand_over": ("to", "reason"),
    "decline": ("reason",),
    "block": ("reason", "helper"),
    "unblock": ("note",),
    "give_back": ("reason",),
    "redo": ("reason",),
    "drop": ("reason",),
    "reconfirm": ("note",),
}
DOING = [code for code, role in ROLES.items() if Can.DO_TASK.value in role.cans]


class People:
    """Who can be chosen on a task's page: one query, made on first use."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._people: list[User] | None = None

    @property
    def people(self) -> list[User]:
        """Everybody who does tasks."""
        if self._people is None:
            self._people = list(
                User.objects.in_role(*DOING).select_related("department").order_by("department__order", "id")
            )
        return self._people

    @property
    def departments(self) -> list[Department]:
        """Every department that somebody works in, in their order."""
        return list(
            {person.department_id: person.department for person in self.people if person.department}.values()
        )

    def colleagues(self) -> list[tuple[int, str]]:
        """(pk, name) of the task's department."""
        return [(p.pk, str(p)) for p in self.people if p.department_id == self.task.department_id]

    def helpers(self) -> list[tuple[int, str]]:
        """(pk, name and department) of everybody but whose task it is."""
        return [
            (p.pk, f"{p}（{p.department}）" if p.department else str(p))
            for p in self.people
            if p.pk != self.task.assignee_id
        ]

    def receivers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Groups of what a task can be handed to: u7 a person, d3 a department."""
        mine = [(f"u{pk}", name) for pk, name in self.colleagues() if pk != self.task.assignee_id]
        others = [(f"d{d.pk}", d.name) for d in self.departments if d.pk != self.task.department_id]
        return [("本部门同事", mine), ("其他部门", others)]


class MoveForm(Sheet):
    """One move of one task: `revision` as seen, and only what that move asks for; `words` are its arguments."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, move: str, who: People, *args: Any, unticked: bool = False, **kwargs: Any) -> None:
        self.move, self.who, task = move, who, who.task
        super().__init__(*args, auto_id=f"{move}-%s", **kwargs)
        self.fields["revision"].initial = task.revision
        asked = [name for name in ASKS.get(move, ()) if name != "evidence" or task.asked]
        for name in asked:
            if (move, name) != ("finish", "reason") or unticked or self.is_bound:
                self.fields[name] = self._field(name, task)
                dress(self.fields[name])

    def _field(self, name: str, task: Task) -> forms.Field:
        if name == "evidence":
            return text(task.asked, 200, star=True)
        if name == "note":
            return text("办理情况", 200)
        if name == "reason":
            finishing = self.move == "finish"
            return text(
                "清单没有勾完的原因" if finishing else "原因", 200, rows=0 if finishing else 2, star=True
            )
        if name == "helper":
            return pick("请谁协助", [("", "不请人协助"), *self.who.helpers()])
        if name == "person":
            return pick("指派给", [("", "请选择"), *self.who.colleagues()], star=True)
        return pick("移交给", [("", "请选择"), *self.who.receivers()], star=True)

    @property
    def asks(self) -> list[forms.BoundField]:
        """What the page shows of it."""
        return [self[name] for name in self.fields if name != "revision"]

    def words(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        got = {name: self.cleaned_data[name] for name in self.fields if name != "revision"}
        people = (
            {str(person.pk): person for person in self.who.people}
            if {"helper", "person", "to"} & got.keys()
            else {}
        )
        for name in {"helper", "person"} & got.keys():
            got[name] = people.get(got[name])
        if "to" in got:
            to = got.pop("to")
            departments = {f"d{one.pk}": one for one in self.who.departments}
            got |= {
                "person": people.get(to[1:]) if to.startswith("u") else None,
                "department": departments.get(to),
            }
        return got


class UntickForm(Sheet):
    """A line's button: nothing but a press, or the reason for taking a tick back."""

    def __init__(self, way: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if way == "untick":
            self.fields["reason"] = text("取消打勾的原因", 200, star=True)
            dress(self.fields["reason"])

    def words(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        return dict(self.cleaned_data)


class AddForm(Sheet):
    """One more duty of a reception."""

    department = one_of("承办部门", Department.objects.all(), star=True)
    duty = text("工作", 60, star=True)
    due_at = moment("时限", star=True)
    checklist = text("清单（一行一项）", 600, rows=4)
    blocking = forms.BooleanField(label="堵点：没有办完就不能开始", required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing starred is empty."""
        found = super().clean() or {}
        for name, sentence in (
            ("department", "请选择承办部门"),
            ("duty", "请写明要办的事。"),
            ("due_at", "请填写时限"),
        ):
            if not found.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return found


class PhotoForm(Sheet):
    """A photograph of what was done; the file itself is judged before (`request.judged`)."""

    photo = forms.Field(label="照片", required=False)

    def __init__(self, data: Any, judged: list[Any]) -> None:
        super().__init__(data)
        self.judged = [one for one in judged if one.field == "photo"]

    def clean(self) -> dict[str, Any]:
        """One was chosen, and it passed."""
        if not self.judged:
            self.add_error("photo", "请先选择或拍一张照片。")
        for one in self.judged:
            if one.refusal:
                self.add_error("photo", one.refusal.message)
        return self.cleaned_data
