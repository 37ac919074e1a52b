"""Addresses of itineraries. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.itinerary import views

urlpatterns = [
    path("requests/<str:no>/itinerary/", views.itinerary, name="itinerary"),
    path("requests/<str:no>/itinerary/edit/", views.itinerary_edit, name="itinerary_edit"),
    path("requests/<str:no>/itinerary/shift/", views.itinerary_shift, name="itinerary_shift"),
    path("requests/<str:no>/itinerary/undo/", views.itinerary_undo, name="itinerary_undo"),
    path("requests/<str:no>/itinerary/redraft/", views.itinerary_redraft, name="itinerary_redraft"),
]
