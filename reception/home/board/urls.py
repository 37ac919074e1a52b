"""Addresses of the board."""

from django.urls import path

from reception.home.board.views import board, receptions
from reception.home.board.views_wall import wall, wall_link

app_name = "board"
urlpatterns = [
    path("", board, name="board"),
    path("receptions/", receptions, name="receptions"),
    path("wall/", wall, name="wall"),
    path("wall/<str:token>/", wall_link, name="wall_link"),
]
