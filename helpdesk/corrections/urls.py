"""Addresses of corrections, below /helpdesk/."""

from django.urls import path

from helpdesk.corrections.views import correct
from helpdesk.corrections.views_list import correction_list, correction_list_xlsx

urlpatterns = [
    path("corrections/", correction_list, name="correction_list"),
    path("corrections/list.xlsx", correction_list_xlsx, name="correction_list_xlsx"),
    path("corrections/<str:no>/", correct, name="correct"),
]
