"""Addresses of receptions. `estimate` and `roster` stand before the numbers."""

from django.urls import path

from visits.requests import (
    views,
    views_apply,
    views_cancel,
    views_copies,
    views_costs,
    views_decide,
    views_files,
    views_help,
    views_more,
    views_rows,
    views_tasks,
)

urlpatterns = [
    path("requests/", views.request_list, name="request_list"),
    path("requests/list.xlsx", views.request_list_xlsx, name="request_list_xlsx"),
    path("requests/new/", views_apply.request_new, name="request_new"),
    path("requests/estimate/", views_help.estimate, name="estimate"),
    path("requests/roster/", views_help.roster_parse, name="roster_parse"),
    path("requests/<str:no>/", views.request_show, name="request"),
    path("requests/<str:no>/edit/", views_apply.request_edit, name="request_edit"),
    path("requests/<str:no>/print/", views.request_print, name="request_print"),
    path("requests/<str:no>/decide/", views_decide.decide, name="decide"),
    path("requests/<str:no>/checks/", views_decide.checks, name="decide_checks"),
    path("requests/<str:no>/tasks/add/", views_tasks.task_add, name="task_add"),
    path("requests/<str:no>/costs/", views_costs.sheet, name="costs"),
    path("requests/<str:no>/costs/print/", views_costs.sheet_print, name="costs_print"),
    path("requests/<str:no>/costs/<int:number>/void/", views_costs.void, name="cost_void"),
    path("requests/<str:no>/costs/<int:number>/correct/", views_costs.correct, name="cost_correct"),
    path("requests/<str:no>/rows/<slug:kind>/<int:pk>/", views_rows.row_book, name="row_book"),
    path("requests/<str:no>/rows/<slug:kind>/<int:pk>/free/", views_rows.row_free, name="row_free"),
    path("requests/<str:no>/cancelling/", views_cancel.request_cancel, name="request_cancel"),
    path("requests/<str:no>/copies/", views_copies.copies, name="copies"),
    path("requests/<str:no>/copy/", views_more.request_copy, name="request_copy"),
    path("requests/<str:no>/urge/", views_more.request_urge, name="request_urge"),
    path("requests/<str:no>/files/", views_files.request_files, name="request_files"),
    path("requests/<str:no>/files/<int:pk>/remove/", views_files.request_file_remove, name="file_remove"),
    path("requests/<str:no>/<slug:move>/", views.request_move, name="request_move"),
]
