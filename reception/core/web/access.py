"""Roles at the door of a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from reception.core.flow import Refused
from reception.core.people.roles import Can

View = Callable[..., HttpResponse]


def require(*cans: Can) -> Callable[[View], View]:
    """Lets in who holds any of `cans`; everybody else gets the 403 page with the reason."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.may(can) for can in cans):
                names = "”或“".join(can.label for can in cans)
                raise Refused(
                    "forbidden", f"这一页需要“{names}”权限。需要的话，请管理员在“人员”里给您加上岗位。"
                )
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
