"""When an article's page was gone, told from its looks. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from revtrack.model import READ, Outcome
from revtrack.rendering.wording import clock, count, needs_seconds

Look = tuple[datetime, Outcome]


def absences(looks: Iterable[Look]) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when to when a page was found gone: until a look found it again, None while none has.

    That it is gone is believed when two looks have found it so.
    """
    found: list[datetime] = []
    for at, outcome in looks:
        if outcome is Outcome.GONE:
            found.append(at)
        elif outcome in READ:
            if len(found) > 1:
                yield found[0], at
            found = []
    if len(found) > 1:
        yield found[0], None


def absence(looks: Iterable[Look]) -> str:
    """Return the last of them as a sentence, with how many there were before; "" where there was none."""
    found = list(absences(looks))
    if not found:
        return ""
    since, until = found[-1]
    before = f", and {count(len(found) - 1, 'time')} before that" if len(found) > 1 else ""
    exact = needs_seconds((since, until))
    start = clock(since, exact=exact)
    when = f"was found gone from {start} until {clock(until, exact=exact)}" if until else f"is gone since {start}"
    return f"The page {when}{before}."
