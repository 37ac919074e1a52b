"""Addresses of documents, below /documents/."""

from django.urls import path

from reception.core.documents.views import (
    document,
    document_compare,
    document_print,
    document_readers_xlsx,
)
from reception.core.documents.views_edit import document_edit, document_new
from reception.core.documents.views_fill import document_fill, document_templates
from reception.core.documents.views_list import document_list, document_list_xlsx
from reception.core.documents.views_post import (
    document_file_remove,
    document_files,
    document_move,
    document_read,
)
from reception.core.documents.views_step import document_step
from reception.core.documents.views_unread import document_unread, document_unread_xlsx

app_name = "documents"
urlpatterns = [
    path("", document_list, name="document_list"),
    path("list.xlsx", document_list_xlsx, name="document_list_xlsx"),
    path("new/", document_new, name="document_new"),
    path("unread/", document_unread, name="document_unread"),
    path("unread.xlsx", document_unread_xlsx, name="document_unread_xlsx"),
    path("for/<slug:step>/", document_step, name="document_step"),
    path("with/<slug:source>/<str:record>/", document_templates, name="document_templates"),
    path("<str:no>/", document, name="document"),
    path("<str:no>/with/<slug:source>/<str:record>/", document_fill, name="document_fill"),
    path("<str:no>/edit/", document_edit, name="document_edit"),
    path("<str:no>/print/", document_print, name="document_print"),
    path("<str:no>/compare/", document_compare, name="document_compare"),
    path("<str:no>/readers.xlsx", document_readers_xlsx, name="document_readers_xlsx"),
    path("<str:no>/read/<int:number>/", document_read, name="document_read"),
    path("<str:no>/files/", document_files, name="document_files"),
    path("<str:no>/files/<int:pk>/remove/", document_file_remove, name="document_file_remove"),
    path("<str:no>/<slug:move>/", document_move, name="document_move"),
]
