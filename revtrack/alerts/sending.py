"""Empty the outbox: hand over what is due, within a time budget, so that a dead channel never holds up a pass.

Each channel has a thread of its own and is given one message after the other, oldest first; the first that it does not
take ends its turn. A channel in trouble rests, longer each time. What has not been taken after the last try is given
up and listed. The archive is written by the caller's thread alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread

from revtrack.alerts.carrying import NotNowError, carry
from revtrack.alerts.channels import WITHIN, Channel, NotTakenError
from revtrack.alerts.messages import Telling, compose
from revtrack.alerts.rules import Rule
from revtrack.archive import Archive, Delivery
from revtrack.config import Config

BUDGET = 20.0
"""For how many seconds a run begins to send messages; what is under way then has `WITHIN` to end."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440, 1440))
"""How long a message waits after each failed try; after one more it is given up."""
_AT_ONCE = 50  # messages of a channel in one run
_SLACK = 2.0  # seconds that a thread has to answer after its limit


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one message to one channel: taken if `trouble` is empty, given up if then `again_at` is None."""

    delivery: Delivery
    trouble: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one channel gets in this run."""

    channel: Channel
    letters: tuple[tuple[Delivery, Telling], ...]


_Answer = tuple[_Turn, Delivery | None, NotTakenError | None]
"""Whose turn it is, the message that was handed over (None: the turn has ended), and why it was not taken."""


def send_due(
    archive: Archive,
    rules: Sequence[Rule],
    settings: Config,
    *,
    clock: Callable[[], datetime],
    environment: Mapping[str, str],
    budget: float = BUDGET,
    within: float = WITHIN,
) -> list[Attempt]:
    """Send what is due and return what became of each message.

    For `budget` seconds messages are begun, and each may take `within` seconds: so long, and no longer, it may last.
    """
    turns = _turns(archive, rules, clock())
    answers: SimpleQueue[_Answer] = SimpleQueue()
    stop_at = time.monotonic() + budget
    for turn in turns:
        work = _Work(turn, settings, environment, answers, stop_at, within, clock)
        Thread(target=work.run, name="revtrack-alert", daemon=True).start()
    attempts = list(_marked(archive, turns, answers, stop_at + within + _SLACK, clock))
    archive.outbox.forget(now=clock())
    return attempts


def _turns(archive: Archive, rules: Sequence[Rule], now: datetime) -> list[_Turn]:
    waiting = archive.outbox.waiting()
    resting = {(d.alert, d.channel) for d in waiting if d.tries and d.due_at > now}
    turns = []
    for rule in rules:
        for channel in rule.channels:
            mine = (rule.name, channel.name)
            due = (
                [d for d in waiting if (d.alert, d.channel) == mine and d.due_at <= now] if mine not in resting else []
            )
            letters = tuple((d, compose(d.batch, d.alert, archive.outbox.bodies(d.batch))) for d in due[:_AT_ONCE])
            if letters:
                turns.append(_Turn(channel, letters))
    return turns


@dataclass(frozen=True, slots=True)
class _Work:
    """A thread's work: it hands over and answers, and touches no archive."""

    turn: _Turn
    settings: Config
    environment: Mapping[str, str]
    answers: "SimpleQueue[_Answer]"
    stop_at: float
    within: float
    clock: Callable[[], datetime]

    def run(self) -> None:
        for delivery, telling in self.turn.letters:
            if time.monotonic() > self.stop_at:
                break
            trouble = self._try(telling)
            self.answers.put((self.turn, delivery, trouble))
            if trouble:
                break
        self.answers.put((self.turn, None, None))

    def _try(self, telling: Telling) -> NotTakenError | None:
        try:
            carry(
                telling,
                self.turn.channel,
                self.settings,
                environment=self.environment,
                now=self.clock(),
                within=self.within,
            )
        except NotTakenError as error:
            return error
        except Exception as error:  # noqa: BLE001 - a bug in one channel must end neither the pass nor the others
            return NotTakenError(f"internal error ({type(error).__name__})")
        return None


def _marked(
    archive: Archive,
    turns: Sequence[_Turn],
    answers: "SimpleQueue[_Answer]",
    end: float,
    clock: Callable[[], datetime],
) -> Iterator[Attempt]:
    """Yield what became of each message, once it is marked in the archive.

    A channel that has not answered at the end did not take the message that it was given: it gets it again.
    """
    left = {id(turn): list(turn.letters) for turn in turns}
    while left:
        try:
            turn, delivery, trouble = answers.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            break
        if delivery is None:
            del left[id(turn)]
            continue
        left[id(turn)].pop(0)
        yield _mark(archive, delivery, trouble, clock())
    for letters in left.values():
        yield _mark(archive, letters[0][0], NotTakenError("it gave no answer in time"), clock())


def _mark(archive: Archive, delivery: Delivery, trouble: NotTakenError | None, now: datetime) -> Attempt:
    if trouble is None:
        archive.outbox.sent(delivery, now=now)
        return Attempt(delivery)
    again_at = now + WAITS[delivery.tries] if delivery.tries < len(WAITS) else None
    if again_at and isinstance(trouble, NotNowError):
        again_at = max(again_at, trouble.until)
    archive.outbox.failed(delivery, trouble.reason, again_at=again_at, now=now)
    if again_at is None:  # what has waited a day behind it shares its lot: the queue of a dead channel has an end
        archive.outbox.give_up(delivery, due_before=now - timedelta(days=1), now=now)
    return Attempt(delivery, trouble.reason, again_at)
