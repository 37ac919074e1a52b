"""The register: buildings, units, the people in them and their numbers (E5.2.1a)."""

from django.db import models
from django.db.models import Prefetch, Q

from helpdesk.cases.fields import known
from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.companies import Company
from helpdesk.directory.numbers import local_part, normalize, same_line
from helpdesk.directory.places import parse_place, split_place, tidy
from reception.core.spelling import sought

__all__ = [
    "Building",
    "Phone",
    "Resident",
    "Unit",
    "address",
    "find_unit",
    "normalize",
    "recognise",
    "search_units",
    "split_unit",
]


class Building(models.Model):
    """A building: 3栋, A座; `code` is the part that callers say first (3, A)."""

    name = models.CharField("楼栋", max_length=20, unique=True)
    code = models.CharField("编码", max_length=4, unique=True, help_text="报地址时的第一段，如 3、A")
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "楼栋"
        verbose_name_plural = "楼栋"
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="building_has_name")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit with its label as everybody writes it: 3栋1202, 2栋1单元301."""

    building = models.ForeignKey(
        Building, verbose_name="楼栋", on_delete=models.PROTECT, related_name="units"
    )
    unit_no = models.CharField("单元", max_length=4, blank=True)
    room = models.CharField("房号", max_length=8)
    label = models.CharField("地址", max_length=40, unique=True)
    kind = models.CharField("用途", max_length=8, choices=UnitKind.choices, default=UnitKind.HOME)

    class Meta:
        verbose_name = "房号"
        verbose_name_plural = "房号"
        ordering = ["building__order", "unit_no", "room"]
        constraints = [
            models.UniqueConstraint(fields=["building", "unit_no", "room"], name="unit_once"),
            models.CheckConstraint(condition=~Q(room="") & ~Q(label=""), name="unit_has_room"),
            known("unit", "kind", UnitKind),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The page of this unit."""
        return f"/helpdesk/directory/units/{self.pk}/"

    @property
    def short(self) -> str:
        """What a clerk types for it: 3-1202, 2-1-301. Asks for the building."""
        return "-".join(filter(None, [self.building.code, self.unit_no, self.room]))


class ResidentQuerySet(models.QuerySet):
    """`Resident.objects.living()`."""

    def living(self) -> "ResidentQuerySet":
        """Those who have not moved out."""
        return self.filter(moved_out_on__isnull=True)


