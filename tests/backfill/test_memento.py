"""Web archives on the net: a loopback server speaks their protocols, with the faults that they have."""

import gzip
import json
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from revtrack.backfill import Service, Wanted, memento_captures, wayback_captures
from revtrack.backfill.listings import read_cdx, read_timemap
from revtrack.config import FetchSettings
from revtrack.errors import FetchError
from revtrack.model import Outcome
from tests.backfill.pages import EDITED, SENTENCES, URL, bring, hours, page, skipped
from tests.newsroom import answer


class Clock:
    """A clock that sleeping moves, and a memory that outlives a service."""

    def __init__(self):
        self.now, self.naps, self.memory = hours(1000), [], {}

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)

    def keep(self, before, after):
        self.memory.update({name: text for name, text in after.items() if before.get(name) != text})


def stamp(at):
    return f"{at:%Y%m%d%H%M%S}"


def captured(body, at, *, status=200, headers=None):
    """What a Wayback answers for a capture: the page as it was, and when that was."""
    told = {"Memento-Datetime": format_datetime(at, usegmt=True), "x-archive-orig-server": "nginx", **(headers or {})}
    return answer(body, status, headers=told)


class Wayback:
    """A Wayback Machine of one article, whose every capture a test writes."""

    def __init__(self, newsroom):
        self.room, self.rows, self.page_size = newsroom, [], 1000
        self.base = newsroom.url("")
        newsroom.script("/cdx/search/cdx", self._listing)

    def _listing(self, request):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.target).query).items()}
        assert asked["collapse"] == "digest"
        start = int(asked.get("resumeKey", 0))
        rows = self.rows[start : start + self.page_size]
        more = [[], [str(start + self.page_size)]] if start + self.page_size < len(self.rows) else []
        fields = asked["fl"].split(",")
        body = json.dumps([fields, *rows, *more]) if self.rows else "[]\n"
        return answer(body, headers={"Content-Type": "application/json"})

    def path(self, at, url=URL):
        return f"/web/{stamp(at)}id_/{url}"

    def has(self, at, script=None, *, status=200, url=URL):
        """List a capture, and answer it so."""
        self.rows.append([stamp(at), url, "text/html", str(status), f"SHA{len(self.rows)}"])
        if script is not None:
            self.room.script(self.path(at, url), script)

    @property
    def asked(self):
        """The paths that were asked for, robots.txt left out."""
        return [r.target for r in self.room.requests if r.target != "/robots.txt"]


@pytest.fixture
def wayback(newsroom):
    return Wayback(newsroom)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(newsroom, clock):
    """Makes a service as a new process would."""

    def make():
        settings = FetchSettings(gap=0, timeout=5, allow=(newsroom.host,))
        return Service(settings, recall=lambda: dict(clock.memory), keep=clock.keep, clock=clock, sleep=clock.sleep)

    return make


def looks(wayback, service, **options):
    found = list(wayback_captures(URL, service=service(), base=wayback.base, **options))
    return [one for one in found if one not in skipped(found)], skipped(found)


def test_captures_are_looks_of_the_time_of_the_capture(wayback, service, archive):
    wayback.page_size = 2
    for number in range(3):
        wayback.has(hours(number), captured(page(EDITED if number == 2 else SENTENCES), hours(number)))
    found, left = looks(wayback, service)
    assert left == []
    bring(archive, found)
    (article,) = archive.articles()
    assert (article.url, article.versions) == (URL, 2)
    look = next(archive.snapshots(article))
    assert (look.fetched_at, look.status, look.origin.kind) == (hours(0), 200, "wayback")
    assert look.origin.place == f"{wayback.base}{wayback.path(hours(0))}"
    assert look.header("server") == "nginx"
    assert len(wayback.asked) == 2 + 3  # two pages of the list, three captures


def test_what_was_brought_in_before_is_not_asked_for_again(wayback, service):
    for number in range(3):
        wayback.has(hours(number), captured(page(), hours(number)))
    found, _ = looks(wayback, service)
    known = {look.origin.place for look in found[:2]}
    found, _ = looks(wayback, service, known=known.__contains__)
    assert [look.fetched_at for look in found] == [hours(2)]
    assert len(wayback.asked) == 4 + 2


