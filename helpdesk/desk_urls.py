"""The desk's own addresses, below /desk/."""

from django.urls import path

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
]
