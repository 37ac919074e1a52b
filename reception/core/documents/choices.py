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


class Step(models.TextChoices):
    """The steps of the work whose screens open the documents that belong to them (B3b, C1)."""

    CALL = "call", "接电话"
    VISITOR = "visitor", "接待访客"
    ENQUIRY = "enquiry", "答复查询"
    REPAIR = "repair", "报修"
    COMPLAINT = "complaint", "投诉"
    MATTER = "matter", "其他问题"
    EMERGENCY = "emergency", "突发事件"
    DAY = "day", "值班与汇总"
    REPORT = "report", "月度报告"
    APPLY = "apply", "接待申请"
    DECIDE = "decide", "审批定级"
    PREPARE = "prepare", "接待准备"
    HOST = "host", "当天接待"
    HALL = "hall", "展厅参观"
    MEETING = "meeting", "政府会议"
    SETTLE = "settle", "接待结算"
    CUSTOMER = "customer", "客户往来"


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
