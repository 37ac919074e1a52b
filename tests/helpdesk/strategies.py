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
    return story


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
    story.score = draw(st.none() | st.integers(1, 5)) if "finished" in story.times else None
    story.person, story.room, story.what = (draw(st.integers(0, 1)) for _ in range(3))
    story.rework = draw(st.sampled_from([False, False, True]))
    return story


@st.composite
def histories(draw) -> list[Story]:
    """Up to eight matters; the first order is nobody's rework, so that the others have an origin."""
    stories = draw(st.lists(order_stories() | call_stories(), max_size=8))
    first = next((story for story in stories if story.order_at), None)
    if first:
        first.rework = False
    return stories
