"""The pages of a meeting: what they show, each of their POSTs, what they print, what they cost (B2a)."""

import re
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reception.core.clock.periods import local
from tests.factories.meetings import OURS, fresh, make_meeting, make_visit, one, sitting
from tests.factories.visits import make_reception
from tests.visits.pages import LOCAL, browser, frozen, html
from tests.visits.test_hostile import poisoned, says
from visits.meetings import actions, people
from visits.models import AgendaRow, Handout, Meeting, Participant


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def meeting(cast, at):
    made = make_meeting(cast, at)
    actions.save_handouts(
        fresh(made), [{"name": "汇报材料", "copies": 9, "keeper": "办公室"}], by=cast.sales, at=at
    )
    return fresh(made)


def url(meeting, tail=""):
    return f"/visits/meetings/{meeting.reception.no}/{tail}"


def formset(meeting, *rows):
    data = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0", "revision": meeting.revision}
    for number, row in enumerate(rows):
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return data


def posts(meeting):
    """Every POST of a meeting: tail → what a person sends."""
    first, speech = one(meeting, "李建国"), meeting.agenda.filter(speaker__isnull=False)[1]
    start, end = local(meeting.start).strftime(LOCAL), local(meeting.end).strftime(LOCAL)
    seen = {"revision": meeting.revision}
    person = {
        "id": first.pk,
        "order": 1,
        "side": "theirs",
        "name": "李建国",
        "organisation": "",
        "title": "市长",
        "phone": "",
    }
    everybody = [
        {"id": row.pk, "order": row.order, "side": row.side, "name": row.name, "organisation": row.organisation, "title": row.title, "phone": ""}
        for row in meeting.people.all()
    ]  # fmt: skip
    return {
        "edit/": {"title": "推进会", "start": start, "end": end, "place": "贵宾厅", "conduct": "静音", "meals": "", "rides": "", "staff": "", "wifi": "guest", **seen},
        "agenda/": formset(meeting, {"start": start, "end": end, "topic": "座谈", "speaker": first.pk, "minutes": "20"}),
        f"speech/{speech.pk}/": seen,
        "people/": formset(meeting, person | {"name": "李建国"}, *everybody[1:]),
        "people/paste/": {"side": "theirs", "text": "周正 省工信厅 厅长", **seen},
        "people/rank/": seen,
        "people/roster/": seen,
        "handouts/": formset(meeting, {"name": "签到表", "copies": "1", "keeper": ""}),
        f"handouts/{meeting.handouts.get().pk}/": seen,
        "seats/room/": {"layout": "u", "honour": "right", "seats": "10", "front": "", **seen},
        "seats/place/": {"person": first.pk, "seat": "1", **seen},
    }  # fmt: skip


def stored(meeting):
    """All that the POSTs write."""
    rows = [
        model.objects.filter(meeting=meeting).order_by("pk").values_list()
        for model in (AgendaRow, Participant, Handout)
    ]
    return [list(Meeting.objects.filter(pk=meeting.pk).values_list()), *map(list, rows)]


def lacking(cast, at, meeting):
    """Somebody of the roster is not on the list: there is something to take over."""
    gone = one(meeting, "孙丽")
    gone.delete()
    return fresh(meeting)


def test_B2a_every_post_works_once_for_whoever_arranges_the_visit(cast, at, meeting):
    meeting = lacking(cast, at, meeting)
    for tail, data in posts(meeting).items():
        with transaction.atomic():
            before, client = stored(meeting), browser(cast.sales)
            answer = client.post(url(meeting, tail), data)
            assert answer.status_code == 302, (tail, html(answer)[-3000:])
            assert stored(meeting) != before, tail
            assert re.search("data-toast=.?success", html(client.get(answer["Location"]))), tail
            transaction.set_rollback(True)
    visit = make_visit(cast, at, customer_name="吴兴区人民政府")
    answer = browser(cast.reception).post(f"/visits/meetings/{visit.no}/begin/", {})
    assert (answer.status_code, Meeting.objects.filter(reception=visit).count()) == (302, 1)


def test_B2a_strangers_others_and_old_pages_change_nothing(cast, at, meeting):
    meeting = lacking(cast, at, meeting)
    before, sent = stored(meeting), {**posts(meeting), "begin/": {}}
    found = {}
    for tail, data in sent.items():
        assert browser().post(url(meeting, tail), data)["Location"].startswith("/login/"), tail
        for who in ("clerk", "auditor", "gm", "tech"):
            found.setdefault(who, set()).add(
                browser(getattr(cast, who)).post(url(meeting, tail), data).status_code
            )
        if tail != "begin/":
            late = browser(cast.sales).post(url(meeting, tail), {**data, "revision": meeting.revision - 1})
            assert (late.status_code, "刚刚" in html(late)) == (409, True), tail
    assert found == {"clerk": {404}, "auditor": {403}, "gm": {403}, "tech": {403}}
    assert stored(meeting) == before
    late = browser(cast.sales).post(url(meeting, "people/paste/"), {**sent["people/paste/"], "revision": "0"})
    assert "周正 省工信厅 厅长" in html(late), "what was typed is still there"


