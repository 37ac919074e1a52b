"""Who comes to the decide page: those who decide or review, and whoever stands in for one of them (代理)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reception.core.people.delegation import Delegation
from reception.core.people.roles import Can
from reception.core.web.access import require
from visits.models import Copy

# Who reads receptions at all; which ones is the loader's to say.
READERS = (
    Can.APPLY_RECEPTION, Can.REVIEW_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK,
    Can.ARCHIVE_RECEPTION, Can.VIEW_RECEPTIONS,
)  # fmt: skip
DECIDERS = (Can.DECIDE_RECEPTION, Can.REVIEW_RECEPTION)
View = Callable[..., HttpResponse]


def readers_only(*cans: Can) -> Callable[[View], View]:
    """Lets in the readers of receptions, and whoever one was sent to (抄送): the loader decides which they see."""

    def decorate(view: View) -> View:
        guarded = require(*cans)(view)

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            may = any(user.may(can) for can in cans) or Copy.objects.filter(to=user).exists()
            return (view if may else guarded)(request, *args, **kwargs)

        return wrapped

    return decorate


def deciders_only(view: View) -> View:
    """Lets in the deciders and their delegates of this moment; everybody else gets the 403 page."""
    guarded = require(*DECIDERS)(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        own = any(user.may(can) for can in DECIDERS)
        stands = own or Delegation.objects.in_force(timezone.now()).filter(to_user=user).exists()
        return (view if stands else guarded)(request, *args, **kwargs)

    return wrapped
