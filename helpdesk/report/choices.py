"""What a target is set for."""

from helpdesk.report.definitions import METRICS


def targeted() -> list[tuple[str, str]]:
    """The figures that have a target."""
    return [(metric.code, metric.label) for metric in METRICS if metric.better]
