"""What was added to a record: the facts of a file. The bytes lie under MEDIA_ROOT, by a random name."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class AttachmentQuerySet(models.QuerySet):
    """`Attachment.objects.of(reception).live()`."""

    def of(self, subject: models.Model) -> "AttachmentQuerySet":
        """Everything ever added to `subject`, oldest first."""
        return self.about(subject._meta.label_lower, subject.pk)

    def about(self, kind: str, *ids: int) -> "AttachmentQuerySet":
        """Everything ever added to these records of one kind (`visits.reception`), oldest first."""
        return self.filter(subject_kind=kind, subject_id__in=ids).order_by("uploaded_at", "id")

    def live(self) -> "AttachmentQuerySet":
        """Those that nobody removed."""
        return self.filter(removed_at__isnull=True)

    def for_page(self) -> "AttachmentQuerySet":
        """With the names that a list shows, in one query."""
        return self.select_related("uploaded_by", "removed_by")


class Attachment(models.Model):
    """One file of a record. A removal hides it and says why; neither the row nor its event ever goes (D4.3.3).

    role: what it is to its record, in the record's own words (letter, photo, evidence, …). size: bytes as
    stored. width, height: pixels, of images only. stored: its random name, known to nobody but the database.
    """

    subject_kind = models.CharField("类别", max_length=48)
    subject_id = models.BigIntegerField("对象")
    role = models.CharField("用途", max_length=16)
    name = models.CharField("文件名", max_length=120)
    stored = models.CharField("存放名", max_length=40, unique=True)
    mime = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    width = models.PositiveIntegerField("宽（像素）", null=True, blank=True)
    height = models.PositiveIntegerField("高（像素）", null=True, blank=True)
    caption = models.CharField("说明", max_length=200, blank=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="移除人",
    )
    removed_reason = models.CharField("移除原因", max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        default_permissions = ("view",)
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "uploaded_at"], name="file_of_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="file_named"),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True)
                | Q(width__isnull=False, height__isnull=False, width__gt=0, height__gt=0),
                name="file_width_with_height",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
                name="file_removed_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is served to who may see its record."""
        return f"/files/{self.stored}/"

    @property
    def is_image(self) -> bool:
        """Whether it was rebuilt from pixels, so that a browser may show it in a page."""
        return self.width is not None

    @property
    def size_text(self) -> str:
        """312 KB, 4.1 MB."""
        return f"{self.size / 1048576:.1f} MB" if self.size >= 1048576 else f"{max(1, self.size // 1024)} KB"

    @property
    def small_url(self) -> str:
        """Its preview of at most 400 pixels; "" for what has none."""
        return f"/files/{self.stored}/small/" if self.is_image else ""
