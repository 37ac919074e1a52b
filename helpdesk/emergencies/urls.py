"""Addresses of emergencies, below /helpdesk/."""

from django.urls import path

from helpdesk.emergencies.views import (
    emergency,
    emergency_form,
    emergency_list,
    emergency_list_xlsx,
    emergency_print,
)
from helpdesk.emergencies.views_post import emergency_move

urlpatterns = [
    path("emergencies/", emergency_list, name="emergency_list"),
    path("emergencies/list.xlsx", emergency_list_xlsx, name="emergency_list_xlsx"),
    path("emergencies/<str:no>/", emergency, name="emergency"),
    path("emergencies/<str:no>/print/", emergency_print, name="emergency_print"),
    path("emergencies/<str:no>/form.xlsx", emergency_form, name="emergency_form_xlsx"),
    path("emergencies/<str:no>/<slug:move>/", emergency_move, name="emergency_move"),
]
