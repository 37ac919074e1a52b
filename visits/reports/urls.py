"""Addresses of the report on receptions, below /visits/. A span is a year or a month: 2026, 2026-10."""

from django.urls import path

from visits.reports import views

urlpatterns = [
    path("reports/", views.report_latest, name="report_latest"),
    path("reports/<str:span>/", views.report, name="report"),
    path("reports/<str:span>/print/", views.report_print, name="report_print"),
    path("reports/<str:span>/report.xlsx", views.report_xlsx, name="report_xlsx"),
    path("reports/<str:span>/rows/", views.report_rows, name="report_rows"),
    path("reports/<str:span>/rows.xlsx", views.report_rows_xlsx, name="report_rows_xlsx"),
]
