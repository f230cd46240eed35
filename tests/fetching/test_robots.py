import time
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.fetching.robots import MAX_DELAY, Robots, from_text, read_robots, to_text

NOW = datetime(2024, 11, 20, 12, 0, tzinfo=UTC)


def robots(text, status=200):
    return read_robots(status, text if isinstance(text, bytes) else text.encode(), asked_at=NOW)


def may(text, path="/news/story.html", status=200):
    return not robots(text, status).why_not(f"https://example.org{path}")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/story", False),
        ("User-agent: *\nAllow: /\nUser-agent: RevTrack/2.0\nDisallow: /", False),
        ("User-agent: revtrack\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: another\nDisallow: /", True),
        ("User-agent: another\nUser-agent: revtrack\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /*.html$ # all pages", False),
        ("user-agent:*\ndisallow:/news", False),
        ("User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /news", False),
        ("User-agent: revtrack-image\nDisallow: /", True),
        ("Disallow: /", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (b"<html>\xff\xfe<body>welcome</body></html>", True),
        ("", True),
    ],
)
def test_rules_are_read_as_rfc_9309_says(text, allowed):
    assert may(text) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (301, True), (401, True), (403, True), (404, True), (429, True), (500, False), (503, False)],
)
def test_an_unavailable_file_opens_the_site_and_a_broken_server_closes_it(status, allowed):
    assert may("User-agent: *\nDisallow: /", status=status) is allowed


def test_a_long_file_is_read_up_to_half_a_megabyte():
    assert not may("User-agent: *\nDisallow: /news\n" + "# pad\n" * 5_000_000)
    assert may("User-agent: *\n" + "# pad\n" * 100_000 + "Disallow: /news\n")


def test_hostile_files_cost_little():
    began = time.process_time()
    assert may("User-agent: *\nDisallow: /" + "*a" * 40 + "*bq$\n", "/" + "a" * 5000)
    crowd = "".join(f"User-agent: agent{n}\n" for n in range(15_000))
    assert may(crowd + "Disallow: /x\n" * 15_000)
    assert may("User-agent: *\n" + "".join(f"Disallow: /{n}*x\n" for n in range(25_000)))
    assert time.process_time() - began < 5


def test_a_delay_is_heeded_within_reason():
    assert robots("User-agent: *\nCrawl-delay: 30").delay() == 30
    assert robots("User-agent: *\nCrawl-delay: 1e9").delay() == MAX_DELAY
    assert robots("User-agent: *\nCrawl-delay: soon").delay() == 0
    assert robots("User-agent: another\nCrawl-delay: 30").delay() == 0


def test_a_file_is_kept_for_a_day_and_trouble_for_minutes():
    good, broken = robots("User-agent: *\nDisallow: /"), robots("", status=500)
    assert good.is_fresh(NOW + timedelta(hours=23))
    assert not good.is_fresh(NOW + timedelta(hours=25))
    assert broken.is_fresh(NOW + timedelta(minutes=9))
    assert not broken.is_fresh(NOW + timedelta(minutes=11))
    assert not good.is_fresh(NOW - timedelta(hours=1))


def test_what_is_written_down_can_be_read_again():
    kept = robots("User-agent: *\nDisallow: /x")
    assert from_text(to_text(kept)) == kept
    for damaged in ("", "{}", "[]", '{"asked_at": 5}', '{"asked_at": "2024-11-20T12:00:00+00:00", "odd": 1}'):
        assert from_text(damaged) is None
    assert isinstance(from_text(to_text(Robots(NOW, closed="why", is_reached=False))), Robots)
