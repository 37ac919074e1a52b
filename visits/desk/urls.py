"""The address of the reception manager's desk, below /visits/."""

from django.urls import path

from visits.desk.views import desk

urlpatterns = [path("desk/", desk, name="desk")]
