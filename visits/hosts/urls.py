"""Addresses of one's own days."""

from django.urls import path

from visits.hosts import views

urlpatterns = [
    path("absences/", views.absences, name="absences"),
    path("absences/<int:pk>/withdraw/", views.absence_withdraw, name="absence_withdraw"),
]
