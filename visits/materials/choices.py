"""Kinds of materials, and what happens to them (A5.2)."""

from django.db.models import TextChoices


class MaterialKind(TextChoices):
    """种类, in the order of the list."""

    BROCHURE = "brochure", "样册"
    CREDENTIAL = "credential", "资质文件"
    LEAFLET = "leaflet", "单页"
    SAMPLE = "sample", "样品"


class Language(TextChoices):
    """语言."""

    ZH = "zh", "中文"
    EN = "en", "英文"
    BOTH = "both", "中英文"
    OTHER = "other", "其他语言"


class StockKind(TextChoices):
    """What a movement is. The sum of all is what lies there."""

    IN = "in", "入库"
    TAKE = "take", "领用"
    GIVE = "give", "发放"
    BACK = "back", "退回"
    COUNT = "count", "盘点"
    SCRAP = "scrap", "报废"


ADDS, LESSENS = (StockKind.IN, StockKind.BACK), (StockKind.TAKE, StockKind.GIVE, StockKind.SCRAP)
FACES = {"brochure": ("册", "t"), "credential": ("资", "v"), "leaflet": ("页", "q"), "sample": ("样", "")}
MOVE_FACES = {"in": ("入", "v"), "take": ("领", "q"), "give": ("发", ""), "back": ("退", "v"), "count": ("盘", "t"), "scrap": ("废", "e")}  # fmt: skip
# Days before a certificate runs out on which its keepers are told; 0 is the day after the last one.
WARN_BEFORE = (60, 30, 7, 0)
MOST = 99_999  # 件 of one movement, and of one material
# States of a reception in which something is handed out.
GIVING = ("preparing", "receiving", "settling")
