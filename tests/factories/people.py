"""The cast: the same people, departments and positions in every test."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS

from reception.core.people.choices import Rank
from reception.core.people.models import Department, Position, User

PASSWORD = "green-tea-at-ten"  # not the demo's: that one opens nothing where DEMO is off
DEPARTMENTS = {
    "leaders": "公司领导",
    "sales": "营销部",
    "tech": "技术品质部",
    "make": "制造部",
    "quality": "品质检验部",
    "general": "综合部",
    "office": "办公室",
    "reception": "接待部",
    "service": "客户服务部",
    "engineering": "工程部",
    "estate": "物管中心",
    "energy": "能源中心",
}
REVIEWING = {"sales"}  # whose requests pass the department's head first
# username: name, role ("" for none), department, rank, whether the head of the department
PEOPLE = {
    "gm": ("沈国栋", "leader", "leaders", Rank.GENERAL, True),
    "vgm": ("何志远", "leader", "leaders", Rank.VICE, False),
    "vgm2": ("秦岚", "leader", "leaders", Rank.VICE, False),
    "sales": ("顾清", "staff", "sales", Rank.STAFF, False),
    "sales2": ("柳叶", "staff", "sales", Rank.STAFF, False),
    "sales_head": ("邱实", "head", "sales", Rank.HEAD, True),
    "tech": ("方可", "head", "tech", Rank.HEAD, True),
    "make": ("邓文", "head", "make", Rank.HEAD, True),
    "quality": ("梁雨", "head", "quality", Rank.HEAD, True),
    "general": ("吴江", "head", "general", Rank.HEAD, True),
    "office": ("孟瑶", "office", "office", Rank.HEAD, True),
    "reception": ("许岚", "reception_manager", "reception", Rank.SUPERVISOR, True),
    "clerk": ("林晓雯", "clerk", "service", Rank.STAFF, False),
    "clerk2": ("周宁", "clerk", "service", Rank.STAFF, False),
    "assistant": ("赵敏", "assistant", "service", Rank.STAFF, False),
    "repairer": ("陈建国", "repairer", "engineering", Rank.STAFF, False),
    "repairer2": ("许志明", "repairer", "engineering", Rank.STAFF, False),
    "manager": ("郑维", "manager", "service", Rank.HEAD, True),
    "director": ("高原", "director", "estate", Rank.HEAD, True),
    "energy": ("罗一鸣", "energy", "energy", Rank.HEAD, True),
    "auditor": ("宋慎", "auditor", "office", Rank.STAFF, False),
    "admin": ("管理员", "admin", "office", Rank.STAFF, False),
    "stranger": ("路人", "", "energy", Rank.STAFF, False),
}


@cache
def hashed() -> str:
    """One cheap hash for all: it is not what the tests are about."""
    return MD5PasswordHasher().encode(PASSWORD, "salt")


def department_row(code: str) -> Department:
    """A department of that code, not saved."""
    return Department(code=code, name=DEPARTMENTS.get(code, code), reviews=code in REVIEWING)


def user_row(username: str, name: str, role: str, of: Department, at: Position) -> User:
    """A person with PASSWORD, not saved and in no group; leaders and administrators may enter the admin."""
    return User(
        username=username,
        name=name or username,
        password=hashed(),
        department=of,
        position=at,
        is_staff=role in {"leader", "admin"},
    )


def department(code: str) -> Department:
    """The department of that code, made on first use."""
    return (
        Department.objects.filter(code=code).first()
        or Department.objects.bulk_create([department_row(code)])[0]
    )


def position(rank: Rank) -> Position:
    """A position of that rank, made on first use."""
    return Position.objects.get_or_create(name=rank.label, defaults={"rank": rank})[0]


def make_user(
    username: str,
    role: str = "staff",
    department_code: str = "sales",
    rank: Rank = Rank.STAFF,
    *,
    name: str = "",
    head: bool = False,
) -> User:
    """A person who can sign in with PASSWORD; role "" holds none; head makes them the department's head."""
    of = department(department_code)
    user = user_row(username, name, role, of, position(rank))
    user.save()
    if role:
        user.groups.add(Group.objects.get(name=role))
    if head:
        of.head = user
        of.save(update_fields=["head"])
    return user


def settle_cast() -> None:
    """Put everybody of PEOPLE and every department of DEPARTMENTS into an empty house."""
    departments = {code: department_row(code) for code in DEPARTMENTS}
    Department.objects.bulk_create(departments.values())
    positions = {rank: position(rank) for rank in sorted({row[3] for row in PEOPLE.values()})}
    users = {
        username: user_row(username, name, role, departments[code], positions[rank])
        for username, (name, role, code, rank, _) in PEOPLE.items()
    }
    User.objects.bulk_create(users.values())
    groups = dict(Group.objects.values_list("name", "pk"))
    holds = User.groups.through
    holds.objects.bulk_create(
        holds(user_id=users[username].pk, group_id=groups[role])
        for username, (_, role, _, _, _) in PEOPLE.items()
        if role
    )
    for username, (_, _, code, _, head) in PEOPLE.items():
        if head:
            departments[code].head = users[username]
    Department.objects.bulk_update(departments.values(), ["head"])


def cast() -> SimpleNamespace:
    """Everybody of PEOPLE as they stand in the database, by username: fresh objects, two queries."""
    departments = {row.pk: row for row in Department.objects.all()}
    people = {row.pk: row for row in User.objects.filter(username__in=PEOPLE).select_related("position")}
    for department in departments.values():
        if department.head_id:
            department.head = people[department.head_id]
    for person in people.values():
        person.department = departments[person.department_id]
    return SimpleNamespace(**{person.username: person for person in people.values()})


def empty_house() -> None:
    """Nobody and no department, as the migrations leave it; inside a test's transaction only."""
    Department.objects.update(head=None)
    for model in (User.groups.through, User, Department, Position):
        model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)
