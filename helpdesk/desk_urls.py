"""The desk's own addresses, below /desk/."""

from django.urls import path

from helpdesk.begun.views import begun, begun_drop, save
from helpdesk.log.views_ask import line, lookup, suggest, units
from helpdesk.log.views_desk import desk, open_items

app_name = "desk"
urlpatterns = [
    path("", desk, name="desk"),
    path("open/", open_items, name="open"),
    path("lookup/", lookup, name="lookup"),
    path("line/", line, name="line"),
    path("units/", units, name="units"),
    path("suggest/", suggest, name="suggest"),
    path("begun/", begun, name="begun"),
    path("begun/save/", save, name="begun_save"),
    path("begun/<slug:key>/drop/", begun_drop, name="begun_drop"),
]
