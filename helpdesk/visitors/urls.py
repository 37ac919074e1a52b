"""Addresses of visitors, below /helpdesk/."""

from django.urls import path

from helpdesk.visitors.views import (
    visitor,
    visitor_form,
    visitor_hint,
    visitor_list,
    visitor_list_xlsx,
    visitor_new,
    visitor_print,
    visitors_inside,
)
from helpdesk.visitors.views_post import visitor_move

urlpatterns = [
    path("visitors/", visitor_list, name="visitor_list"),
    path("visitors/list.xlsx", visitor_list_xlsx, name="visitor_list_xlsx"),
    path("visitors/new/", visitor_new, name="visitor_new"),
    path("visitors/hint/", visitor_hint, name="visitor_hint"),
    path("visitors/inside/", visitors_inside, name="visitors_inside"),
    path("visitors/<str:no>/", visitor, name="visitor"),
    path("visitors/<str:no>/print/", visitor_print, name="visitor_print"),
    path("visitors/<str:no>/form.xlsx", visitor_form, name="visitor_form_xlsx"),
    path("visitors/<str:no>/<slug:move>/", visitor_move, name="visitor_move"),
]
