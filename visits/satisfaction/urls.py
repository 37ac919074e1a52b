"""Addresses of satisfaction. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.satisfaction import views

urlpatterns = [
    path("thanks/<str:token>/", views.guest, name="satisfaction_guest"),
    path("requests/<str:no>/satisfaction/", views.satisfaction_link, name="satisfaction_link"),
    path("requests/<str:no>/satisfaction/<slug:what>/", views.satisfaction_move, name="satisfaction_move"),
]
