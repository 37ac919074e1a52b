"""A8.1: an administrator edits the template without code: base and differences, checked, in the ledger, for the future."""

import pytest

from reception.core.ledger import events_of
from tests.factories.visits import make_reception, tier
from tests.visits.pages import browser, frozen, html
from visits.models import TaskTemplate, TierOffset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(at, cast):
    cast.admin.is_staff = True
    cast.admin.save()
    with frozen(at):
        yield


def address(template=None):
    return f"/admin/visits/tasktemplate/{f'{template.pk}/change' if template else 'add'}/"


def values(template=None, rows=None, **over):
    """The form as the browser sends it; rows: the differences, None leaves them."""
    base = {"order": 999, "code": "car_water", "duty": "车内备水", "owner": "general", "base": "on", "anchor": "T",
            "offset": "-4h", "need": "pick", "natures": [], "checklist": "", "evidence": "", "reconfirm": "", "active": "on"}  # fmt: skip
    if template:
        base = {name: getattr(template, name) for name in base} | {
            "natures": template.natures.split(",") if template.natures else []
        }
        base = {name: value for name, value in base.items() if value is not False}
        base |= {"blocking": "on"} if template.blocking else {}
    kept = list(template.differences.all()) if template else []
    data = {"differences-TOTAL_FORMS": len(kept) + len(rows or []), "differences-INITIAL_FORMS": len(kept)}
    for number, row in enumerate(kept):
        data |= {f"differences-{number}-{name}": value for name, value in {
            "id": row.pk, "template": template.pk, "tier": row.tier_id, "kind": row.kind, "offset": row.offset,
            "checklist": row.checklist}.items()}  # fmt: skip
    for number, row in enumerate(rows or [], len(kept)):
        data |= {f"differences-{number}-{name}": value for name, value in row.items()}
    return {**base, **data, **over}


def post(who, data, template=None):
    return browser(who).post(address(template), data)


def test_A8_1_a_new_duty_is_made_for_what_is_approved_from_now_on(cast, at):
    before = make_reception(cast, "preparing", at=at)
    count = before.tasks.count()
    assert post(cast.admin, values()).status_code == 302
    assert before.tasks.count() == count
    after = make_reception(cast, "preparing", at=at)
    assert after.tasks.get(template__code="car_water").due_at == after.arrive_at.replace(hour=6)


def test_A8_1_a_duty_that_only_one_tier_adds(cast, at):
    rows = [{"tier": tier("vip").pk, "kind": "add", "offset": "-2d", "checklist": "铺红毯 -2h"}]
    data = values(rows=rows, duty="迎宾通道", code="carpet", need="", order=998)
    assert post(cast.admin, {**data, "base": ""}).status_code == 302
    assert not make_reception(cast, "preparing", at=at).tasks.filter(template__code="carpet").exists()
    vip = make_reception(cast, "preparing", at=at, tier="vip", host=cast.gm)
    assert [row.words for row in vip.tasks.get(template__code="carpet").checks.all()] == ["铺红毯"]


def test_A8_1_a_change_stands_in_the_ledger_with_old_and_new(cast, at):
    room = TaskTemplate.objects.get(code="room")
    assert post(cast.admin, values(room, offset="-1d"), room).status_code == 302
    event = events_of(room).last()
    assert (event.label, event.actor, event.detail["rows"]) == (
        "修改任务模板",
        cast.admin,
        {"时限": ["-2d", "-1d"]},
    )
    assert post(cast.admin, values(TaskTemplate.objects.get(code="room")), room).status_code == 302
    assert events_of(room).count() == 1


def test_A8_1_a_difference_stands_in_the_ledger_too(cast, at):
    room = TaskTemplate.objects.get(code="room")
    data = values(room)
    data["differences-0-offset"] = "-4d"
    assert post(cast.admin, data, room).status_code == 302
    assert events_of(room).last().detail["rows"] == {
        "贵宾级": ["改时限 -3d 茶水 -1h\n桌椅摆放 -1d\n投影播放 -1d\n环境卫生 -2h", "改时限 -4d 茶水 -1h\n桌椅摆放 -1d\n投影播放 -1d\n环境卫生 -2h"]
    }  # fmt: skip


@pytest.mark.parametrize(("over", "sentence"), [
    ({"offset": "3天"}, "时限写成 -3d、-2h 或 +5d"), ({"offset": "-3w"}, "时限写成 -3d、-2h 或 +5d"),
    ({"reconfirm": "4h"}, "时限写成 -3d、-2h 或 +5d"), ({"checklist": "长" * 81}, "清单每行最多 80 个字"),
    ({"owner": "bomb"}, "选择一个有效的选项"), ({"duty": ""}, "这个字段是必填项"),
])  # fmt: skip
def test_A8_1_a_wrong_value_is_refused_with_a_sentence(cast, at, over, sentence):
    response = post(cast.admin, values(**over))
    assert (response.status_code, sentence in html(response)) == (200, True)
    assert not TaskTemplate.objects.filter(code="car_water").exists()


@pytest.mark.parametrize(("kind", "offset", "sentence"), [
    ("drop", "-1d", "“不设”不用写时限，请清空。"), ("change", "", "请写时限。"), ("add", "", "请写时限。"),
])  # fmt: skip
def test_A8_1_a_wrong_difference_is_refused_with_a_sentence(cast, at, kind, offset, sentence):
    rows = [{"tier": tier("vip").pk, "kind": kind, "offset": offset, "checklist": ""}]
    response = post(cast.admin, values(rows=rows))
    assert (
        response.status_code,
        sentence in html(response),
        TierOffset.objects.filter(template__code="car_water").count(),
    ) == (200, True, 0)


def test_A8_1_the_editor_reads_the_times_aloud(cast, at):
    page = html(browser(cast.admin).get(address(TaskTemplate.objects.get(code="room"))))
    assert ("到达前 2 个工作日" in page, "到达前 3 个工作日" in page, "看预览表" in page) == (
        True,
        True,
        True,
    )
    page = html(browser(cast.admin).get("/admin/visits/tasktemplate/"))
    assert ("综合部" in page, "主陪领导" in page, "车牌号、司机电话；到达前 4 小时再确认" in page) == (
        True,
        True,
        True,
    )


def test_A8_1_only_the_administrator_edits(cast, at):
    room = TaskTemplate.objects.get(code="room")
    assert post(cast.gm, values(room, offset="-1d"), room).status_code == 403
    assert "/login/?next=" in post(None, values(room, offset="-1d"), room)["Location"]
    assert TaskTemplate.objects.get(code="room").offset == "-2d"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_templates_asks_the_same_for_few_and_many(cast, at, count, django_assert_max_num_queries):
    for number in range(count):
        TaskTemplate.objects.create(
            code=f"x{number}", owner="tech", duty="试", anchor="T", offset="-1d", order=1000 + number
        )
    client = browser(cast.admin)
    client.get("/admin/visits/tasktemplate/")
    with django_assert_max_num_queries(12):
        assert client.get("/admin/visits/tasktemplate/").status_code == 200
