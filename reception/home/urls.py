"""Addresses of the roof."""

from django.urls import path

from reception.home.views_delegation import delegation_revoke, delegations
from reception.home.views_mine import copied, done, started
from reception.home.views_pages import healthz, index, notice_open, notices, notices_read, search, todo
from reception.home.views_sign import sign_in, sign_out

app_name = "home"
urlpatterns = [
    path("", index, name="index"),
    path("login/", sign_in, name="login"),
    path("logout/", sign_out, name="logout"),
    path("todo/", todo, name="todo"),
    path("todo/started/", started, name="started"),
    path("todo/done/", done, name="done"),
    path("todo/copied/", copied, name="copied"),
    path("notices/", notices, name="notices"),
    path("notices/read/", notices_read, name="notices_read"),
    path("notices/<int:pk>/", notice_open, name="notice"),
    path("delegations/", delegations, name="delegations"),
    path("delegations/<int:pk>/revoke/", delegation_revoke, name="delegation_revoke"),
    path("search/", search, name="search"),
    path("healthz", healthz, name="healthz"),
]
