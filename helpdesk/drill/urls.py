"""Addresses of the records behind the report's figures, below /helpdesk/."""

from django.urls import path

from helpdesk.drill.views import report_rows, report_rows_xlsx

urlpatterns = [
    path("reports/<str:month>/rows/", report_rows, name="report_rows"),
    path("reports/<str:month>/rows.xlsx", report_rows_xlsx, name="report_rows_xlsx"),
]
