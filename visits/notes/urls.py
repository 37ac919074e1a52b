"""Addresses of notes. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.notes.views import request_notes

urlpatterns = [path("requests/<str:no>/notes/", request_notes, name="request_notes")]
