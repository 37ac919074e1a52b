"""The pages of a 变更 and of a 取消: begun, written, compared, answered at two doors (issue 3.2)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reception.core.people.models import User
from tests.factories.visits import make_reception, stale, tier
from tests.visits.pages import LOCAL, browser, frozen, html
from visits.changes import actions
from visits.models import Change, Reception
from visits.requests import actions as requests
from visits.todo import todo, todo_count

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(at):
    with frozen(at):
        yield


def typed(cast, at, days=13, **over):
    """POST data of a change's form as a browser sends it, three days later."""
    arrive = at + timedelta(days=days)
    return {
        "do": "submit", "revision": "", "reason": "客户推迟三天", "headcount": "6", "purpose": "study", "subject": "供应商现场审核",
        "arrive_at": arrive.strftime(LOCAL), "leave_at": (arrive + timedelta(hours=30)).strftime(LOCAL),
        "contact_name": "陆远", "contact_title": "采购总监", "contact_phone": "13800001111", "transport": "高铁 G7182",
        "applicant_phone": cast.sales.phone, "proposed_tier": tier("guest").pk, "host": cast.vgm.pk, "companions": "",
        "needs": ["pick", "room", "meal"], "meal_count": "2", "overspend_reason": "", "note": "",
        "guests-TOTAL_FORMS": "1", "guests-INITIAL_FORMS": "0", "guests-0-name": "陆远", **over,
    }  # fmt: skip


def begun(cast, at, **over):
    """A draft change of an approved reception."""
    return actions.start(make_reception(cast, "preparing", at=at, **over), by=cast.sales, at=at)


def pending(cast, at):
    """One that waits for a leader."""
    change = begun(cast, at)
    fields = {"arrive_at": at + timedelta(days=13), "leave_at": at + timedelta(days=14)}
    actions.save(change, by=cast.sales, at=at, fields=fields, reason="客户推迟三天")
    return actions.submit(change, by=cast.sales, at=at)


def page(change, *more):
    """Its address, or one below it."""
    return f"/visits/requests/{change.reception.no}/changes/{change.number}/" + "".join(f"{m}/" for m in more)


def answer(user, change, do, **data):
    """One of the leader's buttons."""
    return browser(user).post(page(change, "answer"), {"do": do, "revision": change.revision, **data})


def state(change):
    """Where it stands now."""
    return Change.objects.get(pk=change.pk).status


# --- 发起 -----------------------------------------------------------------------------------------------------


