"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest

from reception.core.people.models import User


class SignIn(forms.Form):
    """Account (user name, job number or telephone) and password; `user` is set once both are right."""

    username = forms.CharField(
        label="账号",
        help_text="工号或手机号",
        max_length=150,
        error_messages={"required": "请填写账号"},
        widget=forms.TextInput(
            {
                "class": "form-control",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        max_length=128,
        error_messages={"required": "请填写密码"},
        widget=forms.PasswordInput({"class": "form-control pe-5", "autocomplete": "current-password"}),
    )
    keep = forms.BooleanField(
        label="本机记住 7 天", required=False, widget=forms.CheckboxInput({"class": "form-check-input m-0"})
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Check the password; the limiter counts by the account that the typed words stand for."""
        typed, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if typed and password:
            user = authenticate(self.request, username=account(typed), password=password)
            if user is None:
                raise forms.ValidationError("账号或密码不对，请再试一次。忘记密码请找管理员重置。")
            assert isinstance(user, User)
            self.user = user
        return self.cleaned_data


def account(typed: str) -> str:
    """The user name that a user name, job number or telephone stands for; the words themselves when for nobody."""
    typed = typed.strip()
    names = User.objects.filter(Q(username=typed) | Q(job_no=typed) | Q(phone=typed))
    found = list(names.values_list("username", flat=True)[:2])
    return found[0] if len(found) == 1 else typed
