"""Addresses of the field, below /helpdesk/field/: the worker's scope holds the pages and nothing else."""

from django.urls import path

from helpdesk.fieldwork.views import field, field_link, field_worker
from helpdesk.fieldwork.views_desk import field_accept, field_invite, field_issue
from helpdesk.fieldwork.views_step import field_step

urlpatterns = [
    path("worker.js", field_worker, name="field_worker"),
    path("via/<str:token>/", field_link, name="field_link"),
    path("via/<str:token>/steps/", field_step, name="field_step"),
    path("<str:no>/", field, name="field"),
    path("<str:no>/link/", field_invite, name="field_invite"),
    path("<str:no>/link/new/", field_issue, name="field_issue"),
    path("<str:no>/accept/<int:pk>/", field_accept, name="field_accept"),
]
