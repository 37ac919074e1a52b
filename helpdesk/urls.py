"""Addresses of the service desk, below /helpdesk/."""

from pathlib import Path

from django.urls import include, path

app_name = "helpdesk"
nouns = ["log", "repairs", "report"]
urlpatterns = [
    path("", include(f"helpdesk.{noun}.urls"))
    for noun in nouns
    if (Path(__file__).parent / noun / "urls.py").exists()
]
