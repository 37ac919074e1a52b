"""Addresses of changes, below those of their reception."""

from django.urls import path

from visits.changes import views, views_edit

urlpatterns = [
    path("requests/<str:no>/changes/", views.change_start, name="change_start"),
    path("requests/<str:no>/changes/<int:number>/", views.change_show, name="change"),
    path("requests/<str:no>/changes/<int:number>/edit/", views_edit.change_edit, name="change_edit"),
    path("requests/<str:no>/changes/<int:number>/preview/", views_edit.change_preview, name="change_preview"),
    path("requests/<str:no>/changes/<int:number>/<slug:move>/", views.change_move, name="change_move"),
]
