"""Addresses of files."""

from django.urls import path

from reception.core.files.views import serve

app_name = "files"
urlpatterns = [
    path("<slug:stored>/", serve, name="file"),
    path("<slug:stored>/small/", serve, {"small": True}, name="small"),
]
