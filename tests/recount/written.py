"""Sheets 1, 11 and 12: what people wrote, and the five generated conclusions word by word (records §2.4)."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.recount.matters import KINDS, flows, matters, word
from tests.recount.overview import TARGETS, change, figures, value
from tests.recount.raw import CHINA, shifted

Table = tuple[str, str, str, list[dict[str, Any]]]
COVER, CASES, MEASURES = "1 封面与结论", "11 典型案例", "12 改进建议"
CODES = {
    "prompt": "三声接听率", "done": "办结率", "same_day": "当日关闭率", "on_time": "到场及时率", "kept": "践约率",
    "finished": "完工及时率", "replied": "按时回复率", "rework": "返修率", "slips": "回单率", "revisits": "回访率",
    "satisfied": "满意率", "phone": "来电", "received": "受理", "repairs": "其中 报修", "complaints": "其中 投诉",
    "carried": "期初遗留", "fresh": "新增", "again": "重开", "closed": "关闭", "void": "作废", "left": "期末未关闭",
    "first_report": "首报时长",
}  # fmt: skip
HEADINGS = {
    "volume": "受理与办结",
    "topics": "反映最多的事",
    "speed": "响应与到场",
    "voices": "投诉与满意",
    "left": "遗留与风险",
}
SIGNED = {"制表": "signed", "审核": "reviewed", "报送": "submitted"}
PROGRESS = {"done": "已完成", "under_way": "进行中", "late": "逾期未完成", "dropped": "不再进行"}


class Said:
    """The figures of a period and of the one before, as sentences write them."""

    def __init__(self, house: Any, start: datetime, end: datetime, before: tuple[datetime, datetime]) -> None:
        self.house, self.start, self.end, self.earlier = house, start, end, before
        self.now, self.past = figures(house, start, end), figures(house, *before)

    def shown(self, label: str, figure: Any) -> str:
        number = value(figure)
        if number is None:
            return "—"
        if isinstance(figure, tuple):
            return f"{number:.1%}"
        return f"{number:,.1f}分钟" if isinstance(figure, list) else f"{number:,}"

    def growth(self, label: str) -> str:
        grown = change(self.now[label], self.past[label])
        if grown is None:
            return "—"
        return f"{grown:+.1f}个百分点" if isinstance(self.now[label], tuple) else f"{grown:+.1%}"

    def moved(self, label: str, name: str) -> str:
        """Nothing moved where the rounded figure is nothing."""
        said = self.growth(label)
        still = said in ("+0.0%", "-0.0%", "+0.0个百分点", "-0.0个百分点")
        return "与上期持平" if still else f"{name} {said}"

    def count(self, label: str) -> str:
        """A count and how it grew."""
        grown = change(self.now[label], self.past[label])
        return f"{self.now[label]:,} 件" + (f"（{self.moved(label, '环比')}）" if grown is not None else "")

    def share(self, label: str) -> str:
        """到场及时率 87.5%（7/8），比上期 +1.4个百分点，未达到 90.0% 的目标."""
        part, base = self.now[label]
        if not base:
            return ""
        said = [f"{label} {part / base:.1%}（{part}/{base}）"]
        if self.past[label][1]:
            said.append(self.moved(label, "比上期"))
        target = TARGETS[label]
        if target > 0:
            said.append(f"{'达到' if part / base >= target else '未达到'} {target:.1%} 的目标")
        else:
            said.append(f"{'不高于' if part / base <= -target else '高于'} {-target:.1%} 的上限")
        return "，".join(said)

    def volume(self) -> list[str]:
        kinds = f"其中报修 {self.now['其中 报修']:,} 件、投诉 {self.now['其中 投诉']:,} 件"
        came = f"本期受理 {self.count('受理')}，{kinds}；关闭 {self.now['关闭']:,} 件"
        return [came, self.share("办结率"), self.share("当日关闭率")]

    def topics(self) -> list[str]:
        """The three most reported and what grew most; among equals by 大类, then what was to be done, then the name."""
        now, past = (flows(self.house, *one) for one in ((self.start, self.end), self.earlier))
        whole, order = sum(n["received"] for n in now.values()), list(KINDS)

        def rank(key: tuple[str, int | None]) -> tuple[Any, ...]:
            n = now.get(key, Counter())
            due = n["carried"] + n["received"] - n["void"]
            return -n["received"], order.index(key[0]), -due, word(self.house, key[1])

        keys = sorted({*now, *(key for key, n in past.items() if n["received"])}, key=rank)
        came = {key: now.get(key, Counter())["received"] for key in keys}
        called = {key: f"{KINDS[key[0]]}·{word(self.house, key[1])}" for key in keys}
        most = [
            f"{called[key]} {came[key]} 件（占 {came[key] / whole:.1%}）" for key in keys[:3] if came[key]
        ]
        more = {key: came[key] - past.get(key, Counter())["received"] for key in keys}
        if not most:
            return []
        top = max(keys, key=lambda key: more[key])
        base = came[top] - more[top]
        rate = f"（{more[top] / base:+.1%}）" if base else ""
        grown = f"增加最多的是{called[top]}，比上期多 {more[top]} 件{rate}" if more[top] > 0 else ""
        return [f"反映最多的是{'、'.join(most)}", grown]

    def speed(self) -> list[str]:
        return [self.share(label) for label in ("三声接听率", "按时回复率", "到场及时率", "践约率")]

    def voices(self) -> list[str]:
        shares = [self.share(label) for label in ("满意率", "回访率", "返修率")]
        return [f"受理投诉 {self.count('其中 投诉')}", *shares]

    def left(self) -> list[str]:
        old = sum(one.how(self.end, self.end) == "left" and self.end - one.came >= timedelta(days=31)
                  for one in matters(self.house, self.end))  # fmt: skip
        late = f"其中超过 30 天的 {old} 件，须逐件查明原因" if old else "没有超过 30 天的"
        return [f"期末未关闭 {self.count('期末未关闭')}，{late}", self.share("回单率")]

    def sentence(self, code: str) -> str:
        """A conclusion as the figures say it."""
        parts = [part for part in getattr(self, code)() if part]
        return "；".join(parts) + "。" if parts else "本期没有可以计算的记录。"


def stored(text: Any) -> Any:
    """A JSON column: text on one engine, read already on the other."""
    return json.loads(text) if isinstance(text, str) else text


def on(value: Any) -> date | None:
    """A date column: text on one engine."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def submission(house: Any, start: datetime, many: int) -> dict[str, Any] | None:
    """The report of exactly these months, if somebody began it."""
    first = start.astimezone(CHINA).date()
    mine = [row for row in house.submission if on(row["first"]) == first and row["months"] == many]
    return mine[0] if mine else None


