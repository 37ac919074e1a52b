"""Addresses of customers."""

from django.urls import path

from visits.customers import views

urlpatterns = [path("customers/hint/", views.customer_hint, name="customer_hint")]
