"""Keyset pages: every row once, in order, whatever shares a timestamp; a broken key is the first page."""

from datetime import datetime, timedelta

import pytest

from reception.core.clock.periods import SHANGHAI
from reception.core.notices.actions import tell
from reception.core.notices.models import Notice
from reception.core.web.keyset import keyset

pytestmark = pytest.mark.django_db
T0 = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def fill(user, count):
    for index in range(count):
        tell([user], title=f"第{index}条", url="/", at=T0 + timedelta(minutes=index // 3))


@pytest.mark.parametrize("count", [0, 1, 4, 5, 13])
def test_every_row_comes_once_in_order(cast, count):
    fill(cast.clerk, count)
    seen, before = [], None
    while True:
        page = keyset(Notice.objects.all(), before, size=4)
        seen += [row.title for row in page.rows]
        if not page.next:
            break
        before = page.next
    assert seen == [f"第{index}条" for index in reversed(range(count))]


def test_values_rows_page_like_instances(cast):
    fill(cast.clerk, 5)
    page = keyset(Notice.objects.values("id", "created_at", "title"), None, size=4)
    rest = keyset(Notice.objects.values("id", "created_at", "title"), page.next, size=4)
    assert [row["title"] for row in (*page.rows, *rest.rows)] == ["第4条", "第3条", "第2条", "第1条", "第0条"]


@pytest.mark.parametrize(
    "key", ["x", "2026~", "~1", "2026-10-21T10:00~1", f"{T0.isoformat()}~{10**40}", "'; DROP"]
)
def test_a_broken_key_is_the_first_page(cast, key):
    fill(cast.clerk, 2)
    assert len(keyset(Notice.objects.all(), key).rows) == 2


def test_one_query_a_page(cast, django_assert_num_queries):
    fill(cast.clerk, 60)
    with django_assert_num_queries(1):
        keyset(Notice.objects.all(), None)
