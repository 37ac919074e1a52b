"""Addresses of repair orders, below /helpdesk/."""

from django.urls import path

from helpdesk.repairs.views import repair, repair_list, repair_list_xlsx, repair_print
from helpdesk.repairs.views_board import repair_board
from helpdesk.repairs.views_my import my_repairs
from helpdesk.repairs.views_post import repair_move, repair_rework
from helpdesk.repairs.views_record import repair_form, repair_record, repair_record_file
from helpdesk.repairs.views_slip import repair_slip

urlpatterns = [
    path("my/", my_repairs, name="my_repairs"),
    path("repairs/", repair_list, name="repair_list"),
    path("repairs/list.xlsx", repair_list_xlsx, name="repair_list_xlsx"),
    path("repairs/board/", repair_board, name="repair_board"),
    path("slips/<str:no>/", repair_slip, name="repair_slip"),
    path("repairs/<str:no>/", repair, name="repair"),
    path("repairs/<str:no>/print/", repair_print, name="repair_print"),
    path("repairs/<str:no>/form.xlsx", repair_form, name="repair_form_xlsx"),
    path("repairs/<str:no>/record/", repair_record, name="repair_record"),
    path("repairs/<str:no>/record.xlsx", repair_record_file, name="repair_record_xlsx"),
    path("repairs/<str:no>/rework/", repair_rework, name="repair_rework"),
    path("repairs/<str:no>/<slug:move>/", repair_move, name="repair_move"),
]
