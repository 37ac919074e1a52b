"""Addresses of the readiness page. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.readiness import views

urlpatterns = [
    path("requests/<str:no>/ready/", views.ready, name="ready"),
    path("requests/<str:no>/ready/decide/", views.go, name="go"),
]
