"""Addresses of promises."""

from django.urls import path

from visits.promises import views

urlpatterns = [
    path("promises/<str:no>/", views.promise_show, name="promise"),
    path("promises/<str:no>/<slug:move>/", views.promise_move, name="promise_move"),
]
