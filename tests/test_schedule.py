from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from revtrack.config import ScheduleSettings
from revtrack.schedule import JITTER, History, interval, next_look, spread

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
RULES = ScheduleSettings()
ages = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000))


def history(age, **more):
    return History(article_id=7, since=NOW - age, **more)


@given(ages, st.integers(0, 50))
def test_the_wait_stays_within_its_bounds(age, troubles):
    wait = next_look(history(age, troubles=troubles), NOW, RULES) - NOW
    assert timedelta(seconds=300) * (1 - JITTER) <= wait <= timedelta(days=1) * (1 + JITTER)


@given(ages, ages)
def test_an_older_article_never_waits_less(one, other):
    young, old = sorted((one, other))
    assert interval(history(young), NOW, RULES) <= interval(history(old), NOW, RULES)


def test_the_wait_is_a_share_of_the_quiet_time():
    assert interval(history(timedelta(hours=10)), NOW, RULES) == timedelta(hours=1.2)


def test_each_failed_look_doubles_the_wait():
    assert interval(history(timedelta(hours=1), troubles=3), NOW, RULES) == timedelta(hours=0.12) * 8


def test_a_change_in_the_future_of_our_clock_counts_as_now():
    assert interval(history(timedelta(hours=-3)), NOW, RULES) == timedelta(minutes=5)


def test_what_the_server_asked_for_is_obeyed():
    later = NOW + timedelta(days=3)
    assert next_look(history(timedelta(), not_before=later), NOW, RULES) == later


def test_a_doubtful_result_is_looked_at_again_soon_and_a_gone_one_late():
    assert interval(history(timedelta(days=30), unsure=True), NOW, RULES) == timedelta(minutes=5)
    assert interval(history(timedelta(), gone=True), NOW, RULES) == timedelta(days=1)


def test_looks_spread_evenly_and_the_same_each_time():
    found = [spread(i, NOW) for i in range(2000)]
    assert found == [spread(i, NOW) for i in range(2000)]
    assert all(-1 <= x <= 1 for x in found)
    assert abs(sum(found) / len(found)) < 0.05
    assert len({round(x, 3) for x in found}) > 1000
