"""The loader is the permission: what a person may not see does not exist for them."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


def load(queryset: QuerySet[M], **lookup: object) -> M:
    """The one row of an already scoped queryset, or Http404 with a sentence."""
    # PostgreSQL cannot even be asked for a text with a NUL in it.
    askable = not any("\x00" in value for value in lookup.values() if isinstance(value, str))
    found = queryset.filter(**lookup).first() if askable else None
    if found is None:
        name = queryset.model._meta.verbose_name
        raise Http404(f"没有找到这张{name}。单号可能填错，或者不在您的查看范围内。")
    return found
