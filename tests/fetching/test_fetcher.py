import asyncio
import gzip
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.errors import ConfigError, FetchError
from revtrack.fetching import Fetcher, FetchSettings, fetch_page, retry_after
from revtrack.fetching.manners import Manners
from revtrack.fetching.wire import Plain
from revtrack.model import Outcome, Validators
from tests.newsroom import Newsroom, answer

PAGE = "<html><body><p>The council met on Monday.</p></body></html>"
NOON = datetime(2024, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self):
        self.now = NOON
        self.slept = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def fetch(*urls, validators=None, settings=None, **options):
    """Fetch URLs one after the other with one fetcher, all of loopback allowed unless settings say otherwise."""

    async def run():
        async with Fetcher(settings or FetchSettings(gap=0, allow=("127.0.0.1",)), **options) as fetcher:
            return [await fetcher.fetch(url, validators) for url in urls]

    found = asyncio.run(run())
    return found[0] if len(urls) == 1 else found


def redirect(location, **headers):
    return answer("moved", 302, headers={"Location": location, **headers})


# --- one look --------------------------------------------------------------------------------------------------------


def test_a_page_is_kept_as_received_with_all_that_was_said(newsroom):
    packed = gzip.compress(PAGE.encode(), mtime=0)
    newsroom.publish("/story", packed, headers={"Content-Encoding": "gzip", "ETag": '"1"'})
    snapshot = fetch(
        newsroom.url("/story"), settings=FetchSettings(gap=0, allow=(newsroom.host,), contact="desk@example.org")
    )
    assert (snapshot.outcome, snapshot.status, snapshot.body, snapshot.decoded) == (
        Outcome.OK,
        200,
        packed,
        PAGE.encode(),
    )
    assert snapshot.final_url == snapshot.url == newsroom.url("/story")
    assert snapshot.header("content-encoding") == "gzip"
    sent = dict(snapshot.request_headers)
    assert sent == {name.title(): value for name, value in newsroom.requests[-1].headers.items()}
    assert sent["User-Agent"].startswith("revtrack/")
    assert sent["User-Agent"].endswith("(+desk@example.org)")


