"""Digests come when the clocks on people's walls say so, every day once, over every change of those clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.alerts.periods import next_after, read_period
from revtrack.errors import ConfigError

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca",
    "America/St_Johns", "Pacific/Chatham", "America/Sao_Paulo", "Asia/Tehran", "UTC",
)  # fmt: skip
MOMENTS = st.integers(788_918_400, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, UTC))
HOURS = st.integers(0, 23)
MINUTES = st.sampled_from([0, 15, 30, 59])


def times(text, start, n):
    period, found = read_period(text), []
    for _ in range(n):
        start = next_after(period, start)
        found.append(start)
    return found


@given(st.sampled_from(ZONES), HOURS, MINUTES, MOMENTS)
def test_every_local_day_has_one_at_its_time_or_just_behind_a_leap(zone, hour, minute, start):
    found = times(f"daily {hour}:{minute:02} {zone}", start, 5)
    local = [moment.astimezone(ZoneInfo(zone)) for moment in found]
    assert start < found[0] <= start + timedelta(hours=49)  # Samoa once left out a day
    for before, after in pairwise(found):
        assert timedelta(hours=22) <= after - before <= timedelta(hours=26) or zone == "Pacific/Apia"
    for moment in local:
        wall = datetime.combine(moment.date(), datetime.min.time()).replace(hour=hour, minute=minute)
        late = moment.replace(tzinfo=None) - wall
        assert timedelta() <= late <= timedelta(hours=1) or zone == "Pacific/Apia"
    assert len({moment.date() for moment in local}) == 5


@given(st.sampled_from(ZONES), HOURS, MOMENTS, st.timedeltas(timedelta(), timedelta(days=3)))
def test_asking_later_never_gives_an_earlier_time_and_asking_before_it_gives_the_same(zone, hour, moment, more):
    period = read_period(f"daily {hour:02}:00 {zone}")
    due = next_after(period, moment)
    assert next_after(period, moment + more) >= due
    assert next_after(period, due - timedelta(seconds=1)) == due
    assert next_after(period, due) > due


@pytest.mark.parametrize(
    ("text", "start", "wanted"),
    [
        # The clocks leap from 2:00 to 3:00 on 31 March 2024: half past two comes as half past three.
        ("daily 02:30 Europe/Berlin", "2024-03-30T12:00Z", ["2024-03-31T01:30Z", "2024-04-01T00:30Z"]),
        # They go back from 3:00 to 2:00 on 27 October: half past two comes twice, and counts the first time.
        ("daily 02:30 Europe/Berlin", "2024-10-26T12:00Z", ["2024-10-27T00:30Z", "2024-10-28T01:30Z"]),
        ("daily 07:00 Europe/Berlin", "2024-03-30T07:00Z", ["2024-03-31T05:00Z", "2024-04-01T05:00Z"]),
        ("daily 07:00 America/New_York", "2024-11-02T12:00Z", ["2024-11-03T12:00Z", "2024-11-04T12:00Z"]),
        ("weekly monday 07:00 Asia/Tokyo", "2024-11-20T00:00Z", ["2024-11-24T22:00Z", "2024-12-01T22:00Z"]),
        ("Sunday 9:00", "2024-11-20T00:00Z", ["2024-11-24T09:00Z", "2024-12-01T09:00Z"]),
        ("hourly", "2024-11-20T09:00Z", ["2024-11-20T10:00Z", "2024-11-20T11:00Z"]),
    ],
)
def test_known_days(text, start, wanted):
    found = times(text, datetime.fromisoformat(start), 2)
    assert found == [datetime.fromisoformat(moment) for moment in wanted]


def test_a_day_that_a_zone_left_out_is_no_day_of_its_own():
    local = [
        m.astimezone(ZoneInfo("Pacific/Apia"))
        for m in times("daily 07:00 Pacific/Apia", datetime(2011, 12, 28, tzinfo=UTC), 4)
    ]
    assert [moment.date() for moment in local] == [
        date(2011, 12, 28),
        date(2011, 12, 29),
        date(2011, 12, 31),
        date(2012, 1, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "daily 7",
        "daily 25:00",
        "monthly 07:00",
        "daily 07:00 Mars/Base",
        "daily 07:00 ../../etc",
        "daily 07:60",
    ],
)
def test_what_is_no_period_is_told(text):
    with pytest.raises(ConfigError):
        read_period(text)
