"""Whose turn it is, host by host: numbers alone, so that a pass over any number of articles is held in little. Pure."""

from array import array
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

from revtrack.model import Article
from revtrack.urls import host_of

Turns = dict[str, "array[int]"]
"""The ids of what is to be looked at, by host, in the order to look."""

_AT_ONCE = 64
_LEAST = 2
"""Articles that are read of together at most, and of one host at least, where so many are left."""

T = TypeVar("T")


def turns_of(articles: Iterable[Article]) -> Turns:
    """Return turns for articles in the order given, and hold none of them."""
    return by_host((host_of(article.url), article.id) for article in articles)


def by_host(turns: Iterable[tuple[str, int]]) -> Turns:
    """Return turns for hosts and ids in the order given."""
    hosts: Turns = {}
    for host, number in turns:
        hosts.setdefault(host, array("q")).append(number)
    return hosts


def read_ahead(turns: Turns, read: Callable[[Sequence[int]], Iterable[T]]) -> dict[str, Iterator[T]]:
    """Return what `read` gives for the ids of each host, in their order and shortly before it is asked for.

    `read` is called with some ids at a time, of the host that has run out and of others that have: one query does for
    many hosts. What it gives is held until it is asked for, at most some for each host.
    """
    ahead = _Ahead(turns, read)
    return {host: ahead.line(host) for host in turns}


class _Ahead(Generic[T]):
    """What was read and not asked for yet, by host."""

    def __init__(self, turns: Turns, read: Callable[[Sequence[int]], Iterable[T]]) -> None:
        self._read = read
        self._left = {host: iter(line) for host, line in turns.items()}
        self._ready = {host: deque[T]() for host in turns}
        self._hungry = OrderedDict.fromkeys(turns)
        self._share = max(_LEAST, _AT_ONCE // max(1, len(turns)))

    def line(self, host: str) -> Iterator[T]:
        ready = self._ready[host]
        while ready or self._fill(host):
            yield ready.popleft()
            if not ready:
                self._hungry[host] = None

    def _fill(self, host: str) -> bool:
        """Read of a host that has run out, and of others; say whether anything was left of it."""
        if host not in self._hungry:  # when others were read of, nothing was left of it
            return False
        self._hungry.move_to_end(host, last=False)
        wanted: list[tuple[str, int]] = []
        while self._hungry and len(wanted) < _AT_ONCE:
            hungry = self._hungry.popitem(last=False)[0]
            share = min(self._share, _AT_ONCE - len(wanted))
            wanted += ((hungry, number) for number in islice(self._left[hungry], share))
        found = self._read([number for _, number in wanted]) if wanted else ()
        for (hungry, _), one in zip(wanted, found, strict=True):
            self._ready[hungry].append(one)
        return bool(self._ready[host])
