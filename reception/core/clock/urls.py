"""Addresses of clocks."""

from django.urls import path

from reception.core.clock.views import why

app_name = "clock"
urlpatterns = [path("<str:kind>/<int:pk>/", why, name="why")]
