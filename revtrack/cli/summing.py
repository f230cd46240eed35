"""What a pass of `check` tells at its end. Keeps what is told of each look, and no page: a pass may have any length."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from revtrack.cli.hosts import Hosts
from revtrack.cli.lines import complaint, entry_of, line_of, rank, strong_in
from revtrack.cli.session import Session
from revtrack.model import CheckResult, Event

if TYPE_CHECKING:
    from revtrack.archive import LogEntry

_MOST = 10
_QUIET = frozenset({Event.UNCHANGED, Event.TROUBLE})


def tell_at_once(session: Session, result: CheckResult, *, as_json: bool) -> None:
    """Tell one look as soon as it is recorded, as those do who look for ever: what is unchanged only when asked to."""
    from revtrack.forms import publish  # noqa: PLC0415

    if as_json:
        session.answer(publish(result).replace("\n", ""))
    elif result.event is Event.TROUBLE:
        session.tell(complaint(result))
    elif result.event is not Event.UNCHANGED or session.verbose:
        entry = entry_of(result)
        session.line(line_of(entry, sited=True), strong=strong_in(entry))


class Summary:
    """The looks of a pass, given how many articles of each host were due."""

    def __init__(self, due: Mapping[str, int], *, is_verbose: bool) -> None:
        self.counts: Counter[Event] = Counter()
        self._hosts = Hosts(due)
        self._are_many = len(due) > 1
        self._is_verbose = is_verbose
        self._most = None if is_verbose else _MOST
        self._told: list[LogEntry] = []
        self._complaints: list[str] = []

    def take(self, result: CheckResult) -> None:
        """Keep what is told of a look."""
        self.counts[result.event] += 1
        self._hosts.take(result)
        if self._is_verbose or result.event not in _QUIET:
            self._told.append(entry_of(result))
        if result.event is Event.TROUBLE and (self._most is None or len(self._complaints) < self._most):
            self._complaints.append(complaint(result))

    def tell(self, session: Session) -> None:
        """Print a line a change, weightiest first, then what went wrong and how much came of which host."""
        for entry in sorted(self._told, key=rank):
            session.line(line_of(entry, sited=self._are_many), strong=strong_in(entry))
        for line in self._complaints:
            click.echo(line, err=True)
        looked, failed = self.counts.total(), self.counts[Event.TROUBLE]
        if looked == 0 or looked == failed == 1:  # the one line above says it all
            return
        counted = ", ".join(f"{n} {event.value}" for event, n in self.counts.most_common() if n)
        session.tell(f"{looked} looked at: {counted}")
        lines = list(self._hosts.lines(most=self._most))
        for line in lines if len(lines) > 1 or failed else ():
            session.tell(line)
