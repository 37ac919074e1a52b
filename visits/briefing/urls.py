"""Addresses of briefings. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.briefing import views, views_calendar, views_cards, views_form

urlpatterns = [
    path("requests/<str:no>/briefing/", views.briefing_show, name="briefing"),
    path("requests/<str:no>/briefing/acknowledge/", views.acknowledge, name="briefing_acknowledge"),
    path("requests/<str:no>/form.xlsx", views_form.request_xlsx, name="request_xlsx"),
    path("requests/<str:no>/cards/", views_cards.place_cards, name="place_cards"),
    path("calendar/", views_calendar.calendar_page, name="calendar"),
    path("calendar/create/", views_calendar.calendar_create, name="calendar_create"),
    path("calendar/revoke/", views_calendar.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", views_calendar.calendar_feed, name="calendar_feed"),
]
