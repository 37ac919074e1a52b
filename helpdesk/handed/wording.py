"""The five conclusions as the figures say them; each leads to the rows behind it (D4.4.5). Nobody has to write them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from helpdesk.handed.choices import CONCLUSIONS
from helpdesk.report.build import Line, Report, changed
from helpdesk.report.definitions import LOW
from helpdesk.report.figures import Rate
from helpdesk.report.tables import OLD, age
from helpdesk.report.views_page import growth, words

Rows = tuple[tuple[str, str], ...]  # (label, code of the figure) of the rows behind a sentence
NOTHING = "本期没有可以计算的记录。"


@dataclass(frozen=True)
class Sentence:
    """A conclusion: its code and heading, what the figures say, and which rows stand behind it."""

    code: str
    heading: str
    text: str
    rows: Rows


def sentences(report: Report) -> list[Sentence]:
    """The five, in the cover's order."""
    lines = {line.metric.code: line for line in report.lines}
    return [
        Sentence(code, heading, write(report, lines) or NOTHING, ROWS[code])
        for (code, heading), write in zip(
            CONCLUSIONS.items(), (volume, topics, speed, voices, left), strict=True
        )
    ]


def volume(report: Report, lines: dict[str, Line]) -> str:
    """What came in and what was done."""
    received, closed = lines["received"], lines["closed"]
    return joined(
        f"本期受理 {words(received.now)} 件{against(received)}，其中报修 {words(lines['repairs'].now)} 件、"
        f"投诉 {words(lines['complaints'].now)} 件；关闭 {words(closed.now)} 件",
        share(lines["done"]),
        share(lines["same_day"]),
    )


def topics(report: Report, lines: dict[str, Line]) -> str:
    """The three most reported, and what grew most."""
    rows = sorted(report.categories, key=lambda row: -row.flow.received)
    most = [row for row in rows if row.flow.received][:3]
    if not most:
        return ""
    said = "、".join(f"{row.big}·{row.small} {row.flow.received} 件（占 {words(row.share)}）" for row in most)
    grown = max(rows, key=lambda row: row.flow.received - row.before)
    more = grown.flow.received - grown.before
    rate = changed(grown.flow.received, grown.before)
    rise = f"增加最多的是{grown.big}·{grown.small}，比上期多 {more} 件" if more > 0 else ""
    return joined(f"反映最多的是{said}", rise + (f"（{rate:+.1%}）" if rise and rate is not None else ""))


def speed(report: Report, lines: dict[str, Line]) -> str:
    """How soon the telephone was answered, people were called back, and repairers came."""
    return joined(*(share(lines[code]) for code in ("prompt", "replied", "on_time", "kept")))


def voices(report: Report, lines: dict[str, Line]) -> str:
    """What was complained of, and how content people were."""
    complaints = lines["complaints"]
    return joined(
        f"受理投诉 {words(complaints.now)} 件{against(complaints)}",
        *(share(lines[code]) for code in ("satisfied", "revisits", "rework")),
    )


def left(report: Report, lines: dict[str, Line]) -> str:
    """What is open, how old it is, and which slips are missing."""
    remaining = lines["left"]
    old = sum(age(row, report.span.end) > OLD for row in report.leftovers)
    late = f"其中超过 {OLD} 天的 {old} 件，须逐件查明原因" if old else f"没有超过 {OLD} 天的"
    return joined(f"期末未关闭 {words(remaining.now)} 件{against(remaining)}，{late}", share(lines["slips"]))


def against(line: Line) -> str:
    """（环比 +3.2%）; nothing without a base."""
    return f"（{moved(line, '环比')}）" if line.change is not None else ""


def moved(line: Line, word: str) -> str:
    """环比 +3.2%, 比上期 -1.4个百分点; 与上期持平 where the rounded change is nothing."""
    said = growth(line.now, line.before)
    return f"{word} {said}" if said.strip("+-0.%个百分点") else "与上期持平"


def share(line: Line) -> str:
    """到场及时率 87.5%（7/8），比上期+1.4个百分点，未达到 90.0% 的目标; "" without a base."""
    now = line.now
    if not isinstance(now, Rate) or now.value is None:
        return ""
    parts = [f"{line.metric.label} {words(now)}（{now.part}/{now.base}）"]
    parts += [moved(line, "比上期")] if line.change is not None else []
    if line.target is not None:
        parts.append(verdict(line, line.target))
    return "，".join(parts)


def verdict(line: Line, target: float) -> str:
    """未达到 90.0% 的目标; of what should be low: 高于 3.0% 的上限."""
    if line.metric.better == LOW:
        return f"{'不高于' if line.met else '高于'} {target:.1%} 的上限"
    return f"{'达到' if line.met else '未达到'} {target:.1%} 的目标"


def joined(*parts: str) -> str:
    """The parts that say something, as one sentence."""
    said = [part for part in parts if part]
    return "；".join(said) + "。" if said else ""


@dataclass(frozen=True)
class Proposal:
    """A figure that missed its target, as the beginning of a measure."""

    metric: str
    problem: str
    basis: str


def proposals(lines: Iterable[Line]) -> list[Proposal]:
    """What the figures themselves ask to be mended."""
    missed = [line for line in lines if line.met is False]
    return [Proposal(line.metric.code, f"{line.metric.label}没有达到目标", share(line)) for line in missed]


def links(rows: Sequence[tuple[str, str]], address: Callable[[str], str]) -> list[dict[str, str]]:
    """Where a press on each of `rows` leads."""
    return [{"label": label, "url": address(code)} for label, code in rows]


ROWS: dict[str, Rows] = {
    "volume": (("受理", "received"), ("关闭", "closed"), ("投诉", "complaints")),
    "topics": (("受理", "received"),),
    "speed": (("三声接听", "prompt"), ("按时回复", "replied"), ("到场", "on_time"), ("践约", "kept")),
    "voices": (("投诉", "complaints"), ("评分", "satisfied"), ("返修", "rework")),
    "left": (("未关闭", "left"), ("底联", "slips")),
}
