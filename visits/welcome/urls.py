"""Addresses of welcome texts and screens. They stand before those of receptions, whose moves take any last word."""

from django.urls import path

from visits.welcome import views, views_screen

urlpatterns = [
    path("requests/<str:no>/welcome/", views.welcome, name="welcome"),
    path("requests/<str:no>/welcome/write/", views.welcome_write, name="welcome_write"),
    path("requests/<str:no>/welcome/proofread/", views.welcome_proofread, name="welcome_proofread"),
    path("requests/<str:no>/welcome/off/", views.welcome_off, name="welcome_off"),
    path("requests/<str:no>/welcome/on/", views.welcome_on, name="welcome_on"),
    path("screens/", views_screen.screens, name="screens"),
    path("screens/<int:pk>/revoke/", views_screen.screen_revoke, name="screen_revoke"),
    path("screen/", views_screen.screen, name="screen"),
    path("screen/<str:token>/", views_screen.screen_link, name="screen_link"),
]
