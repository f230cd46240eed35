"""The one place that asks what time it is. Everything else is given its clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time now, aware, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
