"""Reads the whole chain again and says where it was touched."""

from collections.abc import Iterator
from dataclasses import dataclass

from reception.core.ledger.chain import GENESIS, content_digest, link_digest
from reception.core.ledger.models import ChainHead, Event
from reception.core.ledger.write import facts


@dataclass(frozen=True)
class Finding:
    """One place where the chain does not hold: the number of the link and a Chinese sentence."""

    seq: int
    message: str


def verify() -> Iterator[Finding]:
    """Yield every break of the chain: edited, re-dated, deleted, inserted, swapped or cut. Nothing = sound.

    The house goes on writing meanwhile: what is appended after the last event was read is read too.
    """
    prev, reached, seen = GENESIS, 0, -1
    while seen != reached:
        seen = reached or seen  # a number below the first is a forgery too, and is read
        for event in Event.objects.filter(seq__gt=seen).order_by("seq").iterator(2000):
            yield from _breaks(event, prev, reached + 1)
            prev, reached = event.digest, event.seq
        head = ChainHead.objects.get(pk=1)  # read after the events: in a sound chain never behind them
        if head.seq <= reached:
            break
    if (head.seq, head.digest) != (reached, prev):
        yield Finding(head.seq, f"链尾应为第 {head.seq} 条，实际到第 {reached} 条")


def _breaks(event: Event, prev: str, expected: int) -> Iterator[Finding]:
    """What does not hold at this event, which should carry that number and follow that digest."""
    if event.seq != expected:
        yield Finding(event.seq, f"第 {expected} 条之后缺失或插入了记录")
    if event.prev != prev:
        yield Finding(event.seq, f"第 {event.seq} 条与前一条接不上")
    if event.content != content_digest(event.salt, event.actor_name, event.reason, event.detail):
        yield Finding(event.seq, f"第 {event.seq} 条的内容被改过")
    if event.digest != link_digest(event.prev, event.seq, event.at, facts(event), event.content):
        yield Finding(event.seq, f"第 {event.seq} 条的要素被改过")
