"""The flow table: a broken row cannot exist, the diagram is the table, buttons say why not."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db.models import TextChoices

from reception.core.flow import REGISTRY, Flow, Move, Refused
from reception.core.people.roles import Can
from reception.core.procedures import Procedure

T0 = datetime(2026, 10, 21, tzinfo=UTC)


class Light(TextChoices):
    RED = "red", "红"
    GREEN = "green", "绿"


def table(*moves):
    flow = Flow("tests.light", Light, Light.RED, moves)
    del REGISTRY["tests.light"]
    return flow


GO = Move("go", ("red",), "green", "放行", Can.LOG_CALL, needs=("reason",))


def user(*cans):
    return SimpleNamespace(may=lambda can: can in cans, pk=1)


def light(status="red"):
    return SimpleNamespace(status=status, revision=0, get_status_display=lambda: Light(status).label)


def test_a_move_to_nowhere_cannot_be_written():
    with pytest.raises(AssertionError, match="unknown states"):
        table(Move("go", ("red",), "blue", "放行", None))


def test_the_diagram_is_the_table():
    assert table(GO).diagram() == "stateDiagram-v2\n    [*] --> 红\n    红 --> 绿: 放行\n    绿 --> [*]\n"


def test_rules_for_moves_that_do_not_exist_cannot_be_written():
    with pytest.raises(AssertionError, match="unknown moves"):
        Procedure(table(GO), rules={"stop": ()})


def refuse(obj, by, at):
    raise Refused("invalid", "灯坏了，请报修。")


@pytest.mark.parametrize(
    ("status", "cans", "rules", "code"),
    [
        ("red", (Can.LOG_CALL,), {}, None),
        ("red", (), {}, "forbidden"),
        ("green", (Can.LOG_CALL,), {}, "state"),
        ("red", (Can.LOG_CALL,), {"go": (refuse,)}, "invalid"),
        ("red", (Can.LOG_CALL,), {"*": (refuse,)}, "invalid"),
    ],
)
def test_who_then_when_then_what(status, cans, rules, code):
    procedure = Procedure(table(GO), rules=rules)
    if code is None:
        assert procedure.check(light(status), "go", by=user(*cans), at=T0) == GO
        return
    with pytest.raises(Refused) as refused:
        procedure.check(light(status), "go", by=user(*cans), at=T0)
    assert refused.value.code == code


def test_a_refused_button_carries_the_sentence_and_a_foreign_one_is_not_drawn():
    procedure = Procedure(table(GO), rules={"go": (refuse,)})
    assert [choice.refusal for choice in procedure.choices(light(), user(Can.LOG_CALL), T0)] == [
        "灯坏了，请报修。"
    ]
    assert procedure.choices(light(), user(), T0) == []


@pytest.mark.django_db
def test_the_generated_diagrams_are_up_to_date():
    call_command("flow_diagrams", "--check")
