"""Addresses of meetings, by the number of their reception."""

from django.urls import path

from visits.meetings import views, views_list, views_print, views_rows, views_seats

urlpatterns = [
    path("meetings/", views_list.meeting_list, name="meeting_list"),
    path("meetings/list.xlsx", views_list.meeting_list_xlsx, name="meeting_list_xlsx"),
    path("meetings/<str:no>/", views.meeting, name="meeting"),
    path("meetings/<str:no>/begin/", views.meeting_begin, name="meeting_begin"),
    path("meetings/<str:no>/edit/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<str:no>/agenda/", views_rows.meeting_agenda, name="meeting_agenda"),
    path("meetings/<str:no>/speech/<int:pk>/", views.meeting_speech, name="meeting_speech"),
    path("meetings/<str:no>/people/", views_rows.meeting_people, name="meeting_people"),
    path("meetings/<str:no>/people/paste/", views_rows.meeting_paste, name="meeting_paste"),
    path("meetings/<str:no>/people/rank/", views.meeting_rank, name="meeting_rank"),
    path("meetings/<str:no>/people/roster/", views.meeting_roster, name="meeting_roster"),
    path("meetings/<str:no>/handouts/", views_rows.meeting_handouts, name="meeting_handouts"),
    path("meetings/<str:no>/handouts/<int:pk>/", views.meeting_tick, name="meeting_tick"),
    path("meetings/<str:no>/seats/", views_seats.meeting_seats, name="meeting_seats"),
    path("meetings/<str:no>/seats/room/", views_seats.meeting_room, name="meeting_room"),
    path("meetings/<str:no>/seats/place/", views_seats.meeting_place, name="meeting_place"),
    path("meetings/<str:no>/seats/print/", views_print.meeting_plan, name="meeting_plan"),
    path("meetings/<str:no>/tents/", views_print.meeting_tents, name="meeting_tents"),
    path("meetings/<str:no>/cards/", views_print.meeting_cards, name="meeting_cards"),
    path("meetings/<str:no>/guide/", views_print.meeting_guide, name="meeting_guide"),
]
