"""Addresses of calls, below /helpdesk/."""

from django.urls import path

from helpdesk.begun.views import begun_list
from helpdesk.log.views import call, call_form, call_list, call_list_xlsx, call_print
from helpdesk.log.views_alarm import alarm
from helpdesk.log.views_enquiry import enquiry_new
from helpdesk.log.views_post import call_move

urlpatterns = [
    path("emergencies/new/", alarm, name="alarm"),
    path("enquiries/new/", enquiry_new, name="enquiry_new"),
    path("calls/", call_list, name="call_list"),
    path("calls/list.xlsx", call_list_xlsx, name="call_list_xlsx"),
    path("calls/begun/", begun_list, name="begun_list"),
    path("calls/<str:no>/", call, name="call"),
    path("calls/<str:no>/print/", call_print, name="call_print"),
    path("calls/<str:no>/form.xlsx", call_form, name="call_form_xlsx"),
    path("calls/<str:no>/<slug:move>/", call_move, name="call_move"),
]
