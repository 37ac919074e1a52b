"""Addresses of the files of the desk's records, below /helpdesk/files/."""

from django.urls import path

from helpdesk.attached.views import case_file_remove, case_files

urlpatterns = [
    path("<slug:word>/<str:no>/", case_files, name="case_files"),
    path("<slug:word>/<str:no>/<int:pk>/remove/", case_file_remove, name="case_file_remove"),
]
