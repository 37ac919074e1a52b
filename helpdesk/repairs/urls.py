"""Addresses of repair orders, below /helpdesk/."""

from django.urls import path

from helpdesk.repairs.views import repair, repair_list, repair_list_xlsx, repair_print
from helpdesk.repairs.views_my import my_repairs
from helpdesk.repairs.views_post import repair_move

urlpatterns = [
    path("my/", my_repairs, name="my_repairs"),
    path("repairs/", repair_list, name="repair_list"),
    path("repairs/list.xlsx", repair_list_xlsx, name="repair_list_xlsx"),
    path("repairs/<str:no>/", repair, name="repair"),
    path("repairs/<str:no>/print/", repair_print, name="repair_print"),
    path("repairs/<str:no>/<slug:move>/", repair_move, name="repair_move"),
]
