"""What every page says the same way: dates, masks, plates, drawings, deadlines."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from reception.core.clock.models import Clock
from reception.core.templatetags.core import (
    ICONS,
    hm,
    icon,
    initial,
    masked,
    once,
    path_of,
    problems,
    sla,
    span,
    tier_mark,
    when,
)
from tests.house.code import ROOT

SPRITE = set(re.findall(r'id="i-([^"]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))


def test_times_are_said_in_shanghai():
    moment = datetime(2026, 3, 25, 1, 40, tzinfo=UTC)
    assert (when(moment), hm(moment), when(None), hm(None)) == ("3月25日 周三 09:40", "09:40", "", "")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("138 0013 8000", "138****8000"),
        ("05121234567", "051****4567"),
        ("6288123", "****8123"),
        ("8119", "8119"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_number_is_masked_but_an_extension_is_not(number, shown):
    assert masked(number) == shown


def test_initial_is_the_first_character():
    assert (initial("林晓雯"), initial(None)) == ("林", "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "00:00"),
        (221, "03:41"),
        (3599, "59:59"),
        (3600, "1小时"),
        (86399, "23小时"),
        (86400, "1天"),
        (200000, "2天"),
    ],
)
def test_time_left_never_promises_too_much(seconds, words):
    assert span(timedelta(seconds=seconds)) == words


def clock(at: datetime, **fields) -> Clock:
    """Half an hour's promise, ten minutes of it used."""
    start = at - timedelta(minutes=10)
    return Clock(
        subject_kind="helpdesk.repair",
        subject_id=7,
        pk=3,
        started_at=start,
        due_at=start + timedelta(minutes=30),
        **fields,
    )


@pytest.mark.parametrize(
    ("fields", "later", "tone", "head", "moves"),
    [
        ({}, 0, "", "20:00", True),
        ({}, 11, "soon", "09:00", True),
        ({}, 26, "late", "+06:00", True),
        ({"paused_at": 0}, 0, "", "暂停", False),
        ({"stopped_at": 0}, 0, "met", "按时", False),
        ({"stopped_at": 0, "breached_at": 0}, 0, "late", "超时", False),
    ],
)
def test_a_deadline_is_drawn(at, fields, later, tone, head, moves):
    """D4.4.1: near is amber, over is red with a plus, kept is green; broken stays broken for ever."""
    drawn = sla(clock(at, **dict.fromkeys(fields, at)), at + timedelta(minutes=later), "前到场")
    found = re.search(
        r'<(\w+) class="sla (\w*)[^"]*"(?: href="(.*?)")?( data-due)?.*?<b>(.*?)</b>.*<span class="w">(.*?)</span>',
        drawn,
    )
    link = ("a", tone, "/clocks/helpdesk.repair/7/#c3") if tone == "late" else ("div", tone, None)
    assert found and found.groups() == (*link, " data-due" if moves else None, head, "前到场")


def test_no_clock_no_deadline(at):
    assert sla(None, at) == ""


def test_a_tier_has_its_plate():
    """A2."""
    tier = SimpleNamespace(css="b", glyph="嘉", name="嘉宾级")
    assert tier_mark(tier) == '<span class="tier b"><i aria-hidden="true">嘉</i>嘉宾级</span>'
    assert tier_mark(None) == ""


def test_names_are_escaped():
    assert "<b>" not in tier_mark(SimpleNamespace(css="b", glyph="<b>", name="<b>")) + icon("x", '"><b>')


def test_every_form_gets_a_token_of_its_own():
    tokens = {re.search(r'name="_once" value="(\w{32})"', once())[1] for _ in range(3)}  # type: ignore[index]
    assert len(tokens) == 3


def test_every_drawing_asked_for_exists():
    pages = [file.read_text(encoding="utf-8") for file in (ROOT / "templates").rglob("*.html")]
    asked = {name for page in pages for name in re.findall(r'\{% icon "([^"]+)"', page)}
    assert {name for name in asked if ICONS.get(name, name) not in SPRITE} == set()
    assert set(ICONS.values()) <= SPRITE


class Visit(forms.Form):
    leave = forms.CharField(label="离开时间", error_messages={"required": "填写离开时间"})
    host = forms.CharField(label="主陪领导")

    def clean(self):
        self.add_error(None, "整张表都不对")
        return self.cleaned_data


def test_errors_point_at_their_fields():
    form = Visit({"host": ""}, auto_id="id_%s")
    assert problems(form) == [
        ("", "整张表都不对"),
        ("id_leave", "填写离开时间"),
        ("id_host", "主陪领导：这个字段是必填项。"),
    ]
    assert problems(None) == []


def test_the_summary_counts_and_links():
    page = Template('{% include "partials/_errors.html" %}').render(Context({"form": Visit({})}))
    assert "还有 3 处要改" in page
    assert '<a href="#id_leave">填写离开时间</a>' in page


def test_a_refused_form_says_that_nothing_was_done():
    form = Visit({"leave": "a", "host": "b"})
    form.refused = "stale"
    assert "没有办成" in Template('{% include "partials/_errors.html" %}').render(Context({"form": form}))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://testserver/todo/?a=1", "/todo/?a=1"),
        ("http://testserver/", "/"),
        ("http://elsewhere.test/x", ""),
        ("//elsewhere.test/x", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_way_back_stays_in_the_house(address, path):
    assert path_of(address, RequestFactory().get("/")) == path
