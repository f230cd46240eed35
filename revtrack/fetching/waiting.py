"""When a server asked us to come back. Pure: it reads a snapshot and knows no clock."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from revtrack.model import Snapshot

LONGEST_WAIT = timedelta(days=1)


def retry_after(snapshot: Snapshot) -> datetime | None:
    """Return the time before which the server wants no further request, None if it named none or not intelligibly.

    Seconds and HTTP dates are read (RFC 9110, 10.2.3). At most a day is granted: a server that errs by an article's
    whole life must not end its tracking. Only answers that refuse or fail are heeded.
    """
    value = snapshot.header("retry-after").strip() if (snapshot.status or 0) >= 400 else ""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        seconds = min(int(value[:12]), int(LONGEST_WAIT.total_seconds()))
        return snapshot.fetched_at + timedelta(seconds=seconds)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return min(max(moment, snapshot.fetched_at), snapshot.fetched_at + LONGEST_WAIT)
