"""Addresses of the import of customers."""

from django.urls import path

from visits.imports import views

urlpatterns = [
    path("customers/import/", views.customer_import, name="customer_import"),
    path("customers/import/template.xlsx", views.customer_import_xlsx, name="customer_import_xlsx"),
    path("customers/import/<int:pk>/", views.customer_import_show, name="customer_import_show"),
    path("customers/import/<int:pk>/advance/", views.customer_import_advance, name="customer_import_advance"),
]
