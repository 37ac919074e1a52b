"""Stories that hypothesis makes up: moments that lie on, before and after the edges of days and months."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.helpdesk.stories import CHINA, STEPS, Story

EDGES = [datetime(2026, month, 1, tzinfo=CHINA) for month in (9, 10, 11)]
EDGES += [
    datetime(2026, 10, 15, tzinfo=CHINA),
    datetime(2025, 10, 1, tzinfo=CHINA),
    datetime(2025, 11, 1, tzinfo=CHINA),
]
GAPS = [timedelta(seconds=1), timedelta(minutes=10), timedelta(minutes=30), timedelta(minutes=30, seconds=1),
        timedelta(hours=5), timedelta(days=1), timedelta(days=20), timedelta(days=31)]  # fmt: skip
NUDGES = [
    timedelta(seconds=-1),
    timedelta(0),
    timedelta(minutes=-29),
    timedelta(hours=-30),
    timedelta(days=9),
]

moments = st.builds(lambda edge, nudge: edge + nudge, st.sampled_from(EDGES), st.sampled_from(NUDGES))
gaps = st.sampled_from(GAPS)


@st.composite
def call_stories(draw) -> Story:
    """A call that stays one."""
    at = draw(moments)
    rings = draw(st.none() | st.integers(1, 6))
    story = Story(
        at, kind=draw(st.sampled_from(["enquiry", "complaint", "repair"])),
        channel="phone" if rings else draw(st.sampled_from(["phone", "visit"])), rings=rings,
        promise=draw(st.none() | gaps.map(at.__add__)), answered=draw(st.none() | gaps.map(at.__add__)),
    )  # fmt: skip
    story.voided = draw(st.none() | gaps.map((story.answered or at).__add__))
    if not story.voided and not story.answered:
        lead_on(draw, story)
    return story


def lead_on(draw, story: Story) -> None:
    """What a call led to, whether it was struck out, and the calls back promised on an enquiry."""
    story.case = draw(st.sampled_from(["", "complaint", "emergency", "advice", "enquiry"]))
    if not story.case:
        return
    story.case_at = moment = story.at + draw(st.just(timedelta(0)) | gaps)
    if story.case == "enquiry":
        for last in [False] * draw(st.integers(0, 2)) + [True]:
            made, due = moment, moment + draw(gaps)
            moment += draw(gaps)
            how = draw(st.sampled_from(["open", "done"])) if last else "moved"
            story.backs.append((made, due, how, None if how == "open" else moment))
    story.case_voided = draw(st.none() | gaps.map(moment.__add__))
    if story.case_voided and story.backs and story.backs[-1][2] == "open":
        story.backs[-1] = (*story.backs[-1][:2], "dropped", story.case_voided)


@st.composite
def order_stories(draw) -> Story:
    """An order, from a call or not, as far on its way as it may be."""
    at = draw(moments)
    is_call = draw(st.booleans())
    story = Story(at, kind="repair", is_call=is_call, order_at=at + draw(gaps) if is_call else at)
    story.kind = draw(st.sampled_from(["repair", "enquiry"])) if is_call else "repair"
    moment = story.order_at
    for step in STEPS[: draw(st.integers(0, len(STEPS)))]:
        moment += draw(gaps)
        story.times[step] = moment
        if step == "dispatched":
            story.agreed = draw(st.none() | gaps.map(moment.__add__))
            if draw(st.booleans()):
                moment += draw(gaps)
                story.moved = (moment, moment + draw(gaps))
    ending = draw(st.sampled_from(["", "", "cancelled", "forced"]))
    if "closed" not in story.times and (ending == "forced" or (ending and "acknowledged" not in story.times)):
        story.ending, story.ended = ending, moment + draw(gaps)
    story.voided = draw(st.none() | gaps.map((story.ended or moment).__add__))
    if "arrived" in story.times:
        story.finish_in = draw(gaps)
        story.hold = hold_of(draw, story)
    story.score = draw(st.none() | st.integers(1, 5)) if "finished" in story.times else None
    story.person, story.room, story.what = (draw(st.integers(0, 1)) for _ in range(3))
    story.rework = draw(st.sampled_from([False, False, True]))
    return story


def hold_of(draw, story: Story) -> tuple[datetime, datetime | None] | None:
    """A pause between the arrival and whatever ended the work; an open one only while nothing was finished."""
    begun = story.times["arrived"] + draw(gaps)
    again = begun + draw(gaps)
    over = story.times.get("finished") or story.ended or story.voided
    if over is None or again <= over:
        return (begun, draw(st.just(again) | st.none()) if "finished" not in story.times else again)
    return None


@st.composite
def histories(draw) -> list[Story]:
    """Up to eight matters; the first order is nobody's rework, so that the others have an origin."""
    stories = draw(st.lists(order_stories() | call_stories(), max_size=8))
    first = next((story for story in stories if story.order_at), None)
    if first:
        first.rework = False
    return stories