def test_unchanged_pages_cost_a_304(newsroom):
    newsroom.publish("/story", PAGE, etag='"v1"', headers={"Last-Modified": "Wed, 20 Nov 2024 10:00:00 GMT"})
    first = fetch(newsroom.url("/story"))
    second = fetch(newsroom.url("/story"), validators=first.validators)
    assert second.outcome is Outcome.NOT_MODIFIED
    assert second.body is None
    sent = newsroom.requests[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Wed, 20 Nov 2024 10:00:00 GMT")


def test_who_answered_is_kept(newsroom):
    newsroom.publish("/story", PAGE)
    snapshot = fetch(newsroom.url("/story"))
    assert (snapshot.peer, snapshot.tls, snapshot.noarchive) == (newsroom.host, None, False)
    assert fetch("http://127.0.0.1:1/").peer == ""


@pytest.mark.parametrize(
    ("headers", "head", "asked"),
    [
        ({"X-Robots-Tag": "noindex, noarchive"}, "", True),
        ({"X-Robots-Tag": "otherbot: noarchive"}, "", False),
        ({"X-Robots-Tag": "revtrack: noarchive"}, "", True),
        ({"X-Robots-Tag": "unavailable_after: 1 Jan 2030, noarchive"}, "", True),
        ({}, '<meta name="robots" content="NOARCHIVE">', True),
        ({}, "<meta content='noarchive,nofollow' name=robots >", True),
        ({}, '<meta name="googlebot" content="noarchive">', False),
        ({}, "<p>noarchive</p>", False),
    ],
)
def test_that_no_copy_be_shown_is_noted(newsroom, headers, head, asked):
    newsroom.publish("/story", f"<html><head>{head}</head>{PAGE}", headers=headers)
    assert fetch(newsroom.url("/story")).noarchive is asked


def test_validators_go_only_to_the_address_that_gave_them(newsroom):
    newsroom.publish("/new", PAGE, etag='"1"')
    newsroom.script("/old", redirect("/new"))
    given = fetch(newsroom.url("/old")).validators
    newsroom.script("/other", redirect("/elsewhere"))
    newsroom.publish("/elsewhere", PAGE, etag='"1"')
    assert fetch(newsroom.url("/old"), validators=given).outcome is Outcome.NOT_MODIFIED
    assert fetch(newsroom.url("/other"), validators=given).outcome is Outcome.OK
    assert {path: "if-none-match" in newsroom.asked(path)[-1].headers for path in ("/old", "/new", "/elsewhere")} == {
        "/old": False,
        "/new": True,
        "/elsewhere": False,
    }


def test_validators_that_cannot_be_sent_back_are_not(newsroom):
    newsroom.publish("/story", PAGE)
    odd = Validators(etag='"a"\r\nX-Injected: 1', last_modified="yesterday")
    assert fetch(newsroom.url("/story"), validators=odd).outcome is Outcome.OK
    assert not {"if-none-match", "if-modified-since", "x-injected"} & set(newsroom.requests[-1].headers)
    assert fetch(newsroom.url("/story"), validators=Validators(etag='"caf\xe9"')).outcome is Outcome.OK


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
WHOLE = PAGE.encode()


@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"HTP/1.1 banana\r\n\r\n" + WHOLE,
        WHOLE,
        HEAD + b"Content-Length: 9999\r\n\r\n" + WHOLE,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\nThe council met.\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1000\r\nThe council met.",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\nx\r\n0\r\n\r\n",
        HEAD + b"Content-Length: 10\r\nContent-Length: 60\r\n\r\n" + WHOLE,
        HEAD + b"Content-Length: -1\r\n\r\n" + WHOLE,
        HEAD + b"\r\n" + WHOLE[:-20],
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(WHOLE)[:-5],
        HEAD + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n" + WHOLE,
        HEAD + b"X: a\r\n" * 100_000 + b"\r\n" + WHOLE,
    ],
)
def test_what_is_not_whole_is_a_failed_look_with_a_reason(newsroom, response):
    newsroom.script("/story", response)
    snapshot = fetch(newsroom.url("/story"))
    assert snapshot.outcome is Outcome.FAILED
    assert snapshot.reason
    assert snapshot.decoded is None


@pytest.mark.parametrize(
    "response",
    [
        HEAD.replace(b"1.1", b"1.0") + b"\r\n" + WHOLE,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n%X;a=1\r\n%b\r\n0\r\nX-T: 1\r\n\r\n" % (len(WHOLE), WHOLE),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + HEAD + b"\r\n" + WHOLE,
        HEAD + b"X-Name: Zo\xc3\xab caf\xe9\r\n\r\n" + WHOLE,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n" + WHOLE,
    ],
)
def test_what_is_odd_but_whole_is_read(newsroom, response):
    newsroom.script("/story", response)
    assert fetch(newsroom.url("/story")).decoded == WHOLE


def test_size_limits_hold_on_the_wire_and_when_unpacked(newsroom):
    settings = FetchSettings(gap=0, allow=(newsroom.host,), max_wire_bytes=1000, max_decoded_bytes=2000)
    newsroom.script("/announced", HEAD + b"Content-Length: 10737418240\r\n\r\n" + WHOLE)
    newsroom.script("/unannounced", HEAD + b"\r\n" + WHOLE * 100)
    newsroom.publish("/bomb", gzip.compress(bytes(100_000)), headers={"Content-Encoding": "gzip"})
    for path, limit in (("/announced", "1000"), ("/unannounced", "1000"), ("/bomb", "2000")):
        snapshot = fetch(newsroom.url(path), settings=settings)
        assert snapshot.outcome is Outcome.FAILED
        assert limit in snapshot.reason


