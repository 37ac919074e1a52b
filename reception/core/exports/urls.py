"""Addresses of large exports."""

from django.urls import path

from reception.core.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.export_list, name="export_list"),
    path("new/", views.export_new, name="export_new"),
    path("<int:pk>/", views.export_show, name="export"),
    path("<int:pk>/state/", views.export_state, name="export_state"),
    path("<int:pk>/cancel/", views.export_cancel, name="export_cancel"),
    path("<int:pk>/file/", views.export_file, name="export_file"),
]
