"""Documents walked to a state by the real actions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from reception.core.documents import actions
from reception.core.documents.models import Document

RULES = """一、施工时间
装修施工时间为每日 8:00—12:00、14:00—18:00；周末和法定节假日不得进行有噪声的作业。
二、押金
装修押金 3000 元，验收合格满三个月退还，凭收据到客户服务中心办理。"""


def make_document(cast: SimpleNamespace, at: datetime, state: str = "in_force", **written: Any) -> Document:
    """《装修管理规定》 drafted by the service manager at `at`, and published or withdrawn the same minute."""
    by = written.pop("by", cast.manager)
    given = {"kind": "rules", "title": "装修管理规定", "text": RULES} | written
    valid_from = given.pop("valid_from", None)
    document = actions.draft(by=by, at=at, **given)
    if state != "draft":
        actions.publish(document, by=by, at=at, valid_from=valid_from)
    if state == "withdrawn":
        actions.withdraw(document, by=by, at=at, reason="并入新的规定")
    return document
