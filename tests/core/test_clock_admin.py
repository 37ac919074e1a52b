"""What an administrator sets about clocks: switched off with a reason, quiet hours, calendar versions (records §2.2)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from reception.core.clock.calendars import calendar_for
from reception.core.clock.config import QuietHours, RuleSetting
from reception.core.clock.models import WorkCalendar
from tests.visits.pages import browser, html

pytestmark = pytest.mark.django_db
OFF = {"name": "到场", "off_reason": "系统割接"}


def rule():
    return RuleSetting.objects.get(rule="repair.arrive")


def test_a_rule_is_switched_off_with_a_reason_and_signed_and_on_again(cast):
    client, address = browser(cast.admin), f"/admin/core/rulesetting/{rule().pk}/change/"
    assert "停用提醒要写原因" in html(client.post(address, {"name": "到场"})) and rule().active
    assert client.post(address, OFF).status_code == 302
    off = rule()
    assert (off.active, off.off_reason, off.off_by) == (False, "系统割接", cast.admin)
    assert timezone.now() - off.off_at < timedelta(minutes=5)
    assert "请清空停用原因" in html(client.post(address, OFF | {"active": "on"}))
    assert client.post(address, {"name": "到场", "active": "on"}).status_code == 302
    assert (rule().active, rule().off_at, rule().off_by) == (True, None, None)
    assert client.post(f"/admin/core/rulesetting/{rule().pk}/delete/", {"post": "yes"}).status_code == 403


def test_D4_4_4_what_reports_an_emergency_is_never_switched_off(cast):
    alarm = RuleSetting.objects.get(rule="emergency.ack")
    client, address = browser(cast.admin), f"/admin/core/rulesetting/{alarm.pk}/change/"
    answer = client.post(address, {"name": "突发确认", "loud": "on", "off_reason": "太吵"})
    assert "不能停用" in html(answer) and RuleSetting.objects.get(pk=alarm.pk).active


def test_quiet_hours_are_checked_before_they_swallow_the_day(cast):
    client, address = browser(cast.admin), "/admin/core/quiethours/add/"
    night = {"name": "全天", "since": "07:00", "until": "22:00", "active": "on"}
    assert "全天没有一个钟点提醒" in html(client.post(address, night))
    assert "不能一样" in html(client.post(address, night | {"until": "07:00"}))
    assert client.post(address, night | {"since": "12:00", "until": "13:30"}).status_code == 302
    assert [str(row) for row in QuietHours.objects.all()] == ["全天 12:00–13:30", "夜间 22:00–07:00"]


def test_only_who_configures_sets_them(cast):
    names = ("rulesetting", "quiethours", "workcalendar")
    for who in (cast.gm, cast.clerk, cast.stranger):
        client = browser(who)
        assert [client.get(f"/admin/core/{name}/", follow=True).status_code for name in names] == [403] * 3


def test_a_calendar_gets_a_new_version_that_can_be_counted_by(cast):
    client, address = browser(cast.admin), "/admin/core/workcalendar/add/"
    page = client.get(address)
    said = page.context["adminform"].form.initial
    assert (said["code"], said["version"], said["week"]) == ("office", 2, calendar_for("office").week)
    sent = {"code": "office", "name": "办公日历", "days": "{}"}
    wrong = {
        '{"0": [["12:00", "08:00"]]}': "周一的时段要从早到晚",
        '{"0": [["08:00", "12:00"], ["11:00", "13:00"]]}': "周一的时段要从早到晚",
        '{"7": [["08:00", "12:00"]]}': "只能写 0（周一）到 6（周日）",
        '{"0": [["8点", "12点"]]}': "写得不对",
        "[1]": "写得不对",
        '{"0": []}': "每周至少要有一段工作时间",
    }
    for week, sentence in wrong.items():
        assert sentence in html(client.post(address, sent | {"version": 2, "week": week})), week
    fair = json.dumps({"0": [["08:00", "12:00"]]})
    assert "新版本请填 2" in html(client.post(address, sent | {"version": 1, "week": fair}))
    assert client.post(address, sent | {"version": 2, "week": fair}).status_code == 302
    assert (calendar_for("office").version, WorkCalendar.objects.filter(code="office").count()) == (2, 2)
