import asyncio
import threading
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from revtrack.fetching.stream import AHEAD, Request, fetch_hosts, fetch_many
from revtrack.model import Outcome, Snapshot

NOW = datetime(2024, 11, 20, tzinfo=UTC)


class Fake:
    """Answers at once, and remembers how many requests were open at a time, in all and for each host."""

    def __init__(self, *, fail_at=None):
        self.asked, self.open, self.most, self.together = [], {}, 0, 0
        self.fail_at = fail_at
        self.closed = False

    async def fetch(self, url, _validators=None):
        host = url.split("/")[2]
        self.asked.append(url)
        self.open[host] = self.open.get(host, 0) + 1
        self.most = max(self.most, self.open[host])
        self.together = max(self.together, sum(self.open.values()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.open[host] -= 1
        if len(self.asked) == self.fail_at:
            raise RuntimeError("a bug of the fetcher")
        return Snapshot(url, NOW, Outcome.OK)

    @asynccontextmanager
    async def opened(self):
        try:
            yield self
        finally:
            self.closed = True


def requests(hosts, each):
    return [Request(host * 1000 + i, f"https://h{host}.test/{i}") for i in range(each) for host in range(hosts)]


def test_every_request_is_answered_once_hosts_side_by_side_and_each_in_order():
    fake = Fake()
    found = dict(fetch_many(requests(4, 30), fake.opened))
    assert len(found) == 120
    assert all(found[r.key].url == r.url for r in requests(4, 30))
    assert fake.most == 1
    assert fake.together > 1
    assert [u for u in fake.asked if "h2." in u] == [f"https://h2.test/{i}" for i in range(30)]


def test_a_slow_reader_holds_back_the_network():
    fake = Fake()
    answers = fetch_many(requests(1, 500), fake.opened)
    next(answers)
    settled = threading.Event()
    settled.wait(0.2)
    assert len(fake.asked) <= AHEAD + 2
    answers.close()


def test_leaving_early_stops_the_network_and_closes_the_fetcher():
    fake = Fake()
    for _ in fetch_many(requests(2, 500), fake.opened):
        break
    assert fake.closed
    assert not [t for t in threading.enumerate() if t.name == "revtrack-fetch"]


@pytest.mark.parametrize("at", [0, 1, 70])
def test_requests_that_cannot_be_had_end_the_network_too(at):
    def line():
        yield from requests(1, at)
        raise OSError("the archive is away")

    with pytest.raises(OSError, match="the archive is away"):
        list(fetch_hosts({"h0.test": line()}, Fake().opened))
    assert not [t for t in threading.enumerate() if t.name == "revtrack-fetch"]


def test_a_bug_of_the_fetcher_is_raised_in_the_callers_thread():
    with pytest.raises(ExceptionGroup) as error:
        list(fetch_many(requests(1, 10), Fake(fail_at=3).opened))
    assert error.group_contains(RuntimeError, match="a bug of the fetcher")


def test_nothing_asked_starts_no_thread():
    assert list(fetch_many([], Fake().opened)) == []
