"""Addresses of the report on costs, below /visits/."""

from django.urls import path

from visits.costs import views

urlpatterns = [
    path("costs/", views.report, name="costs_report"),
    path("costs/costs.xlsx", views.report_xlsx, name="costs_report_xlsx"),
]
