"""What a document chooses from (records §1.4)."""

from django.db import models


class Kind(models.TextChoices):
    """What a document is."""

    RULES = "rules", "制度"
    SOP = "sop", "SOP"
    SCRIPT = "script", "话术"
    ETIQUETTE = "etiquette", "礼仪"
    TEMPLATE = "template", "模板"
    CREDENTIAL = "credential", "资质"
    BROCHURE = "brochure", "样册"


class Status(models.TextChoices):
    """Where a document stands; what of it is in force on a day is said by its versions."""

    DRAFT = "draft", "草稿"
    IN_FORCE = "in_force", "有效"
    WITHDRAWN = "withdrawn", "已废止"


# kind → (character on the tile, colour of the tile)
FACES = {
    "rules": ("制", ""),
    "sop": ("序", "v"),
    "script": ("话", "q"),
    "etiquette": ("礼", "t"),
    "template": ("模", "q"),
    "credential": ("资", "v"),
    "brochure": ("册", "t"),
}
TONES = {"draft": "warn", "in_force": "ok", "withdrawn": ""}
