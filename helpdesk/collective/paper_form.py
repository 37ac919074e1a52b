"""《集体反映回访记录》 as a paper form: what many households said, and how each was called back (D4.4.4, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.collective.models import Collective, Household
from reception.core.clock.periods import local
from reception.core.paper import Form, Row, moment, row, signed
from reception.core.people.models import User


def paper(one: Collective, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`: one row a household."""
    households = one.households.select_related("unit", "call", "called_by")
    rows = (*head(one), *(called(found, n) for n, found in enumerate(households, 1)))
    feet = ("系统按集体反映标准汇总", f"打印：{local(at):%Y-%m-%d %H:%M}")
    return Form("集体反映回访记录", one.no, company(), rows, feet, one.get_absolute_url())


def head(one: Collective) -> list[Row]:
    """What is reported, from where, and what was decided."""
    found = [
        row(("楼 栋", str(one.building)), ("反映什么", one.word), ("类 别", str(one.category))),
        row(("提出时间", moment(one.created_at)), ("户 数", f"{one.size} 户，已回访 {one.called} 户"), ("状 态", one.get_status_display())),
        row(("重要问题", one.emergency.no if one.emergency else ""), ("立 案", signed(("", one.accepted_by, one.accepted_at)))),
    ]  # fmt: skip
    if one.ended_at:
        found.append(row(("结 束", signed(("", one.ended_by, one.ended_at)))))
    if one.grounds:
        found.append(row(("不立案原因", one.grounds)))
    return found


def called(found: Household, number: int) -> Row:
    """One household: who called about what, and what they said when called back."""
    tried = f"，{found.attempts} 次联系不上" if found.attempts else ""
    word = f"{found.get_result_display()} {found.words}".strip() if found.called_at else f"未回访{tried}"
    who = signed(("", found.called_by, found.called_at))
    return row(
        (f"{number}. {found.unit.label}", f"{found.name} {found.phone}\n{found.call.no}"),
        ("回 访", word),
        ("回访人", who),
    )
