"""The fictional company and estate of the demo: departments, positions and people."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from reception.core.people.choices import Rank
from reception.core.people.models import Department, Position, User

PASSWORD = "demo"
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
POSITIONS = {
    "总经理": Rank.GENERAL,
    "副总经理": Rank.VICE,
    "主任": Rank.HEAD,
    "部门经理": Rank.HEAD,
    "接待经理": Rank.SUPERVISOR,
    "主管": Rank.SUPERVISOR,
    "员工": Rank.STAFF,
}
# username, name, department, position, roles, 班组, whether the head of the department
PEOPLE = (
    ("gm", "沈国栋", "leaders", "总经理", "leader", "", True),
    ("vgm", "何志远", "leaders", "副总经理", "leader", "", False),
    ("vgm2", "秦岚", "leaders", "副总经理", "leader", "", False),
    ("sales", "顾清", "sales", "员工", "staff", "", False),
    ("sales_head", "邱实", "sales", "部门经理", "head", "", True),
    ("tech", "方可", "tech", "部门经理", "head", "", True),
    ("make", "邓文", "make", "部门经理", "head", "", True),
    ("quality", "梁雨", "quality", "部门经理", "head", "", True),
    ("general", "吴江", "general", "部门经理", "head", "", True),
    ("general2", "沈宁", "general", "员工", "staff", "", False),
    ("office", "孟瑶", "office", "主任", "office", "", True),
    ("reception", "许岚", "reception", "接待经理", "reception_manager", "", True),
    ("clerk", "林晓雯", "service", "员工", "clerk", "", False),
    ("clerk2", "周宁", "service", "员工", "clerk", "", False),
    ("assistant", "赵敏", "service", "员工", "assistant", "", False),
    ("manager", "郑维", "service", "部门经理", "manager", "", True),
    ("repairer", "陈建国", "engineering", "员工", "repairer", "水电组", False),
    ("repairer2", "许志明", "engineering", "员工", "repairer", "水电组", False),
    ("repairer3", "马涛", "engineering", "员工", "repairer", "综合组", False),
    ("director", "高原", "estate", "主任", "director", "", True),
    ("energy", "罗一鸣", "energy", "主任", "energy", "", True),
    ("auditor", "宋慎", "office", "员工", "auditor", "", False),
    ("admin", "管理员", "office", "员工", "admin", "", False),
)
# What the sign-in page offers in demo mode, in this order.
CARDS = ("sales", "sales_head", "gm", "vgm", "general", "tech", "reception", "office", "clerk", "assistant",
         "repairer", "manager", "director", "auditor", "admin")  # fmt: skip


def build_people() -> None:
    """Create the demo's departments, positions and people. Refused (AssertionError) when DEMO is off."""
    assert settings.DEMO, "DEMO 没有打开，不能建立演示账号"
    departments = {
        code: Department.objects.update_or_create(code=code, defaults={"name": name, "order": order})[0]
        for order, (code, name) in enumerate(DEPARTMENTS.items())
    }
    positions = {
        name: Position.objects.update_or_create(name=name, defaults={"rank": rank})[0]
        for name, rank in POSITIONS.items()
    }
    secret = make_password(PASSWORD)  # hashed once: twenty hashes are most of a cold start
    for index, (username, name, department, position, role, trade, is_head) in enumerate(PEOPLE, 1):
        user = User(
            username=username, name=name, password=secret, department=departments[department],
            position=positions[position], trade=trade, job_no=f"YH-{index:03d}", phone=f"1380000{index:04d}",
            is_staff=role in ("leader", "admin"),
        )  # fmt: skip
        user.save(force_insert=True)
        user.groups.add(Group.objects.get(name=role))
        if is_head:
            Department.objects.filter(code=department).update(head=user)
    Department.objects.filter(code="sales").update(reviews=True)
