"""Addresses of enquiries, below /helpdesk/; new ones are written down by `log`, which records the visit too."""

from django.urls import path

from helpdesk.enquiries.views import (
    enquiry,
    enquiry_form,
    enquiry_list,
    enquiry_list_xlsx,
    enquiry_print,
    sources,
)
from helpdesk.enquiries.views_post import enquiry_move
from helpdesk.enquiries.views_tally import call_backs, call_backs_xlsx

urlpatterns = [
    path("enquiries/", enquiry_list, name="enquiry_list"),
    path("enquiries/list.xlsx", enquiry_list_xlsx, name="enquiry_list_xlsx"),
    path("enquiries/sources/", sources, name="enquiry_sources"),
    path("enquiries/promises/", call_backs, name="call_backs"),
    path("enquiries/promises/list.xlsx", call_backs_xlsx, name="call_backs_xlsx"),
    path("enquiries/<str:no>/", enquiry, name="enquiry"),
    path("enquiries/<str:no>/print/", enquiry_print, name="enquiry_print"),
    path("enquiries/<str:no>/form.xlsx", enquiry_form, name="enquiry_form_xlsx"),
    path("enquiries/<str:no>/<slug:move>/", enquiry_move, name="enquiry_move"),
]