@pytest.mark.parametrize("start", [b"", HEAD, HEAD + b"Content-Length: 900\r\n\r\n<p>The"])
def test_one_deadline_holds_for_the_whole_fetch(newsroom, start):
    def stall(request):  # noqa: ARG001
        newsroom.hold()
        return start

    newsroom.script("/story", stall)
    snapshot = fetch(newsroom.url("/story"), settings=FetchSettings(gap=0, allow=(newsroom.host,), timeout=0.3))
    assert snapshot.outcome is Outcome.FAILED
    assert "0.3 seconds" in snapshot.reason
    assert snapshot.elapsed < 2


def test_waiting_for_a_slot_is_no_part_of_the_deadline(newsroom):
    def stall(request):  # noqa: ARG001
        newsroom.hold()
        return b""

    newsroom.script("/stalls", stall)
    newsroom.publish("/robots.txt", "")
    with Newsroom() as other:
        other.publish("/story", PAGE)

        async def run():
            async with Fetcher(FetchSettings(gap=0, allow=("127.0.0.1",), timeout=0.4, concurrency=1)) as fetcher:
                return await asyncio.gather(fetcher.fetch(newsroom.url("/stalls")), fetcher.fetch(other.url("/story")))

        looks = asyncio.run(run())
    assert [look.outcome for look in looks] == [Outcome.FAILED, Outcome.OK]


def test_trouble_of_the_network_is_a_failed_look(newsroom):
    snapshot = fetch("http://no-such-host.invalid/")
    assert (snapshot.outcome, snapshot.status) == (Outcome.FAILED, None)
    assert "no-such-host.invalid could not be found" in snapshot.reason
    with Newsroom() as other:
        closed = other.url("/")
    assert "refuses connections" in fetch(closed).reason or "cannot be reached" in fetch(closed).reason
    assert fetch("not a url").outcome is Outcome.FAILED
    assert "secure" in fetch(newsroom.url("/").replace("http:", "https:")).reason


def test_an_answer_that_trips_a_bug_of_ours_costs_one_look(newsroom, monkeypatch):
    class Broken(Plain):
        def take(self, _received):
            raise ZeroDivisionError

    newsroom.publish("/story", PAGE)
    settings = FetchSettings(gap=0, allow=(newsroom.host,), robots={newsroom.host: "our own site"})
    with monkeypatch.context() as patch:
        patch.setattr("revtrack.fetching.connections.exchanges", lambda: Broken)
        found = fetch(*[newsroom.url("/story")] * 2, settings=settings)
    assert [one.outcome for one in found] == [Outcome.FAILED] * 2
    assert found[0].reason.startswith("the server's answer could not be read (ZeroDivisionError)")
    assert fetch(newsroom.url("/story")).outcome is Outcome.OK


def test_a_server_that_changes_to_another_protocol_is_a_failed_look(newsroom):
    changed = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n\0\0\0\4"
    newsroom.script("/story", changed)
    assert "not valid HTTP" in fetch(newsroom.url("/story")).reason


def test_a_page_asked_for_directly_is_had_or_an_error_says_why(newsroom):
    newsroom.publish("/story", PAGE)
    settings = FetchSettings(gap=0, allow=(newsroom.host,))
    assert fetch_page(newsroom.url("/story"), settings).decoded == WHOLE
    with pytest.raises(FetchError, match="404") as caught:
        fetch_page(newsroom.url("/gone"), settings)
    assert caught.value.status == 404


@pytest.mark.parametrize(
    "setting",
    [
        {"contact": "desk@example.org\r\nX: 1"},
        {"contact": "büro@example.org"},
        {"proxy": "localhost"},
        {"connect_to": {"a.test": "127.0.0.1"}},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(setting):
    with pytest.raises(ConfigError):
        Fetcher(FetchSettings(**setting))


# --- redirects -------------------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_kept(newsroom):
    newsroom.script("/old", redirect("/c/../new-slug?x=1#top"))
    newsroom.publish("/new-slug", PAGE)
    snapshot = fetch(newsroom.url("/old"))
    assert snapshot.outcome is Outcome.OK
    assert snapshot.final_url == newsroom.url("/new-slug?x=1")
    assert [(hop.status, hop.url) for hop in snapshot.redirects] == [(302, snapshot.final_url)]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("/loop", "circle"),
        ("/loop?n=x", "circle"),
        ("http://[::1/%zz", "refused"),
        ("file:///etc/passwd", "refused"),
        ("data:text/html,x", "refused"),
        ("/\x01", ""),
    ],
)
def test_redirects_that_lead_nowhere_end(newsroom, location, why):
    newsroom.script("/loop", redirect(location))
    snapshot = fetch(newsroom.url("/loop"))
    assert snapshot.outcome is Outcome.FAILED
    assert why in snapshot.reason


