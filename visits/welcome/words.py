"""What stands on the lobby screen: written from the guest list, checked for what a screen can show. Pure."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

MOST_LINES, LONGEST = 6, 22
DOES = {"tour": "参观", "study": "考察", "talks": "洽谈", "meeting": "参加会议", "inspection": "检查指导"}
NAMED = 3


def draft_text(reception: Any, guests: Sequence[Any], ours: str) -> str:
    """热烈欢迎 / the units / 采购总监 陆远 一行 / 莅临我公司考察. The leader's unit and name come first; of many units or
    people the rest is 等."""
    ordered = sorted(guests, key=lambda guest: not guest.is_leader)
    units = list(dict.fromkeys(guest.organisation or reception.customer_name for guest in ordered))
    units = [unit for unit in units if unit] or [reception.customer_name]
    lines = ["热烈欢迎", *(_fit(unit) for unit in units[:NAMED])]
    if len(units) > NAMED:
        lines[-1] = f"{lines[-1][: LONGEST - 1]}等"
    lines.append(_who(reception, ordered))
    lines.append(_fit(f"莅临{ours}{DOES.get(reception.purpose, '')}" if ours else f"莅临我公司{DOES.get(reception.purpose, '')}"))  # fmt: skip
    return "\n".join(line for line in lines if line)


def _who(reception: Any, guests: Sequence[Any]) -> str:
    """采购总监 陆远 一行; the contact when nobody is on the list yet."""
    first = guests[0] if guests else None
    name = first.name if first else reception.contact_name
    title = first.title if first else reception.contact_title
    if not name:
        return ""
    many = (reception.headcount or len(guests)) > 1
    return _fit(f"{title} {name}".strip() + (" 一行" if many else ""))


def _fit(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lines_of(text: str) -> list[str]:
    """The lines that will stand there, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def problem(text: str) -> str:
    """Why a screen cannot show it, as a sentence; "" when it can."""
    lines = lines_of(text)
    if not lines:
        return "请写欢迎词。"
    if len(lines) > MOST_LINES:
        return f"大屏最多 {MOST_LINES} 行，现在有 {len(lines)} 行，请合并或删去一些。"
    long = next((line for line in lines if len(line) > LONGEST), "")
    return f"“{long[:10]}…”这一行有 {len(long)} 个字，最多 {LONGEST} 个，10 米外才看得清。" if long else ""


def size(lines: Sequence[str]) -> str:
    """The class of letters that fits the longest line and the number of lines."""
    longest = max(map(len, lines), default=0)
    return (
        "z1"
        if longest <= 9 and len(lines) <= 4
        else "z2"
        if longest <= 13
        else "z3"
        if longest <= 17
        else "z4"
    )


def digest(reception: Any, guests: Sequence[Any]) -> str:
    """What a proof is bound to: units, names, titles, the leader, in their order. One letter more is another list."""
    rows = [[guest.name, guest.title, guest.organisation, guest.is_leader] for guest in guests]
    text = json.dumps(
        [reception.customer_name, reception.contact_name, reception.contact_title, rows], ensure_ascii=False
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
