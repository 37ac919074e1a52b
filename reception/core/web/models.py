"""One row per submitted form: the same form sent again finds it and changes nothing."""

from django.conf import settings
from django.db import models


class Once(models.Model):
    """A form's token, who sent it, and where the first sending led."""

    token = models.CharField(max_length=36)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    location = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "表单"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="one_effect_a_form")]
        indexes = [models.Index(fields=["created_at"], name="once_age")]

    def __str__(self) -> str:
        return self.token
