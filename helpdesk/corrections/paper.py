"""Cells of a record's paper form: the present value, and what was struck out before it, as its reader may see them."""

from typing import Any

from helpdesk.cases.voiding import VOID
from helpdesk.corrections.chains import chain_of
from helpdesk.corrections.registry import kind_of, shown
from reception.core.clock.periods import local
from reception.core.paper import Mended, Part
from reception.core.paper.form import Struck
from reception.core.people.models import User
from reception.core.templatetags.core import masked


class Pen:
    """Writes the values of `record` for `user`: `pen("place")`, or `pen("kind", words)` in other words."""

    def __init__(self, record: Any, user: User) -> None:
        self.record, self.user, self.kind = record, user, kind_of(record)

    def __call__(self, name: str, words: str | None = None) -> Part:
        """The column `name` in words; a telephone is masked for whoever does not read it."""
        field = self.kind.field(name) if self.kind else None
        now = shown(getattr(self.record, name)) if words is None else words
        if self.kind and name in ("phone", "number") and not self.kind.sees_phone(self.record, self.user):
            now = masked(now)
        chain = chain_of(self.record, name, self.user) if field else []
        return Mended(tuple(Struck(one.old, one.why) for one in chain), now) if chain else now

    def led(self, *named: tuple[str, str]) -> list[Part]:
        """原因：…　措施：…, of (word, column), leaving out what is empty."""
        found: list[Part] = []
        for word, name in named:
            if getattr(self.record, name):
                found += [f"　{word}：" if found else f"{word}：", self(name)]
        return found

    @property
    def void(self) -> str:
        """Why the record was struck out, by whom and when; nothing while it stands."""
        one = self.record
        if one.status != VOID:
            return ""
        return f"已作废：{one.void_by} {local(one.void_at):%Y-%m-%d %H:%M}，{one.void_reason}"


def late_entry(call: Any) -> str:
    """补记 of the call a record began with: when it came in, and why it was written down later (D4.3.2)."""
    if call is None or not call.backdate_reason:
        return ""
    return f"{call.get_channel_display()} {local(call.recorded_at):%Y-%m-%d %H:%M}：{call.backdate_reason}"
