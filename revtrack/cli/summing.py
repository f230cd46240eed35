"""What a pass of `check` tells at its end. Keeps what is told of each look, and no page: a pass may have any length."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from revtrack.cli.hosts import Hosts
from revtrack.cli.lines import complaint, counted_as, entry_of, rank, tell_entry
from revtrack.cli.session import Session
from revtrack.model import CheckResult, Event

if TYPE_CHECKING:
    from revtrack.archive import Archive, LogEntry

_MOST = 10
_QUIET = frozenset({Event.UNCHANGED, Event.TROUBLE})


def is_news(archive: "Archive", result: CheckResult) -> bool:
    """Say whether a look that is recorded found what the log has not said before: an article is gone but once."""
    if result.event is not Event.GONE:
        return True
    at = result.snapshot.fetched_at
    return any(entry.event is Event.GONE for entry in archive.log(article=result.article, since=at, versions=False))


def tell_at_once(session: Session, result: CheckResult, *, as_json: bool) -> None:
    """Tell one look as soon as it is recorded, as those do who look for ever: what is unchanged only when asked to."""
    from revtrack.forms import publish  # noqa: PLC0415

    if as_json:
        session.answer(publish(result).replace("\n", ""))
    elif result.event is Event.TROUBLE:
        session.tell(complaint(result))
    elif result.event is not Event.UNCHANGED or session.verbose:
        tell_entry(session, entry_of(result), sited=True)


class Summary:
    """The looks of a pass over an archive, given how many articles of each host were due."""

    def __init__(self, archive: "Archive", due: Mapping[str, int], *, is_verbose: bool) -> None:
        self._archive = archive
        self.counts: Counter[Event] = Counter()
        self._counted: Counter[str] = Counter()
        self._hosts = Hosts(due)
        self._are_many = len(due) > 1
        self._is_verbose = is_verbose
        self._most = None if is_verbose else _MOST
        self._told: list[LogEntry] = []
        self._complaints: list[str] = []

    def take(self, result: CheckResult) -> None:
        """Keep what is told of a look."""
        self.counts[result.event] += 1
        self._counted[counted_as(result)] += 1
        self._hosts.take(result)
        if self._is_verbose or (result.event not in _QUIET and is_news(self._archive, result)):
            self._told.append(entry_of(result))
        if result.event is Event.TROUBLE and (self._most is None or len(self._complaints) < self._most):
            self._complaints.append(complaint(result))

    def tell(self, session: Session) -> None:
        """Print a line a change, weightiest first, then what went wrong and how much came of which host."""
        for entry in sorted(self._told, key=rank):
            tell_entry(session, entry, sited=self._are_many)
        for line in self._complaints:
            click.echo(line, err=True)
        looked, failed = self.counts.total(), self.counts[Event.TROUBLE]
        if looked == 0 or looked == failed == 1:  # the one line above says it all
            return
        counted = ", ".join(f"{n} {what}" for what, n in self._counted.most_common())
        session.tell(f"{looked} looked at: {counted}")
        lines = list(self._hosts.lines(most=self._most))
        for line in lines if len(lines) > 1 or failed else ():
            session.tell(line)
