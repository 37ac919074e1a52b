"""Every sheet that carries figures, as it should read: for each table its headings and its rows, by heading."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.recount import work
from tests.recount.matters import KINDS, areas, flows, matters, months, stood, total, word
from tests.recount.overview import TARGETS, change, figures, met, value, words
from tests.recount.raw import CHINA, within
from tests.recount.work import mean, ninety, share, struck

Table = tuple[str, str, str, list[dict[str, Any]]]  # sheet, first heading, second heading, rows


def ratio(part: int, base: int) -> float | None:
    return part / base if base else None


def overview(house: Any, start: datetime, end: datetime, before: Any, year: Any) -> Iterator[Table]:
    now, past, ago = (figures(house, *one) for one in ((start, end), before, year))
    rows = [
        {"指标": label, "本期": value(f), "上期": value(past[label]), "环比": change(f, past[label]), "去年同期": value(ago[label]),
         "同比": change(f, ago[label]), "目标": abs(TARGETS[label]) if label in TARGETS else None, "达标": met(label, f),
         "分子/分母": words(label, f)}
        for label, f in now.items()
    ]  # fmt: skip
    yield "2 总览", "指标", "本期", rows
    yield (
        "2 总览",
        "月份",
        "受理",
        [{"月份": a, "受理": b, "关闭": c, "期末未关闭": d} for a, b, c, d in months(house, end)],
    )


def categories(house: Any, start: datetime, end: datetime, before: Any, year: Any) -> Iterator[Table]:
    now, past, ago = (flows(house, *one) for one in ((start, end), before, year))
    whole = total(now)

    def line(big: str, small: str, n: Counter[str], was: int, then: int) -> dict[str, Any]:
        came = n["received"]
        balanced = n["left"] == n["carried"] + n["fresh"] + n["again"] - n["closed"] - n["void"]
        return {"大类": big, "小类": small, "期初遗留": n["carried"], "新增": n["fresh"], "重开": n["again"], "作废": n["void"],
                "应办": n["carried"] + came - n["void"], "已关闭": n["closed"], "期末未关闭": n["left"],
                "占比": ratio(came, whole["received"]), "环比": came / was - 1 if was else None,
                "同比": came / then - 1 if then else None, "核对": "相符" if balanced else "不符"}  # fmt: skip

    keys = {*now, *(key for key, n in past.items() if n["received"])}
    lines = [
        line(KINDS[kind], word(house, category), now.get((kind, category), Counter()),
             past.get((kind, category), Counter())["received"], ago.get((kind, category), Counter())["received"])
        for kind, category in keys
    ]  # fmt: skip
    yield (
        "3 分类汇总",
        "大类",
        "小类",
        [*lines, line("合计", "", whole, total(past)["received"], total(ago)["received"])],
    )
    ranked = sorted(((n["received"], KINDS[k], word(house, c)) for (k, c), n in now.items() if n["received"]),
                    key=lambda row: (-row[0], row[1], row[2]))  # fmt: skip
    bars = [(f"{big}·{small}", count) for count, big, small in ranked[:12]]
    rest = sum(count for count, _, _ in ranked[12:])
    bars += [("其余", rest)] if rest else []
    seen, rows = 0, []
    for number, (name, count) in enumerate(bars, 1):
        seen += count
        rows.append(
            {"名次": f"{number}", "小类": name, "受理": count, "累计占比": ratio(seen, whole["received"])}
        )
    yield "3 分类汇总", "名次", "小类", rows


def places(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    for found in areas(house, start, end):
        used = list(dict.fromkeys(head for _, head in found))
        rows = []
        for name in dict.fromkeys(area for area, _ in found):
            counts = {head: found[name, head] for head in used}
            rows.append({"区域": name, **counts, "合计": sum(counts.values())})
        sums = {head: sum(n for (_, one), n in found.items() if one == head) for head in used}
        total_row = [{"区域": "合计", **sums, "合计": found.total()}] if rows else []
        yield "4 区域×类别", "区域", "", [*rows, *total_row]


def crews(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    sent: Counter[work.Crew] = Counter()
    for o in house.order:
        if within(o["dispatched_at"], start, end) and not struck(o, end):
            sent[work.crew(house, o["repairer_id"], o)] += 1
    due, finish = list(work.limits(house, start, end)), list(work.finishes(house, start, end))
    done = [(work.crew(house, o["repairer_id"], o), o["score"]) for o in work.done(house, start, end)]
    again = work.again(house, start, end)

    def line(trade: str, name: str, keys: set[work.Crew]) -> dict[str, Any]:
        mine = [row for row in due if row[0] in keys]
        half = share([kept for _, agreed, kept, _ in mine if not agreed])
        told = share([kept for _, agreed, kept, _ in mine if agreed])
        minutes = [m for *_, m in mine if m is not None]
        scores = share([score >= 4 for key, score in done if key in keys and score is not None])
        finished = [key for key, _ in done if key in keys]
        return {"班组": trade, "维修员": name, "派单": sum(sent[key] for key in keys), "30分钟到场数": half[0],
                "到场及时率": ratio(*half), "约定单数": told[1], "践约率": ratio(*told), "平均到场分钟": mean(minutes),
                "P90到场分钟": ninety(minutes), "完工及时率": ratio(*share([k for key, k in finish if key in keys])),
                "返修率": ratio(sum(key in keys for key in again), len(finished)), "满意率": ratio(*scores), "评分数": scores[1]}  # fmt: skip

    keys = {*sent, *(row[0] for row in due), *(row[0] for row in finish), *(key for key, _ in done), *again}
    rows = []
    for trade in sorted({trade for trade, _ in keys}):
        mine = {key for key in keys if key[0] == trade}
        rows += [line(trade or "未定班组", name or "未派", {(trade, name)}) for trade, name in sorted(mine)]
        rows += [line(trade or "未定班组", "小计", mine)] if len(mine) > 1 else []
    yield "5 报修时效", "班组", "维修员", [*rows, line("合计", "", keys)] if keys else []


def phones(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    now = figures(house, start, end)
    yield (
        "7 电话与查询",
        "指标",
        "按时",
        [
            {"指标": label, "按时": now[label][0], "应有": now[label][1], "比率": value(now[label])}
            for label in ("三声接听率", "按时回复率")
        ],
    )
    sorts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in house.enquiry:
        if stood(one, end) and one["created_at"] >= start:
            sorts[word(house, one["category_id"])].append(one)

    def asked(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        done = [r for r in rows if r["replied_at"] and r["replied_at"] < end]
        passed = {r["id"] for r in rows if r["sent_at"] and r["sent_at"] < end}
        later = passed | {b["enquiry_id"] for b in house.back if b["made_at"] < end}
        took = [(r["replied_at"] - r["created_at"]).total_seconds() for r in done]
        return {"查询小类": name, "受理": len(rows), "当场答复": sum(r["id"] not in later for r in done),
                "承诺后答复": sum(r["id"] in later for r in done), "未答复": len(rows) - len(done), "转专业人员": len(passed),
                "平均答复分钟": int(sum(took)) / 60 / len(took) if took else None}  # fmt: skip

    everyone = [row for rows in sorts.values() for row in rows]
    yield (
        "7 电话与查询",
        "查询小类",
        "受理",
        [*(asked(*one) for one in sorts.items()), *([asked("合计", everyone)] if everyone else [])],
    )
    calls = [c for c in house.call if within(c["recorded_at"], start, end) and not struck(c, end)]

    def hour(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
        rung = [c["rings"] <= 3 for c in rows if c["channel"] == "phone" and c["rings"] is not None]
        ways = Counter(c["channel"] for c in rows)
        return {"时段": name, "来电": ways["phone"], "记有振铃": len(rung), "三声以内": sum(rung), "三声接听率": ratio(*share(rung)),
                "来访": ways["visit"], "其他渠道": len(rows) - ways["phone"] - ways["visit"],
                "其中 查询": sum(c["kind"] == "enquiry" for c in rows)}  # fmt: skip

    by: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for call in calls:
        by[call["recorded_at"].astimezone(CHINA).hour].append(call)
    span = range(min(by), max(by) + 1) if by else []
    yield (
        "7 电话与查询",
        "时段",
        "来电",
        [*(hour(f"{n}时", by[n]) for n in span), *([hour("合计", calls)] if calls else [])],
    )


def unclosed(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    left = [
        (one.no, one.came, (end - one.came).days)
        for one in matters(house, end)
        if one.how(end, end) == "left"
    ]
    yield (
        "9 未关闭事项",
        "单号",
        "大类",
        [
            {"单号": no, "受理时间": came.astimezone(CHINA).replace(tzinfo=None), "历时（天）": days}
            for no, came, days in left
        ],
    )
    edges = (
        ("3天以内", -1, 3),
        ("4–7天", 3, 7),
        ("8–15天", 7, 15),
        ("16–30天", 15, 30),
        ("30天以上", 30, 10**6),
    )
    ages = [{"历时": name, "件数": sum(low < days <= high for *_, days in left)} for name, low, high in edges]
    yield "9 未关闭事项", "历时", "件数", [*ages, {"历时": "合计", "件数": len(left)}]


def detail(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    """Every matter, its times on a Shanghai clock as far as they had come, and its score."""

    def wall(at: datetime | None, edge: bool = True) -> datetime | None:
        return (
            at.astimezone(CHINA).replace(tzinfo=None, microsecond=0)
            if at and (at < end or not edge)
            else None
        )

    rows = []
    for one in matters(house, end):
        row = one.row
        if not one.how(start, end):
            continue
        order = one.no.startswith("WX")
        named = {"派工": "dispatched_at", "到场": "arrived_at", "完工": "finished_at", "底联返回": "slip_at"}
        times = {label: wall(row[name]) if order else None for label, name in named.items()}
        due = row["arrive_due_at"] if order else row.get("reply_due_at")
        score = row["score"] if order and times["完工"] else None
        rows.append({"单号": one.no, "受理时间": wall(one.came), **times, "时限": wall(due, edge=False),
                     "关闭": wall(row["closed_at"]), "评分": score})  # fmt: skip
    yield "13 明细", "单号", "受理时间", rows


def all_tables(house: Any, start: datetime, end: datetime, before: Any, year: Any) -> Iterator[Table]:
    """Sheet by sheet; 6, 8 and 10 stand in `cases.py`."""
    from tests.recount.cases import alarms, complaints, opinions

    yield from overview(house, start, end, before, year)
    yield from categories(house, start, end, before, year)
    for tables in (places, crews, complaints, phones, opinions, unclosed, alarms, detail):
        yield from tables(house, start, end)
