"""The filters that a person used last on a list: one row a person and list."""

from django.conf import settings
from django.db import models


class RememberedFilter(models.Model):
    """`query` is the list's address after the question mark, of known filters only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=32)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "上次的筛选"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_filter_a_list")]

    def __str__(self) -> str:
        return f"{self.name}?{self.query}"
