"""Addresses of the report, below /helpdesk/."""

from django.urls import path

from helpdesk.report.views import report, report_latest, report_xlsx

urlpatterns = [
    path("reports/", report_latest, name="report_latest"),
    path("reports/<str:month>/", report, name="report"),
    path("reports/<str:month>/report.xlsx", report_xlsx, name="report_xlsx"),
]
