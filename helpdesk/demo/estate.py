"""The fictional estate: eight buildings, 160 units, 120 people with their numbers."""

from random import Random

from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.companies import Company, Lease
from helpdesk.directory.models import Building, Phone, Resident, Unit

# building: storeys (from, count, step), doors a storey, use
BUILDINGS = {
    "1": (2, 10, 1, 2, UnitKind.HOME),
    "2": (2, 10, 1, 2, UnitKind.HOME),
    "3": (3, 10, 1, 2, UnitKind.HOME),
    "4": (2, 10, 1, 2, UnitKind.HOME),
    "5": (2, 10, 1, 2, UnitKind.HOME),
    "6": (2, 10, 1, 2, UnitKind.HOME),
    "7": (6, 10, 1, 2, UnitKind.HOME),
    "A": (9, 10, 1, 2, UnitKind.OFFICE),
}
# Door numbers other than 01 and 02, so that the mocks' addresses exist.
DOORS = {"1": ("02", "04"), "7": ("01", "03"), "A": ("02", "06")}
# People the mocks name: label, name, title, kind, company, number
KNOWN = (
    ("3栋1202", "周敏", "女士", "owner", "", "138 0013 8000"),
    ("5栋602", "何立", "先生", "owner", "", "139 0000 5602"),
    ("A座1806", "丁薇", "女士", "tenant", "知行设计", "0512-6543 1806"),
    ("6栋301", "吴江平", "先生", "owner", "", "139 0000 6301"),
    ("4栋201", "孙萍", "女士", "owner", "", "139 0000 4201"),
    ("1栋904", "李静", "女士", "tenant", "", "139 0000 1904"),
    ("7栋1503", "曹建", "先生", "owner", "", "139 0000 7503"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬宁佳欣怡然梓涵浩宇博文思远雨桐"
COMPANIES = (
    "知行设计",
    "云帆科技",
    "禾木教育",
    "百川财税",
    "星野文化",
    "正合律师事务所",
    "蓝桥贸易",
    "融创检测",
)
PEOPLE = 120


def build_estate(rng: Random) -> list[Resident]:
    """Create the register; returns its people with their units, the first ones those of the mocks."""
    units = {unit.label: unit for unit in _units()}
    residents = _residents(rng, units)
    _firms(residents)
    residents = Resident.objects.bulk_create(residents)
    phones = [
        Phone.of(one, KNOWN[index][5] if index < len(KNOWN) else f"139 0001 {index:04d}")
        for index, one in enumerate(residents)
    ]
    # Some have a landline too, and one line is shared by two people.
    phones += [Phone.of(one, f"0512-6543 {3000 + index:04d}") for index, one in enumerate(residents[7:40:3])]
    phones.append(Phone.of(residents[8], "0512-6543 3000"))
    Phone.objects.bulk_create(phones)
    return residents


def _firms(residents: list[Resident]) -> None:
    """Companies as records, with the offices where their people sit; everybody is found by sound."""
    rows = [Company(name=name) for name in dict.fromkeys(one.company for one in residents if one.company)]
    for row in rows:
        row.clean()
    firms = {firm.name: firm for firm in Company.objects.bulk_create(rows)}
    for one in residents:
        one.firm = firms.get(one.company)
        one.clean()
    rented = dict.fromkeys((one.firm, one.unit) for one in residents if one.firm and one.unit)
    Lease.objects.bulk_create(Lease(company=firm, unit=unit) for firm, unit in rented)


def _units() -> list[Unit]:
    """All buildings and units."""
    rows = []
    for order, (code, (first, count, step, doors, kind)) in enumerate(BUILDINGS.items()):
        name = f"{code}{'座' if code.isalpha() else '栋'}"
        building = Building.objects.create(code=code, name=name, order=order)
        names = DOORS.get(code, ("01", "02"))[:doors]
        rooms = [f"{storey}{door}" for storey in range(first, first + count * step, step) for door in names]
        rows += [Unit(building=building, room=room, label=f"{name}{room}", kind=kind) for room in rooms]
    return Unit.objects.bulk_create(rows)


def _residents(rng: Random, units: dict[str, Unit]) -> list[Resident]:
    """The people of the mocks, then others, mostly one a unit, and two leaders of the company (C8)."""
    found = [
        Resident(unit=units[label], name=name, title=title, kind=kind, company=company)
        for label, name, title, kind, company, _ in KNOWN
    ]
    free = [unit for label, unit in units.items() if label not in {row[0] for row in KNOWN}]
    rng.shuffle(free)
    for unit in free[: PEOPLE - len(found) - 2]:
        office = unit.kind == UnitKind.OFFICE
        found.append(
            Resident(
                unit=unit,
                name=rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2)))),
                title=rng.choice(("女士", "先生", "女士", "先生", "老师")),
                kind=ResidentKind.TENANT if office or rng.random() < 0.2 else ResidentKind.OWNER,
                company=rng.choice(COMPANIES) if office else "",
            )
        )
    for name in ("沈国栋", "何志远"):
        found.append(
            Resident(name=name, title="先生", kind=ResidentKind.STAFF, company="澄湖精密制造", is_leader=True)
        )
    return found