def test_records_1_2_the_applicant_begins_a_change(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    shown = html(browser(cast.sales).get(reception.get_absolute_url()))
    assert "发起变更" in shown
    assert "发起变更" not in html(browser(cast.sales2).get(reception.get_absolute_url()))
    response = browser(cast.sales).post(f"{reception.get_absolute_url()}changes/")
    assert response["Location"] == f"{reception.get_absolute_url()}changes/1/edit/"
    assert 'value="高铁 G7182"' in html(browser(cast.sales).get(response["Location"]))


def test_begin_anonymous_wrong_role_wrong_state_twice(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    url = f"{reception.get_absolute_url()}changes/"
    assert browser().post(url)["Location"].startswith("/login/")
    assert browser(cast.gm).post(url).status_code == 403
    assert browser(cast.sales2).post(url).status_code == 403
    assert browser(cast.stranger).post(url).status_code == 403
    assert browser(cast.sales).post(url).status_code == 302
    assert browser(cast.sales).post(url).status_code == 409
    ended = make_reception(cast, "settling", at=at)
    assert browser(cast.sales).post(f"{ended.get_absolute_url()}changes/").status_code == 409
    assert Change.objects.count() == 1


# --- 填写 -----------------------------------------------------------------------------------------------------


def test_records_1_2_the_form_submits_and_waits(cast, at):
    change = begun(cast, at)
    response = browser(cast.sales).post(page(change, "edit"), typed(cast, at))
    assert (response.status_code, response["Location"], state(change)) == (302, page(change), "pending")
    shown = html(browser(cast.sales).get(change.reception.get_absolute_url()))
    assert "有一份变更等领导审批" in shown
    assert "批准以前，第 1 版照旧有效" in shown


def test_records_1_2_a_flight_is_in_force_at_once(cast, at):
    change = begun(cast, at)
    data = typed(cast, at, days=10, transport="CA1702", meal_count="", **{"guests-0-name": ""})
    assert browser(cast.sales).post(page(change, "edit"), data)["Location"] == page(change)
    change = stale(change)
    assert [(one["kind"], one["approval"]) for one in change.found] == [("transport", False)]
    assert (change.status, Reception.objects.get(pk=change.reception_id).transport) == ("effective", "CA1702")


def test_the_form_autosaves_and_keeps_the_old_in_force(cast, at):
    change = begun(cast, at)
    response = browser(cast.sales).post(page(change, "edit"), typed(cast, at, do="auto", headcount="x"))
    got = response.json()
    assert (response.status_code, got["no"], got["whole"]) == (200, change.no, False)
    kept = stale(change)
    assert kept.proposed["fields"]["arrive_at"] == "2026-11-03 10:00"
    assert Reception.objects.get(pk=change.reception_id).arrive_at == at + timedelta(days=10)


def test_the_form_says_every_gap_and_keeps_what_was_typed(cast, at):
    change = begun(cast, at)
    data = typed(cast, at, reason="", subject="", note="打过的字")
    response = browser(cast.sales).post(page(change, "edit"), data)
    shown = html(response)
    assert response.status_code == 422
    assert all(words in shown for words in ("请写明变更原因", "请填写事由", "打过的字"))
    assert (state(change), stale(change).reason) == ("draft", "")


def test_a_pasted_roster_fills_rows_of_a_change_without_a_script(cast, at):
    change = begun(cast, at)
    data = typed(
        cast, at, do="roster", customer_name="远航重工集团", roster_text="沈宁\t女\t\t工程师\t13900002222"
    )
    response = browser(cast.sales).post(page(change, "edit"), data)
    shown = html(response)
    assert (response.status_code, state(change)) == (200, "draft")
    assert 'name="guests-0-name" value="陆远"' in shown and 'name="guests-1-name" value="沈宁"' in shown
    assert 'name="guests-1-organisation" value="远航重工集团"' in shown
    assert f'name="customer_name" value="{change.reception.customer_name}"' in shown


def test_edit_anonymous_wrong_person_wrong_state_stale(cast, at):
    change = begun(cast, at)
    url = page(change, "edit")
    assert browser().post(url, typed(cast, at))["Location"].startswith("/login/")
    assert browser(cast.sales2).get(url).status_code == 404  # a draft is its writer's alone
    assert browser(cast.tech).post(url, typed(cast, at)).status_code in (403, 404)
    assert browser(cast.sales).post(url, typed(cast, at, revision="99")).status_code == 409
    actions.withdraw(change, by=cast.sales, at=at)
    assert browser(cast.sales).post(url, typed(cast, at)).status_code == 409
    assert browser(cast.sales).get(url).status_code == 409


def test_a_form_sent_twice_is_submitted_once(cast, at):
    change = begun(cast, at)
    data = typed(cast, at, _once="c" * 32)
    answers = [browser(cast.sales).post(page(change, "edit"), data)["Location"] for _ in range(2)]
    assert answers == [page(change)] * 2


def test_records_1_2_the_preview_says_what_a_date_breaks_and_writes_nothing(cast, at):
    change = begun(cast, at)
    url = page(change, "preview")
    shown = html(browser(cast.sales).post(url, typed(cast, at, days=1)))
    assert "压缩：立即办" in shown
    assert "到达 2026-10-31 10:00 → 2026-10-22 10:00" in shown
    assert "提交后等领导审批" in shown
    assert stale(change).proposed == change.proposed
    assert browser().post(url)["Location"].startswith("/login/")
    assert browser(cast.sales2).post(url, typed(cast, at)).status_code == 404


def test_records_1_2_the_preview_names_who_is_not_free(cast, at):
    make_reception(cast, "preparing", at=at, arrive_at=at + timedelta(days=13), customer_name="星河电气")
    change = begun(cast, at)
    assert "何志远" in html(browser(cast.sales).post(page(change, "preview"), typed(cast, at)))
    shown = html(browser(cast.sales).post(page(change, "preview"), typed(cast, at)))
    assert "那时没空" in shown


# --- 对照与审批 -----------------------------------------------------------------------------------------------


def test_A3_1b_the_leader_reads_both_versions_and_agrees(cast, at):
    change = pending(cast, at)
    shown = html(browser(cast.gm).get(page(change)))
    assert '<del><span class="visually-hidden">（删去：）</span>2026-10-31 10:00</del>' in shown
    assert '<ins><span class="visually-hidden">（改为：）</span>2026-11-03 10:00</ins>' in shown
    assert "改了会怎样" in shown
    response = answer(cast.gm, change, "approve", reason="同意")
    assert (response.status_code, state(change)) == (302, "effective")
    after = html(browser(cast.sales).get(change.reception.get_absolute_url()))
    assert "第 2 版" in after
    assert "现行第 2 版" in after


def test_A3_1b_answers_anonymous_wrong_role_wrong_state_stale(cast, at):
    change = pending(cast, at)
    assert answer(None, change, "approve")["Location"].startswith("/login/")
    assert answer(cast.sales, change, "approve").status_code == 403
    assert answer(cast.reception, change, "refuse", reason="不").status_code == 403
    assert answer(cast.tech, change, "refuse", reason="不").status_code == 403
    assert answer(cast.stranger, change, "approve").status_code == 403
    assert answer(cast.gm, change, "submit").status_code == 404
    old = browser(cast.gm).post(
        page(change, "answer"), {"do": "approve", "revision": 99, "reason": "写了意见"}
    )
    assert (old.status_code, "写了意见" in html(old)) == (409, True)
    assert answer(cast.gm, change, "refuse", reason="").status_code == 422
    assert answer(cast.gm, change, "refuse", reason="那几天检修").status_code == 302
    assert answer(cast.gm, stale(change), "approve").status_code == 409
    assert state(change) == "refused"


def test_records_1_2_the_applicant_withdraws_from_the_page(cast, at):
    change = pending(cast, at)
    assert browser(cast.gm).post(page(change, "withdraw")).status_code == 403
    assert browser(cast.sales).post(page(change, "withdraw")).status_code == 302
    assert (state(change), browser(cast.sales).post(page(change, "withdraw")).status_code) == (
        "withdrawn",
        409,
    )


def test_records_1_2_every_version_stays_readable(cast, at):
    change = pending(cast, at)
    answer(cast.gm, change, "approve")
    second = actions.start(stale(change.reception), by=cast.sales, at=at)
    actions.save(second, by=cast.sales, at=at, fields={"transport": "自驾"}, reason="不坐车了")
    actions.submit(second, by=cast.sales, at=at)
    shown = html(browser(cast.vgm).get(page(change)))
    assert "现行的是第 3 版" in shown
    assert "2026-10-31 10:00" in shown
    versions = html(browser(cast.vgm).get(change.reception.get_absolute_url()))
    assert all(words in versions for words in ("现行第 3 版", "第 2 版", "第 1 版"))


def test_a_change_is_seen_by_those_who_see_the_reception(cast, at):
    change = pending(cast, at)
    seen = {
        name: browser(getattr(cast, name)).get(page(change)).status_code
        for name in ("tech", "clerk", "stranger")
    }
    assert seen == {"tech": 200, "clerk": 403, "stranger": 403}
    assert browser(cast.gm).get(page(change).replace("/1/", "/9/")).status_code == 404


def test_A3_1b_the_admin_is_a_second_door(cast, at):
    change = pending(cast, at)
    User.objects.filter(pk=cast.gm.pk).update(is_staff=True)
    leader = browser(cast.gm)
    listed = html(leader.get(reverse("admin:visits_change_changelist")))
    url = reverse("admin:visits_change_decide", args=[change.pk])
    assert url in listed
    assert "两版对照" in html(leader.get(url))
    assert leader.post(url, {"do": "refuse", "revision": change.revision, "reason": ""}).status_code == 422
    assert leader.post(url, {"do": "approve", "revision": change.revision}).status_code == 302
    assert state(change) == "effective"


def test_only_the_configuring_change_the_table(cast, at):
    from visits.models import ChangeRule

    User.objects.filter(pk__in=[cast.admin.pk, cast.gm.pk]).update(is_staff=True)
    row = ChangeRule.objects.get(kind="headcount")
    url = reverse("admin:visits_changerule_change", args=[row.pk])
    data = {"approval": "on", "more_people": "5", "more_percent": ""}
    assert browser(cast.gm).post(url, data).status_code == 403
    assert browser(cast.admin).post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.more_people, row.more_percent) == (5, None)
    assert browser(cast.admin).get(reverse("admin:visits_changerule_add")).status_code == 403


def test_it_stands_in_the_leaders_todo(cast, at):
    change = pending(cast, at)
    rows = [row for row in todo(cast.gm, at) if row.glyph == "变"]
    assert [(row.url, row.state) for row in rows] == [(page(change), "等你审批")]
    assert todo_count(cast.gm, at) == len(todo(cast.gm, at))
    assert [row for row in todo(cast.sales, at) if row.glyph == "变"] == []


# --- 取消 -----------------------------------------------------------------------------------------------------


def cancelling(reception):
    """The address of the page."""
    return f"/visits/requests/{reception.no}/cancelling/"


def test_records_1_2_the_page_says_what_will_happen_and_then_what_was_done(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    shown = html(browser(cast.sales).get(cancelling(reception)))
    assert all(
        words in shown for words in ("22 项没办完的任务不再办", "告知", "何志远", "费用保留", "申请取消")
    )
    data = {"do": "ask_cancel", "reason": "客户不来了", "revision": stale(reception).revision}
    assert browser(cast.sales).post(cancelling(reception), data).status_code == 302
    assert "领导确认以前照常准备" in html(browser(cast.sales).get(reception.get_absolute_url()))
    (row,) = [row for row in todo(cast.vgm, at) if row.glyph == "消"]
    assert (row.url, row.state) == (cancelling(reception), "等你确认")
    done = browser(cast.vgm).post(cancelling(reception), {"do": "cancel"})
    assert (done.status_code, stale(reception).status) == (302, "cancelled")
    after = html(browser(cast.sales).get(reception.get_absolute_url()))
    assert all(words in after for words in ("取消时办了什么", "22 项没办完的任务不再办", "客户不来了"))


def test_cancel_anonymous_wrong_role_wrong_state_stale_and_unknown(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    url = cancelling(reception)
    assert browser().post(url, {"do": "cancel"})["Location"].startswith("/login/")
    assert browser(cast.sales).post(url, {"do": "cancel", "reason": "不来"}).status_code == 403
    assert browser(cast.tech).post(url, {"do": "ask_cancel", "reason": "不来"}).status_code == 403
    assert browser(cast.stranger).get(url).status_code == 403
    assert browser(cast.gm).post(url, {"do": "delete"}).status_code == 404
    assert browser(cast.gm).post(url, {"do": "keep", "reason": "x"}).status_code == 409
    old = browser(cast.gm).post(url, {"do": "cancel", "reason": "写过的原因", "revision": 99})
    assert (old.status_code, "写过的原因" in html(old)) == (409, True)
    assert browser(cast.gm).post(url, {"do": "cancel", "reason": " "}).status_code == 422
    ended = make_reception(cast, "receiving", at=at)
    assert browser(cast.gm).post(cancelling(ended), {"do": "cancel", "reason": "x"}).status_code == 409
    assert "请办“结束接待”" in html(browser(cast.sales).get(cancelling(ended)))
    assert stale(reception).status == "preparing"


def test_a_draft_is_cancelled_from_the_same_page(cast, at):
    reception = make_reception(cast, "pending", at=at)
    assert (
        browser(cast.sales).post(cancelling(reception), {"do": "cancel", "reason": "不来"}).status_code == 302
    )
    assert stale(reception).status == "cancelled"


def test_A7a_a_cancelled_reception_takes_what_was_not_refunded(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    requests.cancel(reception, by=cast.gm, at=at, reason="不来")
    row = {"spent_on": at.strftime("%Y-%m-%d"), "item": "meal", "place": "湖景楼", "amount": "480", "voucher": "PJ-9",
           "meal": "dinner", "ours": "1", "theirs": "1"}  # fmt: skip
    data = {"revision": stale(reception).revision, "rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0}
    data |= {f"rows-0-{name}": value for name, value in row.items()}
    answer = browser(cast.sales).post(f"{reception.get_absolute_url()}costs/", data)
    assert (answer.status_code, stale(reception).sheet.spent) == (302, 480)
    assert "480" in html(browser(cast.office).get(reverse("visits:costs_report")))


@pytest.mark.parametrize("count", [1, 30])
def test_pages_ask_the_same_however_many_versions(cast, at, count, django_assert_num_queries):
    reception = make_reception(cast, "preparing", at=at)
    for number in range(count):
        change = actions.start(stale(reception), by=cast.sales, at=at)
        actions.save(change, by=cast.sales, at=at, fields={"transport": f"G{number}"}, reason="改车次")
        actions.submit(change, by=cast.sales, at=at)
    client = browser(cast.vgm)
    with django_assert_num_queries(11):
        client.get(page(change))
    with django_assert_num_queries(22):
        client.get(reception.get_absolute_url())


def test_records_1_2_a_returned_form_names_who_is_busy_at_its_new_date(cast, at):
    """The preview of a date serves a form that is not approved too: rows, host and companions."""
    from tests.visits.pages import typed as application

    make_reception(cast, "preparing", at=at, host=cast.vgm2, companions="柳叶", customer_name="星河电气")
    data = application(cast, at, companions="柳叶")
    shown = html(browser(cast.sales).post("/visits/requests/estimate/", data))
    assert "陪同柳叶那时没空" in shown
