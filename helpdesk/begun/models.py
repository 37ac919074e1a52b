"""A call that was begun and is not recorded yet: what is typed survives the browser and the machine (E5.2.1d, D4.2)."""

from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import paired, when, who

OPEN = Q(call__isnull=True, dropped_at__isnull=True)
CLOSED = ~OPEN


class BegunQuerySet(models.QuerySet):
    """`Begun.objects.of(user).open()`."""

    def of(self, user: object) -> "BegunQuerySet":
        """What this person typed; nobody else is shown the words."""
        return self.filter(created_by=user)

    def open(self) -> "BegunQuerySet":
        """Neither recorded nor given a reason why not."""
        return self.filter(OPEN)


class Begun(models.Model):
    """One call as far as it was typed. It ends as a record, or with a reason why there is none (E5.2.1d).

    key: made by the browser, so that a save that arrives twice is one; turn: which save of the browser's this is,
    a later one never gives way to an earlier one. values: the form's fields by name, emptied when it ends;
    focus, caret, caret_end: where the hand was. parked: put aside with the interrupt key (D4.2).
    """

    key = models.CharField("键", max_length=32)
    created_at = models.DateTimeField("开始")
    created_by = models.ForeignKey(
        "core.User", verbose_name="接待员", on_delete=models.PROTECT, related_name="begun"
    )
    saved_at = models.DateTimeField("最后保存")
    turn = models.PositiveIntegerField("第几次保存", default=0)
    parked = models.BooleanField("暂挂", default=False)
    values = models.JSONField("已填", default=dict, blank=True)
    focus = models.CharField("光标所在", max_length=32, blank=True)
    caret = models.PositiveIntegerField("光标", null=True, blank=True)
    caret_end = models.PositiveIntegerField("选到", null=True, blank=True)
    call = models.ForeignKey(
        "helpdesk.Call",
        verbose_name="登记为",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="begun",
    )
    dropped_at, dropped_by = when("不登记时间"), who("不登记的人")
    drop_reason = models.CharField("不登记的原因", max_length=200, blank=True)

    objects = BegunQuerySet.as_manager()

    class Meta:
        verbose_name = "未登记的来电"
        verbose_name_plural = "未登记的来电"
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["created_by", "id"], condition=OPEN, name="begun_open"),
            models.Index(fields=["dropped_at"], condition=Q(dropped_at__isnull=False), name="begun_dropped"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["created_by", "key"], name="begun_once_a_key"),
            models.CheckConstraint(condition=~Q(key=""), name="begun_has_key"),
            paired("begun", "dropped"),
            # E5.2.1d: no call ends without a record, or a reason; never both.
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, drop_reason="")
                | (Q(dropped_at__isnull=False, call__isnull=True) & ~Q(drop_reason="")),
                name="begun_dropped_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_by} {self.title}"

    @property
    def title(self) -> str:
        """The words that say most of what it is about."""
        said = (str(self.values.get(name) or "") for name in WORDS)
        return next((words[:20] for words in said if words.strip()), "还没有写内容")


# The fields that make a call begun, the telling ones first.
WORDS = ("content", "caller_name", "number", "place", "company", "reply")
