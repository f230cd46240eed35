"""From what was recorded to who is told: once each, in time, apart from one another, whatever fails on the way."""

import socket
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from revtrack.alerts import begin, gather, read_rules, send_due
from revtrack.alerts.sending import WAITS
from revtrack.archive import Observation
from revtrack.archive.outbox import redact
from revtrack.config import AlertSettings, Config, FetchSettings
from revtrack.model import Event, Outcome, Snapshot
from revtrack.tracker import Tracker
from tests.alerts.receiving import Receiver, article

START = datetime(2024, 11, 20, 12, tzinfo=UTC)
NOTE = "Correction: An earlier version of this article misstated the number of lorries as 12. It was 21."


class Desk:
    """An archive, a clock, and rules; pages come from `pages` by URL, without any network."""

    def __init__(self, archive, *alerts, allow=()):
        self.archive, self.now, self.pages = archive, START, {}
        self.settings = Config(fetch=FetchSettings(allow=allow, contact="a@b.test"), alert=alerts)
        self.rules = read_rules(self.settings)
        self.tracker = Tracker(archive, fetcher=lambda _memory: self, clock=lambda: self.now, settings=self.settings)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None

    async def fetch(self, url, _validators=None):
        page = self.pages[url]
        if page is None:
            return Snapshot(url, self.now, Outcome.BLOCKED, status=403, reason="the server shuts us out", final_url=url)
        body = page.encode()
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Snapshot(
            url,
            self.now,
            Outcome.OK,
            status=200,
            final_url=url,
            headers=headers,
            body=body,
            body_sha256=sha256(body).hexdigest(),
            decoded=body,
        )

    def look(self, **pages):
        """Publish pages by name, look at all, and return the results."""
        for name, page in pages.items():
            url = f"https://a.test/2024/{name}.html"
            self.pages[url] = page
            self.tracker.add(url)
        return list(self.tracker.check(articles=list(self.archive.articles())))

    def begin(self):
        begin(self.archive, self.rules, self.settings, now=self.now)

    def gather(self):
        gather(self.archive, self.rules, self.settings, now=self.now)

    def send(self, **options):
        return send_due(self.archive, self.rules, self.settings, clock=lambda: self.now, environment={}, **options)

    def tell(self, **options):
        self.gather()
        return self.send(**options)


@pytest.fixture
def receiver():
    with Receiver() as running:
        yield running


def desk(archive, receiver, name="quiet edits", **settings):
    settings = {"when": "substantive and undisclosed", "to": (receiver.url,), **settings}
    made = Desk(archive, AlertSettings(name, **settings), allow=(receiver.host,))
    made.begin()
    made.look(bridge=article())
    made.now += timedelta(hours=1)
    return made


def test_an_edit_is_told_once_however_often_it_is_asked(archive, receiver):
    office = desk(archive, receiver)
    office.tell()
    assert receiver.received == []
    office.look(bridge=article(21))
    office.gather()
    office.gather()
    office.tell()
    office.tell()
    (finding,) = receiver.findings
    assert (finding["says"], finding["facts"]) == ("substantive, undisclosed", ["12 → 21"])
    assert "became “21”" in finding["changes"][0]


