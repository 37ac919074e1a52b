"""How many keys a clerk presses: `python -m tests.journeys.keystrokes` prints them beside the goals (Ease).

What the caller says (a number, a description, one line) is typed whatever the software; only the keys beside it count.
A chord (Ctrl+Enter) is one key. The hands never leave the keyboard: nothing here clicks.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.journeys.browser import ARGS, Visitor, chromium
from tests.journeys.house import House, build_demo, open_house
from tests.journeys.test_repair_half_hour import known_number

SAVED = re.compile(r"\d\d:\d\d:\d\d 已存")


@dataclass
class Hands:
    """The keyboard, counting: `press` a key of the software's, `say` what the caller says."""

    page: Page
    keys: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def press(self, *keys: str) -> None:
        """Press them one after the other; each counts."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys.append(key)

    def say(self, words: str) -> None:
        """Type what was heard; does not count."""
        self.page.keyboard.type(words)

    def typed(self, name: str) -> Locator:
        """A field of the call."""
        return self.page.locator(f"#call [name={name}]")


def open_desk(page: Page) -> None:
    """The desk with the caret where it opens: on the rings."""
    page.goto("/desk/")
    expect(page.locator("#call [name=rings]:focus")).to_have_count(1)


def done(page: Page, words: str) -> None:
    """It is recorded."""
    expect(page.locator("[data-toast=success]")).to_contain_text(re.compile(words))


def known_repair(hands: Hands, house: House) -> None:
    """A caller whom the number names: rings, kind, number ↵, what is wrong, saved and dispatched."""
    open_desk(hands.page)
    hands.press("2", "1")
    hands.say(known_number(house)[0])
    hands.press("Enter")
    expect(hands.typed("content")).to_be_focused()
    hands.say("书房窗户关不上")
    hands.press("Control+Enter")
    done(hands.page, r"WX-\d+-\d+ 已派给")


def one_line(hands: Hands, house: House) -> None:
    """3-502 张 漏水 下午4点 急 and one Enter: the whole draft."""
    open_desk(hands.page)
    hands.typed("number").focus()
    hands.say("3-502 张 漏水 下午4点 急")
    hands.press("Enter")
    for name, value in (
        ("place", "3栋502"),
        ("caller_name", "张"),
        ("content", "漏水"),
        ("urgency", "urgent"),
    ):
        expect(hands.typed(name)).to_have_value(value)
    expect(hands.typed("appoint_at")).to_have_value(re.compile("T16:00$"))


def one_line_saved(hands: Hands, house: House) -> None:
    """A line that has the number too is a dispatched order two keys later."""
    open_desk(hands.page)
    hands.press("2", "1")
    hands.say("6-502 李女士 138 0013 8111 客厅插座冒火花 急")
    hands.press("Enter")
    expect(hands.typed("place")).to_have_value("6栋502")
    hands.press("Control+Enter")
    done(hands.page, r"WX-\d+-\d+ 已")


def park(hands: Hands, house: House) -> None:
    """The telephone rings while a walk-in is half written: one key to an empty form with the caret on the rings."""
    open_desk(hands.page)
    hands.typed("content").focus()
    hands.say("想借会议室，下周三上午")
    hands.press("Alt+p")
    expect(hands.page.locator("#parked")).to_contain_text("想借会议室")
    expect(hands.page.locator("#call [name=rings]:focus")).to_have_count(1)


def come_back(hands: Hands, house: House) -> None:
    """One key back to the field and the letter."""
    park(Hands(hands.page), house)
    hands.press("Alt+r")
    expect(hands.typed("content")).to_be_focused()
    expect(hands.typed("content")).to_have_value("想借会议室，下周三上午")


def back_after_a_kill(hands: Hands, house: House) -> None:
    """The browser died: one key as well."""
    open_desk(hands.page)
    hands.typed("content").focus()
    hands.say("访客的车停在消防通道")
    expect(hands.page.locator("[data-draft-status]")).to_have_text(SAVED)
    hands.page.goto("about:blank")
    hands.page.goto("/desk/")
    expect(hands.page.locator("#parked")).to_contain_text("访客的车")
    hands.press("Alt+r")
    expect(hands.typed("content")).to_have_value("访客的车停在消防通道")


def repeat(hands: Hands, house: House) -> None:
    """The same trouble again: joining the open order costs no key more than a new one."""
    open_desk(hands.page)
    hands.press("2", "1")
    hands.say("139 0571 3344")
    hands.press("Enter")
    expect(hands.typed("content")).to_be_focused()
    hands.say("车库的灯还没亮")
    hands.press("Enter")
    hands.say("地下车库B1")
    hands.press("Enter")
    hands.say("孙")
    expect(hands.page.locator("#call [data-main]:not([hidden])")).to_contain_text("并入 WX-")
    hands.press("Control+Enter")
    done(hands.page, r"已并入：第 \d 次来电")


def enquiry(hands: Hands, house: House) -> None:
    """An enquiry of a stranger, answered at once, in the order in which it is asked."""
    open_desk(hands.page)
    hands.press("1", "2")
    hands.say("139 0571 7788")
    hands.press("Enter")
    for name, words in (
        ("caller_name", "钱"),
        ("place", "5-402"),
        ("company", "知行科技"),
        ("content", "停车月卡怎么办"),
    ):
        expect(hands.typed(name)).to_be_focused()
        hands.say(words)
        hands.press("Enter")
    expect(hands.typed("reply")).to_be_focused()
    hands.say("带行驶证到前台办")
    hands.press("Control+Enter")
    done(hands.page, r"(CX|DH)-\d+-\d+")


def emergency(hands: Hands, house: House) -> None:
    """突发 from any page to the first alert."""
    hands.page.goto("/helpdesk/calls/")
    began = time.monotonic()
    hands.press("F9", "Enter")
    hands.page.wait_for_url(re.compile("/helpdesk/emergencies/TF-"))
    hands.seconds = time.monotonic() - began
    done(hands.page, "已同时报告")


@dataclass(frozen=True)
class Goal:
    """A goal of Ease: what is done, how, and how many keys at most; seconds where time counts too."""

    name: str
    do: Callable[[Hands, House], None]
    most: int
    seconds: float = 0.0


GOALS = (
    Goal("熟人报修：号码、内容以外", known_repair, 5),
    Goal("一句话填满整张草稿", one_line, 1),
    Goal("一句话连号码，登记并派单", one_line_saved, 5),
    Goal("重复报修并入原单", repeat, 6),
    Goal("生人查询，当场答复", enquiry, 8),
    Goal("暂挂来访，接电话", park, 1),
    Goal("回到刚才那一栏、那个字", come_back, 1),
    Goal("浏览器被关后接着写", back_after_a_kill, 1),
    Goal("突发到第一个人收到", emergency, 2, 5.0),
)


def measure(goal: Goal, visitor: Visitor, house: House) -> Hands:
    """Do it once; what was pressed. Raises AssertionError when it does not come about."""
    hands = Hands(visitor.page)
    goal.do(hands, house)
    return hands


def wide(text: str, width: int) -> str:
    """`text` filled up to `width` columns of a terminal, where a Chinese character takes two."""
    return text + " " * max(0, width - sum(2 if ord(char) > 0x2E7F else 1 for char in text))


def row(goal: Goal, hands: Hands) -> str:
    """One line of the table."""
    ok = len(hands.keys) <= goal.most and (not goal.seconds or hands.seconds <= goal.seconds)
    took = f"{hands.seconds:.1f}s/{goal.seconds:.0f}s" if goal.seconds else ""
    pressed = " ".join(hands.keys)
    return (
        f"{'✓' if ok else '✗'} {wide(goal.name, 28)}{len(hands.keys):>2} / {goal.most:<3}{took:<10}{pressed}"
    )


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    lines = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        room = Path(folder)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        with open_house(build_demo(room), room) as house:
            for goal in GOALS:
                visitor = Visitor(browser, house.url).sign_in("clerk")
                lines.append(row(goal, measure(goal, visitor, house)))
                visitor.context.close()
        browser.close()
    print("\n".join(lines))
    return int(any(line.startswith("✗") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
