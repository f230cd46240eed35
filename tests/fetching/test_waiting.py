from datetime import UTC, datetime, timedelta

import pytest

from revtrack.fetching import retry_after
from revtrack.model import Outcome, Snapshot

NOW = datetime(2024, 11, 20, 12, 0, tzinfo=UTC)


def told(value, status=429):
    return retry_after(
        Snapshot("https://example.org/", NOW, Outcome.BLOCKED, status=status, headers=(("Retry-After", value),))
    )


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("0", timedelta(0)),
        ("999999999999999999999", timedelta(days=1)),
        ("Wed, 20 Nov 2024 13:00:00 GMT", timedelta(hours=1)),
        ("Wed, 20 Nov 2024 14:00:00 +0100", timedelta(hours=1)),
        ("Tue, 19 Nov 2024 13:00:00 GMT", timedelta(0)),
        ("Tue, 19 Nov 2999 13:00:00 GMT", timedelta(days=1)),
    ],
)
def test_seconds_and_dates_are_heeded_up_to_a_day(value, wait):
    assert told(value) == NOW + wait


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "٣", "Wed, 99 Nov 2024 99:00:00 GMT"])
def test_what_is_not_intelligible_is_no_wish(value):
    assert told(value) is None


def test_an_answer_that_succeeds_asks_for_nothing():
    assert told("3600", status=200) is None
    assert told("3600", status=503) == NOW + timedelta(hours=1)
