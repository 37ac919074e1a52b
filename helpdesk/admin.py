"""The face of the wing's admin: it only imports; each noun's folder holds its own."""

from helpdesk.cases.admin import CategoryAdmin, ClockRuleAdmin
from helpdesk.directory.admin import BuildingAdmin, ResidentAdmin, UnitAdmin
from helpdesk.log.admin import CallAdmin
from helpdesk.repairs.admin import RepairAdmin
from helpdesk.report.admin import TargetAdmin

__all__ = [
    "BuildingAdmin",
    "CallAdmin",
    "CategoryAdmin",
    "ClockRuleAdmin",
    "RepairAdmin",
    "ResidentAdmin",
    "TargetAdmin",
    "UnitAdmin",
]
