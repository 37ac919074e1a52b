"""The Django app of the service desk wing."""

from importlib import import_module

from django.apps import AppConfig

# Nouns whose records may be set right (D4.3.3).
CORRECTED = ("complaints", "daybook", "emergencies", "enquiries", "log", "matters", "repairs", "visitors")


class HelpdeskConfig(AppConfig):
    """前台: one app and one migration history, a folder a noun."""

    name = "helpdesk"
    label = "helpdesk"
    verbose_name = "前台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang the wing's own steps into what runs for all: the ladder's climb, the end of a case."""
        import helpdesk.collective.views_items
        import helpdesk.complaints.views_items
        import helpdesk.matters.views_items  # noqa: F401
        from helpdesk.cases.following import FOLLOWERS
        from helpdesk.cases.reporting import LISTENERS
        from helpdesk.cases.voiding import WITHDRAWERS
        from helpdesk.collective.models import Collective
        from helpdesk.collective.watching import forget, listen
        from helpdesk.corrections.models import TABLE
        from helpdesk.daybook.reminding import remind
        from helpdesk.emergencies.ladder import climb
        from helpdesk.emergencies.queries import ACK
        from helpdesk.enquiries.queries import REPLY
        from helpdesk.enquiries.ringing import again
        from helpdesk.fieldwork.hanging import hang
        from helpdesk.handed.hanging import hang as hang_reports
        from helpdesk.log.following import close_call, reopen_call
        from helpdesk.models import Call, Complaint, Emergency, Enquiry, Matter, Repair, Visitor
        from reception.core.clock.sweeping import AGAIN, SPEAKERS
        from reception.core.clock.ticks import DAILY
        from reception.core.files.viewers import by_visibility, viewers
        from reception.core.ledger.guards import GUARDED

        for model in (Call, Collective, Complaint, Emergency, Enquiry, Matter, Repair, Visitor):
            viewers.setdefault(model._meta.label_lower, by_visibility(model))
        for noun in CORRECTED:
            import_module(f"helpdesk.{noun}.corrected")
        DAILY["daybook"] = remind
        SPEAKERS[ACK] = climb
        AGAIN[REPLY] = again
        if listen not in LISTENERS:
            LISTENERS.append(listen)
        GUARDED[TABLE] = "correction"
        hang()
        hang_reports()
        if close_call not in FOLLOWERS:
            FOLLOWERS.append(close_call)
            WITHDRAWERS.extend((reopen_call, forget))
