"""Passwords at the door."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from reception.core.people.demo import PASSWORD
from reception.core.people.models import User


class PeopleBackend(ModelBackend):
    """Django's, but the demo's password, which everybody knows, opens no door once DEMO is off: accounts of the
    demo may still be in the database then."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person, or None. Holds for the sign-in page and for the admin's own."""
        if password == PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id: Any) -> User | None:
        """Who is signed in, as this request finds them: department, position and roles in the same query, so that
        what was given or taken a moment ago holds now."""
        user = User.objects.for_request().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
