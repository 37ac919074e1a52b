"""Sheets 6, 8 and 10: complaints, what people say, emergencies."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.recount import work
from tests.recount.matters import stood, word
from tests.recount.overview import came
from tests.recount.raw import CHINA, within
from tests.recount.work import share, struck

Table = tuple[str, str, str, list[dict[str, Any]]]
SAID = {"satisfied": "满意", "basic": "基本满意", "unsatisfied": "不满意", "unreachable": "联系不上"}
HOUSE = {"settled": "满意", "informed": "基本满意", "unsettled": "不满意", "unreachable": "联系不上"}
SHEET = "6 投诉"


def seen(at: datetime | None, end: datetime) -> datetime | None:
    return at if at is not None and at < end else None


def wall(at: datetime | None) -> datetime | None:
    return at.astimezone(CHINA).replace(tzinfo=None, microsecond=0) if at else None


def ratio(part: int, base: int) -> float | None:
    return part / base if base else None


def again(house: Any, kind: str, new: str, start: datetime, end: datetime) -> int:
    """How often a feedback sent it back."""
    return sum(e["verb"] == "feedback" and e["subject_kind"] == kind and e["new"] == new and within(moment(e), start, end)
               for e in house.event)  # fmt: skip


def moment(event: dict[str, Any]) -> datetime:
    return event["told_at"]


def told(house: Any, start: datetime, end: datetime) -> Counter[str]:
    """What was said when complaints were fed back."""
    found: Counter[str] = Counter()
    for one in house.complaint:
        if within(one["fed_back_at"], start, end) and one["opinion"]:
            found[SAID[one["opinion"]]] += 1
    found["不满意"] = again(house, "helpdesk.complaint", "again", start, end)
    return found


def complaints(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    rows = []
    for one in house.complaint:
        over = one["closed_at"] or one["void_at"]
        if one["created_at"] < end and not (over and over < start):
            rows.append(one)
    fresh = [one for one in rows if one["created_at"] >= start]
    void = [one for one in rows if struck(one, end)]
    closed = [one for one in rows if seen(one["closed_at"], end)]
    both = [one for one in void if seen(one["closed_at"], end)]
    took = [int((o["closed_at"] - o["created_at"]).total_seconds()) for o in closed if o not in void]

    def nature(one: dict[str, Any]) -> str:
        return one["nature"] if seen(one["verified_at"], end) else ""

    natures = Counter(nature(one) for one in fresh)
    line = {"期初遗留": len(rows) - len(fresh), "新增": len(fresh), "已关闭": len(closed), "作废": len(void) - len(both),
            "期末未关闭": len(rows) - len(closed) - len(void) + len(both), "其中 有效": natures["valid"], "无效": natures["invalid"],
            "无法解决": natures["unsolvable"], "未核实": natures[""],
            "平均办结小时": sum(took) / 3600 / len(took) if took else None}  # fmt: skip
    yield SHEET, "期初遗留", "新增", [line] if rows else []
    sorts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    stand = [one for one in fresh if one not in void]
    for one in stand:
        sorts[word(house, one["category_id"])].append(one)

    def sort(name: str, them: list[dict[str, Any]]) -> dict[str, Any]:
        shut = sum(bool(seen(one["closed_at"], end)) for one in them)
        return {"类别": name, "新增": len(them), "有效": sum(nature(one) == "valid" for one in them), "已关闭": shut,
                "未关闭": len(them) - shut}  # fmt: skip

    yield (
        SHEET,
        "类别",
        "新增",
        [*(sort(*one) for one in sorts.items()), *([sort("合计", stand)] if stand else [])],
    )
    sent, due = Counter[str](), defaultdict(list)
    for clock in house.clock:
        one = house.by.complaint.get(clock["subject_id"]) if clock["rule"] == "complaint.handle" else None
        if one is None or struck(one, end):
            continue
        name = house.by.department[one["department_id"]]["name"] if one["department_id"] else "未转部门"
        begun, limit, stop = clock["started_at"], clock["due_at"], clock["stopped_at"]
        sent[name] += within(begun, start, end)
        if within(limit, start, end):
            due[name].append(bool(stop and stop <= limit))
    names = [name for name in {*sent, *due} if sent[name] or due[name]]

    def charge(name: str, given: int, kept: list[bool]) -> dict[str, Any]:
        return {
            "责任部门": name,
            "转办": given,
            "到期": len(kept),
            "按时处理": sum(kept),
            "按时处理率": ratio(*share(kept)),
        }

    whole = charge("合计", sent.total(), [flag for flags in due.values() for flag in flags])
    yield (
        SHEET,
        "责任部门",
        "转办",
        [*(charge(name, sent[name], due[name]) for name in names), *([whole] if names else [])],
    )
    said = told(house, start, end)
    given = said["满意"] + said["基本满意"] + said["不满意"]
    opinion = {
        **{name: said[name] for name in SAID.values()},
        "满意与基本满意": ratio(said["满意"] + said["基本满意"], given),
    }
    yield SHEET, "满意", "基本满意", [opinion] if said.total() else []
    yield SHEET, "单号", "受理", [
        {"单号": o["no"], "受理": wall(o["created_at"]), "处理完毕": wall(seen(o["done_at"], end)), "第几次": o["round"],
         "时限": wall(o["handle_due_at"]) if seen(o["confirmed_at"], end) else None, "关闭": wall(seen(o["closed_at"], end))}
        for o in rows if o not in void
    ]  # fmt: skip


def opinions(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    done, back = work.done(house, start, end), work.slips(house, start, end)

    def line(name: str, key: str, pick: Any) -> dict[str, Any]:
        scores = Counter(o["score"] for o in done if pick(o) and o["score"] is not None)
        part, base = share([bool(seen(o["revisited_at"], end)) for o in back if pick(o)])
        good, given = scores[4] + scores[5], scores.total()
        return {key: name, "应回访": base, "已回访": part, "回访率": ratio(part, base), "完工": sum(map(pick, done)),
                **{f"{n}分": scores[n] for n in range(5, 0, -1)}, "评分数": given, "满意率": ratio(good, given),
                "平均分": sum(score * n for score, n in scores.items()) / given if given else None}  # fmt: skip

    groups = (
        ("班组", lambda o: work.crew(house, o["repairer_id"], o)[0] or "未定班组"),
        ("类别", lambda o: word(house, o["category_id"])),
    )
    for key, of in groups:
        names = {of(o) for o in (*done, *back)}
        rows = [line(name, key, lambda o, n=name, f=of: f(o) == n) for name in names]
        yield "8 回访满意度", key, "应回访", [*rows, line("合计", key, lambda o: True)] if rows else []
    scores = Counter(
        "满意" if o["score"] > 3 else "不满意" if o["score"] < 3 else "基本满意" for o in done if o["score"]
    )
    matter = Counter({"accepted": "满意", "unreachable": "联系不上"}.get(m["opinion"], "不满意") for m in house.matter
                     if within(m["fed_back_at"], start, end) and not struck(m, end))  # fmt: skip
    matter["不满意"] += again(house, "helpdesk.matter", "returned", start, end)
    homes = Counter(HOUSE[h["result"]] for h in house.house if within(h["called_at"], start, end))
    rows = []
    for name, n in (
        ("维修", scores),
        ("投诉", told(house, start, end)),
        ("其他问题", matter),
        ("集体反映", homes),
    ):
        given = n["满意"] + n["基本满意"] + n["不满意"]
        line_ = {
            "反馈什么": name,
            **{one: n[one] for one in SAID.values()},
            "满意率": ratio(n["满意"], given),
        }
        rows += [line_] if n.total() else []
    yield "8 回访满意度", "反馈什么", "满意", rows
    low = [
        {"单号": o["no"], "完工时间": wall(o["finished_at"]), "评分": o["score"]}
        for o in done
        if o["score"] in (1, 2)
    ]
    yield "8 回访满意度", "单号", "完工时间", low


def alarms(house: Any, start: datetime, end: datetime) -> Iterator[Table]:
    found = []
    for one in house.emergency:
        if not stood(one, end) or (one["closed_at"] and one["closed_at"] < start):
            continue
        chain = [a for a in house.alert if a["emergency_id"] == one["id"]]
        first = min((a["told_at"] for a in chain), default=None)

        def gap(a: datetime | None, b: datetime | None) -> float | None:
            return (b - a).total_seconds() / 60 if a and b else None

        begun = came(house, one)
        found.append((one, {
            "单号": one["no"], "接报": wall(begun), "首报（分钟）": gap(begun, first),
            "首次回执（分钟）": gap(first, seen(one["reported_at"], end)), "控制（分钟）": gap(begun, seen(one["controlled_at"], end)),
            "回执/上报": f"{sum(bool(seen(a['acknowledged_at'], end)) for a in chain)}/{len(chain)}",
        }))  # fmt: skip
    fresh: dict[str, list[Any]] = defaultdict(list)
    for one, row in found:
        if one["created_at"] >= start:
            fresh[word(house, one["category_id"])].append((one, row))

    def sort(name: str, rows: list[Any]) -> dict[str, Any]:
        closed = sum(bool(seen(one["closed_at"], end)) for one, _ in rows)
        means = {}
        for label, column in (
            ("首报", "首报（分钟）"),
            ("回执", "首次回执（分钟）"),
            ("控制", "控制（分钟）"),
        ):
            known = [int(row[column] * 60) for _, row in rows if row[column] is not None]
            means[f"平均{label}分钟"] = sum(known) / 60 / len(known) if known else None
        return {"类别": name, "接报": len(rows), "已关闭": closed, "未关闭": len(rows) - closed, **means}

    everyone = [one for rows in fresh.values() for one in rows]
    yield (
        "10 突发重要",
        "类别",
        "接报",
        [*(sort(*one) for one in fresh.items()), *([sort("合计", everyone)] if everyone else [])],
    )
    yield "10 突发重要", "单号", "类别", [row for _, row in found]
