"""For mypy: behind LoginRequiredMiddleware `request.user` is one of our people, never anonymous."""

from collections.abc import Callable

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

REQUEST_USER = "django.http.request.HttpRequest.user"
USER = "reception.core.people.models.User"


def one_of_our_people(context: AttributeContext) -> Type:
    """The type of `request.user` in a view."""
    module, _, name = USER.rpartition(".")
    found = context.api.modules.get(module) if isinstance(context.api, TypeChecker) else None
    user = found.names[name].node if found else None
    return Instance(user, []) if isinstance(user, TypeInfo) else context.default_attr_type


class SignedIn(Plugin):
    """Answers before django-stubs does, which also counts on strangers."""

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """mypy asks for every attribute; only one is ours."""
        return one_of_our_people if fullname == REQUEST_USER else None


def plugin(version: str) -> type[Plugin]:
    """mypy's entry point."""
    return SignedIn
