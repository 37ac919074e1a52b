"""Every paper of the house: where it is printed, on what, on how many pages, and what must stand on it (D6, A9).

The tables that `requirements.md` lists, and the six records. test_papers prints each with a browser, measures the
sheets and reads the words back; where the same form is a workbook, it reads that too. A new paper gets a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpdesk.log.models import Call
from tests.factories.documents import make_document
from tests.factories.handed import make_report
from tests.factories.helpdesk import (
    make_call,
    make_complaint,
    make_emergency,
    make_enquiry,
    make_matter,
    make_repair,
)
from tests.factories.materials import make_material
from tests.factories.meetings import make_meeting
from tests.factories.visits import make_reception
from tests.helpdesk.test_collective import make_collective
from tests.helpdesk.test_visitor import come
from tests.visits.test_paper import written
from tests.visits.test_reports import visit

A4, LYING_A4, LYING_A5 = (210, 297), (297, 210), (210, 148)  # mm
Make = Callable[[Any, Any], str]


@dataclass(frozen=True)
class Paper:
    """One paper. make: (cast, at) → the page of what is printed; who: reads it; tail and file: the addresses below
    that page of the print and of the workbook ("" for none); cells: what must stand in the workbook."""

    name: str
    make: Make
    words: tuple[str, ...]
    cells: tuple[str, ...] = ()
    size: tuple[int, int] = A4
    pages: int = 1
    who: str = "manager"
    tail: str = "print/"
    file: str = "form.xlsx"


def of(make: Callable[..., Any], status: str = "closed", **said: Any) -> Make:
    """The page of a record that a factory walks to `status`."""
    return lambda cast, at: make(cast, at, status, **said).get_absolute_url()


def asked(cast: Any, at: Any) -> str:
    """A call that became an enquiry (E5.2.1d)."""
    return make_enquiry(cast, at, "closed").call.get_absolute_url()


def came(cast: Any, at: Any) -> str:
    """Somebody who came to the desk in person (D4.2)."""
    said = {"channel": "visit", "number": "", "rings": None, "content": "当面问停车证"}
    call: Call = make_call(cast, at, **said)
    return call.get_absolute_url()


def reported(cast: Any, at: Any) -> str:
    """A month with a reception that is over (A7a)."""
    visit(cast, at)
    return "/visits/reports/2026-10/"


def met(tail: str) -> Make:
    """A 政府会议 of eight, its paper (B2a)."""
    return lambda cast, at: f"{make_meeting(cast, at).get_absolute_url()}{tail}"


def book(kind: str, span: str) -> Make:
    """A book of the day of the tests."""
    return lambda cast, at: f"/helpdesk/books/{kind}/{span}/"


def certificate(cast: Any, at: Any) -> str:
    """The shelf with one certificate on it (A5.2)."""
    make_material(cast, at, kind="credential", valid_until=at.date())
    return "/visits/materials/certificates/"


def letter(cast: Any, at: Any) -> str:
    """A template filled from a reception (B3b)."""
    given = {
        "kind": "template",
        "title": "接待确认函",
        "text": "{{客户名称}}：\n欢迎 {{来宾人数}} 人。公函 {{公函字号}}",
    }
    document = make_document(cast, at, **given)
    return f"/documents/{document.no}/with/reception/{make_reception(cast, 'preparing', at=at).no}/"


BOOK = {"size": LYING_A4, "tail": "", "file": "book.xlsx"}
PAPERS = (
    Paper("接待申请表", lambda cast, at: written(cast, at).get_absolute_url(), ("接待申请表", "湖景楼单间6间", "签名：沈国栋"), ("湖景楼 单间 6 间",), who="sales"),
    Paper("接待标准表", lambda cast, at: "/visits/standards/", ("接待标准表", "贵宾", "元/人", "由领导根据业务需要确定标准"), ("贵宾",), who="office", file="standards.xlsx"),
    Paper("接待报表", reported, ("接待报表", "2026年10月", "按客户", "远航重工集团", "预算执行率", "第1页／共1页"), ("远航重工集团", "口径说明"), who="office", file="report.xlsx"),
    Paper("电话记录", asked, ("电话记录", "充电桩报装需要哪些材料", "CX-2026-0001已关闭", "记录人：林晓雯"), ("CX-2026-0001 已关闭",), LYING_A5),
    Paper("顾客接待记录（前台）", came, ("顾客接待记录", "来访时间", "当面问停车证"), ("当面问停车证",), LYING_A5),
    Paper("顾客接待记录（访客）", lambda cast, at: come(cast, at, "left").get_absolute_url(), ("顾客接待记录", "被访人", "离开", "接待人：林晓雯"), ("被访人",), LYING_A5),
    Paper("信息接待记录", of(make_enquiry), ("信息接待记录", "容量够，可以报装", "按时回复", "答复人"), ("容量够，可以报装",)),
    Paper("房屋维修单", of(make_repair), ("房屋维修单", "完工后当日交回底联", "房屋维修单回执", "沿此线裁开", "换角阀一只"), ("房屋维修单回执", "换角阀一只")),
    Paper("维修单", of(make_repair, "handed", place="东门岗亭"), ("维修单", "维修单回执", "东门岗亭", "底联未返回，按未完成处理"), ("维修单回执", "东门岗亭")),
    Paper("维修记录", of(make_repair), ("维修记录", "换角阀一只", "客户签字：周敏", "核收", "客户说修好了，满意", "关闭：林晓雯"), ("换角阀一只", "客户签字：周敏"), tail="record/", file="record.xlsx"),
    Paper("顾客投诉处理记录表", of(make_complaint), ("顾客投诉处理记录表", "夜间施工噪声", "签字：郑维", "处理人：陈建国", "电话反馈：满意"), ("签字：郑维", "当天整改")),
    Paper("突发事件、重要问题记录", of(make_emergency), ("突发事件、重要问题记录", "第1级", "未回执", "每月巡检一遍", "同意关闭"), ("每月巡检一遍", "未回执")),
    Paper("其他问题处理记录", of(make_matter), ("其他问题处理记录", "建议东门加装路灯", "【采纳】", "办结：陈建国"), ("东门已加装两盏路灯",)),
    Paper("集体反映回访记录", of(make_collective, "accepted"), ("集体反映回访记录", "3栋", "未回访", "立案"), ("未回访",)),
    Paper("客服部工作日汇总", lambda cast, at: "/helpdesk/daybook/2026-10-21/", ("客服部工作日汇总", "2026年10月21日", "明日待办"), ("单号",), file="day.xlsx"),
    Paper("客户反映情况报告", lambda cast, at: make_report(cast, at, "locked", "2026-09").get_absolute_url(), ("客户反映情况报告", "报送：物管中心", "上期措施", "典型案例", "改进建议"), ("客户反映情况报告", "口径说明"), file="report.xlsx"),
    Paper("接待报表", lambda cast, at: "/visits/reports/2026-10/", ("接待报表", "2026年10月"), ("口径说明",), who="office", file="report.xlsx"),
    Paper("电话记录登记簿", book("calls", "2026-10"), ("电话记录", "2026年10月", "问装修押金什么时候退", "第1页／共1页"), ("问装修押金什么时候退",), **BOOK),
    Paper("顾客接待记录登记簿", book("visits", "2026-10-21"), ("顾客接待记录", "2026年10月21日", "FK-2026-0001", "当面问停车证"), ("FK-2026-0001",), **BOOK),
    Paper("信息接待记录登记簿", book("enquiries", "2026-10"), ("信息接待记录", "容量够，可以报装"), ("容量够，可以报装",), **BOOK),
    Paper("维修记录登记簿", book("repairs", "2026-10"), ("维修记录", "东门岗亭", "换角阀一只"), ("东门岗亭",), **BOOK),
    Paper("投诉登记簿", book("complaints", "2026-10"), ("顾客投诉处理记录", "夜间施工噪声"), ("夜间施工噪声，孩子睡不着",), **BOOK),
    Paper("突发登记簿", book("emergencies", "2026-10"), ("突发事件、重要问题记录", "电梯困人"), ("恢复正常",), **BOOK),
    Paper("空白登记页", book("calls", "blank"), ("电话记录", "年月日", "手写后请补记到系统", "第1页／共1页"), size=LYING_A4, tail="", file=""),
    Paper("在楼人员清单", lambda cast, at: "/helpdesk/visitors/inside/", ("在楼人员",), tail="", file=""),
    Paper("资质文件清单", certificate, ("资质文件清单", "Q-11873", "恒信认证中心", "共1项"), who="sales", tail="", file=""),
    Paper("填好的模板", letter, ("接待确认函", "远航重工集团：", "欢迎6人", "公函＿＿＿＿"), who="sales", tail="", file=""),
    Paper("会议指南", met("guide/"), ("会议指南", "会议须知", "议程", "发言顺序", "参会名单", "副市长", "座位图", "工作人员"), pages=4, who="sales", tail="", file=""),
    Paper("座位图", met("seats/print/"), ("座位图", "李建国", "粗框为客方", "左手"), size=LYING_A4, who="sales", tail="", file=""),
    Paper("桌牌", met("tents/"), ("李建国", "8号座"), pages=8, who="sales", tail="", file=""),
    Paper("会议席卡", met("cards/"), ("李建国", "副市长", "8号"), who="sales", tail="", file=""),
    Paper("会议席卡（一页四张）", met("cards/?per=4"), ("李建国", "副市长"), pages=2, who="sales", tail="", file=""),
    Paper("其他问题登记簿", book("matters", "2026-10"), ("其他问题处理记录", "建议东门加装路灯"), ("建议东门加装路灯",), **BOOK),
)  # fmt: skip
