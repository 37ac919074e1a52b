"""Companies of the estate and the units they rent (point of E5.2.1a: 公司名称 is asked first and known by name)."""

from django.db import models
from django.db.models import F, Q

from reception.core.spelling import sought, tidy


class CompanyQuerySet(models.QuerySet):
    """`Company.objects.matching("zxsj")`."""

    def matching(self, text: str) -> "CompanyQuerySet":
        """Those whose name, reading or initials hold every word."""
        rows = self
        for word in text.lower().split():
            rows = rows.filter(sought__contains=word)
        return rows


class Company(models.Model):
    """A firm by its name; its contact persons are residents with `firm`. sought: how it is found, by sound too."""

    name = models.CharField("公司名称", max_length=80, unique=True)
    note = models.CharField("备注", max_length=200, blank=True)
    sought = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField("版本", default=0, editable=False)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公司"
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="company_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this company."""
        return f"/helpdesk/directory/companies/{self.pk}/"

    @property
    def no(self) -> str:
        """What the ledger calls it."""
        return self.name[:32]

    def clean(self) -> None:
        """Keep what is searched equal to what is written; actions, forms and the admin call this."""
        self.name = tidy(self.name)
        self.sought = sought(self.name)


class Lease(models.Model):
    """A company rents a unit, from a day to a day; without `until` it does so now."""

    company = models.ForeignKey(Company, verbose_name="公司", on_delete=models.PROTECT, related_name="leases")
    unit = models.ForeignKey(
        "helpdesk.Unit", verbose_name="房号", on_delete=models.PROTECT, related_name="leases"
    )
    since = models.DateField("起租", null=True, blank=True)
    until = models.DateField("退租", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "租用"
        ordering = ["unit_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "unit"], condition=Q(until__isnull=True), name="lease_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="lease_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.unit}"
