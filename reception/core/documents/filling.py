"""Templates filled from a record: {{客户名称}} in the text becomes what the record says (B3b). Pure, but for `sources`.

Each wing says for its own records what can be asked of them, so that the ground imports no wing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

FIELD = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
BLANK = "＿＿＿＿"


@dataclass(frozen=True)
class Record:
    """One record as a template sees it. values: field → text, "" for what is not known yet."""

    no: str
    title: str
    url: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A kind of records. fields: every name that a template may ask for, in the order they are offered; record: the
    one with this number as far as the person may see it. Raises Http404."""

    label: str
    fields: tuple[str, ...]
    record: Callable[[Any, str, datetime], Record]


sources: dict[str, Source] = {}


def fields_of(text: str) -> list[str]:
    """The fields that a text asks for, each once, as they come."""
    return list(dict.fromkeys(FIELD.findall(text)))


def fitting(text: str) -> str:
    """The kind of records that tells everything the text asks for; "" where it asks for nothing, or none does."""
    asked = set(fields_of(text))
    return next((key for key, source in sources.items() if asked and asked <= set(source.fields)), "")


def mistakes(text: str) -> str:
    """What is wrong with the fields of a template, as a sentence; "" when each can be filled from one record."""
    rest = FIELD.sub("", text)
    if "{{" in rest or "}}" in rest:
        line = next(one for one in rest.splitlines() if "{{" in one or "}}" in one).strip()
        return f"有一处字段没有写完整（“{line[:24]}”），要写成 {{{{客户名称}}}} 这样，两边各两个花括号，写在一行里。"
    asked = fields_of(text)
    known = [name for source in sources.values() for name in source.fields]
    if wrong := [name for name in asked if name not in known]:
        said = "、".join(f"{{{{{name}}}}}" for name in wrong[:5])
        near = [one for name in wrong[:5] for one in get_close_matches(name, known, 1, 0.3)]
        hint = f"是不是 {'、'.join(dict.fromkeys(near))}？" if near else f"能用的有 {'、'.join(known)}。"
        return f"模板里有不认识的字段 {said}，{hint}"
    if asked and not fitting(text):
        return "模板里的字段要来自同一种记录，请分成几份模板。"
    return ""


def filled(text: str, record: Record) -> str:
    """The text with every field replaced once; what is not known becomes a line to write on."""
    return FIELD.sub(lambda found: record.values.get(found[1]) or BLANK, text)


def missing(text: str, record: Record) -> list[str]:
    """The fields that the record does not tell yet."""
    return [name for name in fields_of(text) if not record.values.get(name)]