def test_endless_redirects_end_after_ten(newsroom):
    newsroom.script(
        "/hop", lambda request: redirect(request.target + "1") if "?" in request.target else redirect("/hop?1")
    )
    assert "more than 10 times" in fetch(newsroom.url("/hop")).reason
    assert len(newsroom.asked("/hop")) == 11


def test_a_redirect_to_the_front_page_is_no_article(newsroom):
    newsroom.script("/2024/story", redirect("/"))
    newsroom.publish("/", PAGE)
    assert fetch(newsroom.url("/2024/story")).outcome is Outcome.REDIRECTED_AWAY


def test_cookies_live_for_one_fetch_and_one_origin(newsroom):
    def gate(request):
        return (
            answer(PAGE)
            if "pass=1" in request.headers.get("cookie", "")
            else redirect(request.target, **{"Set-Cookie": "pass=1; Path=/"})
        )

    newsroom.script("/story", gate)
    with Newsroom() as other:
        other.publish("/story", PAGE)
        newsroom.script("/leave", redirect(other.url("/story"), **{"Set-Cookie": "pass=1"}))
        kept, again, left = fetch(*map(newsroom.url, ("/story", "/story", "/leave")))
        assert kept.outcome is again.outcome is left.outcome is Outcome.OK
        assert all("cookie" not in request.headers for request in other.requests)
    assert ["cookie" in request.headers for request in newsroom.asked("/story")] == [False, True, False, True]


# --- where we go -----------------------------------------------------------------------------------------------------


NOWHERE = """
http://127.0.0.1:{port}/ http://localhost:{port}/ http://2130706433:{port}/ http://0x7f.1:{port}/ http://127.1:{port}/
http://0.0.0.0:{port}/ http://[::1]:{port}/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
http://[64:ff9b::127.0.0.1]:{port}/ http://%31%32%37.0.0.1:{port}/ http://u:p@127.0.0.1:{port}/ //127.0.0.1:{port}/
http://127.0.0.1:{port}\\@example.org/ gopher://127.0.0.1:{port}/ http:127.0.0.1:{port}/x:y
""".split()  # noqa: SIM905 - a table reads better


@pytest.mark.parametrize("target", NOWHERE)
def test_no_redirect_and_no_url_reaches_a_private_host(newsroom, target):
    with Newsroom() as canary:
        canary.publish("/", PAGE)
        newsroom.script("/story", redirect(target.format(port=canary.port)))
        settings = FetchSettings(gap=0, allow=(newsroom.host,))
        for url in (newsroom.url("/story"), target.format(port=canary.port)):
            assert fetch(url, settings=settings).outcome is not Outcome.OK
        assert canary.requests == []


def test_a_name_server_that_changes_its_answer_gains_nothing(newsroom):
    newsroom.publish("/story", PAGE)
    asked = []

    async def resolve(host, port):
        asked.append((host, port))
        return ["127.0.0.1"]

    refused = fetch(f"http://rebinding.test:{newsroom.port}/story", settings=FetchSettings(gap=0), resolve=resolve)
    assert "rebinding.test leads to 127.0.0.1" in refused.reason
    assert newsroom.requests == []
    assert len(asked) == 1

    answers = iter([["127.0.0.1", "10.0.0.1"], ["127.0.0.1"]])

    async def change(host, port):  # noqa: ARG001
        return next(answers)

    mixed = fetch(
        f"http://rebinding.test:{newsroom.port}/story",
        settings=FetchSettings(gap=0, allow=("127.0.0.1",)),
        resolve=change,
    )
    assert "10.0.0.1" in mixed.reason
    assert newsroom.requests == []


