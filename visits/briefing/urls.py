"""Addresses of briefings. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.briefing import views, views_calendar, views_cards, views_form, views_plan

urlpatterns = [
    path("requests/<str:no>/briefing/", views.briefing_show, name="briefing"),
    path("requests/<str:no>/briefing/acknowledge/", views.acknowledge, name="briefing_acknowledge"),
    path("requests/<str:no>/form.xlsx", views_form.request_xlsx, name="request_xlsx"),
    path("requests/<str:no>/cards/", views_cards.place_cards, name="place_cards"),
    path("requests/<str:no>/badges/", views_plan.badges, name="badges"),
    path("requests/<str:no>/plan/", views_plan.plan_print, name="plan_print"),
    path("requests/<str:no>/plan.xlsx", views_plan.plan_xlsx, name="plan_xlsx"),
    path("calendar/", views_calendar.calendar_page, name="calendar"),
    path("calendar/create/", views_calendar.calendar_create, name="calendar_create"),
    path("calendar/revoke/", views_calendar.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", views_calendar.calendar_feed, name="calendar_feed"),
]
