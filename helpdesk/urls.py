"""Addresses of the service desk, below /helpdesk/."""

from django.urls import include, path

app_name = "helpdesk"
urlpatterns = [
    path("files/", include("helpdesk.attached.urls")),
    path("", include("helpdesk.log.urls")),
    path("", include("helpdesk.emergencies.urls")),
    path("", include("helpdesk.complaints.urls")),
    path("", include("helpdesk.enquiries.urls")),
    path("", include("helpdesk.visitors.urls")),
    path("", include("helpdesk.matters.urls")),
    path("field/", include("helpdesk.fieldwork.urls")),
    path("", include("helpdesk.collective.urls")),
    path("", include("helpdesk.daybook.urls")),
    path("", include("helpdesk.books.urls")),
    path("", include("helpdesk.repairs.urls")),
    path("", include("helpdesk.handed.urls")),
    path("", include("helpdesk.report.urls")),
    path("", include("helpdesk.drill.urls")),
    path("", include("helpdesk.corrections.urls")),
    path("", include("helpdesk.imports.urls")),
    path("", include("helpdesk.register.urls")),
]
