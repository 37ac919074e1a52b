"""Choices of the 接待申请表 (records §1.1) and the states of its procedure (§1.2)."""

from django.db.models import TextChoices

from visits.profiles.choices import Nature as Nature
from visits.tasks.choices import Need as Need


class Status(TextChoices):
    """States of a reception."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "待部门审核"
    PENDING = "pending", "待领导审批"
    PREPARING = "preparing", "筹备中"
    RECEIVING = "receiving", "接待中"
    SETTLING = "settling", "待结算"
    AUDITING = "auditing", "待审核"
    CLOSING = "closing", "待归档"
    ARCHIVED = "archived", "已归档"
    RETURNED = "returned", "已退回"
    REJECTED = "rejected", "不批准"
    CANCELLED = "cancelled", "已取消"


# The applicant may still write; nothing has to be complete yet.
EDITABLE = (Status.DRAFT, Status.RETURNED)
# Before anybody decided: no tier is fixed.
UNDECIDED = (Status.DRAFT, Status.RETURNED, Status.REVIEW, Status.PENDING, Status.REJECTED)
# A leader approved and the work goes on or is over.
APPROVED = (
    Status.PREPARING,
    Status.RECEIVING,
    Status.SETTLING,
    Status.AUDITING,
    Status.CLOSING,
    Status.ARCHIVED,
)
# A form that others rely on: everything asked for is there.
COMPLETE = (Status.REVIEW, Status.PENDING, Status.REJECTED, *APPROVED)


class Purpose(TextChoices):
    """来访目的 (A1)."""

    TOUR = "tour", "参观"
    STUDY = "study", "考察"
    TALKS = "talks", "业务洽谈"
    MEETING = "meeting", "会议"
    INSPECTION = "inspection", "检查"
    OTHER = "other", "其他"


class Paper(TextChoices):
    """What a file is to its reception; the first is what 公务 asks for (records §1.1.3)."""

    LETTER = "letter", "公函或邀请函"
    SCHEDULE = "schedule", "日程"
    ROSTER = "roster", "名单"
    CONTRACT = "contract", "合同"
    OTHER = "other", "其他"


# Photographs of the day stand with the notes, not among the papers.
PHOTO = "photo"
