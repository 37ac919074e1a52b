"""Addresses of department tasks."""

from django.urls import path

from visits.tasks import views, views_export, views_template

urlpatterns = [
    path("tasks/", views.task_list, name="task_list"),
    path("tasks/tasks.xlsx", views_export.task_list_xlsx, name="task_list_xlsx"),
    path("tasks/templates/", views_template.task_templates, name="task_templates"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/checks/<int:check>/tick/", views.task_tick, {"way": "tick"}, name="task_tick"),
    path("tasks/<int:pk>/checks/<int:check>/untick/", views.task_tick, {"way": "untick"}, name="task_untick"),
    path("tasks/<int:pk>/photos/", views.task_photo, name="task_photo"),
    path("tasks/<int:pk>/<slug:move>/", views.task_move, name="task_move"),
]
