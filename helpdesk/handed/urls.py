"""Addresses of the reports' life, below /helpdesk/."""

from django.urls import path

from helpdesk.handed.views import (
    handed,
    handed_edit,
    handed_list,
    handed_list_xlsx,
    handed_print,
    handed_xlsx,
)
from helpdesk.handed.views_post import handed_begin, handed_move, handed_write

urlpatterns = [
    path("handed/", handed_list, name="handed_list"),
    path("handed/list.xlsx", handed_list_xlsx, name="handed_list_xlsx"),
    path("handed/begin/", handed_begin, name="handed_begin"),
    path("handed/<str:no>/", handed, name="handed"),
    path("handed/<str:no>/edit/", handed_edit, name="handed_edit"),
    path("handed/<str:no>/write/", handed_write, name="handed_write"),
    path("handed/<str:no>/print/", handed_print, name="handed_print"),
    path("handed/<str:no>/report.xlsx", handed_xlsx, name="handed_xlsx"),
    path("handed/<str:no>/<slug:move>/", handed_move, name="handed_move"),
]
