"""What stands in the columns of each book; a width is half as many as its millimetres on paper."""

from reception.core.sheets import MOMENT, WORD, Column


def columns(*named: tuple[str, float] | tuple[str, float, str]) -> tuple[Column, ...]:
    """Columns of (heading, width) or (heading, width, kind)."""
    return tuple(Column(*one) for one in named)


CALLS = columns(
    ("单号", 13, WORD), ("来电时间", 12, MOMENT), ("振铃", 6, WORD), ("来电人", 12), ("电话", 14), ("单位、地址", 19), ("类别", 11),
    ("事由", 25), ("处理、答复", 18), ("记录人", 9),
)  # fmt: skip
VISITS = columns(
    ("单号", 13, WORD), ("到达", 12, MOMENT), ("来访人", 12), ("人数", 6, WORD), ("单位、房号", 19), ("被访人", 12), ("事由", 26),
    ("接待、处理", 18), ("离开", 12, MOMENT), ("接待人", 9),
)  # fmt: skip
ENQUIRIES = columns(
    ("单号", 13, WORD), ("登记时间", 12, MOMENT), ("查询人", 11), ("电话", 14), ("单位、房号", 18), ("查询内容", 26),
    ("答复时限", 12, MOMENT), ("答复内容", 24), ("答复人", 9),
)  # fmt: skip
REPAIRS = columns(
    ("单号", 13, WORD), ("报修时间", 12, MOMENT), ("地址", 14), ("报修人、电话", 14), ("报修内容", 21), ("类别", 9), ("维修员", 9),
    ("到场", 12, MOMENT), ("完工", 12, MOMENT), ("措施", 14), ("状态", 9),
)  # fmt: skip
COMPLAINTS = columns(
    ("单号", 13, WORD), ("受理时间", 12, MOMENT), ("投诉人、电话", 14), ("房号单位", 14), ("投诉内容", 26), ("责任部门", 11),
    ("处理情况", 24), ("顾客意见", 14), ("状态", 11),
)  # fmt: skip
EMERGENCIES = columns(
    ("单号", 13, WORD), ("接报时间", 12, MOMENT), ("类别", 10), ("等级", 7), ("地点", 17), ("情况", 27), ("已采取措施", 21),
    ("处理结果", 21), ("状态", 11),
)  # fmt: skip
MATTERS = columns(
    ("单号", 13, WORD), ("登记时间", 12, MOMENT), ("反映人、电话", 14), ("房号单位", 15), ("类型", 10), ("内容", 28), ("承办", 13),
    ("办理结果", 23), ("状态", 11),
)  # fmt: skip
