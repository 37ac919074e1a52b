"""代理: who may stand in for whom, from when to when (records §1.2)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.delegating import revoke
from reception.core.people.delegation import Delegation, principals_of, stand_ins
from tests.engines.race import errors, race, winners
from tests.factories.delegations import make_delegation

pytestmark = pytest.mark.django_db
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def refusal(*people, at, **over):
    with pytest.raises(Refused) as no:
        make_delegation(*people, at=at, **over)
    return no.value.code, no.value.field, no.value.message


def test_A3_1b_it_holds_from_its_first_moment_to_just_before_its_last(cast, at):
    made = make_delegation(cast.gm, cast.vgm, at=at, starts_at=at + DAY, ends_at=at + 2 * DAY)
    moments = (at, made.starts_at - TICK, made.starts_at, made.ends_at - TICK, made.ends_at)
    assert [[p.name for p in principals_of(cast.vgm, "decide", moment)] for moment in moments] == [
        [], [], ["沈国栋"], ["沈国栋"], [],
    ]  # fmt: skip
    assert [made.state(moment) for moment in moments] == ["未开始", "未开始", "代理中", "代理中", "已结束"]


@pytest.mark.parametrize("scope, decide, review", [("all", 1, 1), ("decide", 1, 0), ("review", 0, 1)])
def test_A3_1b_it_covers_what_it_says(cast, at, scope, decide, review):
    for person in (cast.gm, cast.vgm):  # both lead the company and a department
        person.groups.add(*cast.sales_head.groups.all())
    make_delegation(cast.gm, cast.vgm, at=at, scope=scope)
    assert [len(principals_of(cast.vgm, s, at)) for s in ("decide", "review")] == [decide, review]


def test_A3_1b_revoked_it_is_over_at_once(cast, at):
    made = make_delegation(cast.gm, cast.vgm, at=at)
    revoke(made, by=cast.gm, at=at + DAY)
    assert principals_of(cast.vgm, "decide", at + DAY) == []
    assert [event.label for event in events_of(made)] == ["设置代理", "收回代理"]
    with pytest.raises(Refused, match="已经收回或结束"):
        revoke(made, by=cast.gm, at=at + DAY)


def test_A3_1b_both_are_told_whoever_sets_it(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at, by=cast.office)
    title = "何志远代沈国栋全部：10月21日 10:00 至 10月24日 10:00"
    assert [person.notices.get().title for person in (cast.gm, cast.vgm)] == [title, title]


def test_who_sets_it(cast, at):
    for by in (cast.gm, cast.office, cast.admin):
        revoke(make_delegation(cast.gm, cast.vgm, at=at, by=by), by=by, at=at + TICK)
    assert refusal(cast.gm, cast.vgm, at=at, by=cast.vgm)[0] == "forbidden"
    assert refusal(cast.gm, cast.vgm, at=at, by=cast.sales)[0] == "forbidden"


def test_A3_1b_who_may_stand_in(cast, at):
    assert refusal(cast.gm, cast.gm, at=at)[1:] == ("to_user", "不能委托给自己，请选择另一位同事。")
    assert refusal(cast.gm, cast.office, at=at)[1:] == (
        "to_user", "审批要由公司领导办，孟瑶不是公司领导，请改选一位领导。（A3.1b）",
    )  # fmt: skip
    assert (
        refusal(cast.sales_head, cast.general2 if hasattr(cast, "general2") else cast.clerk, at=at)[1]
        == "to_user"
    )
    assert refusal(cast.sales, cast.sales2, at=at)[1] == "scope"
    assert refusal(cast.gm, cast.vgm, at=at, scope="review")[1] == "scope"
    cast.vgm.is_active = False
    assert refusal(cast.gm, cast.vgm, at=at)[1] == "to_user"
    for to in (cast.sales2, cast.tech):  # within the department, or another head
        revoke(made := make_delegation(cast.sales_head, to, at=at), by=cast.sales_head, at=at + TICK)
        assert made.pk


def test_the_span(cast, at):
    assert refusal(cast.gm, cast.vgm, at=at, ends_at=at)[1] == "ends_at"
    assert refusal(cast.gm, cast.vgm, at=at, starts_at=at - 3 * DAY, ends_at=at - DAY)[1] == "ends_at"
    assert refusal(cast.gm, cast.vgm, at=at, days=93)[1] == "ends_at"
    assert refusal(cast.gm, cast.vgm, at=at, reason=" ")[:2] == ("missing", "reason")
    assert (
        make_delegation(cast.gm, cast.vgm, at=at, starts_at=at - DAY).starts_at == at
    )  # never before it was made


def test_A3_1b_no_chain_and_no_second_delegate_at_the_same_time(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at)
    assert refusal(cast.gm, cast.vgm2, at=at)[2].startswith("这段时间已由何志远代理")
    assert "代理不能再转委托" in refusal(cast.vgm, cast.vgm2, at=at)[2]
    assert "已委托何志远代理" in refusal(cast.vgm2, cast.gm, at=at)[2]
    after = at + 3 * DAY  # half-open: the next one may begin when this one ends
    assert make_delegation(cast.gm, cast.vgm2, at=at, starts_at=after, ends_at=after + DAY).pk


@pytest.mark.parametrize(
    "broken",
    [
        lambda cast, at: {"to_user": cast.gm},
        lambda cast, at: {"ends_at": at},
        lambda cast, at: {"reason": ""},
        lambda cast, at: {"scope": "everything"},
        lambda cast, at: {"revoked_at": at},
    ],
)
def test_the_database_refuses_it_too(cast, at, broken):
    values = {
        "from_user": cast.gm, "to_user": cast.vgm, "starts_at": at, "ends_at": at + DAY, "reason": "出差", "scope": "all",
        "created_at": at, "created_by": cast.gm,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(**{**values, **broken(cast, at)})


def test_whoever_is_switched_off_stands_in_for_nobody(cast, at):
    make_delegation(cast.gm, cast.vgm, at=at)
    assert [(str(d), str(p)) for d, p in stand_ins([cast.gm, None], "decide", at)] == [("何志远", "沈国栋")]
    type(cast.vgm).objects.filter(pk=cast.vgm.pk).update(is_active=False)
    assert stand_ins([cast.gm], "decide", at) == []


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_A3_1b_two_delegations_at_once_make_no_chain(cast, at):
    outcomes = race(
        lambda: make_delegation(cast.gm, cast.vgm, at=at),
        lambda: make_delegation(cast.vgm, cast.vgm2, at=at),
        lambda: make_delegation(cast.gm, cast.vgm2, at=at),
    )
    assert {type(error) for error in errors(outcomes)} == {Refused}
    made = list(Delegation.objects.all())
    assert len(made) == len(winners(outcomes))
    assert not {row.to_user_id for row in made} & {row.from_user_id for row in made}
    assert len({row.from_user_id for row in made}) == len(made)
