"""The rail: which pages stand in it, for whom, in what order. A page not listed here has no entry."""

from dataclasses import dataclass

from django.urls import reverse

from reception.core.people.models import User
from reception.core.people.roles import Can


@dataclass(frozen=True)
class Entry:
    """label, icon of the sprite, URL name; cans: any of them opens it, none of them means everybody."""

    label: str
    icon: str
    name: str
    cans: tuple[Can, ...] = ()


RAIL = (
    Entry("前台", "telephone", "desk:desk", (Can.LOG_CALL, Can.VIEW_DESK)),
    Entry("我的单", "tools", "helpdesk:my_repairs", (Can.DO_REPAIR,)),
    Entry("待办", "inbox", "home:todo"),
    Entry("总览", "calendar", "visits:desk", (Can.VIEW_RECEPTIONS,)),
    Entry(
        "接待",
        "calendar-check",
        "visits:request_list",
        (Can.APPLY_RECEPTION, Can.DECIDE_RECEPTION, Can.VIEW_RECEPTIONS),
    ),
    Entry(
        "客户",
        "users",
        "visits:customer_list",
        (Can.APPLY_RECEPTION, Can.DECIDE_RECEPTION, Can.VIEW_RECEPTIONS),
    ),
    Entry(
        "资源",
        "room",
        "visits:resource_board",
        (Can.APPLY_RECEPTION, Can.DO_TASK, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.KEEP_RESOURCE),
    ),
    Entry(
        "资料",
        "stamp",
        "visits:material_list",
        (Can.APPLY_RECEPTION, Can.DO_TASK, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.KEEP_RESOURCE),
    ),
    Entry("任务", "tasks", "visits:task_list", (Can.DO_TASK,)),
    Entry("报修", "tools", "helpdesk:repair_list", (Can.VIEW_DESK,)),
    Entry("访客", "badge", "helpdesk:visitor_list", (Can.VIEW_DESK,)),
    Entry("查询", "help", "helpdesk:enquiry_list", (Can.VIEW_DESK,)),
    Entry("投诉", "chat", "helpdesk:complaint_list", (Can.VIEW_DESK,)),
    Entry("其他", "tasks", "helpdesk:matter_list", (Can.VIEW_DESK,)),
    Entry("突发", "alert", "helpdesk:emergency_list", (Can.VIEW_DESK, Can.HANDLE_EMERGENCY)),
    Entry("电话", "telephone-inbound", "helpdesk:call_list", (Can.VIEW_DESK,)),
    Entry("汇总", "stamp", "helpdesk:day_list", (Can.VIEW_DESK,)),
    Entry("更正", "pencil", "helpdesk:correction_list", (Can.CORRECT_RECORD, Can.VIEW_LEDGER)),
    Entry("房号", "home", "helpdesk:directory", (Can.VIEW_DESK, Can.KEEP_REGISTER)),
    Entry("文件", "book", "documents:document_list"),
    Entry("看板", "eye", "board:board", (Can.VIEW_REPORT,)),
    Entry("报表", "bars", "helpdesk:report_latest", (Can.VIEW_REPORT,)),
)
ADMIN = Entry("后台", "gear", "admin:index")
THUMB = 5  # what a phone's bar holds at 44 px and more each; beyond it, the last place is 更多


@dataclass
class Item:
    """An entry as drawn: `current` marks where one is, `count` stands in the dot."""

    label: str
    icon: str
    url: str
    css: str = ""
    count: int = 0
    current: bool = False

    @property
    def rest(self) -> bool:
        """On a phone it stands below 更多."""
        return "rest" in self.css.split()


def rail_for(user: User, path: str, todo: int) -> list[Item]:
    """The entries `user` may open, the one that `path` lies under marked, `todo` on 待办."""
    items = [
        Item(entry.label, entry.icon, reverse(entry.name), count=todo if entry.name == "home:todo" else 0)
        for entry in RAIL
        if not entry.cans or any(user.may(can) for can in entry.cans)
    ]
    if user.is_staff:
        items.append(Item(ADMIN.label, ADMIN.icon, reverse(ADMIN.name), css="end"))
    if len(items) > THUMB:
        for item in items[THUMB - 1 :]:
            item.css = f"{item.css} rest".strip()
    here = max((item for item in items if path.startswith(item.url)), key=lambda i: len(i.url), default=None)
    if here:
        here.current = True
    return items
