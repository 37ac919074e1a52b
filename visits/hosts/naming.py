"""陪同人员 as typed, with whom of ours it names: 邱实、方可（技术品质部）、王翻译. What is recognised gets the briefing and
the notices; the rest stays what was typed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reception.core.people.models import User

_ONE = re.compile(r"([^、，,;；/\s（()）]+)(?:\s*[（(]([^（）()]*)[）)])?")


@dataclass(frozen=True)
class Named:
    """users: recognised; twins: names that two of ours bear, with no department behind; others: nobody of ours."""

    users: list[User]
    twins: list[str]
    others: list[str]

    @property
    def sentence(self) -> str:
        """What the form says under the field."""
        parts = (
            [f"已认出 {'、'.join(option(one) for one in self.users)}，会收到通知和简报"] if self.users else []
        )
        parts += [f"有不止一位{name}，请写成“{name}（部门）”" for name in self.twins]
        parts += [f"{'、'.join(self.others)} 不是系统里的同事，只写在单子上"] if self.others else []
        return "；".join(parts)


def option(user: User) -> str:
    """邱实（营销部）."""
    return f"{user}（{user.department}）" if user.department_id else str(user)


def recognise(text: str) -> Named:
    """Whom `text` names; one query, none for an empty text."""
    asked = list(dict.fromkeys((name, place.strip()) for name, place in _ONE.findall(text or "")))
    if not asked:
        return Named([], [], [])
    people = User.objects.filter(is_active=True, name__in={name for name, _ in asked}).select_related(
        "department"
    )
    return _match(asked, list(people.order_by("pk")))


def _match(asked: Iterable[tuple[str, str]], people: list[User]) -> Named:
    """Each asked name to the one person it fits."""
    many = Counter(str(one) for one in people)
    users: dict[int, User] = {}
    twins, others = [], []
    for name, place in asked:
        fit = [one for one in people if str(one) == name]
        exact = [one for one in fit if place and place == str(one.department or "")]
        found = exact or fit
        if len(found) == 1:
            users[found[0].pk] = found[0]
        elif many[name] > 1:
            twins.append(name)
        else:
            others.append(name)
    return Named(list(users.values()), twins, others)


def pickable() -> list[str]:
    """Colleagues as the picker adds them: the name, with the department where two bear it."""
    people = list(
        User.objects.filter(is_active=True).select_related("department").order_by("department__order", "id")
    )
    many = Counter(str(one) for one in people)
    return [option(one) if many[str(one)] > 1 or one.department_id else str(one) for one in people]
