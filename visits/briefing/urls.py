"""Addresses of briefings. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.briefing import views, views_cards, views_form

urlpatterns = [
    path("requests/<str:no>/briefing/", views.briefing_show, name="briefing"),
    path("requests/<str:no>/briefing/acknowledge/", views.acknowledge, name="briefing_acknowledge"),
    path("requests/<str:no>/form.xlsx", views_form.request_xlsx, name="request_xlsx"),
    path("requests/<str:no>/cards/", views_cards.place_cards, name="place_cards"),
]
