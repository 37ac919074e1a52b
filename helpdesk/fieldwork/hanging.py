"""What this noun hangs into those below when the app starts."""

from helpdesk.fieldwork.panel import panel
from helpdesk.fieldwork.tickets import address
from helpdesk.repairs.aside import BESIDE
from helpdesk.repairs.models import Repair
from helpdesk.repairs.policies import PROCEDURE
from reception.core.files.viewers import viewers


def hang() -> None:
    """The link in the repairer's notice, the pictures on the order's page, and who may see them."""
    PROCEDURE.desks["repairer"] = address
    if panel not in BESIDE:
        BESIDE.append(panel)
    viewers.setdefault(
        "helpdesk.repair", lambda user, pk, at: Repair.objects.visible_to(user).filter(pk=pk).exists()
    )
