"""Which rows of the form a task books (A5.6)."""

from visits.arrangements.choices import Ride
from visits.arrangements.models import Arrangement
from visits.arrangements.policies import DUTIES
from visits.arrangements.queries import all_rows
from visits.tasks.models import Task

RIDES = {"pick_up": Ride.PICK_UP, "see_off": Ride.SEE_OFF, "city_car": Ride.CITY}


def rows_for(task: Task) -> list[Arrangement]:
    """The rows that the task's department books; of cars only those of its own ride. One query for the duties that
    have rows, none for the others."""
    code = task.template.code if task.template else ""
    kinds = [kind for kind, codes in DUTIES.items() if code in codes]
    found = [row for row in all_rows(task.reception) if row.KIND in kinds] if kinds else []
    if code in RIDES:
        return [row for row in found if row.ride == RIDES[code]]
    return found