def conclusion(said: Said, found: dict[str, Any] | None, code: str) -> str:
    """What somebody wrote; the figures' own sentence where nobody did, or where it was signed for unchanged."""
    own = stored(found["conclusions"]).get(code) if found else None
    return said.sentence(code) if not own or own["text"] == own["basis"] else own["text"]


def months_in_words(start: datetime, many: int) -> str:
    first, last = (at.astimezone(CHINA) for at in (start, shifted(start, many - 1)))
    if many == 1:
        return f"{first.year}年{first.month}月"
    return (
        f"{first.year}年{first.month}月至{f'{last.year}年' if last.year != first.year else ''}{last.month}月"
    )


def cut_off(start: datetime, end: datetime, many: int) -> str:
    """When the figures end."""
    here = end.astimezone(CHINA)
    if end == shifted(start, many):
        return f"截至{here - timedelta(days=1):%Y-%m-%d} 24时"
    return f"截至{here:%Y-%m-%d %H:%M}（本期未完）"


def signature(found: dict[str, Any] | None, step: str) -> str:
    at = found[f"{step}_at"] if found else None
    return f"{found[f'{step}_name']}　{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if found and at else "未签字"


def plan(house: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A measure as its row reads."""
    department = house.by.department.get(row["department_id"])
    due = on(row["due_on"])
    return {"问题": row["problem"], "数据依据": row["basis"], "措施": row["action"],
            "责任部门": department["name"] if department else "",
            "时限": datetime(due.year, due.month, due.day) if due else None}  # fmt: skip


def promised(house: Any, found: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The measures of the report handed in last before this one."""
    earlier = [row for row in house.submission if row["status"] in ("submitted", "locked")
               and found and on(row["first"]) < on(found["first"])]  # fmt: skip
    if not earlier:
        return []
    last = max(earlier, key=lambda row: on(row["first"]) or date.min)
    return sorted(
        (row for row in house.measure if row["submission_id"] == last["id"]), key=lambda r: r["place"]
    )


def kept(house: Any, said: Said, found: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    """What became of a promise: a row of sheet 12, and in `line` the line of the cover."""
    told = [
        row for row in house.outcome if row["submission_id"] == found["id"] and row["measure_id"] == one["id"]
    ]
    progress, effect = (PROGRESS[told[0]["progress"]], told[0]["effect"]) if told else ("", "")
    label, moved = CODES.get(one["metric"]), ""
    if label:
        now, past = (said.shown(label, of[label]) for of in (said.now, said.past))
        moved = f"{label} {past} → {now}（{said.growth(label)}）"
    row = plan(house, one)
    who = f"{row['责任部门']}　{progress or '未说明'}".strip()
    line = "；".join(part for part in (one["action"], who, effect, moved) if part)
    problem = row.pop("问题")
    return {"上期承诺": problem, **row, "完成情况": progress, "效果": effect, "本期变化": moved, "line": line}


def written(house: Any, start: datetime, end: datetime, before: Any, many: int) -> Iterator[Table]:
    """The tables of the three sheets, in their order on the sheets."""
    found, said = submission(house, start, many), Said(house, start, end, before)
    facts = [
        ("单位", ...),
        ("报送", "物管中心"),
        ("统计期", months_in_words(start, many)),
        ("数字", cut_off(start, end, many)),
    ]
    facts += [(label, signature(found, step)) for label, step in SIGNED.items()]
    told = [(f"{n} {HEADINGS[code]}", conclusion(said, found, code)) for n, code in enumerate(HEADINGS, 1)]
    for pairs in (facts, told):
        yield COVER, "项目", "内容", [{"项目": name, "内容": text} for name, text in pairs]
    past = [kept(house, said, found, one) for one in promised(house, found)] if found else []
    told = [{"项目": one["上期承诺"], "内容": one.pop("line")} for one in past]
    yield COVER, "项目", "内容", told or [{"项目": "", "内容": "上期没有留下措施"}]
    mine = {noun: [row for row in getattr(house, noun) if found and row["submission_id"] == found["id"]]
            for noun in ("case", "measure")}  # fmt: skip
    ordered = {noun: sorted(rows, key=lambda row: row["place"]) for noun, rows in mine.items()}
    cases = [{"序号": f"{n}", "单号": row["no"], "案例": row["title"], "经过": row["story"], "启示": row["lesson"]}
             for n, row in enumerate(ordered["case"], 1)]  # fmt: skip
    yield CASES, "序号", "单号", cases or [{"序号": "", "案例": "本期没有列典型案例"}]
    plans = [plan(house, row) for row in ordered["measure"]]
    yield MEASURES, "问题", "数据依据", plans or [{"问题": "本期没有改进建议", "数据依据": "", "措施": ""}]
    yield (
        MEASURES,
        "上期承诺",
        "数据依据",
        past or [{"上期承诺": "上期没有留下措施", "数据依据": "", "措施": ""}],
    )
