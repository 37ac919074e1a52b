"""What each department gets to do for a reception (A5.2–A5.6), by the templates as they are delivered."""

from decimal import Decimal

import pytest

from tests.factories.visits import approve, make_reception
from tests.visits.pages import browser, frozen, html
from visits.tasks.choices import Need

pytestmark = pytest.mark.django_db
ALL = [need.value for need in Need]


def duties(reception, code: str) -> list[str]:
    return sorted(reception.tasks.filter(department__code=code).values_list("duty", flat=True))


@pytest.fixture
def reception(cast, at):
    """Everything asked for, and a standard set for activities and gifts (A7b)."""
    asked = make_reception(cast, "pending", at=at, needs=ALL)
    return approve(asked, cast, at, activity_budget=Decimal(500), gift_budget=Decimal(800))


def test_A5_2_the_responsible_department_arranges_and_accounts(reception):
    found = duties(reception, "sales")
    assert {
        "组织安排接待：方案与日程", "报价、资质介绍说明", "样册、资质文件提供发放", "组织人员就餐", "必要活动组织安排",
    } <= set(found)  # fmt: skip


def test_A5_3_technology_leads_the_visit_and_settles_the_solution(reception):
    assert duties(reception, "tech") == [
        "介绍产品种类、功能、工艺流程", "引领客户参观", "技术沟通交底", "方案确定",
    ]  # fmt: skip


def test_A5_3_without_a_visit_nobody_leads_one(cast, at):
    plain = make_reception(cast, "preparing", at=at, needs=["meal"])
    assert "引领客户参观" not in duties(plain, "tech")


def test_A5_4_manufacture_speaks_of_schedule_and_delivery(reception):
    assert duties(reception, "make") == ["介绍发货、现场安装情况", "介绍生产排产及工期"]


def test_A5_5_quality_speaks_of_parts_tests_and_service(reception):
    assert duties(reception, "quality") == [
        "介绍产品认证及检验、试验",
        "介绍元器件品牌、质量",
        "介绍售后服务",
    ]


def test_A5_6_general_affairs_has_its_whole_list_of_work(reception):
    assert duties(reception, "general") == sorted(
        ["接站车辆", "送站车辆", "市内用车", "会议室或领导办公室", "大屏幕欢迎词", "公司外就餐", "礼品", "来宾住宿",
         "返程车船票购置", "协助营销部必要活动"]
    )  # fmt: skip


@pytest.mark.parametrize(("who", "code"), [("tech", "tech"), ("make", "make"), ("quality", "quality")])
def test_each_department_finds_its_work_on_its_board(cast, at, reception, who, code):
    with frozen(at):
        page = html(browser(getattr(cast, who)).get("/visits/tasks/"))
    assert [duty for duty in duties(reception, code) if duty not in page] == []
