"""Addresses of 接待标准表, below /visits/."""

from django.urls import path

from visits.tiers import views

urlpatterns = [
    path("standards/", views.standards, name="standards"),
    path("standards/print/", views.standards_print, name="standards_print"),
    path("standards/standards.xlsx", views.standards_xlsx, name="standards_xlsx"),
]
