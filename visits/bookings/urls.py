"""Addresses of the resources and their bookings."""

from django.urls import path

from visits.bookings import views, views_board, views_book, views_booking, views_feed, views_list

urlpatterns = [
    path("resources/", views_board.resource_board, name="resource_board"),
    path("resources/list/", views_list.resource_list, name="resource_list"),
    path("resources/list.xlsx", views_list.resource_list_xlsx, name="resource_list_xlsx"),
    path("resources/find/", views_book.resource_find, name="resource_find"),
    path("resources/new/", views.resource_new, name="resource_new"),
    path("resources/feed/<str:token>.ics", views_feed.resource_feed, name="resource_feed"),
    path("resources/bookings/<str:no>/", views_booking.booking_show, name="booking"),
    path("resources/bookings/<str:no>/<slug:move>/", views_booking.booking_move, name="booking_move"),
    path("resources/<int:pk>/", views.resource_show, name="resource"),
    path("resources/<int:pk>/edit/", views.resource_edit, name="resource_edit"),
    path("resources/<int:pk>/book/", views_book.resource_book, name="resource_book"),
    path("resources/<int:pk>/files/", views.resource_files, name="resource_files"),
    path("resources/<int:pk>/feed/", views_feed.feed_renew, name="resource_feed_renew"),
]
