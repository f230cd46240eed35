"""Tell whom the settings name, before and after a pass; trouble with it is said and never ends the pass."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from revtrack.cli.session import Session

if TYPE_CHECKING:
    from revtrack.alerts import Attempt
    from revtrack.archive import Archive


def open_telling(session: Session, archive: "Archive") -> Callable[[], None]:
    """Read the rules, let new ones begin now, and return what tells of all that is recorded since.

    Without [[alert]] that is nothing. Raises ConfigError for a rule that cannot be understood.
    """
    if not session.settings.alert:
        return lambda: None
    from revtrack.alerts import begin, gather, read_rules, send_due  # noqa: PLC0415 - few have rules
    from revtrack.clock import utc_now  # noqa: PLC0415
    from revtrack.errors import ArchiveLockedError  # noqa: PLC0415

    rules = read_rules(session.settings)
    begin(archive, rules, session.settings, now=utc_now())

    def tell() -> None:
        try:
            gather(archive, rules, session.settings, now=utc_now())
            report(session, send_due(archive, rules, session.settings, clock=utc_now, environment=os.environ))
        except ArchiveLockedError as error:  # what is to be told is told the next time
            session.tell(f"{error}; what is to be told waits")

    return tell


def report(session: Session, attempts: "list[Attempt]") -> None:
    """Say what became of messages: how many were taken, and each that was not."""
    taken = sum(not attempt.trouble for attempt in attempts)
    if taken:
        session.tell(f"{taken} {'message' if taken == 1 else 'messages'} sent")
    for attempt in attempts:
        if attempt.trouble:
            again = f"tried again at {attempt.again_at:%Y-%m-%d %H:%M} UTC" if attempt.again_at else "given up"
            session.tell(f"alert {attempt.delivery.alert!r} to {attempt.delivery.channel}: {attempt.trouble}; {again}")