PACKED = gzip.compress(page().encode())
FAULTS = {
    "gzip": (captured(PACKED, hours(0), headers={"Content-Encoding": "gzip"}), Outcome.OK, 1),
    "gzip in gzip": (captured(gzip.compress(PACKED), hours(0), headers={"Content-Encoding": "gzip"}), Outcome.OK, 1),
    "gzip that nothing tells of": (captured(PACKED, hours(0)), Outcome.OK, 1),
    "a captured error": (captured("<h1>Gone</h1>", hours(0), status=404), Outcome.GONE, 1),
    "a captured refusal": (captured("<h1>No</h1>", hours(0), status=403), Outcome.BLOCKED, 1),
    "a captured failure": (captured("<h1>Oops</h1>", hours(0), status=500), Outcome.FAILED, 2),
    "a missing capture": (answer("<h1>Not in the archive</h1>", 404), "has it listed", 1),
    "an archive in trouble": (answer("<h1>Busy</h1>", 503), "has it listed", 2),
    "a page that breaks off": (captured(page(), hours(0), headers={"Content-Length": "9000"}), "broke off", 1),
    "packed and broken": (captured(PACKED[:-30], hours(0), headers={"Content-Encoding": "gzip"}), "codings", 1),
    "an empty page": (captured("", hours(0)), Outcome.FAILED, 1),
    "a picture": (captured(b"\x89PNG", hours(0), headers={"Content-Type": "image/png"}), Outcome.NOT_ARTICLE, 1),
    "a page too large": (captured(gzip.compress(b" " * (17 << 20)), hours(0), headers={"Content-Encoding": "gzip"}), "cod", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_outcome_and_few_requests(wayback, service, name):
    script, outcome, requests = FAULTS[name]
    wayback.has(hours(0), script)
    wayback.has(hours(1), captured(page(EDITED), hours(1)))
    found, left = looks(wayback, service)
    if isinstance(outcome, Outcome):
        assert (left, [look.outcome for look in found]) == ([], [outcome, Outcome.OK])
    else:
        assert [look.fetched_at for look in found] == [hours(1)]
        assert outcome in left[0].why
    assert wayback.asked.count(wayback.path(hours(0))) == requests


def test_the_nearest_capture_is_of_its_own_time(wayback, service):
    """A Wayback sends on to the capture nearest in time, and says of which time that is."""
    to = {"Location": wayback.path(hours(4))}
    wayback.has(hours(0), answer(b"", 302, headers=to))
    wayback.room.script(wayback.path(hours(4)), captured(page(), hours(4)))
    (look,), _ = looks(wayback, service)
    assert (look.fetched_at, look.redirects) == (hours(4), ())
    found, (left,) = looks(wayback, service, wanted=Wanted(until=hours(3)))
    assert found == []
    assert "another time" in left.why


def test_a_captured_redirect_is_a_redirect_of_the_article(wayback, service):
    front, elsewhere = "https://news.example/", "https://other.example/2024/ferry-fares.html"
    for number, target in enumerate((front, elsewhere)):
        at = hours(number)
        wayback.has(at, answer(b"", 302, headers={"Location": wayback.path(at, target)}), status=301)
        wayback.room.script(wayback.path(at, target), captured(page(), at))
    found, _ = looks(wayback, service)
    assert [(look.outcome, look.final_url) for look in found] == [
        (Outcome.REDIRECTED_AWAY, front),
        (Outcome.OK, elsewhere),
    ]
    assert {look.url for look in found} == {URL}


def test_an_archive_that_sends_us_to_the_living_page_is_not_believed(wayback, service, newsroom):
    wayback.has(hours(0), answer(b"", 302, headers={"Location": newsroom.url("/2024/ferry-fares.html")}))
    newsroom.publish("/2024/ferry-fares.html", page())
    found, (left,) = looks(wayback, service)
    assert found == []
    assert "says no time" in left.why
    wayback.rows.clear()
    wayback.has(hours(1), answer(b"", 302, headers={"Location": "http://localhost:1/2024/ferry-fares.html"}))
    found, (left,) = looks(wayback, service)
    assert found == []


def test_a_refusal_with_a_short_wait_is_waited_for_and_a_long_one_is_kept(wayback, service, clock):
    wayback.has(hours(0), captured(page(), hours(0)))
    wayback.has(hours(1), answer("later", 429, headers={"Retry-After": "20"}))
    found = wayback_captures(URL, service=service(), base=wayback.base)
    assert next(found).fetched_at == hours(0)
    with pytest.raises(FetchError, match="3 times in a row"):
        next(found)
    assert len(wayback.asked) == 1 + 1 + 3
    assert sum(clock.naps) >= 40
    wayback.room.script("/cdx/search/cdx", answer("later", 429, headers={"Retry-After": "3600"}))
    clock.now += timedelta(minutes=1)
    for _ in range(3):  # another process asks nothing
        with pytest.raises(FetchError, match="no request before"):
            looks(wayback, service)
    assert len(wayback.asked) == 1 + 1 + 3 + 1
    clock.now += timedelta(hours=1)
    wayback.room.script("/cdx/search/cdx", wayback._listing)
    wayback.rows.pop()
    assert len(looks(wayback, service)[0]) == 1


def test_a_refusal_without_a_time_is_taken_for_a_minute_then_two(wayback, service, clock):
    wayback.room.script("/cdx/search/cdx", answer("later", 429))
    with pytest.raises(FetchError):
        looks(wayback, service)
    assert [round(nap, -1) for nap in clock.naps] == [60, 120]
    assert len(wayback.asked) == 3


def test_no_more_than_24_lists_are_asked_for_in_any_minute(wayback, service, clock):
    wayback.page_size = 1
    for number in range(60):
        wayback.has(hours(number))
    times = []
    listing = wayback._listing
    wayback.room.script("/cdx/search/cdx", lambda request: (times.append(clock()), listing(request))[1])
    everything = {"known": lambda _: True}
    looks(wayback, service, **everything)
    looks(wayback, service, **everything)  # as another process
    assert len(times) == 120
    assert all(later - first >= timedelta(minutes=1) for first, later in zip(times, times[24:], strict=False))


def test_a_list_that_leads_in_a_circle_or_is_none_ends(wayback, service):
    wayback.has(hours(0), captured(page(), hours(0)))
    row = json.dumps([["timestamp", "original"], [stamp(hours(0)), URL], [], ["again"]])
    wayback.room.script("/cdx/search/cdx", answer(row, headers={"Content-Type": "application/json"}))
    found, _ = looks(wayback, service)
    assert len(found) == 1
    assert len(wayback.asked) == 3
    for body in ("<html>Sorry</html>", '[["timestamp", "orig'):
        wayback.room.script("/cdx/search/cdx", answer(body))
        with pytest.raises(FetchError, match="list of captures"):
            looks(wayback, service)
    for body in ("", "[]"):
        wayback.room.script("/cdx/search/cdx", answer(body))
        assert looks(wayback, service) == ([], [])
    wayback.room.script("/cdx/search/cdx", answer("blocked by a site", 403))
    with pytest.raises(FetchError, match="403"):
        looks(wayback, service)


def test_cdx_is_read_in_lines_too():
    text = f"20240501080000 {URL} text/html 200 AAAA\n20240501x {URL} - - -\n\nkey+of+more\n"
    listing = read_cdx(text, base="https://archive.example")
    assert [(one.at, one.status) for one in listing.captures] == [(hours(0), 200)]
    assert listing.more == ("key+of+more",)
    for answered in (f"example,news)/ 20240501080000 {URL} text/html 200 AAAA 99\n",
                     json.dumps([["urlkey", "timestamp", "original", "mimetype", "statuscode"],
                                 ["example,news)/", "20240501080000", URL, "text/html", "200"]])):  # fmt: skip
        (one,) = read_cdx(answered, base="https://archive.example").captures
        assert (one.at, one.original, one.status) == (hours(0), URL, 200)


def link(url, relation, at=None):
    when = f'; datetime="{format_datetime(at, usegmt=True)}"' if at else ""
    return f'<{url}>; rel="{relation}"{when}'


def test_timemaps_lead_to_captures_and_to_further_timemaps(newsroom, service):
    first, second = newsroom.url("/timemap/link/1"), newsroom.url("/timemap/link/2")
    places = [newsroom.url(f"/wayback/{stamp(hours(n))}/{URL}") for n in range(3)]
    raw = [f"/wayback/{stamp(hours(n))}id_/{URL}" for n in range(3)]
    maps = {
        "/timemap/link/1": [link(URL, "original"), link(first, "self timemap"), link(places[0], "first memento", hours(0)),
                            link(places[1], "memento", hours(1)), link(second, "timemap")],
        "/timemap/link/2": [link(first, "timemap"), link(places[2], "last memento", hours(2))],
    }  # fmt: skip
    for path, links in maps.items():
        newsroom.script(path, answer(",\n ".join(links), headers={"Content-Type": "application/link-format"}))
    for number, path in enumerate(raw):
        newsroom.script(path, captured(page(), hours(number)))
    found = list(memento_captures(URL, service=service(), timemap=first))
    assert [look.fetched_at for look in found] == [hours(0), hours(1), hours(2)]
    assert {look.origin.kind for look in found} == {"memento"}
    assert len(newsroom.requests) == 1 + 2 + 3  # with robots.txt


def test_a_timemap_is_read_whatever_its_spacing_and_quotes():
    text = f'<{URL}>;rel=original,<https://a.example/1>; rel="memento"; datetime="Wed, 01 May 2024 08:00:00 GMT" , <x'
    assert [(one.url, one.at) for one in read_timemap(text).captures] == [("https://a.example/1", hours(0))]
    with pytest.raises(ValueError, match="link format"):
        read_timemap("{}")
