"""Which of what is due is looked at, when a host or a source may be asked only so often."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from revtrack.config import ScheduleSettings, parse_config
from revtrack.model import Article
from revtrack.schedule import are_believable, choose, urgency

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
FEED = "https://a.example/feed"


def article(number, *, host="a.example", source="", waited=60.0, wait=60.0):
    checked = NOW - timedelta(minutes=waited)
    due = checked + timedelta(minutes=wait)
    return Article(number, f"https://{host}/{number}", source=source, checked_at=checked, due_at=due)


def test_who_has_waited_longest_for_its_wait_comes_first():
    young, old = article(1, waited=30, wait=10), article(2, waited=11_000, wait=10_000)
    fresh = Article(3, "https://a.example/3", due_at=NOW)
    assert choose([old, young, fresh], NOW, ScheduleSettings(), {}) == [fresh, young, old]
    assert urgency(young, NOW) == 3.0


def test_a_host_gets_no_more_looks_than_it_may_and_the_likeliest_edits_have_them():
    due = [article(number, waited=60 + number) for number in range(10)]
    due += [article(number, host="b.example") for number in range(10, 13)]
    chosen = choose(due, NOW, ScheduleSettings(host_looks=4), {"a.example": 1})
    assert [one.id for one in chosen] == [9, 8, 7, 10, 11, 12]


def test_a_source_gets_no_more_looks_than_it_may():
    due = [article(number, source=FEED) for number in range(5)] + [article(5)]
    assert len(choose(due, NOW, ScheduleSettings(source_looks=2), {})) == 3
    assert len(choose(due, NOW, ScheduleSettings(source_looks=2), {FEED: 2})) == 1


def test_single_hosts_and_sources_have_bounds_of_their_own():
    settings = parse_config({"schedule": {"host_looks": 1, "daily": {"a.example": 3, FEED: 2}}}).schedule
    due = [article(number, source=FEED) for number in range(5)]
    due += [article(number) for number in range(5, 10)]
    due += [article(number, host="b.example") for number in range(10, 15)]
    assert [one.id for one in choose(due, NOW, settings, {})] == [0, 1, 5, 10]


def test_a_bound_of_nothing_means_nothing():
    assert choose([article(1)], NOW, ScheduleSettings(daily={"a.example": 0}), {}) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.floats(0, 1e4)), max_size=60), st.integers(0, 40))
def test_budgets_hold_and_nothing_else_is_held_back(drawn, limit):
    due = [
        article(
            number, host=f"h{host}.example", source=f"https://h{host}.example/{source}" if source else "", waited=at
        )
        for number, (host, source, at) in enumerate(drawn)
    ]
    settings = ScheduleSettings(host_looks=7, source_looks=3)
    chosen = choose(due, NOW, settings, {"h0.example": 5}, limit)
    hosts = [one.url.split("/")[2] for one in chosen]
    assert len(chosen) <= limit
    assert all(hosts.count(host) <= (2 if host == "h0.example" else 7) for host in hosts)
    assert all([one.source for one in chosen].count(one.source) <= 3 for one in chosen if one.source)
    assert sorted(chosen, key=lambda one: (-urgency(one, NOW), one.id)) == chosen
    assert choose(due, NOW, ScheduleSettings(), {}) == sorted(due, key=lambda one: (-urgency(one, NOW), one.id))


def test_a_source_that_dates_everything_anew_is_not_believed():
    assert are_believable(3, 4)
    assert are_believable(12, 60)
    assert not are_believable(60, 60)
