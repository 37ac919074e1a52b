"""Addresses of collective reports, below /helpdesk/."""

from django.urls import path

from helpdesk.collective.views import (
    collective,
    collective_form,
    collective_list,
    collective_move,
    collective_print,
)

urlpatterns = [
    path("collective/", collective_list, name="collective_list"),
    path("collective/<str:no>/", collective, name="collective"),
    path("collective/<str:no>/print/", collective_print, name="collective_print"),
    path("collective/<str:no>/form.xlsx", collective_form, name="collective_form_xlsx"),
    path("collective/<str:no>/<slug:move>/", collective_move, name="collective_move"),
]