def test_the_vetted_address_is_connected_to_under_the_name_asked_for(newsroom):
    newsroom.publish("/story", PAGE)

    async def resolve(host, port):  # noqa: ARG001
        return ["127.0.0.1"]

    name = f"paper.test:{newsroom.port}"
    assert (
        fetch(f"http://{name}/story", settings=FetchSettings(gap=0, allow=(name,)), resolve=resolve).outcome
        is Outcome.OK
    )
    assert newsroom.requests[-1].headers["host"] == name


def test_a_host_can_be_served_from_elsewhere(newsroom):
    newsroom.publish("/story", PAGE)
    settings = FetchSettings(gap=0, connect_to={"paper.test:80": newsroom.host})
    snapshot = fetch("http://paper.test/story", settings=settings)
    assert (snapshot.outcome, snapshot.final_url) == (Outcome.OK, "http://paper.test/story")
    assert newsroom.requests[-1].headers["host"] == "paper.test"


def test_nothing_of_the_environment_is_used_or_sent(newsroom, tmp_path):
    newsroom.publish("/story", PAGE)
    with Newsroom() as proxy:
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login canary password canary\n")
        (tmp_path / ".netrc").chmod(0o600)
        names = ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY")
        environment = {
            **os.environ,
            **dict.fromkeys(names, proxy.url("/")),
            "HOME": str(tmp_path),
            "NETRC": str(tmp_path / ".netrc"),
        }
        script = f"from revtrack.fetching import *; print(fetch_page({newsroom.url('/story')!r}, FetchSettings(gap=0, allow=('127.0.0.1',))).outcome)"
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "ok"
        assert proxy.requests == []
    assert all("authorization" not in request.headers for request in newsroom.requests)


