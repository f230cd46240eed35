"""When to look again: bounds, laws, words. Everything here is a function of values."""

from array import array
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from revtrack.config import ScheduleSettings
from revtrack.schedule import (
    History,
    Prior,
    Watched,
    explain,
    interval,
    learn,
    next_look,
    read_ahead,
    spread,
    why_over,
)
from revtrack.schedule.planning import pace

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
RULES = ScheduleSettings()
DAY = timedelta(days=1)
ages = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=360))


def history(age=timedelta(), **more):
    known = {"article_id": 7, "born": NOW - age, "watched": NOW - age, "seen": NOW}
    return History(**(known | more))


def edited(age, ago, changes=1, **more):
    return history(age, changes=changes, changed=NOW - ago, **more)


@st.composite
def histories(draw):
    age = draw(ages)
    changes = draw(st.integers(0, 300))
    changed = NOW - age * draw(st.floats(0, 1)) if changes else None
    watched = NOW - age * draw(st.floats(0, 1))
    more = {"changes": changes, "changed": changed, "watched": watched, "troubles": draw(st.integers(0, 60))}
    return history(age, article_id=draw(st.integers(1, 10**9)), **more)


@st.composite
def priors(draw):
    hours = draw(st.one_of(st.none(), st.lists(st.floats(0.05, 5), min_size=24, max_size=24)))
    return Prior(draw(st.floats(0.01, 10)), tuple(hours)) if hours else Prior(draw(st.floats(0.01, 10)))


@given(histories(), priors(), st.floats(0, 10_000))
def test_the_wait_stays_within_its_bounds(past, prior, looks):
    wait = next_look(past, NOW, ScheduleSettings(looks=looks), prior) - NOW
    assert timedelta(seconds=300) <= wait <= timedelta(days=7)


@given(histories(), priors(), st.floats(1, 500), st.floats(1, 500))
def test_who_may_look_more_often_never_waits_longer(past, prior, one, other):
    few, many = sorted((one, other))
    waits = [next_look(past, NOW, ScheduleSettings(looks=looks), prior) for looks in (many, few)]
    assert waits == sorted(waits)


@given(histories(), priors())
def test_the_same_history_gives_the_same_plan(past, prior):
    assert next_look(past, NOW, RULES, prior) == next_look(replace(past), NOW, RULES, replace(prior))


@given(ages, ages)
def test_an_older_article_without_edits_never_waits_less(one, other):
    young, old = sorted((one, other))
    assert interval(history(young), NOW, RULES) <= interval(history(old), NOW, RULES)


@given(ages, st.integers(0, 30))
def test_an_article_edited_more_often_never_waits_longer(age, changes):
    waits = [interval(edited(age, age / 2, count), NOW, RULES) for count in (changes + 1, changes)]
    assert waits == sorted(waits)


@given(ages, priors(), st.floats(1, 5))
def test_articles_of_a_livelier_source_never_wait_longer(age, prior, factor):
    livelier = replace(prior, liveliness=prior.liveliness * factor)
    assert interval(history(age), NOW, RULES, livelier) <= interval(history(age), NOW, RULES, prior)


def test_an_edit_makes_the_next_look_come_sooner_and_that_passes():
    age = timedelta(days=3)
    quiet = interval(history(age), NOW, RULES)
    waits = [interval(edited(age, ago), NOW, RULES) for ago in (timedelta(minutes=1), timedelta(hours=1), DAY)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] < quiet


def test_a_wait_reaches_over_the_night_of_its_source():
    # Lively from 8 to 20 UTC, at rest else; the same article, planned at 19:30 and with hours that are all alike.
    hours = tuple(2.0 if 8 <= hour < 20 else 0.02 for hour in range(24))
    evening = NOW.replace(hour=19, minute=30)
    past = History(7, born=evening - DAY, watched=evening - DAY, seen=evening)
    rules = ScheduleSettings(looks=97)
    lively, even = (interval(past, evening, rules, Prior(hours=known)) for known in (hours, Prior().hours))
    assert even < timedelta(hours=8)
    assert (evening + lively).hour >= 8
    assert evening + lively > evening + timedelta(hours=12)


def test_an_article_that_was_old_when_it_was_added_is_not_taken_for_one_that_was_quiet_all_along():
    age = timedelta(days=20)
    added_late, watched_long = history(age, watched=NOW - timedelta(hours=1)), history(age)
    assert interval(added_late, NOW, RULES) < interval(watched_long, NOW, RULES)


def test_each_failed_look_doubles_the_wait_up_to_the_longest():
    age = timedelta(hours=1)
    waits = [interval(history(age, troubles=troubles), NOW, RULES) for troubles in range(60)]
    assert waits[3] / waits[0] == pytest.approx(8)
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(days=7)


def test_what_the_server_asked_for_is_obeyed():
    later = NOW + timedelta(days=30)
    assert next_look(history(not_before=later), NOW, RULES) == later


def test_a_doubtful_result_is_looked_at_again_soon_and_a_gone_one_daily():
    assert interval(history(timedelta(days=30), unsure=True), NOW, RULES) == timedelta(minutes=5)
    assert interval(history(gone=True), NOW, RULES) == DAY


def test_a_birth_in_the_future_of_our_clock_counts_as_now():
    assert interval(history(timedelta(hours=-3)), NOW, RULES) == interval(history(), NOW, RULES)


def test_the_pace_follows_the_looks_asked_for():
    asked = [1, 5, 10, 17, 25, 50, 97, 150, 1000, 1e6]
    assert [pace(looks) for looks in asked] == sorted((pace(looks) for looks in asked), reverse=True)


