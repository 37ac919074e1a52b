"""What this noun hangs into those below when the app starts."""

from helpdesk.fieldwork.panel import panel
from helpdesk.fieldwork.tickets import address
from helpdesk.repairs.aside import BESIDE
from helpdesk.repairs.policies import PROCEDURE


def hang() -> None:
    """The link in the repairer's notice and the pictures on the order's page."""
    PROCEDURE.desks["repairer"] = address
    if panel not in BESIDE:
        BESIDE.append(panel)
