"""《顾客接待记录》 of a visitor as a paper form, signed by who received them (C4, C5, D4.3.5, D6)."""

from datetime import datetime

from helpdesk.cases.views_faces import company
from helpdesk.corrections.paper import Pen
from helpdesk.visitors.models import Visitor
from reception.core.clock.periods import local
from reception.core.paper import Form, moment, row
from reception.core.people.models import User
from reception.core.people.roles import Can


def paper(one: Visitor, user: User, at: datetime) -> Form:
    """The form of `one`, printed by `user` at `at`; telephone and identity paper are for the desk."""
    pen = Pen(one, user)
    booked = f"{'有' if one.booked else '没有'} {one.source}".strip()
    rows = [
        row(("来访人", [pen("name"), pen("title")]), ("人 数", pen("people")), ("单 位", pen("company"))),
        row(("电 话", pen("phone")), ("证 件", one.paper if user.may(Can.VIEW_DESK) else ""), ("车 牌", pen("plate"))),
        row(("被访人", pen("host", one.to_whom)), ("预 约", booked), ("访客证号", pen("badge"))),
        row(("事 由", pen("purpose"))),
        row(("到 达", pen("came_at", moment(one.came_at))), ("引 见", pen("guide")), ("离 开", pen("left_at", moment(one.left_at)))),
    ]  # fmt: skip
    if one.backdate_reason:
        rows.append(row(("补 记", f"{moment(one.created_at)} 补记：{one.backdate_reason}")))
    feet = (f"接待人：{one.recorder_name} {local(one.created_at):%Y-%m-%d %H:%M}", f"打印：{local(at):%Y-%m-%d %H:%M}")  # fmt: skip
    return Form("顾客接待记录", one.no, company(), tuple(rows), feet, one.get_absolute_url(), pen.void, "A5")
