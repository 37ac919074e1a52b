"""待我办 · 我发起的 · 已办 · 抄送, and a timeline that folds."""

from datetime import timedelta

import pytest

from reception.core.ledger import events_of
from reception.core.ledger.folding import folded
from tests.factories.delegations import make_delegation
from tests.factories.helpdesk import make_call
from tests.factories.visits import approve, make_draft, make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.actions import acknowledge
from visits.requests import actions
from visits.requests.copying_to import copy_by_hand
from visits.requests.urging import urge

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rows(user, at, here, **query):
    with frozen(at):
        answer = browser(user).get(f"/todo/{here}/", query)
    return [(row["todo"].title, row["todo"].state) for row in answer.context["rows"]], html(answer), answer


def test_A3_1a_what_i_began_whatever_became_of_it(cast, at):
    make_reception(cast, "rejected", at=at)
    make_draft(cast, at=at + HOUR, customer_name="晨光电气")
    mine, page, _ = rows(cast.sales, at + 2 * HOUR, "started")
    assert mine == [("晨光电气考察", "草稿"), ("远航重工集团考察", "不批准")]
    assert "我发起的 1" in page  # one of them is not over
    assert rows(cast.tech, at, "started")[0] == []


def test_the_desk_began_its_calls_and_orders(cast, at):
    make_call(cast, at)
    titles, page, _ = rows(cast.clerk, at, "started")
    assert len(titles) == 1 and "我发起的 1" in page


def test_A3_1b_what_i_did_with_whom_it_was_for(cast, at):
    vip = make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    make_delegation(cast.gm, cast.vgm, at=at)
    approve(vip, cast, at + HOUR, by=cast.vgm)
    other = make_reception(cast, "pending", at=at)
    actions.hand_on(other, by=cast.vgm, at=at + 2 * HOUR, to=cast.vgm2, reason="请看")
    done, page, _ = rows(cast.vgm, at + 2 * HOUR, "done")
    assert [state for _, state in done] == ["转交", "批准定级"]
    assert "代 沈国栋·JD-2026-0001" in page and "请看" in page


def test_done_links_only_what_one_may_still_see(cast, at):
    reception = make_reception(cast, "pending", at=at)
    head = cast.sales_head
    assert [state for _, state in rows(head, at, "done")[0]] == ["审核同意"]
    type(head).objects.filter(pk=head.pk).update(department=cast.tech.department)
    titles, page, _ = rows(head, at, "done")
    assert titles == [(reception.no, "审核同意")] and reception.get_absolute_url() not in page


def test_what_was_sent_to_me_and_whether_i_read_it(cast, at):
    reception = make_reception(cast, "pending", at=at)
    copy_by_hand(reception, [cast.clerk], by=cast.sales, at=at)
    sent, page, _ = rows(cast.clerk, at, "copied")
    assert sent == [("远航重工集团考察", "未阅")] and "抄送 1" in page
    with frozen(at):
        browser(cast.clerk).get(reception.get_absolute_url())
    sent, page, _ = rows(cast.clerk, at, "copied")
    assert sent == [("远航重工集团考察", "")] and "抄送 1" not in page


@pytest.mark.parametrize("here", ["started", "done", "copied"])
def test_a_stranger_and_an_empty_segment(cast, at, here):
    with frozen(at):
        assert browser().get(f"/todo/{here}/").status_code == 302
        empty = browser(cast.stranger).get(f"/todo/{here}/")
        assert (empty.status_code, 'class="void"' in html(empty)) == (200, True)
        assert browser(cast.sales).get(f"/todo/{here}/", {"before": "x~\x00~9"}).status_code == 200
        assert browser(cast.sales).post(f"/todo/{here}/").status_code == 405


def test_page_by_page_nothing_is_missed_or_shown_twice(cast, at):
    for number in range(53):
        make_draft(cast, at=at, customer_name=f"单位{number:02d}")  # all at the same instant
    first, _, answer = rows(cast.sales, at, "started")
    rest, _, last = rows(cast.sales, at, "started", before=answer.context["page"].next)
    assert (len(first), len(rest), last.context["page"].next) == (50, 3, "")
    assert len({title for title, _ in first + rest}) == 53


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("here, queries", [("started", 5), ("done", 6), ("copied", 5)])
def test_segments_cost_the_same_for_one_and_for_many(
    cast, at, count, here, queries, django_assert_num_queries
):
    for _ in range(count):
        reception = make_reception(cast, "review", at=at)
        actions.agree(reception, by=cast.sales_head, at=at)
        copy_by_hand(reception, [cast.sales_head], by=cast.sales, at=at)
    client = browser(cast.sales if here == "started" else cast.sales_head)
    with frozen(at):
        client.get(f"/todo/{here}/")
        with django_assert_num_queries(queries):
            assert len(client.get(f"/todo/{here}/").context["rows"]) == count


def test_A6_acknowledgements_are_one_line_that_opens(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    for person in (cast.vgm, cast.sales, cast.general):
        acknowledge(reception, by=person, at=at)
    with frozen(at):
        page = html(browser(cast.sales).get(reception.get_absolute_url()))
    assert "<summary>3 人已阅简报</summary>" in page and page.count("已知悉简报") == 3
    texts = [line.text or line.event.verb for line in folded(events_of(reception))]
    assert texts.count("3 人已阅简报") == 1 and "acknowledge" not in texts


def test_a_fold_never_reaches_over_a_move(cast, at):
    reception = make_reception(cast, "review", at=at)
    urge(reception, by=cast.sales, at=at)
    urge(reception, by=cast.sales, at=at + HOUR)
    actions.agree(reception, by=cast.sales_head, at=at + HOUR)
    urge(reception, by=cast.sales, at=at + 2 * HOUR)
    texts = [line.text or line.event.verb for line in folded(events_of(reception))]
    assert texts == ["create", "submit", "催办 2 次", "agree", "urge"]