# --- letting go -------------------------------------------------------------------------------------------------


def test_an_article_retires_a_year_after_its_last_change():
    assert next_look(history(timedelta(days=366)), NOW, RULES) is None
    assert next_look(edited(timedelta(days=700), timedelta(days=364)), NOW, RULES) is not None
    assert why_over(edited(timedelta(days=700), timedelta(days=366)), NOW, RULES) == "unchanged since 2023-11-20"


def test_an_article_that_came_back_is_watched_for_another_year():
    old = history(timedelta(days=800), watched=NOW - timedelta(days=2))
    assert next_look(old, NOW, RULES) is not None


def test_an_article_retires_when_it_was_not_found_for_a_month():
    lost = history(timedelta(days=90), seen=NOW - timedelta(days=31))
    assert next_look(replace(lost, gone=True), NOW, RULES) is None
    assert next_look(replace(lost, troubles=20), NOW, RULES) is None
    assert next_look(replace(lost, gone=True), NOW, ScheduleSettings(retire_lost=40 * 86400)) is not None
    assert next_look(lost, NOW, RULES) is not None  # just not looked at


def test_a_doubtful_result_is_settled_before_an_article_retires():
    assert next_look(history(timedelta(days=400), unsure=True), NOW, RULES) is not None


# --- learning ---------------------------------------------------------------------------------------------------


def watched(changes, *, hour=9, day=0, days=30):
    added = datetime(2024, 10, 1, hour, 20, tzinfo=UTC) + timedelta(days=day)
    changed = added + timedelta(hours=1) if changes else None
    return Watched(added, added + timedelta(days=days), changed, changes)


def test_of_a_source_nobody_has_seen_what_holds_at_large_is_expected():
    assert learn([]) == Prior()
    assert learn([Watched(NOW)]).liveliness == 1


@given(st.lists(st.integers(0, 500), max_size=200))
def test_what_is_learned_stays_within_bounds(changes):
    prior = learn([watched(count, day=place) for place, count in enumerate(changes)])
    assert 1 / 8 <= prior.liveliness <= 8
    assert sum(prior.hours) == pytest.approx(24)
    assert min(prior.hours) > 0


def test_much_that_was_seen_weighs_more_than_little():
    few, many = learn([watched(3)] * 3), learn([watched(3)] * 300)
    assert 1 < few.liveliness < many.liveliness
    assert learn([watched(0)] * 300).liveliness < 1 / 3


def test_one_live_blog_says_little_about_its_source():
    quiet = [watched(0, day=day) for day in range(20)]
    assert learn([*quiet, watched(400)]) == learn([*quiet, watched(6)])


def test_a_source_is_lively_at_the_hours_its_articles_come_and_change():
    prior = learn([watched(1, day=day) for day in range(100)])
    assert prior.hours[9] > 3
    assert prior.hours[10] > 3
    assert prior.hours[22] < 0.5


def test_a_thousand_articles_added_at_once_are_one_occasion():
    assert max(learn([watched(0)] * 1000).hours) < 1.5


# --- spreading and words ----------------------------------------------------------------------------------------


def test_looks_spread_evenly_and_the_same_each_time():
    found = [spread(i, NOW) for i in range(2000)]
    assert found == [spread(i, NOW) for i in range(2000)]
    assert all(-1 <= x <= 1 for x in found)
    assert abs(sum(found) / len(found)) < 0.05
    assert len({round(x, 3) for x in found}) > 1000


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (history(timedelta(hours=2.5)), "published 2 hours ago, unchanged since"),
        (edited(timedelta(days=3), timedelta(days=1)), "edited once, 1 day ago"),
        (
            edited(timedelta(days=3), timedelta(minutes=12), 3),
            "edited 3 times, last 12 minutes ago: more edits often follow soon",
        ),
        (history(troubles=1), "1 failed look in a row: the wait doubles with each"),
        (history(gone=True), "its page is gone: looked for once a day"),
        (history(unsure=True), "a second look at a doubtful result"),
        (history(not_before=NOW + DAY), "the server asked us to wait until 2024-11-21 12:00 UTC"),
        (history(timedelta(days=366)), "retired: unchanged since 2023-11-20"),
        (history(2 * DAY, seen=NOW - 40 * DAY, gone=True), "retired: not found since 2024-10-11"),
    ],
)
def test_the_reason_of_a_plan_is_said_in_words(past, words):
    assert explain(past, NOW, RULES) == words


def test_a_quiet_hour_is_said():
    hours = tuple(0.1 if hour == 12 else 1.04 for hour in range(24))
    assert explain(history(DAY), NOW, RULES, Prior(hours=hours)).endswith("; few edits at this hour here")


@example([[0] * 3] * 36, Random(0))
@example([[0] * 90], Random(0))
@given(st.lists(st.lists(st.integers(0, 999), max_size=90), max_size=50), st.randoms(use_true_random=False))
def test_what_is_read_ahead_comes_in_turn_few_at_a_time_and_all_of_it(lines, chance):
    turns, parts = {f"h{number}": array("q", line) for number, line in enumerate(lines)}, []

    def read(numbers):
        parts.append(len(numbers))
        return [f"read {number}" for number in numbers]

    ahead, found = read_ahead(turns, read), {host: [] for host in turns}
    assert parts == []
    while open_hosts := [host for host in ahead if len(found[host]) < len(turns[host])]:
        host = chance.choice(open_hosts)
        found[host].append(next(ahead[host]))
    assert found == {host: [f"read {number}" for number in line] for host, line in turns.items()}
    assert all(list(line) == [] for line in ahead.values())
    assert all(0 < part <= 64 for part in parts)
