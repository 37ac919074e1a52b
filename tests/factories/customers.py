"""Customers that came, with what is remembered of them, made by the real actions; and workbooks to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from openpyxl import Workbook

from reception.core.clock.periods import local
from tests.factories.visits import make_reception
from visits.customers import actions, gifts
from visits.models import Customer, Gift, Preference, Promise
from visits.promises import actions as promises


def make_customer(
    cast: SimpleNamespace, at: datetime, name: str = "北辰轨道交通装备公司", **fields: Any
) -> Customer:
    """One that cast.reception registered by hand; nobody applied for it."""
    return actions.add_customer(by=cast.reception, at=at, fields={"name": name, **fields})


def make_visited(cast: SimpleNamespace, at: datetime, status: str = "preparing", **over: Any) -> Customer:
    """远航重工集团, for which cast.sales applied (营销部); its reception is in `status`."""
    reception = make_reception(cast, status, at=at, **over)
    assert reception.customer
    return reception.customer


def make_gift(
    cast: SimpleNamespace, customer: Customer, at: datetime, item: str = "青瓷茶具", **over: Any
) -> Gift:
    """Given to 陆远 on the day of `at`, entered by cast.sales."""
    words = {"recipient": "陆远", "given_on": local(at).date(), **over}
    return gifts.record_gift(customer, by=words.pop("by", cast.sales), at=at, item=item, **words)


def make_preference(
    cast: SimpleNamespace, customer: Customer, at: datetime, text: str = "不吃辣", **over: Any
) -> Preference:
    """Of 陆远, entered by cast.sales."""
    return actions.note_preference(
        customer, by=cast.sales, at=at, text=text, **{"kind": "diet", "who": "陆远", **over}
    )


def make_promise(cast: SimpleNamespace, customer: Customer, at: datetime, **over: Any) -> Promise:
    """Given by cast.vgm, owed by cast.tech within ten days, entered by cast.sales."""
    words = {"what": "寄三份样册", "due_on": due(at), "owner": cast.tech, "promiser": cast.vgm, **over}
    return promises.promise(customer, by=words.pop("by", cast.sales), at=at, **words)


def due(at: datetime, days: int = 10) -> date:
    """The Shanghai day so many days after `at`."""
    return (local(at) + timedelta(days=days)).date()


def workbook(*rows: Sequence[object]) -> BytesIO:
    """A workbook with these rows in its first sheet, as a person's Excel saves it."""
    book, file = Workbook(), BytesIO()
    assert book.active
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    file.seek(0)
    file.name = "客户.xlsx"
    return file
