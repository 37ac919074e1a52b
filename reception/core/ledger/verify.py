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
    """Yield every break of the chain: edited, re-dated, deleted, inserted, swapped or cut. Nothing = sound."""
    prev, expected = GENESIS, 1
    for event in Event.objects.order_by("seq").iterator(2000):
        if event.seq != expected:
            yield Finding(event.seq, f"第 {expected} 条之后缺失或插入了记录")
        if event.prev != prev:
            yield Finding(event.seq, f"第 {event.seq} 条与前一条接不上")
        if event.content != content_digest(event.salt, event.actor_name, event.reason, event.detail):
            yield Finding(event.seq, f"第 {event.seq} 条的内容被改过")
        if event.digest != link_digest(event.prev, event.seq, event.at, facts(event), event.content):
            yield Finding(event.seq, f"第 {event.seq} 条的要素被改过")
        prev, expected = event.digest, event.seq + 1
    head = ChainHead.objects.get(pk=1)
    if (head.seq, head.digest) != (expected - 1, prev):
        yield Finding(head.seq, f"链尾应为第 {head.seq} 条，实际到第 {expected - 1} 条")
