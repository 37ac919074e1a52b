"""Addresses of customers. Words stand before the numbers."""

from django.urls import path

from visits.customers import views, views_write

urlpatterns = [
    path("customers/", views.customer_list, name="customer_list"),
    path("customers/list.xlsx", views.customer_list_xlsx, name="customer_list_xlsx"),
    path("customers/hint/", views.customer_hint, name="customer_hint"),
    path("customers/new/", views_write.customer_new, name="customer_new"),
    path("customers/<int:pk>/", views.customer_show, name="customer"),
    path("customers/<int:pk>/edit/", views_write.customer_edit, name="customer_edit"),
    *[
        path(
            f"customers/<int:pk>/{kind}/", views_write.customer_enter, {"kind": kind}, name=f"customer_{kind}"
        )
        for kind in views_write.ENTRIES
    ],
    path("customers/<int:pk>/preference/<int:row>/end/", views_write.preference_end, name="preference_end"),
    path("customers/<int:pk>/gift/<int:row>/void/", views_write.gift_void, name="gift_void"),
]
