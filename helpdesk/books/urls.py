"""Addresses of the books, below /helpdesk/."""

from django.urls import path

from helpdesk.books.views import book, book_blank, book_list, book_xlsx

urlpatterns = [
    path("books/", book_list, name="book_list"),
    path("books/<slug:kind>/blank/", book_blank, name="book_blank"),
    path("books/<slug:kind>/<str:days>/", book, name="book"),
    path("books/<slug:kind>/<str:days>/book.xlsx", book_xlsx, name="book_xlsx"),
]
