"""The words of every figure, in one place: the workbook's 口径说明, and the explanation beside it on the page.

What the words promise is calculated in `figures.py`; records §2.4 is where both come from.
"""

from dataclasses import dataclass

COUNT, RATE, MINUTES = "件", "率", "分钟"
HIGH, LOW = "不低于", "不高于"


@dataclass(frozen=True)
class Metric:
    """A figure: its code, name, unit, meaning, and — for what has a target — which way is good and the default.

    target is a share (0.95) for rates.
    """

    code: str
    label: str
    unit: str
    text: str
    better: str = ""
    target: float | None = None


def _count(code: str, label: str, text: str) -> Metric:
    return Metric(code, label, COUNT, text)


METRICS = (
    _count("phone", "来电", "统计期内登记、渠道为电话的来电记录数，截止前作废的不计。"),
    Metric("prompt", "三声接听率", RATE, "振铃三声以内接听的来电 ÷ 记有振铃次数的来电。", HIGH, 0.95),
    _count("received", "受理", "新增＋重开。来电与由它转成的维修单是一件事，只计一次，受理时间以来电为准。"),
    _count("repairs", "其中 报修", "受理中大类为报修的件数。"),
    _count("complaints", "其中 投诉", "受理中大类为投诉的件数。"),
    _count("carried", "期初遗留", "统计期开始前受理、开始时尚未关闭也未作废的件数。"),
    _count("fresh", "新增", "统计期内受理、不是返修的件数。"),
    _count("again", "重开", "统计期内受理的返修单：已办完的事又回来，单独列出。"),
    _count("closed", "关闭", "统计期内关闭的件数。完工而底联未返回的，不算关闭。"),
    _count("void", "作废", "统计期内取消或作废的件数。此前已关闭的，关闭所在的报告不变；维修单作废而来电退回重办的，仍是一件未关闭的事。"),
    _count("left", "期末未关闭", "截止时尚未关闭也未作废的件数；等于 期初遗留＋新增＋重开－关闭－作废，逐行核对。"),
    Metric("done", "办结率", RATE, "关闭 ÷ 应办；应办＝期初遗留＋新增＋重开－作废。", HIGH, 0.9),
    Metric("same_day", "当日关闭率", RATE, "受理当天关闭的件数 ÷ 受理件数（当天以零点为界）。", HIGH, 0.85),
    Metric("on_time", "到场及时率", RATE,
           "时限内到场 ÷ 到场时限落在统计期内的派工（自通知起半小时）。到时限仍未到场的计为不及时；"
           "时限之前改约、取消、作废或强制关闭的不计，过了时限才作废的仍计；另有约定时间的单列为践约率。", HIGH, 0.9),
    Metric("kept", "践约率", RATE, "按约定时间到场 ÷ 约定时间落在统计期内的派工。改约不抹去此前已经发生的超时。", HIGH, 0.95),
    Metric("finished", "完工及时率", RATE,
           "时限内完工 ÷ 完工时限落在统计期内的维修单。时限按类别，自到场起按服务时间计，暂停（待料等）不计；截止时仍在暂停的不计。", HIGH, 0.9),
    Metric("replied", "按时回复率", RATE,
           "在承诺时间之前回复 ÷ 承诺回复时间落在统计期内的承诺：来电的（转维修单的除外），"
           "和查询的回电承诺。来电的承诺在到时之前转入查询的，计在查询一边。到时之前另约的不计，过时另约的计为不及时。", HIGH, 0.95),
    Metric("rework", "返修率", RATE,
           "统计期内开出的、同一地点同一类别三十天内曾完工的维修单 ÷ 统计期内完工数。有房号的按房号认地点，公共区域按地址。", LOW, 0.03),
    Metric("slips", "回单率", RATE, "截止前底联已返回 ÷ 统计期内完工、应返回底联的维修单。", HIGH, 0.95),
    Metric("revisits", "回访率", RATE, "截止前已回访 ÷ 统计期内底联返回、应回访的维修单。", HIGH, 0.9),
    Metric("satisfied", "满意率", RATE, "评分 4–5 ÷ 统计期内完工且有评分的维修单。评分不足 10 份的注明“样本不足”。", HIGH, 0.9),
    Metric("first_report", "首报时长", MINUTES, "统计期内接报的突发事件，从接报（来电的以来电时间为准）到首次上报的平均分钟数。"),
)  # fmt: skip
METRIC = {metric.code: metric for metric in METRICS}

# Words that are not figures of their own, for 口径说明 and the page.
TERMS = (
    ("period", "统计期", "自然月，按北京时间从当月一日零点起，到次月一日零点止（不含）。本月未完时，截止到出表的时刻。"),
    ("cut_off", "截止状态", "按截止时刻还原：截止之后的办理不影响本期数字，日后重出结果相同。"),
    ("category", "大类、小类", "截止时已转维修单的归报修，已立投诉、突发、查询或其他问题的随所立的案，小类也随之；其余按来电类别。占比为该类新增＋重开占全部的比重。"),
    ("change", "环比、同比", "件数为增减比例，比率为百分点之差。上期为同样长的前一段，去年同期为去年的同一个月（两个月的为同样两个月）。上期为 0 或没有基数时记“—”。"),
    ("arrival", "到场分钟", "自第一次派工通知到到场的分钟数，不含另有约定的。P90 为从快到慢排在第九成的那一单。"),
    ("crew", "班组、维修员", "到场按当时负责的维修员，派单、完工、评分按维修单上的维修员；返修记在原先完工的维修员名下。"),
    ("area", "区域", "受理的件数按楼栋分：有房号的归其楼栋；没有房号而地址以楼栋名开头的归该楼栋；其余归公共区域与其他。地址更正过的按更正后的分。颜色越深件数越多。"),
    ("complaint", "投诉", "按《顾客投诉处理记录表》计：统计期内受理的为新增，期末未关闭＝期初遗留＋新增－关闭－作废。"
     "按时处理率为时限内处理完毕 ÷ 处理时限落在统计期内的转办；部门以投诉单上的责任部门为准。不满意按说出的次数计，再处理后又满意的两次都计。"),
    ("hour", "时段", "按来电来访的时间，以北京时间的整点分。三声接听率的分母为该时段记有振铃次数的来电。"),
    ("asked", "查询怎样答复", "按《信息接待记录》计：没有承诺回电、也没有转专业人员就答复的为当场答复，其余已答复的为承诺后答复；用时自登记到答复。"),
    ("told", "客户怎么说", "维修以评分计：4–5 为满意，3 为基本满意，1–2 为不满意。其他问题的认可为满意，集体反映的已告知进展为基本满意。"
     "满意率＝满意 ÷（满意＋基本满意＋不满意），联系不上的不计。"),
    ("alarm", "突发重要", "按《突发事件、重要问题记录》计，误报作废的不计。首次回执自首次上报起，控制自接报起，都以分钟计。集体反映立案的也在内。"),
    ("struck", "更正", "明细中划去的是截止前更正过的原记，后面是更正后的；截止之后的更正不在本期显示。"),
    ("age", "历时", "从受理到截止的整天数；超过 30 天的标红。"),
    ("none", "“—”", "没有基数，无从计算；不是 0。"),
    ("phone_mask", "电话", "明细中的电话只显示前三位和后四位。"),
)  # fmt: skip
FEW = 10  # scores below this many are marked


def explained() -> list[tuple[str, str, str]]:
    """(code, word, meaning) of everything, in the order of 口径说明."""
    return [*((metric.code, metric.label, metric.text) for metric in METRICS), *TERMS]
