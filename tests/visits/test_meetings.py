"""政府会议: its rules without a browser: the seats by the custom, agenda, people, papers (B2a)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.engines.race import errors, race, winners
from tests.factories.meetings import OURS, fresh, make_meeting, make_visit, one, sitting
from tests.factories.visits import make_reception
from visits.changes import actions as changes
from visits.meetings import actions, people, placing
from visits.meetings.choices import Layout
from visits.meetings.policies import findings
from visits.meetings.ranks import level_of, merged
from visits.meetings.rooms import outward, room_of
from visits.meetings.seating import rule, seats_for

M = timedelta(minutes=1)


def names(meeting, side):
    return list(meeting.people.filter(side=side).order_by("order").values_list("name", flat=True))


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code and caught.value.message.endswith(("。", "）")), caught.value.message
    return caught.value.message


def test_B2a_the_second_sits_at_the_left_hand_of_the_first_and_an_even_row_has_two_in_the_middle():
    """As the audience sees a stage, from its left: 5 3 1 2 4, 3 1 2 4; with the right hand of honour the other way."""

    def seen(count, step):
        order = outward(count, step)
        return [order.index(place) + 1 for place in range(count)]

    assert [seen(5, 1), seen(4, 1), seen(2, 1), seen(1, 1)] == [[5, 3, 1, 2, 4], [3, 1, 2, 4], [1, 2], [1]]
    assert [seen(5, -1), seen(4, -1)] == [[4, 2, 1, 3, 5], [4, 2, 1, 3]]
    assert "左手" in rule("stage", "left") and "右手" in rule("stage", "right")


def test_B2a_every_room_has_each_seat_once_in_one_place_and_honours_each_once():
    for layout in Layout.values:
        for honour in ("left", "right"):
            for seats in (*range(4, 40), 61, 120):
                for front in (1, 5):
                    room = room_of(layout, seats, min(front, seats), honour)
                    case = (layout, honour, seats, front)
                    assert sorted(room.boxes) == list(range(1, seats + 1)), case
                    honoured = [*room.theirs, *room.ours, *room.shared]
                    assert sorted(honoured) == sorted(room.boxes), case
                    boxes = list(room.boxes.values())
                    assert len({(box.x, box.y) for box in boxes}) == seats, case
                    assert not any(
                        a is not b and abs(a.x - b.x) < a.w and abs(a.y - b.y) < a.h
                        for a in boxes
                        for b in boxes
                    ), case
                    assert all(
                        0 <= box.x <= room.width - box.w and 0 <= box.y <= room.height - box.h
                        for box in boxes
                    )


def test_B2a_titles_are_ranked_and_two_lists_become_one_without_changing_either():
    titles = ("市长", "副市长", "市长助理", "局长", "副局长", "处长", "科长", "科员", "")
    levels = [level_of(title) for title in titles]
    assert levels == sorted(levels, reverse=True) and len(set(levels)) == len(levels)
    assert level_of("党委书记、董事长") == level_of("董事长") > level_of("副总经理")
    assert merged([(1, 85), (2, 50), (3, 78)], [(7, 82), (8, 77)]) == [1, 7, 8, 2, 3]
    assert [seats_for("ring", 4, 3), seats_for("rows", 4, 3), seats_for("ring", 0, 0), seats_for("rows", 200, 9)] == [8, 7, 4, 120]  # fmt: skip


def test_B2a_a_plan_begins_with_what_the_reception_says_and_everybody_seated(cast, at):
    meeting = make_meeting(cast, at)
    assert names(meeting, "theirs") == ["李建国", "王敏", "赵强", "孙丽"]
    assert names(meeting, "ours") == ["何志远", "邱实", "方可", "梁雨"]
    assert one(meeting, "孙丽").organisation == "湖州市人民政府" and one(meeting, "方可").organisation == OURS
    # 回形, eight seats: facing down, the guests' left hand is the plan's right; ours is its left.
    assert sitting(meeting) == {
        1: "赵强",
        2: "李建国",
        3: "王敏",
        4: "孙丽",
        5: "梁雨",
        6: "邱实",
        7: "何志远",
        8: "方可",
    }
    rows = [(row.topic, row.speaker and row.speaker.name) for row in meeting.agenda.all()]
    assert rows == [
        ("介绍参会人员，宣布议程", "何志远"),
        ("情况汇报", "何志远"),
        ("交流讨论", None),
        ("领导讲话", "李建国"),
    ]
    assert findings(meeting, list(meeting.agenda.all()), list(meeting.people.all())) == []
    assert actions.begin(meeting.reception, OURS, by=cast.sales, at=at).pk == meeting.pk
    verbs = [event.label for event in events_of(meeting.reception) if event.verb == "meeting"]
    assert verbs == ["拟会议方案"]


def test_B2a_each_layout_seats_by_its_own_rule(cast, at):
    meeting = make_meeting(cast, at)
    found = {}
    for layout, seats, front in (("u", 8, 3), ("rows", 8, 3), ("stage", 8, 3), ("stage", 8, 2)):
        assert placing.set_room(fresh(meeting), layout, "left", seats, front, by=cast.sales, at=at) == 0
        found[layout, front] = sitting(meeting)
    # U形: six at the closed end, guests at the host's left hand (the plan's left), one on each arm.
    assert found["u", 3] == {
        1: "孙丽",
        2: "赵强",
        3: "王敏",
        4: "李建国",
        5: "何志远",
        6: "邱实",
        7: "方可",
        8: "梁雨",
    }
    # 课桌 of six a row: in the middle of the first row, looking up, the second at the first's left.
    assert [found["rows", 3][n] for n in (3, 4, 1, 6)] == ["王敏", "李建国", "邱实", "何志远"]
    # 主席台: 副市长 85, 局长 78 … by their titles, whoever they are; nobody of ours has a known title but the host.
    assert [found["stage", 3][n] for n in (1, 2, 3)] == ["何志远", "李建国", "王敏"]
    assert [found["stage", 2][n] for n in (1, 2)] == ["李建国", "王敏"]
    assert placing.set_room(fresh(meeting), "rows", "left", 5, 1, by=cast.sales, at=at) == 3
    assert len(sitting(meeting)) == 5
    assert "没有座位" in findings(meeting, [], list(meeting.people.all()))[0]


def test_B2a_one_is_moved_by_hand_and_two_change_places(cast, at):
    meeting = make_meeting(cast, at)
    placing.set_room(fresh(meeting), "ring", "left", 10, 3, by=cast.sales, at=at)
    before = sitting(meeting)
    empty = next(n for n in range(1, 11) if n not in before)
    first = one(meeting, "李建国")
    assert placing.place(fresh(meeting), first, empty, by=cast.sales, at=at) is None
    other = placing.place(fresh(meeting), one(meeting, "王敏"), empty, by=cast.sales, at=at)
    assert other and other.name == "李建国"
    after = sitting(meeting)
    assert (after[empty], one(meeting, "李建国").seat) == (
        "王敏",
        next(n for n, name in before.items() if name == "王敏"),
    )
    assert placing.place(fresh(meeting), one(meeting, "王敏"), None, by=cast.sales, at=at) is None
    gone = placing.place(
        fresh(meeting), one(meeting, "王敏"), one(meeting, "李建国").seat, by=cast.sales, at=at
    )
    assert gone and (gone.name, one(meeting, "李建国").seat) == ("李建国", None)
    refused("invalid", placing.place, fresh(meeting), one(meeting, "王敏"), 11, by=cast.sales, at=at)


def test_B2a_no_seat_holds_two_and_the_engine_says_so(cast, at):
    meeting = make_meeting(cast, at)
    two = one(meeting, "王敏")
    two.seat = one(meeting, "李建国").seat
    with pytest.raises(IntegrityError), transaction.atomic():
        two.save()


def test_B2a_an_agenda_tells_clashes_and_overruns(cast, at):
    meeting = make_meeting(cast, at)
    start, speaker = meeting.start, one(meeting, "王敏")

    def row(topic, begin, end, **over):
        return {
            "topic": topic,
            "start": start + begin * M,
            "end": start + end * M,
            "speaker": None,
            "minutes": None,
            **over,
        }

    said = refused(
        "invalid",
        actions.save_agenda,
        fresh(meeting),
        [row("甲", 0, 30), row("乙", 20, 50)],
        by=cast.sales,
        at=at,
    )
    assert "“甲”" in said and "时间冲突" in said
    refused("invalid", actions.save_agenda, fresh(meeting), [row("甲", 30, 30)], by=cast.sales, at=at)
    refused("missing", actions.save_agenda, fresh(meeting), [row(" ", 0, 30)], by=cast.sales, at=at)
    rows = [row("甲", -30, 0), row("乙", 0, 10, speaker=speaker, minutes=25), row("丙", 15, 30)]
    actions.save_agenda(fresh(meeting), rows, by=cast.sales, at=at)
    told = findings(meeting, list(meeting.agenda.select_related("speaker")), [])
    assert [line.split("，")[-1] for line in told] == [told[0], "超 15 分钟。", told[2]]
    assert ("不在会议时间" in told[0], "之间空 5 分钟" in told[2]) == (True, True)
    stranger = one(make_meeting(cast, at, customer_name="吴兴区人民政府"), "王敏")
    refused(
        "invalid",
        actions.save_agenda,
        fresh(meeting),
        [row("乙", 0, 10, speaker=stranger)],
        by=cast.sales,
        at=at,
    )


def test_B2a_who_speaks_later_speaks_earlier_and_the_times_follow(cast, at):
    meeting = make_meeting(cast, at)
    start, two = meeting.start, [one(meeting, name) for name in ("王敏", "赵强")]
    rows = [
        {
            "topic": f"{who.name}发言",
            "start": start + a * M,
            "end": start + b * M,
            "speaker": who,
            "minutes": None,
        }
        for who, a, b in ((two[0], 0, 20), (two[1], 20, 30))
    ]
    actions.save_agenda(fresh(meeting), rows, by=cast.sales, at=at)
    last = meeting.agenda.last()
    actions.speak_earlier(fresh(meeting), last, by=cast.sales, at=at)
    spans = [(row.speaker.name, row.start - start, row.end - start) for row in meeting.agenda.all()]
    assert spans == [("赵强", 0 * M, 10 * M), ("王敏", 10 * M, 30 * M)]
    refused("invalid", actions.speak_earlier, fresh(meeting), meeting.agenda.first(), by=cast.sales, at=at)


def test_B2a_the_list_is_pasted_ranked_and_kept_with_its_seats(cast, at):
    meeting = make_meeting(cast, at)
    text = "姓名\t单位\t职务\n周正\t省工信厅\t厅长\n王敏\t市经济和信息化局\t局长\n123456"
    told = people.paste(fresh(meeting), text, "theirs", OURS, by=cast.sales, at=at)
    assert names(meeting, "theirs")[-2:] == ["孙丽", "周正"] or "周正" in names(meeting, "theirs")
    assert any("已在名单里" in line for line in told)
    people.by_rank(fresh(meeting), by=cast.sales, at=at)
    assert names(meeting, "theirs")[:3] == ["周正", "李建国", "王敏"]
    seat = one(meeting, "李建国").seat
    rows = [
        {"id": row.pk, "side": row.side, "name": row.name, "organisation": row.organisation, "title": row.title, "phone": ""}
        for row in meeting.people.filter(name__in=("王敏", "李建国", "何志远"))
    ]  # fmt: skip
    rows.reverse()
    said = refused(
        "missing", people.save_people, fresh(meeting), [{**rows[0], "name": ""}], by=cast.sales, at=at
    )
    assert "姓名" in said
    refused(
        "invalid",
        people.save_people,
        fresh(meeting),
        [rows[0], {**rows[0], "id": None}],
        by=cast.sales,
        at=at,
    )
    gone = [row for row in rows if row["name"] != "李建国"]
    assert "发言" in refused("invalid", people.save_people, fresh(meeting), gone, by=cast.sales, at=at)
    people.save_people(fresh(meeting), rows, by=cast.sales, at=at)
    assert (names(meeting, "theirs"), one(meeting, "李建国").seat) == (["王敏", "李建国"], seat)
    refused("invalid", people.paste, fresh(meeting), "王敏 局长", "theirs", OURS, by=cast.sales, at=at)
    assert people.take_roster(fresh(meeting), by=cast.sales, at=at) == 2
    refused("invalid", people.take_roster, fresh(meeting), by=cast.sales, at=at)


def test_B2a_papers_are_listed_and_ticked_and_stay_ticked(cast, at):
    meeting = make_meeting(cast, at)
    row = {"id": None, "name": "汇报材料", "copies": 12, "keeper": "技术品质部"}
    actions.save_handouts(fresh(meeting), [row, {**row, "name": "签到表"}], by=cast.sales, at=at)
    first = meeting.handouts.first()
    actions.tick(fresh(meeting), first, by=cast.sales, at=at)
    rows = [{"id": first.pk, "name": "汇报材料（终稿）", "copies": 15, "keeper": ""}]
    actions.save_handouts(fresh(meeting), rows, by=cast.sales, at=at)
    (kept,) = meeting.handouts.all()
    assert (kept.name, kept.ready_by, kept.copies) == ("汇报材料（终稿）", cast.sales, 15)
    assert actions.tick(fresh(meeting), kept, by=cast.sales, at=at).ready_at is None


def test_B2a_only_who_arranges_the_visit_writes_and_only_while_it_goes_on(cast, at):
    visit = make_visit(cast, at)
    refused("forbidden", actions.begin, visit, OURS, by=cast.gm, at=at)
    refused("forbidden", actions.begin, visit, OURS, by=cast.tech, at=at)
    refused("state", actions.begin, make_reception(cast, "preparing", at=at), OURS, by=cast.sales, at=at)
    refused("state", actions.begin, make_visit(cast, at, "pending"), OURS, by=cast.sales, at=at)
    meeting = actions.begin(visit, OURS, by=cast.reception, at=at)
    fields = {name: getattr(meeting, name) for name in actions.FACTS}
    late = {**fields, "end": visit.leave_at + M}
    refused("invalid", actions.edit, fresh(meeting), by=cast.sales, at=at, fields=late)
    refused(
        "stale",
        actions.edit,
        fresh(meeting),
        by=cast.sales,
        at=at,
        fields=fields,
        expect=meeting.revision + 1,
    )


def test_B2a_the_meeting_moves_with_the_visit(cast, at):
    meeting = make_meeting(cast, at)
    visit, first = meeting.reception, meeting.agenda.first()
    change = changes.start(visit, by=cast.sales, at=at)
    fields = {
        "arrive_at": visit.arrive_at + timedelta(days=3),
        "leave_at": visit.leave_at + timedelta(days=3),
    }
    change = changes.save(change, by=cast.sales, at=at, fields=fields, reason="市里改期")
    changes.approve(changes.submit(change, by=cast.sales, at=at), by=cast.gm, at=at)
    after = fresh(meeting)
    assert (after.start - meeting.start, after.agenda.first().start - first.start) == (timedelta(days=3),) * 2


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B2a_two_who_seat_at_the_same_instant_never_share_a_seat(cast, at):
    meeting = make_meeting(cast, at)
    placing.set_room(fresh(meeting), "ring", "left", 10, 3, by=cast.sales, at=at)
    free = next(n for n in range(1, 11) if n not in sitting(meeting))
    pairs = [(fresh(meeting), one(meeting, name)) for name in ("王敏", "赵强")]
    outcomes = race(
        *[lambda it=it, who=who: placing.place(it, who, free, by=cast.sales, at=at) for it, who in pairs]
    )
    assert (len(winners(outcomes)), [error.code for error in errors(outcomes)]) == (1, ["stale"])
    assert len(sitting(meeting)) == 8 and free in sitting(meeting)
