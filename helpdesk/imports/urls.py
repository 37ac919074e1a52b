"""Addresses of the import of units, below /helpdesk/."""

from django.urls import path

from helpdesk.imports import views

urlpatterns = [
    path("directory/import/", views.unit_import, name="unit_import"),
    path("directory/import/template.xlsx", views.unit_import_xlsx, name="unit_import_xlsx"),
    path("directory/import/<int:pk>/", views.unit_import_show, name="unit_import_show"),
    path("directory/import/<int:pk>/advance/", views.unit_import_advance, name="unit_import_advance"),
]
