"""Which step of the work a page belongs to, so that its documents are one click away (B3b, C1).

One place says it for all pages: the frame draws the book beside the bell, and no page asks the database for it.
"""

import re

from reception.core.documents.choices import Step

# Addresses of a step's pages; the first that fits says it, so the narrower stand above.
GUIDES: tuple[tuple[str, Step], ...] = (
    (r"/visits/requests/new/", Step.APPLY),
    (r"/visits/requests/[^/]+/(edit|copies|files)/", Step.APPLY),
    (r"/visits/requests/[^/]+/(decide|changes/\d+)/", Step.DECIDE),
    (r"/visits/requests/[^/]+/costs/", Step.SETTLE),
    (r"/visits/costs/", Step.SETTLE),
    (r"/visits/requests/[^/]+/(briefing|itinerary|welcome|ready|cards|badges)/", Step.HOST),
    (r"/visits/(requests/[^/]+|tasks|resources|materials)/", Step.PREPARE),
    (r"/visits/(customers|promises)/", Step.CUSTOMER),
    (r"/desk/", Step.CALL),
    (r"/helpdesk/calls/", Step.CALL),
    (r"/helpdesk/visitors/", Step.VISITOR),
    (r"/helpdesk/enquiries/", Step.ENQUIRY),
    (r"/helpdesk/(repairs|my|field|slips)/", Step.REPAIR),
    (r"/helpdesk/complaints/", Step.COMPLAINT),
    (r"/helpdesk/(matters|collective)/", Step.MATTER),
    (r"/helpdesk/emergencies/", Step.EMERGENCY),
    (r"/helpdesk/(daybook|books)/", Step.DAY),
    (r"/helpdesk/(reports|handed)/", Step.REPORT),
)


def step_of(path: str) -> str:
    """The step of the page at `path`, "" for none."""
    return next((step.value for pattern, step in GUIDES if re.match(pattern, path)), "")
