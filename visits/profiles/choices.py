"""接待性质: what a rule profile is chosen by (records §1.1)."""

from django.db.models import TextChoices


class Nature(TextChoices):
    """接待性质. 其他来宾 are the office's to receive (A8.2)."""

    BUSINESS = "business", "商务"
    GOVERNMENT = "government", "政府会议"
    OFFICIAL = "official", "公务"
    FOREIGN = "foreign", "外事"
    OTHER = "other", "其他来宾"
