"""Which sheet stands where: the fourteen of records §2.4, in order.

1, 11 and 12 are written by people, not by figures: the noun that keeps what they write stands above this one and
hangs its writers into `WRITERS` when the wing starts, or hands them to `workbook(report, more={1: …})`.
"""

from collections.abc import Callable

from helpdesk.report.build import Report
from helpdesk.report.sheets import (
    alarms,
    categories,
    crews,
    detail,
    grievances,
    overview,
    phones,
    places,
    revisits,
    unclosed,
    wording,
)
from reception.core.sheets import Book

Writer = Callable[[Book, Report], None]
WRITERS: dict[int, Writer] = {
    2: overview.overview,
    3: categories.by_category,
    4: places.by_area,
    5: crews.by_crew,
    6: grievances.complaints,
    7: phones.phones,
    8: revisits.revisits,
    9: unclosed.leftovers,
    10: alarms.emergencies,
    13: detail.details,
    14: wording.words,
}
