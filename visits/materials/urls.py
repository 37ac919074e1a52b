"""Addresses of the materials. The reception's own page stands before its moves, which take any last word."""

from django.urls import path

from visits.materials import views, views_files, views_give, views_handed, views_list

urlpatterns = [
    path("materials/", views_list.material_list, name="material_list"),
    path("materials/list.xlsx", views_list.material_list_xlsx, name="material_list_xlsx"),
    path("materials/certificates/", views_list.material_certificates, name="material_certificates"),
    path("materials/handed/", views_handed.material_handed, name="material_handed"),
    path("materials/handed.xlsx", views_handed.material_handed_xlsx, name="material_handed_xlsx"),
    path("materials/new/", views.material_new, name="material_new"),
    path("materials/<str:no>/", views.material_show, name="material"),
    path("materials/<str:no>/edit/", views.material_edit, name="material_edit"),
    path("materials/<str:no>/files/", views_files.material_files, name="material_files"),
    path("materials/<str:no>/back/", views.material_back, name="material_back"),
    path("materials/<str:no>/<slug:move>/", views.material_move, name="material_move"),
    path("requests/<str:no>/materials/", views_give.reception_materials, name="reception_materials"),
]
