"""Addresses of the reception wing."""

from django.urls import URLPattern, URLResolver

from visits.bookings.urls import urlpatterns as bookings
from visits.briefing.urls import urlpatterns as briefing
from visits.changes.urls import urlpatterns as changes
from visits.costs.urls import urlpatterns as costs
from visits.customers.urls import urlpatterns as customers
from visits.desk.urls import urlpatterns as desk
from visits.hosts.urls import urlpatterns as hosts
from visits.imports.urls import urlpatterns as imports
from visits.itinerary.urls import urlpatterns as itinerary
from visits.materials.urls import urlpatterns as materials
from visits.meetings.urls import urlpatterns as meetings
from visits.notes.urls import urlpatterns as notes
from visits.promises.urls import urlpatterns as promises
from visits.readiness.urls import urlpatterns as readiness
from visits.reports.urls import urlpatterns as reports
from visits.requests.urls import urlpatterns as requests
from visits.satisfaction.urls import urlpatterns as satisfaction
from visits.tasks.urls import urlpatterns as tasks
from visits.tiers.urls import urlpatterns as tiers
from visits.welcome.urls import urlpatterns as welcome

app_name = "visits"
urlpatterns: list[URLPattern | URLResolver] = [
    *briefing,
    *changes,
    *desk,
    *hosts,
    *itinerary,
    *welcome,
    *readiness,
    *materials,
    *notes,
    *satisfaction,
    *reports,
    *requests,
    *costs,
    *tiers,
    *tasks,
    *customers,
    *imports,
    *promises,
    *bookings,
    *meetings,
]