def test_a_rule_begins_with_what_is_recorded_after_it(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    later = Desk(archive, AlertSettings("later", to=(receiver.url,)), allow=(receiver.host,))
    later.begin()
    later.tell()
    assert receiver.received == []


def test_a_late_note_is_told_once_to_those_who_heard_of_the_edit(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    office.tell()
    office.now += timedelta(hours=5)
    office.look(bridge=article(21, note=NOTE))
    office.tell()
    office.tell()
    assert [finding["says"] for finding in receiver.findings] == [
        "substantive, undisclosed",
        "judged again: substantive, disclosed late",
    ]
    assert receiver.findings[1]["observed"][-1] == "A note about it came 5 hours later."
    assert len(set(receiver.ids)) == 2


def test_what_nobody_heard_of_is_not_told_when_it_is_judged_again(archive, receiver):
    office = desk(archive, receiver, when="major")
    office.look(bridge=article(21))
    office.now += timedelta(hours=5)
    office.look(bridge=article(21, note=NOTE))
    office.tell()
    assert receiver.received == []


def test_history_that_others_recorded_is_no_news(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    newest = archive.outbox.newest_look()
    assert len(archive.outbox.news(0, newest)) == 2
    archive._write(
        lambda db: db.execute(
            "INSERT INTO origins (snapshot_id, article_id, kind, place) VALUES (?, 1, 'warc', 'x')", (newest,)
        )
    )
    assert len(archive.outbox.news(0, newest)) == 1


def test_many_findings_at_once_are_one_message_in_the_order_of_recording(archive, receiver):
    office = desk(archive, receiver)
    office.look(
        **{f"story-{n}": article(headline=f"Bridge number {n} closed after divers find crack") for n in range(12)}
    )
    office.look(
        **{
            f"story-{n}": article(n + 40, headline=f"Bridge number {n} closed after divers find crack")
            for n in range(12)
        }
    )
    office.tell()
    assert len(receiver.received) == 1
    assert len(receiver.findings) == 12
    assert receiver.received[0][1]["text"].startswith("quiet edits: 12 findings\n")


def test_a_digest_gathers_until_its_time_and_goes_out_once(archive, receiver):
    office = desk(archive, receiver, digest="daily 07:00 Europe/Berlin")
    office.look(bridge=article(21))
    assert office.tell() == []
    office.now += timedelta(hours=3)
    office.look(bridge=article(34))
    office.now = datetime(2024, 11, 21, 5, 59, tzinfo=UTC)
    assert office.tell() == []
    office.now = datetime(2024, 11, 21, 6, 0, tzinfo=UTC)
    office.look(bridge=article(55))  # behind the stroke of seven: for tomorrow
    office.tell()
    office.tell()
    assert [len(form["findings"]) for _, form, _ in receiver.received] == [2]
    office.now += timedelta(days=1)
    office.tell()
    assert [len(form["findings"]) for _, form, _ in receiver.received] == [2, 1]


def test_a_dead_webhook_holds_up_neither_the_pass_nor_other_channels(archive, receiver):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never answers
        dead = f"http://127.0.0.1:{silent.getsockname()[1]}/x"
        office = Desk(archive, AlertSettings("r", to=(dead, receiver.url)), allow=("127.0.0.1",))
        office.begin()
        office.look(
            **{f"s{n}": article(headline=f"Bridge number {n} closed after divers find crack") for n in range(3)}
        )
        office.look(
            **{f"s{n}": article(40 + n, headline=f"Bridge number {n} closed after divers find crack") for n in range(3)}
        )
        began = time.monotonic()
        attempts = office.tell(within=0.3)
        assert time.monotonic() - began < 3
        assert len(receiver.received) == 3
        assert [a.trouble for a in attempts if a.trouble] == ["no answer came within 0.3 seconds"]
        began = time.monotonic()
        assert office.tell(within=0.3) == []  # it rests, with all that it has still to get
        assert time.monotonic() - began < 0.3


def test_a_channel_that_hangs_without_end_is_left_behind(archive, receiver):
    hang = (sys.executable, "-c", "import time; time.sleep(60)")
    office = desk(archive, receiver, command=hang)
    office.look(bridge=article(21))
    began = time.monotonic()
    attempts = office.tell(within=0.3)
    assert time.monotonic() - began < 3
    assert {a.delivery.channel.split()[0]: bool(a.trouble) for a in attempts} == {"webhook": False, "command": True}


def test_a_failing_channel_is_tried_at_growing_intervals_and_then_given_up(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    receiver.status = 500
    office.tell()
    office.now += timedelta(hours=1)
    office.look(bridge=article(34))  # waits behind the first
    office.now -= timedelta(hours=1)
    office.now += WAITS[0]
    waited = [WAITS[0]]
    for _ in range(len(WAITS)):
        (attempt,) = office.tell()
        assert attempt.trouble == f"{receiver.host} answered 500"
        if attempt.again_at:
            waited.append(attempt.again_at - office.now)
            office.now = attempt.again_at - timedelta(seconds=1)
            assert office.tell() == []
            office.now = attempt.again_at
    assert tuple(waited) == WAITS
    assert attempt.again_at is None
    assert [lost.trouble for lost in archive.outbox.given_up()] == [
        f"{receiver.host} answered 500",
        "waited behind others in vain",
    ]
    receiver.status = 200
    office.now += timedelta(days=9)
    assert office.tell() == []
    archive.outbox.revive(now=office.now)
    office.tell()
    assert len(set(receiver.ids)) == 2
    assert archive.outbox.given_up() == []


def test_a_server_that_names_a_time_is_left_alone_until_then(archive, receiver):
    office = desk(archive, receiver)
    office.now = datetime.now(UTC)
    office.look(bridge=article(21))
    receiver.status, receiver.headers = 429, {"Retry-After": "7200"}
    (attempt,) = office.tell()
    assert attempt.again_at > office.now + timedelta(minutes=119)


def test_a_redirect_is_not_followed_and_a_private_address_not_asked(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    receiver.status, receiver.headers = 307, {"Location": receiver.url}
    (attempt,) = office.tell()
    assert "redirect (307), which is not followed" in attempt.trouble
    assert len(receiver.received) == 1
    closed = Desk(archive, *office.settings.alert)
    closed.now = attempt.again_at
    (attempt,) = closed.tell()
    assert "a loopback address" in attempt.trouble
    assert len(receiver.received) == 1


def test_no_secret_is_kept_shown_or_told(archive, receiver, tmp_path, caplog):
    secret = "whsec_c2VjcmV0LW9mLW91cnM="
    office = desk(
        archive, receiver, to=(receiver.url, "env:HOOK", "json://user:TOKEN@127.0.0.1:1/TOKEN"), secret=secret
    )
    office.look(bridge=article(21))
    caplog.set_level("DEBUG")
    attempts = office.tell()
    assert sorted(bool(a.trouble) for a in attempts) == [False, True, True]
    archive.back_up(tmp_path / "copy.db")
    shown = [repr(office.settings), repr(office.rules), repr(attempts), caplog.text, str(archive.outbox.waiting())]
    for text in (*shown, (tmp_path / "copy.db").read_bytes().decode("latin-1")):
        assert "TOKEN" not in text
        assert "whsec" not in text


def test_the_tracking_itself_is_told_of_apart_from_findings(archive, receiver):
    office = desk(archive, receiver, "health", when="", health=True)
    office.look(bridge=None)
    office.tell()
    office.now += timedelta(minutes=59)
    office.tell()
    assert receiver.received == []
    office.now += timedelta(minutes=1)
    office.tell()
    office.tell()
    (trouble,) = receiver.findings
    assert (trouble["headline"], trouble["says"]) == ("host a.test", "in trouble")
    assert trouble["facts"][0].startswith("all looks at it were blocked: 1 article")
    office.look(bridge=article(21))
    office.tell()
    office.tell()
    assert [finding["says"] for finding in receiver.findings] == ["in trouble", "well again"]


def test_looks_that_do_not_come_are_told_before_a_pass_mends_it(archive, receiver):
    office = desk(archive, receiver, "health", when="", health=True, idle=86_400.0)
    office.now += timedelta(days=12)
    office.begin()
    office.look(bridge=article())
    office.tell()
    assert [finding["headline"] for finding in receiver.findings] == ["looks", "looks"]
    assert "nothing was looked at for 12 days" in receiver.findings[0]["facts"][0]
    assert receiver.findings[1]["says"] == "well again"


def test_an_archive_that_is_not_verified_or_not_whole_is_told(archive, receiver):
    office = desk(archive, receiver, "health", when="", health=True, verified=7 * 86_400.0)
    office.tell()
    archive.outbox.note_verified(now=office.now, wrong=0)
    office.tell()
    office.now += timedelta(hours=1)
    archive.outbox.note_verified(now=office.now, wrong=2)
    office.tell()
    said = [(finding["says"], finding["facts"][0]) for finding in receiver.findings]
    assert [says for says, _ in said] == ["in trouble", "well again", "in trouble"]
    assert "not verified yet" in said[0][1]
    assert "found 2 faults" in said[2][1]


def test_what_was_sent_long_ago_is_dropped(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    office.tell()
    assert archive.outbox.was_told("quiet edits", "1/2")
    office.now += timedelta(days=91)
    office.tell()
    assert not archive.outbox.was_told("quiet edits", "1/2")
    assert len(receiver.received) == 1


def test_what_was_taken_out_of_the_archive_is_taken_out_of_messages(archive, receiver):
    office = desk(archive, receiver)
    office.look(bridge=article(21))
    office.gather()
    archive._write(lambda db: redact(db, 1))
    office.send()
    assert receiver.findings == [
        {"event": "redacted", "article": 1, "headline": "", "at": "", "says": "taken out", "facts": []}
    ]


def test_a_rule_without_a_condition_tells_of_pages_that_are_gone_and_puts_what_weighs_most_first(archive, receiver):
    office = desk(archive, receiver, "morning", when="", digest="daily 07:00")
    office.look(pier=article(7))
    office.tell()
    office.now += timedelta(days=1)
    office.tell()
    receiver.received.clear()
    bridge = archive.find("https://a.test/2024/bridge.html")
    gone = Snapshot(bridge.url, office.now, Outcome.GONE, status=404, reason="the server answered 404")
    archive.record(Observation(bridge.id, gone, Event.GONE, bridge.versions, office.now, why=gone.reason))
    office.look(pier=article(21))  # and the bridge is back
    office.tell()
    office.now += timedelta(days=1)
    office.tell()
    assert [finding["says"] for finding in receiver.findings] == ["substantive, undisclosed", "gone", "back again"]
    assert "weight" not in receiver.findings[0]


def test_what_waits_for_a_digest_goes_out_when_the_rule_says_now(archive, receiver):
    office = desk(archive, receiver, digest="daily 07:00")
    office.look(bridge=article(21))
    office.gather()
    (waiting,) = archive.outbox.waiting()
    assert waiting.due_at == datetime(2024, 11, 21, 7, tzinfo=UTC)
    for digest, due_at in (("daily 18:30", office.now.replace(hour=18, minute=30)), ("", office.now)):
        changed = Desk(archive, replace(office.settings.alert[0], digest=digest), allow=(receiver.host,))
        changed.now = office.now
        changed.gather()
        assert [one.due_at for one in archive.outbox.waiting()] == [due_at]
    changed.tell()
    assert len(receiver.findings) == 1
