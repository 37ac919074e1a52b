"""Addresses of the days' summaries, below /helpdesk/."""

from django.urls import path, register_converter

from helpdesk.daybook.converters import DayConverter
from helpdesk.daybook.views import day, day_list, day_print, day_xlsx, today
from helpdesk.daybook.views_post import day_explain, day_hand, day_move
from helpdesk.daybook.views_turns import turn_hand, turn_take

register_converter(DayConverter, "day")
urlpatterns = [
    path("daybook/", day_list, name="day_list"),
    path("daybook/today/", today, name="day_today"),
    path("daybook/<day:on>/", day, name="day"),
    path("daybook/<day:on>/print/", day_print, name="day_print"),
    path("daybook/<day:on>/day.xlsx", day_xlsx, name="day_xlsx"),
    path("daybook/<day:on>/explain/", day_explain, name="day_explain"),
    path("daybook/<day:on>/hand/", day_hand, name="day_hand"),
    path("daybook/<day:on>/turns/<int:number>/hand/", turn_hand, name="turn_hand"),
    path("daybook/<day:on>/turns/<int:number>/take/", turn_take, name="turn_take"),
    path("daybook/<day:on>/<slug:move>/", day_move, name="day_move"),
]
