"""The one place that asks what time it is. Everything else is given its clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time now, aware, in UTC, to the second."""
    return exact_now().replace(microsecond=0)


def exact_now() -> datetime:
    """Return the time now, aware, in UTC, as finely as the system tells it: for what is measured by it."""
    return datetime.now(UTC)
