"""Addresses of department tasks."""

from django.urls import path

from visits.tasks import views

urlpatterns = [
    path("tasks/", views.task_list, name="task_list"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/<slug:move>/", views.task_move, name="task_move"),
]
