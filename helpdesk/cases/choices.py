"""What all records of the desk choose from."""

from django.db import models


class Kind(models.TextChoices):
    """What a caller wants: the first level of the category tree (D4.3.1, records §2 电话记录)."""

    ENQUIRY = "enquiry", "查询"
    REPAIR = "repair", "报修"
    COMPLAINT = "complaint", "投诉"
    ADVICE = "advice", "建议"
    PRAISE = "praise", "表扬"
    HELP = "help", "求助"
    EMERGENCY = "emergency", "突发"
    TRANSFER = "transfer", "转接"
