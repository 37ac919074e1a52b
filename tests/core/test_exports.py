"""Large workbooks in the background: asked with a reason, made with the asker's rights, fetched only by the asker, for a
while, whole, marked and recorded (D6)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reception.core.exports import actions, running, store
from reception.core.exports.models import Export
from reception.core.flow import Refused
from reception.core.ledger import Event
from reception.core.notices.models import Notice
from reception.core.web.lists import Later
from tests.engines.race import race
from tests.factories.helpdesk import make_call
from tests.factories.people import cast as make_cast
from tests.visits.pages import browser, frozen, html

CALLS = "/helpdesk/calls/list.xlsx"
LATER = Later(CALLS, "q=漏水", "来电记录", True)
WHY = "季度分析=SUM(A1)"


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("reception.core.web.lists.UNASKED", 2)
    monkeypatch.setattr(running, "EACH", 2)


@pytest.fixture
def filled(cast, at):
    for number in range(5):
        make_call(cast, at + timedelta(minutes=number), content=f"厨房漏水{number}")
    make_call(cast, at, content="玻璃碎了")


def queue(cast, at, later=LATER, reason=WHY):
    return actions.ask(later, reason=reason, by=cast.clerk, at=at)


def run(at):
    return running.run_next(lambda: at)


def files():
    return sorted(path.name for path in store.folder().glob("*"))


@pytest.mark.django_db
def test_D6_a_large_export_is_asked_made_told_and_fetched(cast, at, filled):
    with frozen(at):
        client = browser(cast.clerk)
        sent = client.get(CALLS, {"q": "漏水"})
        assert sent.status_code == 302 and sent.url.startswith("/exports/new/?of=")
        of = client.get(sent.url).context["form"].initial["of"]
        nothing = client.post("/exports/new/", {"of": of, "reason": "  "})
        assert (nothing.status_code, Export.objects.count()) == (422, 0)
        assert "请写明为什么要导出" in html(nothing)
        done = client.post("/exports/new/", {"of": of, "reason": WHY}, follow=True)
        one = Export.objects.get()
        assert done.redirect_chain == [(f"/exports/{one.pk}/", 302)] and "等待准备" in html(done)
        assert (
            client.post("/exports/new/", {"of": of, "reason": WHY}).url == one.get_absolute_url()
        )  # the same one
        assert client.get(f"/exports/{one.pk}/state/").json() == {
            "open": True, "rows": 0, "total": None, "word": "等待准备"
        }  # fmt: skip
        assert run(at) and not run(at)
        one.refresh_from_db()
        assert (one.rows, one.total, one.expires_at) == (5, 5, at + timedelta(days=3))
        notice = Notice.objects.get(to=cast.clerk, url=one.get_absolute_url())
        assert notice.title == "《来电记录》导出好了，共 5 行，保留 3 天"
        assert "下载 .xlsx" in html(client.get(one.get_absolute_url())) and "5 行" in html(
            client.get("/exports/")
        )
        answer = client.get(f"/exports/{one.pk}/file/")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    mark = f"{cast.clerk}导出，{at:%Y-%m-%d %H:%M}"
    assert sheet["A2"].value == f"{mark}。用途：{WHY}" and sheet["A2"].data_type == "s"
    assert sheet.oddHeader.right.text == f"{mark}。用途：{WHY}"
    assert sheet.oddFooter.center.text == "共 5 行"
    assert sheet.max_row == 3 + 5 and sheet.auto_filter.ref.endswith("8")
    texts = {str(cell.value) for row in sheet.iter_rows(min_row=4) for cell in row}
    assert {f"厨房漏水{n}" for n in range(5)} <= texts and "玻璃碎了" not in texts
    events = Event.objects.filter(subject_kind="core.export").order_by("seq")
    assert [(e.verb, e.actor) for e in events] == [
        ("export", cast.clerk),
        ("export", None),
        ("fetch", cast.clerk),
    ]
    assert {e.reason for e in events} == {WHY} and events[1].detail["rows"] == 5


@pytest.mark.django_db
def test_D6_only_the_asker_and_only_for_a_while(cast, at, filled, client):
    one = queue(cast, at)
    other, own = browser(cast.manager), browser(cast.clerk)
    pages = ["", "state/", "file/"]
    with frozen(at):
        assert own.get(f"/exports/{one.pk}/file/").status_code == 409  # not made yet
        run(at)
        assert [other.get(f"/exports/{one.pk}/{page}").status_code for page in pages] == [404] * 3
        assert other.post(f"/exports/{one.pk}/cancel/").status_code == 404
        assert [client.get(f"/exports/{one.pk}/{page}").status_code for page in pages] == [302] * 3
        assert client.post(f"/exports/{one.pk}/cancel/").status_code == 302
        assert "来电记录" not in html(other.get("/exports/"))
        forged = browser(cast.manager).get("/exports/new/", {"of": "x"})
        sent = own.get(CALLS, {"q": "漏水"}).url
        assert [forged.status_code, browser(cast.manager).get(sent).status_code] == [422, 422]
    with frozen(at + timedelta(days=3)):
        gone = own.get(f"/exports/{one.pk}/file/")
        assert gone.status_code == 409 and "只保留 3 天" in html(gone)
        assert "已过保留期" in html(own.get(f"/exports/{one.pk}/"))
    assert len(files()) == 1
    actions.drop_expired(at + timedelta(days=3700))
    assert files() == []


@pytest.mark.django_db
def test_D6_cancelled_before_and_while_it_is_made(cast, at, filled, monkeypatch):
    first = queue(cast, at)
    with frozen(at):
        own = browser(cast.clerk)
        assert "已取消" in html(own.post(f"/exports/{first.pk}/cancel/", follow=True))
        late = own.post(f"/exports/{first.pk}/cancel/")
        assert late.status_code == 409 and "已经结束" in html(late)
    assert not run(at)
    second, real = queue(cast, at), actions.advance

    def pressed(export, *, at, rows, total=None):
        if rows == 4:
            actions.cancel(second, by=cast.clerk, at=at)
        return real(export, at=at, rows=rows, total=total)

    monkeypatch.setattr(actions, "advance", pressed)
    assert run(at) and files() == []
    second.refresh_from_db()
    assert (second.state(at)[0], second.rows, second.stored) == ("已取消", 2, "")


@pytest.mark.django_db
def test_D6_what_cannot_be_made_says_so(cast, at, filled, monkeypatch):
    def told(later=LATER):
        one = queue(cast, at, later)
        for minutes in (0, 3, 6, 9):
            run(at + timedelta(minutes=minutes))
        one.refresh_from_db()
        assert Notice.objects.filter(url=one.get_absolute_url(), level="warn").count() == 1 and files() == []
        return one.failure

    cast.clerk.groups.clear()
    assert "需要“查看前台记录”权限" in told()  # a right that was lost meanwhile
    assert "不能在后台导出" in told(Later("/exports/", "", "x", False))
    monkeypatch.setattr("reception.core.sheets.dump.MOST_ROWS", 3)
    cast.clerk = cast.clerk2
    assert "一张工作表放不下" in told()  # never cut
    monkeypatch.setattr(running, "dump", lambda *args, **more: 1 / 0)
    assert told() == actions.BROKEN and Export.objects.latest("id").tries == actions.TRIES


@pytest.mark.django_db
def test_D6_a_killed_worker_loses_nothing_and_nobody_floods_the_queue(cast, at, filled):
    one = queue(cast, at)
    dead = actions.claim(at=at)
    assert actions.claim(at=at + timedelta(minutes=1)) is None
    later = at + timedelta(minutes=3)
    assert run(later)
    assert not actions.advance(dead, at=later, rows=9)  # should it wake up, it writes no more
    one.refresh_from_db()
    assert (one.tries, one.rows, one.is_open) == (2, 5, False)
    for number in range(3):
        queue(cast, at, Later(CALLS, f"q={number}", "来电记录", False), "")
    with pytest.raises(Refused) as full:
        queue(cast, at, Later(CALLS, "q=9", "来电记录", False), "")
    assert "已有 3 个导出在准备" in full.value.message


@pytest.mark.django_db
def test_a_small_export_is_an_answer_with_its_mark_on_paper_too(cast, at, filled):
    with frozen(at):
        answer = browser(cast.clerk).get(CALLS, {"q": "玻璃"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    mark = f"{cast.clerk}导出，{at:%Y-%m-%d %H:%M}"
    assert (sheet["A2"].value, sheet.oddHeader.right.text) == (f"{mark}，共 1 行", mark)


@pytest.mark.django_db
@pytest.mark.parametrize("page, most", [("exports:export_list", 8), ("exports:export", 8)])
def test_a_fixed_number_of_queries(cast, at, page, most, django_assert_max_num_queries):
    counts = []
    for number in (1, 30):
        while Export.objects.count() < number:
            one = queue(cast, at, Later(CALLS, f"q={Export.objects.count()}", "来电记录", False), "")
            actions.cancel(one, by=cast.clerk, at=at)
        client = browser(cast.clerk)
        client.get("/todo/")
        with django_assert_max_num_queries(most) as counted:
            client.get(reverse(page, args=[one.pk] if page == "exports:export" else []))
        counts.append(len(counted))
    assert counts[0] == counts[1]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_D6_two_workers_make_each_export_once(at):
    cast = make_cast()
    for number in range(3):
        queue(cast, at, Later(CALLS, f"q={number}", "来电记录", False), "")
    worker = lambda: [one.pk for _ in range(3) if (one := actions.claim(at=at))]  # noqa: E731
    found = [pk for outcome in race(worker, worker) for pk in outcome.value]
    assert sorted(found) == sorted(Export.objects.values_list("pk", flat=True))


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_D6_done_against_cancelled_ends_one_way(at):
    cast = make_cast()
    queue(cast, at)
    held = actions.claim(at=at)
    made = store.Made("a" * 40, 1, "b" * 64, 5)
    done, stopped = race(
        lambda: actions.finish(held, made, at=at), lambda: actions.cancel(held, by=cast.clerk, at=at)
    )
    held.refresh_from_db()
    assert bool(done.value) != stopped.won and bool(held.stored) == bool(done.value)
