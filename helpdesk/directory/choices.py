"""What the register of the estate chooses from."""

from django.db import models


class UnitKind(models.TextChoices):
    """What a unit is used for."""

    HOME = "home", "住宅"
    SHOP = "shop", "商铺"
    OFFICE = "office", "办公"


class ResidentKind(models.TextChoices):
    """What a person is to the estate."""

    OWNER = "owner", "业主"
    TENANT = "tenant", "租户"
    MERCHANT = "merchant", "商户"
    STAFF = "staff", "员工"