def test_B2a_after_the_visit_nothing_is_written_and_all_is_read(cast, at, meeting):
    meeting.reception.__class__.objects.filter(pk=meeting.reception_id).update(
        ended_at=at, ended_by=cast.sales
    )
    type(meeting.reception)._default_manager.filter(pk=meeting.reception_id).update(status="settling", started_at=at, started_by=cast.sales)  # fmt: skip
    before, client = stored(meeting), browser(cast.sales)
    answers = {
        tail: client.post(url(meeting, tail), data).status_code for tail, data in posts(meeting).items()
    }
    assert (set(answers.values()), stored(meeting)) == ({409}, before), answers
    tails = ("", "seats/", "seats/print/", "tents/", "cards/", "cards/?per=4", "guide/")
    assert {tail: client.get(url(meeting, tail)).status_code for tail in tails} == dict.fromkeys(tails, 200)
    assert "data-draft" not in html(client.get(url(meeting))) and "换座" not in html(
        client.get(url(meeting, "seats/"))
    )


def test_B2a_without_a_plan_every_page_leads_to_where_one_is_begun(cast, at):
    visit = make_visit(cast, at)
    client, base = browser(cast.sales), f"/visits/meetings/{visit.no}/"
    assert "拟会议方案" in html(client.get(base))
    for tail in ("seats/", "seats/print/", "tents/", "cards/", "guide/"):
        assert client.get(base + tail)["Location"] == base, tail
    for tail in ("edit/", "agenda/", "people/", "handouts/"):
        assert client.get(base + tail).status_code == 404, tail
    assert "拟会议方案" not in html(browser(cast.gm).get(base))
    plain = make_reception(cast, "preparing", at=at)
    refused = client.post(f"/visits/meetings/{plain.no}/begin/", {})
    assert (refused.status_code, "不是政府会议" in html(refused)) == (409, True)
    assert base in html(client.get(visit.get_absolute_url()))
    assert "/visits/meetings/" not in html(client.get(plain.get_absolute_url()))


def test_B2a_the_forms_as_shown_save_unchanged(cast, at, meeting):
    client = browser(cast.sales)
    for tail, rows in (
        ("agenda/", meeting.agenda),
        ("people/", meeting.people),
        ("handouts/", meeting.handouts),
    ):
        page = client.get(url(meeting, tail))
        assert page.content.decode().count(f"{tail.strip('/')}-{meeting.reception.no}") == 1, (
            "the draft's key, nowhere else"
        )
        shown = page.context["rows"]
        before = list(rows.values())
        data = {
            "rows-TOTAL_FORMS": shown.total_form_count(),
            "rows-INITIAL_FORMS": 9,
            "revision": fresh(meeting).revision,
        }
        for row in shown.forms:
            for name in row.fields:
                value = row[name].value()
                data[row.add_prefix(name)] = value.astimezone(at.tzinfo).strftime(LOCAL) if hasattr(value, "hour") else "" if value in (None, False) else value  # fmt: skip
        more = client.post(url(meeting, tail), {**data, "do": "more"})
        assert (more.status_code, more.context["rows"].total_form_count()) == (200, len(before) + 6), tail
        assert client.post(url(meeting, tail), data).status_code == 302, tail
        after = list(rows.values())
        assert [{**row, "id": 0} for row in after] == [{**row, "id": 0} for row in before], tail
        half = client.post(url(meeting, tail), {"revision": ""})
        assert (half.status_code, list(rows.values())) == (422, after), tail


def test_B2a_a_wrong_row_is_marked_and_kept(cast, at, meeting):
    client, start = browser(cast.sales), local(meeting.start).strftime(LOCAL)
    page = client.post(
        url(meeting, "agenda/"), formset(meeting, {"start": start, "end": "", "topic": "半行"})
    )
    assert (page.status_code, "请填写结束时间" in html(page), "半行" in html(page)) == (422, True, True)
    for data, said in (({"seats": "3"}, "4 到 120"), ({"layout": "x"}, "请选择会场布置"), ({"front": "16"}, "主席台人数"), ({"layout": "stage", "seats": "6", "front": "9"}, "1 到 6")):  # fmt: skip
        page = client.post(url(meeting, "seats/room/"), {**posts(meeting)["seats/room/"], **data})
        assert (page.status_code, said in html(page)) == (422, True), data
    for data, said in (({"person": "0"}, "请选择谁换座"), ({"seat": "99"}, "没有这个座号")):
        page = client.post(url(meeting, "seats/place/"), {**posts(meeting)["seats/place/"], **data})
        assert (page.status_code, said in html(page)) == (422, True), data


