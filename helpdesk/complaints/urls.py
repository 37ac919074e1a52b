"""Addresses of complaints, below /helpdesk/."""

from django.urls import path

from helpdesk.complaints.views import (
    complaint,
    complaint_form,
    complaint_list,
    complaint_list_xlsx,
    complaint_print,
)
from helpdesk.complaints.views_post import complaint_move

urlpatterns = [
    path("complaints/", complaint_list, name="complaint_list"),
    path("complaints/list.xlsx", complaint_list_xlsx, name="complaint_list_xlsx"),
    path("complaints/<str:no>/", complaint, name="complaint"),
    path("complaints/<str:no>/print/", complaint_print, name="complaint_print"),
    path("complaints/<str:no>/form.xlsx", complaint_form, name="complaint_form_xlsx"),
    path("complaints/<str:no>/<slug:move>/", complaint_move, name="complaint_move"),
]
