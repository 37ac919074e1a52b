"""Addresses of the register, below /helpdesk/."""

from django.urls import path

from helpdesk.register.views import directory, directory_xlsx, unit
from helpdesk.register.views_companies import company, company_list, company_move, company_new, lease_end
from helpdesk.register.views_post import person_move, person_new, phone_move

urlpatterns = [
    path("directory/", directory, name="directory"),
    path("directory/list.xlsx", directory_xlsx, name="directory_xlsx"),
    path("directory/units/<int:pk>/", unit, name="unit"),
    path("directory/units/<int:pk>/people/", person_new, name="person_new"),
    path("directory/people/<int:pk>/<slug:move>/", person_move, name="person_move"),
    path("directory/phones/<int:pk>/<slug:move>/", phone_move, name="phone_move"),
    path("directory/companies/", company_list, name="company_list"),
    path("directory/companies/new/", company_new, name="company_new"),
    path("directory/companies/<int:pk>/", company, name="company"),
    path("directory/companies/<int:pk>/<slug:move>/", company_move, name="company_move"),
    path("directory/leases/<int:pk>/end/", lease_end, name="lease_end"),
]
