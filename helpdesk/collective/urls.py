"""Addresses of collective reports, below /helpdesk/."""

from django.urls import path

from helpdesk.collective.views import collective, collective_list, collective_move

urlpatterns = [
    path("collective/", collective_list, name="collective_list"),
    path("collective/<str:no>/", collective, name="collective"),
    path("collective/<str:no>/<slug:move>/", collective_move, name="collective_move"),
]
