"""Which receptions the demo holds: the quiet past by chance, what is going on now by hand."""

from dataclasses import dataclass
from random import Random

from visits.demo.names import CUSTOMERS, SUBJECTS

NEEDS = {
    "vip": ("pick", "room", "sign", "meal", "bed", "tour", "docs", "gift", "ticket"),
    "guest": ("pick", "room", "sign", "meal", "bed", "tour", "docs"),
    "business": ("room", "sign", "meal", "tour", "docs"),
    "regular": ("room", "meal", "docs"),
}
HOSTS = {"vip": ("gm",), "guest": ("vgm", "vgm2"), "business": ("vgm2", "vgm"), "regular": ("sales_head",)}


@dataclass(frozen=True)
class Visit:
    """One reception to play. day: working days from today to the arrival (negative: ago); story: what
    becomes of it, see stage.py; lead: working days between the application and the arrival."""

    customer: int
    day: int
    hour: int
    stay: int
    tier: str
    purpose: str
    subject: str
    applicant: str
    host: str
    headcount: int
    story: str = ""
    lead: int = 9
    nature: str = "business"


# What a visitor of the demo finds: customer, day, hour, stay, tier, purpose, subject, applicant, host, heads, story
NOW = (
    Visit(0, 6, 9, 30, "guest", "study", "供应商现场审核：看总装线与检测中心，谈年度框架协议（约1,200万元）", "sales", "vgm", 6, "pending_over", 7),
    Visit(1, 9, 10, 28, "vip", "talks", "轨道项目战略合作签约前的最后一轮洽谈", "sales", "gm", 8, "pending", 11),
    Visit(10, 5, 14, 4, "business", "talks", "铸件年度价格谈判", "sales_head", "vgm2", 4, "pending", 6),
    Visit(13, 7, 9, 6, "regular", "tour", "采购主管首次来访，参观车间", "sales", "sales_head", 3, "review", 8),
    Visit(5, 8, 9, 26, "guest", "study", "联合研发平台验收考察", "sales", "vgm", 5, "returned", 10),
    Visit(3, 11, 10, 6, "business", "talks", "储能机柜样件评审", "sales", "vgm2", 4, "draft", 12),
    Visit(16, 14, 9, 6, "regular", "tour", "项目经理参观", "sales", "sales_head", 2, "draft", 15),
    Visit(2, 1, 9, 28, "guest", "study", "变电站机构件设计联络会", "sales", "vgm", 6, "hurried", 1),
    Visit(4, 2, 10, 26, "guest", "study", "岸桥配套件现场考察", "sales", "vgm2", 5, "late", 8),
    Visit(6, 3, 9, 5, "guest", "study", "智能制造试点工作调研", "office", "vgm", 12, "", 8, "official"),
    Visit(8, 4, 14, 22, "business", "talks", "泵站改造项目技术澄清", "sales", "vgm2", 4, "late", 9),
    Visit(11, 5, 9, 6, "business", "tour", "师生实习基地回访", "office", "vgm2", 10, "", 8, "other"),
    Visit(12, 7, 9, 30, "vip", "inspection", "航空附件二方审核", "sales", "gm", 7, "returned_once", 12),
    Visit(15, 10, 13, 5, "regular", "talks", "收割机变速箱备件洽谈", "sales", "sales_head", 3, "", 12),
    Visit(9, 0, 8, 54, "guest", "study", "煤机减速器产能考察", "sales", "vgm", 6, "receiving", 9),
    Visit(7, -1, 9, 4, "business", "study", "园区企业服务调研", "office", "vgm2", 8, "open_end", 8, "official"),
    Visit(14, -3, 14, 4, "regular", "tour", "商会会员企业参观", "office", "office", 15, "settled", 8, "other"),
    Visit(17, -5, 9, 30, "business", "inspection", "质量体系监督审核", "sales", "vgm", 3, "over_end", 9),
    Visit(10, -6, 9, 6, "business", "talks", "铸件样件检测结果交流", "sales", "vgm2", 4, "audited", 9),
    Visit(3, -8, 10, 6, "business", "talks", "储能机柜首轮报价澄清", "sales", "vgm2", 4, "retro", 0),
    Visit(16, -12, 9, 26, "vip", "study", "叶片轴承座考察", "sales", "gm", 5, "reject", 9),
    Visit(5, -15, 9, 26, "guest", "talks", "控制系统打包采购洽谈", "sales", "vgm", 4, "cancel_late", 9),
    Visit(13, -20, 10, 5, "regular", "tour", "设备采购前参观", "sales", "sales_head", 3, "cancel_early", 9),
    Visit(0, -34, 9, 28, "business", "talks", "上年度框架协议续签", "sales", "vgm", 5, "retier", 9),
    Visit(1, -46, 9, 28, "guest", "study", "转向架构件试制考察", "sales", "vgm", 6, "returned_once", 10),
)  # fmt: skip

MEETING = Visit(
    7, 12, 14, 4, "guest", "meeting", "园区重点项目推进座谈会", "office", "vgm2", 9, "", 8, "government"
)


def past(rng: Random, count: int = 22) -> list[Visit]:
    """`count` receptions of the last three months that went their way, spread over the working days."""
    visits = []
    for index in range(count):
        customer = (index * 5 + 2) % len(CUSTOMERS)
        kind = CUSTOMERS[customer][1]
        tier = rng.choices(("vip", "guest", "business", "regular"), (1, 4, 5, 4))[0]
        purpose = rng.choice(tuple(SUBJECTS))
        office = kind in ("other", "public")
        visits.append(
            Visit(
                customer,
                -11 - index * 2 - rng.randrange(2),
                rng.choice((9, 10, 14)),
                rng.choice((5, 6, 26, 30)),
                tier,
                purpose,
                rng.choice(SUBJECTS[purpose]),
                "office" if office else "sales",
                rng.choice(HOSTS[tier]),
                rng.randint(2, 8),
                "",
                rng.randint(7, 10),
                {"other": "other", "public": "government"}.get(kind, "business"),
            )
        )
    return visits
