"""Addresses of matters, below /helpdesk/."""

from django.urls import path

from helpdesk.matters.views import (
    matter,
    matter_form,
    matter_list,
    matter_list_xlsx,
    matter_new,
    matter_print,
    praise,
)
from helpdesk.matters.views_post import matter_move

urlpatterns = [
    path("matters/", matter_list, name="matter_list"),
    path("matters/list.xlsx", matter_list_xlsx, name="matter_list_xlsx"),
    path("matters/new/", matter_new, name="matter_new"),
    path("matters/praise/", praise, name="matter_praise"),
    path("matters/<str:no>/", matter, name="matter"),
    path("matters/<str:no>/print/", matter_print, name="matter_print"),
    path("matters/<str:no>/form.xlsx", matter_form, name="matter_form_xlsx"),
    path("matters/<str:no>/<slug:move>/", matter_move, name="matter_move"),
]
