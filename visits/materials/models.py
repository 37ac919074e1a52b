"""A material and its movements: append-only rows whose sum is the stock (A5.2)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reception.core.ledger.models import Subject
from reception.core.pairs import paired, when, who
from visits.materials.choices import ADDS, FACES, LESSENS, Language, MaterialKind, StockKind
from visits.materials.queries import MaterialQuerySet, StockMoveQuerySet


class Material(Subject):
    """One material in one edition and language. stock, minimum: 件; `stock` is the sum of its movements and only the
    actions write it. valid_until: the last Shanghai day on which a certificate is good, None for no end; warned:
    which of WARN_BEFORE its keepers were told last. `sought`, `sound`: how it is searched and sorted."""

    kind = models.CharField("种类", max_length=12, choices=MaterialKind.choices)
    name = models.CharField("名称", max_length=60)
    edition = models.CharField("版次", max_length=30, blank=True)
    language = models.CharField("语言", max_length=6, choices=Language.choices, default=Language.ZH)
    place = models.CharField("存放地点", max_length=60)
    department = models.ForeignKey(
        "core.Department", verbose_name="保管部门", on_delete=models.PROTECT, related_name="materials"
    )
    minimum = models.PositiveIntegerField("最低库存（件）", default=0)
    stock = models.PositiveIntegerField("库存（件）", default=0)
    cert_no = models.CharField("证书编号", max_length=60, blank=True)
    issuer = models.CharField("发证机构", max_length=60, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    warned = models.PositiveSmallIntegerField("已提醒（天）", null=True, blank=True, editable=False)
    note = models.CharField("说明", max_length=200, blank=True)
    stopped_at, stopped_by = when("停用时间"), who("停用人")
    stop_reason = models.CharField("停用原因", max_length=200, blank=True)
    sound = models.CharField("读音", max_length=200, blank=True, editable=False)
    sought = models.TextField("检索", blank=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "样册资料"
        ordering = ["sound", "id"]
        indexes = [models.Index(fields=["sound", "id"], name="material_by_sound")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "edition", "language"], name="material_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="material_has_name_and_place"),
            models.CheckConstraint(condition=Q(kind__in=MaterialKind.values), name="material_kind_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="material_language_known"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="material_stock_never_negative"),
            models.CheckConstraint(
                condition=~Q(kind="credential") | (~Q(cert_no="") & ~Q(issuer="")), name="material_certificate_says_whose"
            ),
            paired("material", "stopped"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stop_reason="") | (Q(stopped_at__isnull=False) & ~Q(stop_reason="")),
                name="material_stopped_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return " ".join(
            filter(
                None,
                (
                    self.name,
                    self.edition,
                    "" if self.language == Language.ZH else self.get_language_display(),
                ),
            )
        )

    @property
    def title(self) -> str:
        """What lists show of it."""
        return str(self)

    @property
    def face(self) -> tuple[str, str]:
        """Character and colour of its tile."""
        return FACES[self.kind]

    @property
    def low(self) -> bool:
        """Whether less lies there than should."""
        return self.stock < self.minimum

    def expired(self, on: date) -> bool:
        """Whether its certificate no longer holds on the Shanghai day `on`."""
        return self.valid_until is not None and self.valid_until < on

    def expiring(self, on: date) -> bool:
        """Whether its certificate runs out within sixty days of `on`, and has not yet."""
        return self.valid_until is not None and on <= self.valid_until <= on + timedelta(days=60)

    def get_absolute_url(self) -> str:
        """The page of this material."""
        return f"/visits/materials/{self.no}/"


class StockMove(models.Model):
    """One movement of one material; written once and never changed (the engine refuses it).

    number: counts the material's movements; change: 件, more or less; balance: what lay there afterwards. reception,
    recipient: at which reception it was given to whom; department: who took it; origin: what was brought back.
    """

    material = models.ForeignKey(
        Material, verbose_name="资料", on_delete=models.PROTECT, related_name="moves"
    )
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("变动", max_length=6, choices=StockKind.choices)
    change = models.IntegerField("增减（件）")
    balance = models.PositiveIntegerField("结存（件）")
    moved_at = models.DateTimeField("时间")
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经手人", on_delete=models.PROTECT, related_name="+"
    )
    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, null=True, blank=True, related_name="stock_moves"
    )  # fmt: skip
    recipient = models.CharField("发给谁", max_length=60, blank=True)
    department = models.ForeignKey(
        "core.Department",
        verbose_name="领用部门",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    origin = models.ForeignKey(
        "self",
        verbose_name="退的是哪一笔",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="backs",
    )
    note = models.CharField("说明", max_length=200, blank=True)

    objects = StockMoveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资料出入库"
        default_permissions = ("view",)
        ordering = ["-moved_at", "-id"]
        indexes = [models.Index(fields=["-moved_at", "-id"], name="stockmove_newest")]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="stockmove_number_once"),
            models.CheckConstraint(condition=Q(kind__in=StockKind.values), name="stockmove_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=ADDS, change__gt=0)
                | Q(kind__in=LESSENS, change__lt=0)
                | Q(kind="count"),
                name="stockmove_adds_or_lessens",
            ),
            models.CheckConstraint(condition=Q(balance__gte=0), name="stockmove_balance_never_negative"),
            models.CheckConstraint(condition=Q(balance__gte=F("change")), name="stockmove_balance_after"),
            models.CheckConstraint(
                condition=(Q(kind="give", reception__isnull=False) & ~Q(recipient="")) | ~Q(kind="give"),
                name="stockmove_given_to_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind="take", department__isnull=False) | ~Q(kind="take"),
                name="stockmove_taken_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(kind="back", origin__isnull=False) | (~Q(kind="back") & Q(origin__isnull=True)),
                name="stockmove_back_of_what",
            ),
            models.CheckConstraint(
                condition=~Q(kind="scrap") | ~Q(note=""), name="stockmove_scrapped_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} {self.get_kind_display()} {abs(self.change)} 件"