def test_a_configured_proxy_is_used(newsroom):
    newsroom.script("http://paper.test/robots.txt", answer("", 404))
    newsroom.script("http://paper.test/story", answer(PAGE))
    settings = FetchSettings(gap=0, proxy=newsroom.url("/"))
    assert fetch("http://paper.test/story", settings=settings).outcome is Outcome.OK
    assert "refused" in fetch("http://10.0.0.1/story", settings=settings).reason


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
@pytest.mark.parametrize("name", ["127.0.0.1", "other.example"])
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, name):
    paths = [str(tmp_path / name) for name in ("key.pem", "certificate.pem")]
    made = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    subprocess.run(["openssl", *made, "-keyout", paths[0], "-out", paths[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paths[1], paths[0])
    with Newsroom(tls=context) as secure:
        secure.publish("/story", PAGE)
        snapshot = fetch(secure.url("/story"))
        assert snapshot.outcome is Outcome.FAILED
        assert "certificate" in snapshot.reason
        assert secure.requests == []


def test_the_secure_connection_is_kept_with_what_came_by_it(tmp_path, monkeypatch):
    paths = [str(tmp_path / name) for name in ("key.pem", "certificate.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a.test"]
    made += ["-addext", "subjectAltName=DNS:a.test", "-keyout", paths[0], "-out", paths[1]]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paths[1], paths[0])
    monkeypatch.setattr("revtrack.fetching.connections.trust", lambda: ssl.create_default_context(cafile=paths[1]))
    with Newsroom(tls=context) as secure:
        secure.publish("/story", PAGE)
        settings = FetchSettings(gap=0, connect_to={"a.test:443": secure.host})
        snapshot = fetch("https://a.test/story", settings=settings)
    certificate = ssl.PEM_cert_to_DER_cert((tmp_path / "certificate.pem").read_text())
    assert snapshot.outcome is Outcome.OK
    assert snapshot.peer == secure.host
    assert snapshot.tls.version.startswith("TLSv1.")
    assert snapshot.tls.cipher
    assert snapshot.tls.certificate == hashlib.sha256(certificate).hexdigest()


# --- manners ---------------------------------------------------------------------------------------------------------


def test_every_request_keeps_the_gap_robots_included(newsroom):
    newsroom.publish("/a", PAGE)
    newsroom.script("/b", redirect("/a"))
    clock = Clock()
    looks = fetch(
        newsroom.url("/a"),
        newsroom.url("/b"),
        settings=FetchSettings(gap=10, allow=(newsroom.host,)),
        clock=clock,
        sleep=clock.sleep,
    )
    assert [look.outcome for look in looks] == [Outcome.OK, Outcome.OK]
    assert clock.slept == [10, 10, 10]  # after robots.txt, before /b, and before the hop from /b to /a
    assert [look.fetched_at for look in looks] == [NOON + timedelta(seconds=10), NOON + timedelta(seconds=20)]


def test_a_host_has_the_gap_that_is_set_for_it(newsroom):
    newsroom.publish("/a", PAGE)
    clock = Clock()
    settings = FetchSettings(gap=10, gaps={newsroom.host: 2, "127.0.0.2": 7}, allow=(newsroom.host,))
    fetch(newsroom.url("/a"), settings=settings, clock=clock, sleep=clock.sleep)
    assert clock.slept == [2]
    assert settings.gap_of("127.0.0.2:80") == 7
    assert settings.gap_of("127.0.0.3") == 10


def test_a_host_that_lets_us_wait_in_vain_is_waited_for_less_and_its_other_pages_come(newsroom):
    newsroom.script("/mute", lambda _: newsroom.hold() or b"")
    newsroom.publish("/a", PAGE)
    manners = Manners(clock=Clock(), sleep=Clock().sleep, memory={})
    borne = []
    for _ in range(4):
        borne.append(manners.patience("a.test"))
        manners.note_vain("a.test")
    assert borne == [10, 5, 3, 3]
    assert manners.patience("b.test") == 10
    mute, whole = fetch(
        newsroom.url("/mute"), newsroom.url("/a"), settings=FetchSettings(gap=0, timeout=0.2, allow=(newsroom.host,))
    )
    assert (mute.outcome, whole.outcome) == (Outcome.FAILED, Outcome.OK)


def test_gap_and_robots_are_remembered_across_processes(newsroom):
    newsroom.publish("/a", PAGE)
    memory, clock = {}, Clock()
    settings = FetchSettings(gap=10, allow=(newsroom.host,))
    for _ in range(2):
        fetch(newsroom.url("/a"), settings=settings, clock=clock, sleep=clock.sleep, memory=memory)
        clock.now += timedelta(seconds=4)
    assert clock.slept == [10, 6]
    assert len(newsroom.asked("/robots.txt")) == 1
    assert all(isinstance(text, str) for pair in memory.items() for text in pair)


def test_a_clock_set_back_delays_by_no_more_than_the_gap(newsroom):
    newsroom.publish("/a", PAGE)
    clock = Clock()
    memory = {f"visited {newsroom.host}": (NOON + timedelta(days=300)).isoformat()}
    fetch(
        newsroom.url("/a"),
        settings=FetchSettings(gap=10, allow=(newsroom.host,)),
        clock=clock,
        sleep=clock.sleep,
        memory=memory,
    )
    assert max(clock.slept) <= 10


def test_crawl_delay_widens_the_gap(newsroom):
    newsroom.publish("/a", PAGE)
    newsroom.publish("/robots.txt", "User-agent: *\nCrawl-delay: 30")
    clock = Clock()
    fetch(
        newsroom.url("/a"),
        newsroom.url("/a"),
        settings=FetchSettings(gap=0, allow=(newsroom.host,)),
        clock=clock,
        sleep=clock.sleep,
    )
    assert clock.slept == [30, 30]


def test_hosts_run_side_by_side_and_one_host_in_turn(newsroom):
    open_now, most, other_is_asked = set(), [], threading.Event()

    def slow(request):
        open_now.add(id(request))
        most.append(len(open_now))
        if len(most) < 3:
            other_is_asked.wait(5)
        open_now.discard(id(request))
        return answer(PAGE)

    def other_page(request):  # noqa: ARG001
        other_is_asked.set()
        return answer(PAGE)

    newsroom.script("/story", slow)
    with Newsroom() as other:
        other.script("/story", other_page)

        async def run():
            async with Fetcher(FetchSettings(gap=0, allow=("127.0.0.1",))) as fetcher:
                urls = [newsroom.url("/story")] * 3 + [other.url("/story")]
                return await asyncio.gather(*map(fetcher.fetch, urls))

        looks = asyncio.run(run())
    assert [look.outcome for look in looks] == [Outcome.OK] * 4
    assert other_is_asked.is_set()
    assert most == [1, 1, 1]


def test_robots_txt_is_obeyed_also_on_the_way(newsroom):
    newsroom.publish("/robots.txt", "User-agent: revtrack\nDisallow: /private")
    newsroom.publish("/private/a", PAGE)
    newsroom.script("/story", redirect("/private/a"))
    for path in ("/private/a", "/story"):
        snapshot = fetch(newsroom.url(path))
        assert snapshot.outcome is Outcome.BLOCKED
        assert "robots.txt" in snapshot.reason
    assert newsroom.asked("/private/a") == []


def test_robots_txt_is_passed_over_only_with_a_reason_that_is_kept(newsroom):
    newsroom.publish("/robots.txt", "User-agent: *\nDisallow: /")
    newsroom.publish("/story", PAGE)
    settings = FetchSettings(gap=0, allow=(newsroom.host,), robots={newsroom.host: "agreed with the editor"})
    snapshot = fetch(newsroom.url("/story"), settings=settings)
    assert snapshot.outcome is Outcome.OK
    assert "agreed with the editor" in snapshot.reason


def test_a_broken_robots_txt_closes_the_site_and_an_old_one_still_counts(newsroom):
    newsroom.publish("/story", PAGE)
    memory, clock = {}, Clock()
    assert fetch(newsroom.url("/story"), clock=clock, sleep=clock.sleep, memory=memory).outcome is Outcome.OK
    newsroom.script("/robots.txt", answer("", 503))
    assert fetch(newsroom.url("/story"), clock=clock, sleep=clock.sleep).outcome is Outcome.BLOCKED
    clock.now += timedelta(days=2)
    assert fetch(newsroom.url("/story"), clock=clock, sleep=clock.sleep, memory=memory).outcome is Outcome.OK


def test_a_host_that_is_not_there_is_not_waited_for_again_and_again():
    asked, clock = [], Clock()

    async def resolve(host, port):
        asked.append((host, port))
        raise OSError("no such name")

    settings = FetchSettings(gap=0, robots={"paper.test": "for this test"})
    looks = fetch(
        *[f"http://paper.test/{n}" for n in range(9)],
        settings=settings,
        resolve=resolve,
        clock=clock,
        sleep=clock.sleep,
    )
    assert {look.outcome for look in looks} == {Outcome.FAILED}
    assert len(asked) == 3


def test_a_robots_txt_that_redirects_for_ever_allows(newsroom):
    newsroom.publish("/story", PAGE)
    newsroom.script("/robots.txt", redirect("/robots.txt"))
    assert fetch(newsroom.url("/story")).outcome is Outcome.OK
    assert len(newsroom.asked("/robots.txt")) == 6


def test_a_host_that_keeps_saying_later_is_left_alone_also_by_the_next_process(newsroom):
    newsroom.script("/story", answer("slow down", 429, headers={"Retry-After": "3600"}))
    memory, clock = {}, Clock()
    looks = fetch(*[newsroom.url("/story")] * 9, clock=clock, sleep=clock.sleep, memory=memory)
    assert {look.outcome for look in looks} == {Outcome.BLOCKED}
    assert retry_after(looks[0]) == NOON + timedelta(hours=1)
    assert len(newsroom.asked("/story")) == 3
    again = fetch(newsroom.url("/story"), clock=clock, sleep=clock.sleep, memory=memory)
    assert "asked not to be visited before 2024-11-20 13:00" in again.reason
    clock.now += timedelta(hours=2)
    newsroom.publish("/story", PAGE)
    assert fetch(newsroom.url("/story"), clock=clock, sleep=clock.sleep, memory=memory).outcome is Outcome.OK