class Resident(models.Model):
    """A person the desk knows; a leader of the company is answered by the script of C8.

    company: the firm's name as the desk writes it, firm: its record. moved_out_on: since that day they live here no
    more; the record stays, for calls and orders point to it. sought: how they are found, by sound too.
    """

    unit = models.ForeignKey(
        Unit, verbose_name="房号", on_delete=models.PROTECT, null=True, blank=True, related_name="residents"
    )
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("称呼", max_length=8, blank=True, help_text="女士、先生、老师")
    kind = models.CharField("身份", max_length=10, choices=ResidentKind.choices, default=ResidentKind.OWNER)
    company = models.CharField("公司名称", max_length=80, blank=True)
    firm = models.ForeignKey(
        Company, verbose_name="公司", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    is_leader = models.BooleanField("公司领导", default=False)
    moved_out_on = models.DateField("搬出日期", null=True, blank=True)
    sought = models.TextField(editable=False, default="")
    revision = models.PositiveIntegerField("版本", default=0, editable=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = "住户与商户"
        verbose_name_plural = "住户与商户"
        ordering = ["unit__building__order", "unit__room", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="resident_has_name"),
            known("resident", "kind", ResidentKind),
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.title}"

    def get_absolute_url(self) -> str:
        """Their place on the page of the unit, or of the company."""
        if self.unit_id:
            return f"/helpdesk/directory/units/{self.unit_id}/#p-{self.pk}"
        return (
            f"/helpdesk/directory/companies/{self.firm_id}/#p-{self.pk}"
            if self.firm_id
            else "/helpdesk/directory/"
        )

    @property
    def no(self) -> str:
        """What the ledger calls them: 3栋1202 周敏."""
        return f"{self.unit or self.company} {self.name}".strip()[:32]

    def clean(self) -> None:
        """Keep what is searched equal to what is written; actions, forms and the admin call this."""
        self.sought = sought(self.name, self.company)


class Phone(models.Model):
    """A number of a resident: as written, and as digits to be found by. A number may be shared."""

    resident = models.ForeignKey(
        Resident, verbose_name="住户", on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField("电话", max_length=32)
    digits = models.CharField(max_length=16, editable=False)
    local = models.CharField(max_length=16, editable=False, db_index=True)

    class Meta:
        verbose_name = "电话"
        verbose_name_plural = "电话"
        constraints = [
            models.UniqueConstraint(fields=["resident", "digits"], name="phone_once_a_resident"),
            models.CheckConstraint(condition=~Q(digits="") & ~Q(local=""), name="phone_has_digits"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def of(cls, resident: Resident, number: str) -> "Phone":
        """An unsaved number of `resident`, ready to be found."""
        phone = cls(resident=resident, number=number)
        phone.clean()
        return phone

    def clean(self) -> None:
        """Keep what is searched equal to what is written; forms and the admin call this."""
        self.digits = normalize(self.number)
        self.local = local_part(self.digits)


def recognise(number: str) -> list[Resident]:
    """Everybody whom `number` may belong to, with their units: several for a shared line, [] for a stranger;
    not those who moved out.

    However it is written: separators, +86, 0086, full-width digits; a landline also without its area code.
    """
    digits = normalize(number)
    if len(digits) < 7:
        return []
    phones = (
        Phone.objects.filter(local=local_part(digits), resident__moved_out_on__isnull=True)
        .select_related("resident__unit__building")
        .order_by("resident_id")
    )
    return [phone.resident for phone in phones if same_line(phone.digits, digits)]


def find_unit(text: str) -> Unit | None:
    """The one unit that the whole of `text` names: 3-502, 3栋1202, 3号楼502室, A座1806. None when it is none or several."""
    place = parse_place(text)
    if place is None:
        return None
    rows = Unit.objects.filter(building__code=place.building, room=place.room)
    if place.unit_no:
        rows = rows.filter(unit_no=place.unit_no)
    found = list(rows.select_related("building")[:2])
    return found[0] if len(found) == 1 else None


def split_unit(text: str) -> tuple[Unit | None, str]:
    """(the unit that `text` begins with, what follows it): 3-502 厨房 → (3栋502, 厨房)."""
    place, rest = split_place(text)
    if place is None:
        return None, text.strip()
    head = "-".join(filter(None, [place.building, place.unit_no, place.room]))
    unit = find_unit(head)
    return (unit, rest) if unit else (None, text.strip())


def address(unit: Unit | None, text: str) -> tuple[Unit | None, str]:
    """(unit, the address as it is written down): 3-502 厨房 → (3栋502, 3栋502 厨房). A given unit is kept."""
    rest = text.strip()
    if unit and rest.startswith(unit.label):
        rest = rest.removeprefix(unit.label).strip()
    elif rest:
        said, after = split_unit(rest)
        if said and (unit is None or said.pk == unit.pk):
            unit, rest = said, after
    return unit, " ".join(filter(None, [unit.label if unit else "", rest]))[:120]


def search_units(text: str) -> models.QuerySet[Unit]:
    """Units whose label, room or short form begins with or holds `text`, or somebody who lives there by name or by
    initials (zm), with the living residents prefetched."""
    plain = tidy(text)
    living = Prefetch("residents", Resident.objects.living())
    rows = Unit.objects.select_related("building").prefetch_related(living)
    building, dash, room = plain.partition("-")
    if dash:
        return rows.filter(building__code=building, room__startswith=room.rpartition("-")[2])
    return rows.filter(
        Q(label__icontains=plain)
        | Q(room__startswith=plain)
        | (
            Q(residents__moved_out_on__isnull=True)
            & (Q(residents__name__contains=plain) | Q(residents__sought__contains=plain.lower()))
        )
    ).distinct()