def test_B2a_the_drawing_says_who_sits_where_to_eyes_and_ears(cast, at, meeting):
    page = html(browser(cast.sales).get(url(meeting, "seats/")))
    assert page.count('role="button"') == 8 and 'aria-label="2 号座，客方李建国 副市长"' in page
    read = html(browser(cast.gm).get(url(meeting, "seats/")))
    assert 'role="button"' not in read and "2 号座，客方李建国 副市长；" in read
    answer = browser(cast.sales).post(url(meeting, "seats/place/"), {"person": one(meeting, "李建国").pk, "seat": "1", "revision": ""})  # fmt: skip
    assert answer["Location"].endswith("#seat-1") and (sitting(meeting)[1], sitting(meeting)[2]) == (
        "李建国",
        "赵强",
    )
    people.paste(fresh(meeting), "<b>x</b> 省厅 处长", "theirs", OURS, by=cast.sales, at=at)
    assert "<b>x</b>" not in html(browser(cast.sales).get(url(meeting, "seats/")))


def test_B2a_the_list_is_filtered_scoped_and_a_workbook(cast, at, meeting):
    make_meeting(cast, at, customer_name="吴兴区人民政府", secret=True)
    client = browser(cast.sales)
    assert html(client.get("/visits/meetings/")).count('class="ttl"') == 2
    assert html(browser(cast.gm).get("/visits/meetings/")).count('class="ttl"') == 2
    assert html(browser(cast.make).get("/visits/meetings/")).count('class="ttl"') == 1, (
        "the secret one is not theirs"
    )
    assert browser(cast.clerk).get("/visits/meetings/").status_code == 403
    assert html(client.get("/visits/meetings/", {"q": "吴兴"})).count('class="ttl"') == 1
    assert "没有找到" in html(client.get("/visits/meetings/", {"q": "没有的", "state": "\x00"}))
    assert "没有找到" in html(client.get("/visits/meetings/", {"state": "over"}))
    assert client.get("/visits/meetings/?clear=1")["Location"] == "/visits/meetings/"
    book = load_workbook(BytesIO(client.get("/visits/meetings/list.xlsx", {"state": "all"}).content)).active
    rows = [row for row in book.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("JD-")]
    assert {(row[2], *row[6:10]) for row in rows} == {
        ("湖州市人民政府", "回形", 4, 8, 8),
        ("吴兴区人民政府", "回形", 4, 8, 8),
    }


def test_B2a_pages_cost_the_same_for_one_and_for_thirty(cast, at, meeting):
    tails = ("", "seats/", "people/", "agenda/", "guide/", "tents/")
    client = browser(cast.sales)

    def asked(path):
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    few = {tail: asked(url(meeting, tail)) for tail in tails} | {"list": asked("/visits/meetings/")}
    text = "\n".join(f"张{letter}{other} 局 科长" for letter in "一二三四五六" for other in "甲乙丙丁戊")
    people.paste(fresh(meeting), text, "theirs", OURS, by=cast.sales, at=at)
    actions.save_handouts(fresh(meeting), [{"name": f"{n}", "copies": 1, "keeper": ""} for n in range(30)], by=cast.sales, at=at)  # fmt: skip
    many = {tail: asked(url(meeting, tail)) for tail in tails} | {"list": asked("/visits/meetings/")}
    assert many == few
    assert few == {"": 8, "seats/": 5, "people/": 5, "agenda/": 6, "guide/": 7, "tents/": 4, "list": 5}


def opened(meeting):
    """tail → (data, kinds of its fields) of the doors that take words."""
    sent = posts(meeting)
    return {
        "edit/": (sent["edit/"], {"text": "title place conduct staff wifi", "time": "start end", "revision": "revision"}),
        "agenda/": (sent["agenda/"], {"text": "rows-0-topic do", "time": "rows-0-start rows-0-end", "choice": "rows-0-speaker", "number": "rows-0-minutes rows-0-id", "total": "rows-TOTAL_FORMS rows-INITIAL_FORMS", "revision": "revision"}),
        "people/": (sent["people/"], {"text": "rows-0-name rows-0-title rows-0-phone", "choice": "rows-0-side", "number": "rows-0-id rows-0-order", "total": "rows-TOTAL_FORMS"}),
        "people/paste/": (sent["people/paste/"], {"text": "text", "choice": "side", "revision": "revision"}),
        "handouts/": (sent["handouts/"], {"text": "rows-0-name rows-0-keeper", "number": "rows-0-copies rows-0-id", "total": "rows-TOTAL_FORMS"}),
        "seats/room/": (sent["seats/room/"], {"choice": "layout honour", "number": "seats front", "revision": "revision"}),
        "seats/place/": (sent["seats/place/"], {"choice": "person seat", "revision": "revision"}),
    }  # fmt: skip


@pytest.mark.usefixtures("bare_frame")
def test_B2a_hostile_input_is_refused_with_a_sentence_and_leaves_no_trace(cast, at, meeting):
    client, wrong, before = browser(cast.sales), [], stored(meeting)
    client.raise_request_exception = False
    for tail, (data, fields) in opened(meeting).items():
        for name, values in poisoned({**data, "revision": str(data["revision"])}, fields):
            with transaction.atomic():
                answer = client.post(url(meeting, tail), values)
                refused = answer.status_code >= 400
                if answer.status_code >= 500 or (refused and not says(answer)):
                    wrong.append((tail, name, answer.status_code))
                if refused and stored(meeting) != before:
                    wrong.append((tail, name, "half written"))
                transaction.set_rollback(True)
    assert wrong == []
