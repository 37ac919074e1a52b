"""Roles and what each may do, to be read aloud; Django's groups are made equal to this table.

A role is a job in the regulations (D3, A3, B1). Code asks `user.may(Can.X)`; the stock admin asks
Django's permissions, which `sync_groups` keeps the same after every migration.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models


class Can(models.TextChoices):
    """Everything a role may be allowed to do."""

    APPLY_RECEPTION = "apply_reception", "提交接待申请"
    REVIEW_RECEPTION = "review_reception", "部门审核接待申请"
    DECIDE_RECEPTION = "decide_reception", "审批接待并定级"
    RUN_RECEPTION = "run_reception", "组织接待"
    DO_TASK = "do_task", "办理部门任务"
    AUDIT_COSTS = "audit_costs", "审核接待结算"
    ARCHIVE_RECEPTION = "archive_reception", "接待归档"
    VIEW_RECEPTIONS = "view_receptions", "查看全部接待"
    VIEW_SECRET = "view_secret", "查看涉密接待"
    LOG_CALL = "log_call", "登记来电"
    DISPATCH_REPAIR = "dispatch_repair", "派工"
    DO_REPAIR = "do_repair", "维修"
    RECEIVE_SLIP = "receive_slip", "收回底联"
    CLOSE_CASE = "close_case", "回访关闭"
    FORCE_CLOSE = "force_close", "强制关闭"
    VOID_RECORD = "void_record", "作废记录"
    REVIEW_DAY = "review_day", "审阅工作日汇总"
    CORRECT_RECORD = "correct_record", "更正他人的记录"
    ACCEPT_SITE_TIME = "accept_site_time", "认可现场时间"
    VIEW_DESK = "view_desk", "查看前台记录"
    KEEP_REGISTER = "keep_register", "维护房号名册"
    HANDLE_EMERGENCY = "handle_emergency", "处置突发事件"
    REVIEW_EMERGENCY = "review_emergency", "审核突发报告"
    CLOSE_EMERGENCY = "close_emergency", "关闭突发事件"
    CONFIRM_COMPLAINT = "confirm_complaint", "确认投诉"
    EDIT_REPORT = "edit_report", "编制客户反映情况报告"
    REVIEW_REPORT = "review_report", "审核客户反映情况报告"
    RECEIVE_REPORT = "receive_report", "接收客户反映情况报告"
    VIEW_REPORT = "view_report", "查看客户反映情况报告"
    VIEW_LEDGER = "view_ledger", "查看台账"
    KEEP_DOCUMENT = "keep_document", "维护文件"
    KEEP_RESOURCE = "keep_resource", "维护接待资源"
    OVERRIDE_BOOKING = "override_booking", "强制预订接待资源"
    ARRANGE_DELEGATION = "arrange_delegation", "为他人设置代理"
    CONFIGURE = "configure", "维护基础资料"


@dataclass(frozen=True)
class Role:
    """One job: its Chinese name, the page it opens first (a URL name) and what it may do."""

    code: str
    name: str
    first_page: str
    cans: frozenset[str]


def _role(code: str, name: str, first_page: str, *cans: Can) -> tuple[str, Role]:
    return code, Role(code, name, first_page, frozenset(can.value for can in cans))


_DESK = (
    Can.LOG_CALL,
    Can.DISPATCH_REPAIR,
    Can.RECEIVE_SLIP,
    Can.CLOSE_CASE,
    Can.HANDLE_EMERGENCY,
    Can.VIEW_DESK,
    Can.VIEW_REPORT,
    Can.EDIT_REPORT,
)
# Whom an emergency is reported to, and who signs a complaint (D4.4.2, D4.4.4).
_ABOVE = (Can.REVIEW_EMERGENCY, Can.CONFIRM_COMPLAINT)
# Who strikes out a record, and corrects what others wrote (D4.3.3); one's own record its recorder corrects.
_UNDO = (Can.VOID_RECORD, Can.CORRECT_RECORD)

# In order of precedence: the first role a person holds decides the page after sign-in.
ROLES: dict[str, Role] = dict(
    [
        _role(
            "leader",
            "公司领导",
            "home:todo",
            Can.DECIDE_RECEPTION,
            Can.VIEW_RECEPTIONS,
            Can.VIEW_REPORT,
            Can.DO_TASK,
            Can.HANDLE_EMERGENCY,
            Can.CLOSE_EMERGENCY,
            Can.CONFIRM_COMPLAINT,
        ),
        _role(
            "manager",
            "客户服务部经理",
            "board:board",
            *_DESK,
            *_ABOVE,
            *_UNDO,
            Can.REVIEW_DAY,
            Can.FORCE_CLOSE,
            Can.ACCEPT_SITE_TIME,
            Can.REVIEW_REPORT,
            Can.KEEP_DOCUMENT,
            Can.KEEP_REGISTER,
        ),
        _role(
            "director",
            "物管中心主任",
            "board:board",
            Can.VIEW_DESK,
            Can.VIEW_REPORT,
            Can.FORCE_CLOSE,
            Can.ACCEPT_SITE_TIME,
            Can.HANDLE_EMERGENCY,
            *_ABOVE,
            *_UNDO,
            Can.REVIEW_DAY,
            Can.REVIEW_REPORT,
            Can.RECEIVE_REPORT,
        ),
        _role(
            "energy",
            "能源中心主任",
            "board:board",
            Can.VIEW_DESK,
            Can.VIEW_REPORT,
            Can.HANDLE_EMERGENCY,
        ),
        _role("clerk", "前台接待员", "desk:desk", *_DESK),
        _role("assistant", "物业助理", "desk:desk", *_DESK, Can.KEEP_REGISTER),
        _role("repairer", "维修人员", "helpdesk:my_repairs", Can.DO_REPAIR),
        _role(
            "reception_manager",
            "接待经理",
            "visits:desk",
            Can.APPLY_RECEPTION,
            Can.RUN_RECEPTION,
            Can.DO_TASK,
            Can.VIEW_RECEPTIONS,
            Can.VIEW_SECRET,
            Can.AUDIT_COSTS,
            Can.ARCHIVE_RECEPTION,
            Can.KEEP_DOCUMENT,
            Can.KEEP_RESOURCE,
        ),
        _role(
            "office",
            "办公室",
            "visits:request_list",
            Can.APPLY_RECEPTION,
            Can.RUN_RECEPTION,
            Can.DO_TASK,
            Can.VIEW_RECEPTIONS,
            Can.VIEW_SECRET,
            Can.AUDIT_COSTS,
            Can.ARCHIVE_RECEPTION,
            Can.ARRANGE_DELEGATION,
            Can.KEEP_DOCUMENT,
            Can.KEEP_RESOURCE,
            Can.OVERRIDE_BOOKING,
        ),
        _role(
            "head",
            "部门负责人",
            "home:todo",
            Can.APPLY_RECEPTION,
            Can.REVIEW_RECEPTION,
            Can.RUN_RECEPTION,
            Can.DO_TASK,
            Can.ARCHIVE_RECEPTION,
        ),
        _role(
            "staff",
            "经办人",
            "visits:request_list",
            Can.APPLY_RECEPTION,
            Can.RUN_RECEPTION,
            Can.DO_TASK,
            Can.ARCHIVE_RECEPTION,
        ),
        _role(
            "auditor",
            "审计",
            "visits:request_list",
            Can.VIEW_RECEPTIONS,
            Can.VIEW_DESK,
            Can.VIEW_REPORT,
            Can.VIEW_LEDGER,
        ),
        _role(
            "admin",
            "管理员",
            "admin:index",
            Can.CONFIGURE,
            Can.VIEW_LEDGER,
            Can.ARRANGE_DELEGATION,
            Can.KEEP_DOCUMENT,
            Can.KEEP_REGISTER,
        ),
    ]
)


def sync_groups(**kwargs: Any) -> None:
    """Make Django's groups and their permissions equal to ROLES. Called after every migration."""
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    from reception.core.people.models import User

    kind = ContentType.objects.get_for_model(User)
    for can in Can:
        Permission.objects.update_or_create(
            content_type=kind, codename=can.value, defaults={"name": can.label}
        )
    for role in ROLES.values():
        group, _ = Group.objects.get_or_create(name=role.code)
        group.permissions.set(Permission.objects.filter(content_type=kind, codename__in=role.cans))
