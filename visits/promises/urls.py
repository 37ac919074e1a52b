"""Addresses of promises."""

from django.urls import path

from visits.promises import views, views_list

urlpatterns = [
    path("promises/", views_list.promise_list, name="promise_list"),
    path("promises/list.xlsx", views_list.promise_list_xlsx, name="promise_list_xlsx"),
    path("promises/<str:no>/", views.promise_show, name="promise"),
    path("promises/<str:no>/<slug:move>/", views.promise_move, name="promise_move"),
]
