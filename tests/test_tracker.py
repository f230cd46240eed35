"""The order of checks, against a real server through the real fetcher, with a stepped clock."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from revtrack.archive import open_archive
from revtrack.config import Config, FetchSettings, SourceSettings
from revtrack.errors import ArchiveWriteError, ConfigError
from revtrack.extraction import STAMP, extract
from revtrack.model import Disclosure, Event, Outcome, Significance, Story
from revtrack.tracker import Tracker
from revtrack.tracker.reading import Reader
from tests.newsroom import answer

START = datetime(2024, 11, 20, 9, tzinfo=UTC)
SENTENCES = [
    "The harbour authority closed the old swing bridge to all traffic on Wednesday after divers found a crack.",
    "About 3,400 vehicles cross the bridge on an ordinary weekday, according to the authority's own counts.",
    "“Nobody wanted to be the one to turn the key,” harbour master Ines Calloway told reporters on the quay.",
    "The crack was found on Monday evening during an inspection that is carried out every second autumn.",
    "Repairs will cost an estimated $4.1 million and are expected to take nine weeks, a statement said.",
    "Fish merchants on the island said that they had been given less than a day's notice of the closure.",
]


def page(sentences=SENTENCES, *, headline="Bridge closed after divers find crack", note="", chrome="17 views", head=""):
    body = "".join(f"<p>{s}</p>" for s in sentences)
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title>{head}</head><body><nav><a href=/>Home</a></nav><article>"
        f"<h1>{headline}</h1>{body}{note}</article><footer>{chrome}</footer></body></html>"
    )


class Watch:
    """A tracker of one newsroom with a clock that the test steps."""

    def __init__(self, archive, newsroom):
        self.now = START
        settings = Config(fetch=FetchSettings(gap=0.0, allow=(newsroom.host,), timeout=5.0))
        self.tracker = Tracker(archive, clock=lambda: self.now, settings=settings)
        self.archive = archive

    def look(self, hours=1.0):
        results = list(self.tracker.check(articles=list(self.archive.articles())))
        self.now += timedelta(hours=hours)
        return results[0] if len(results) == 1 else results


@pytest.fixture
def watch(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive:
        found = Watch(archive, newsroom)
        found.tracker.add(newsroom.url("/story"))
        yield found


def test_the_first_look_makes_the_first_version(watch, newsroom):
    newsroom.publish("/story", page())
    result = watch.look()
    assert (result.event, result.version.number, result.revision) == (Event.FIRST, 1, None)
    assert result.version.story.headline == "Bridge closed after divers find crack"


def test_an_unchanged_page_costs_a_304(watch, newsroom):
    newsroom.publish("/story", page(), etag='"1"')
    watch.look()
    result = watch.look()
    assert (result.event, result.why, result.snapshot.status) == (Event.UNCHANGED, "304", 304)


def test_a_server_that_says_304_for_good_is_believed_for_a_week(watch, newsroom):
    newsroom.publish("/story", page(), etag='"1"')
    watch.look(hours=24)
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]), etag='"1"')
    assert watch.look(hours=6 * 24 + 1).why == "304"
    assert watch.look().event is Event.REVISED
    assert watch.look().why == "304"


def test_without_validators_the_same_bytes_cost_a_hash(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    assert watch.look().why == "same bytes"


def test_a_change_of_chrome_makes_no_version(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page(chrome="2,406 views"))
    result = watch.look()
    assert (result.event, result.why, result.version) == (Event.UNCHANGED, "same story", None)


def test_a_silent_edit_of_a_figure_is_substantive_and_undisclosed(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    result = watch.look()
    assert (result.event, result.version.number) == (Event.REVISED, 2)
    assert result.revision.verdict.significance is Significance.SUBSTANTIVE
    assert result.revision.verdict.disclosure is Disclosure.UNDISCLOSED
    assert (result.revision.old, result.revision.new) == (1, 2)
    assert next(watch.archive.revisions(result.article)).verdict == result.revision.verdict


def test_a_correction_is_linked_to_the_figure_it_names(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    note = "<p>Correction: An earlier version of this story misstated the cost of repairs. It is $4.7 million, not $4.1 million.</p>"
    newsroom.publish("/story", page([s.replace("4.1", "4.7") for s in SENTENCES], note=note))
    verdict = watch.look().revision.verdict
    assert verdict.disclosure is Disclosure.DISCLOSED
    assert any(r.note == 0 and "4.1" in r.before and "4.7" in r.after for r in verdict.reasons)


def test_a_note_that_comes_later_makes_the_earlier_edit_disclosed_late(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    edited = [s.replace("4.1", "4.7") for s in SENTENCES]
    newsroom.publish("/story", page(edited))
    assert watch.look(hours=5).revision.verdict.disclosure is Disclosure.UNDISCLOSED
    note = "<p>Correction: An earlier version of this story misstated the cost of repairs. It is $4.7 million, not $4.1 million.</p>"
    newsroom.publish("/story", page(edited, note=note))
    watch.look()
    first, _ = watch.archive.revisions(watch.archive.find("1"))
    assert first.verdict.disclosure is Disclosure.LATE
    assert first.verdict.lag == 5 * 3600


def test_gone_is_an_event_told_once_and_coming_back_another(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.script("/story", answer("gone", 404))
    assert [watch.look().event for _ in range(3)] == [Event.SUSPECT, Event.GONE, Event.GONE]
    newsroom.publish("/story", page())
    assert watch.look().event is Event.BACK
    assert [e.event for e in watch.archive.log()] == [Event.FIRST, Event.SUSPECT, Event.GONE, Event.BACK]


def test_an_article_that_comes_back_edited_is_told_to_be_back(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.script("/story", answer("gone", 404))
    watch.look()
    watch.look()
    newsroom.publish("/story", page([s.replace("4.1", "4.7") for s in SENTENCES]))
    result = watch.look()
    assert (result.event, result.why) == (Event.REVISED, "edited while it was gone")
    told = [(e.event, e.why) for e in watch.archive.log()][-2:]
    assert told == [(Event.REVISED, ""), (Event.BACK, "edited while it was gone")]
    newsroom.publish("/story", page())
    watch.look()
    assert [e.event for e in watch.archive.log()].count(Event.BACK) == 1


def test_trouble_that_comes_and_goes_is_told_once_a_week_and_at_once_where_it_is_of_another_kind(watch, newsroom):
    def looks(*statuses):
        for status in statuses:
            newsroom.script("/story", answer("no", status))
            watch.look(hours=12)
            newsroom.publish("/story", page())
            watch.look(hours=12)
        return [entry.why for entry in watch.archive.log(versions=False)]

    newsroom.publish("/story", page())
    watch.look()
    failed, blocked = "the server answered 503 Service Unavailable", "the server answered 403 Forbidden"
    assert looks(503, 503, 503) == [failed]
    assert looks(403, 403, 503) == [failed, blocked, failed]
    assert looks(*[503] * 6) == [failed, blocked, failed]
    assert looks(503, 503) == [failed, blocked, failed, failed]


def test_a_failed_look_is_a_stored_fact_and_no_version(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.script("/story", answer("oops", 503))
    result = watch.look()
    assert (result.event, result.version) == (Event.TROUBLE, None)
    assert [s.status for s in watch.archive.snapshots(result.article)] == [200, 503]
    newsroom.publish("/story", page())
    assert watch.look().event is Event.UNCHANGED


def test_a_host_that_cannot_be_reached_is_trouble_with_its_reason(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        watch.tracker.add("http://127.0.0.1:9/story")
        result = watch.look()
    assert (result.event, result.snapshot.outcome) == (Event.TROUBLE, Outcome.BLOCKED) or result.event is Event.TROUBLE
    assert result.why


def test_an_empty_page_is_not_an_article(watch, newsroom):
    newsroom.publish("/story", "<html><body></body></html>")
    result = watch.look()
    assert (result.event, result.snapshot.outcome) == (Event.TROUBLE, Outcome.NOT_ARTICLE)


def test_a_stub_is_held_until_a_second_look_agrees(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page(SENTENCES[:1]))
    held = watch.look()
    assert (held.event, held.version) == (Event.SUSPECT, None)
    confirmed = watch.look()
    assert (confirmed.event, confirmed.version.number) == (Event.REVISED, 2)


def test_a_stub_that_passes_leaves_no_version(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page(SENTENCES[:1]))
    watch.look()
    newsroom.publish("/story", page())
    assert watch.look().event is Event.UNCHANGED
    newsroom.publish("/story", page(SENTENCES[:1]))
    assert watch.look().event is Event.SUSPECT


def test_a_bug_in_reading_costs_neither_the_bytes_nor_the_pass(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page())
    newsroom.publish("/other", page(headline="Another one"))
    watch.tracker.add(newsroom.url("/other"))

    def broken(*_, **__):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("revtrack.observing.read", broken)
        results = watch.look()
    assert [r.event for r in results] == [Event.TROUBLE] * 2
    assert all(s.body for a in watch.archive.articles() for s in watch.archive.snapshots(a))
    assert [r.event for r in watch.look()] == [Event.FIRST] * 2


def test_a_change_of_extractor_is_no_edit(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page())
    with monkeypatch.context() as patch:
        other = replace(Story.from_paragraphs("Read in another way", ["17 views", *SENTENCES]), extractor="older")
        patch.setattr("revtrack.observing.read", lambda *_, **__: other)
        assert watch.look().version.story == other
    newsroom.publish("/story", page(chrome="2,406 views"))
    assert watch.look().event is Event.UNCHANGED
    (version,) = watch.archive.versions(watch.archive.find("1"))
    assert (version.story.headline, version.story.extractor) == ("Bridge closed after divers find crack", STAMP)


def test_an_edit_beside_a_change_of_extractor_shows_the_edit_alone(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page())
    with monkeypatch.context() as patch:
        other = replace(Story.from_paragraphs("Read in another way", ["17 views", *SENTENCES]), extractor="older")
        patch.setattr("revtrack.observing.read", lambda *_, **__: other)
        watch.look()
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    assert [(c.old, c.new) for c in watch.look().revision.diff.changes] == [("3,400", "4,300")]
    (revision,) = watch.archive.revisions(watch.archive.find("1"))
    assert [(c.old, c.new) for c in revision.diff.changes] == [("3,400", "4,300")]


def test_an_old_reading_that_todays_extractor_refuses_stays_as_it_was(watch, newsroom, monkeypatch):
    newsroom.publish("/story", "<html><body></body></html>")
    other = replace(Story.from_paragraphs("Read in another way", SENTENCES), extractor="older")
    with monkeypatch.context() as patch:
        patch.setattr("revtrack.observing.read", lambda *_, **__: other)
        watch.look()
    newsroom.publish("/story", page())
    assert watch.look().event is Event.REVISED
    newsroom.script("/story", answer("gone", 404))
    watch.look()
    assert watch.look().event is Event.GONE


def test_gone_is_remembered_through_trouble(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    for status in (404, 500, 404):
        newsroom.script("/story", answer("no", status))
        watch.look()
    newsroom.publish("/story", page())
    assert watch.look().event is Event.BACK
    assert [e.event for e in watch.archive.log()].count(Event.GONE) == 1


def test_a_bug_in_judging_again_costs_no_look(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page([s.replace("4.1", "4.7") for s in SENTENCES]))
    watch.look()
    monkeypatch.setattr("revtrack.deriving.stepping.disclose_late", lambda *_, **__: 1 / 0)
    newsroom.publish(
        "/story", page(note="<p>Correction: The cost was misstated. It is $4.7 million, not $4.1 million.</p>")
    )
    assert watch.look().event is Event.TROUBLE
    assert len(list(watch.archive.snapshots(watch.archive.find("1")))) == 3


def test_an_archive_that_fails_ends_the_pass_with_its_own_error(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page())

    def fails(*_):
        raise ArchiveWriteError("a.db", "cannot be written")

    for name in ("record", "keep_manners"):
        monkeypatch.setattr(watch.archive, name, fails)
    with pytest.raises(ArchiveWriteError, match="cannot be written"):
        watch.look()


def test_a_source_that_asks_to_wait_is_left_alone(tmp_path, newsroom):
    newsroom.script("/feed", answer("later", 429, headers={"Retry-After": "36000"}))
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        archive.add_source(newsroom.url("/feed"), "feed", now=START)
        list(watch.tracker.check())
        (source,) = archive.sources()
    with open_archive(tmp_path / "a.db") as archive:  # also by another process, and by who wants everything now
        watch = Watch(archive, newsroom)
        watch.now += timedelta(hours=9)
        list(watch.tracker.discover(everything=True))
        assert len(newsroom.asked("/feed")) == 1
        watch.now += timedelta(hours=2)
        list(watch.tracker.discover(everything=True))
        assert len(newsroom.asked("/feed")) == 2
    assert source.due_at == START + timedelta(hours=10)
    assert source.reason


def test_a_source_in_trouble_is_left_alone_for_longer_each_time_until_it_is_well(tmp_path, newsroom):
    waits = []
    newsroom.script("/feed", answer("broken", 500))
    with open_archive(tmp_path / "a.db") as archive:
        archive.add_source(newsroom.url("/feed"), "feed", now=START)
        watch = Watch(archive, newsroom)
        for attempt in range(9):
            if attempt == 8:
                newsroom.publish("/feed", "<rss><channel><item><link>/a</link></item></channel></rss>")
            list(watch.tracker.discover())
            (source,) = archive.sources()
            waits.append((source.due_at - watch.now) / timedelta(minutes=15))
            watch.now = source.due_at
    assert 1.8 <= waits[0] <= 2.2
    assert all(1.6 < later / earlier < 2.4 for earlier, later in pairwise(waits[:6]))
    assert all(wait <= 1.1 * 96 for wait in waits)  # a day
    assert waits[-1] == 1


def test_an_index_within_an_index_is_not_followed(tmp_path, newsroom):
    index = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'.format
    entry = "<sitemap><loc>{}</loc></sitemap>".format
    newsroom.script(
        "/sitemap.xml", answer(index(entry(newsroom.url("/inner.xml"))), headers={"Content-Type": "text/xml"})
    )
    newsroom.script(
        "/inner.xml", answer(index(entry(newsroom.url("/third.xml"))), headers={"Content-Type": "text/xml"})
    )
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        archive.add_source(newsroom.url("/sitemap.xml"), "sitemap", now=START)
        for _ in range(3):
            list(watch.tracker.check())
            watch.now += timedelta(hours=1)
        assert [s.url for s in archive.sources()] == [newsroom.url("/sitemap.xml"), newsroom.url("/inner.xml")]


@pytest.mark.parametrize(
    ("chosen", "tracked"),
    [
        ({}, ["/news/a", "/video/b", "/news/video/caf%C3%A9"]),
        ({"only": ("/news/*",)}, ["/news/a", "/news/video/caf%C3%A9"]),
        ({"skip": ("*/video/*",)}, ["/news/a"]),
        ({"only": ("/news/*",), "skip": ("*/café",)}, ["/news/a"]),
        ({"only": ("/sport/*",)}, []),
    ],
)
@pytest.mark.parametrize("is_listed", [False, True], ids=["feed", "feed of a list"])
def test_of_a_source_the_articles_are_taken_whose_paths_fit(tmp_path, newsroom, chosen, tracked, is_listed):
    items = "".join(
        f"<item><link>{newsroom.url(path)}</link></item>" for path in ["/news/a", "/video/b", "/news/video/café"]
    )
    newsroom.publish("/feed", f"<rss><channel>{items}</channel></rss>")
    newsroom.publish("/list", f'<opml><body><outline xmlUrl="{newsroom.url("/feed")}"/></body></opml>')
    kind, path = ("opml", "/list") if is_listed else ("feed", "/feed")
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        source = SourceSettings(newsroom.url(path), kind=kind, **chosen)
        watch.tracker.settings = replace(watch.tracker.settings, source=(source,))
        for _ in range(2):
            list(watch.tracker.discover(everything=True))
        assert [article.url for article in archive.articles()] == [newsroom.url(path) for path in tracked]


def test_a_source_is_asked_whether_it_changed(tmp_path, newsroom):
    item = f"<item><link>{newsroom.url('/a')}</link></item>"
    newsroom.publish("/feed", f"<rss><channel>{item}</channel></rss>", etag='"7"')
    newsroom.publish("/a", page())
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        archive.add_source(newsroom.url("/feed"), "feed", now=START)
        for _ in range(3):
            list(watch.tracker.check())
            watch.now += timedelta(hours=1)
        (source,) = archive.sources()
    assert [request.headers.get("if-none-match") for request in newsroom.asked("/feed")] == [None, '"7"', '"7"']
    assert (source.reason, source.validators.etag, source.checked_at) == ("", '"7"', START + timedelta(hours=2))


def test_the_settings_name_sources_and_a_front_page_leads_to_its_feed(tmp_path, newsroom):
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    newsroom.publish("/", f"<html><head>{link}</head><body><p>Welcome.</p></body></html>")
    newsroom.publish("/rss", "<rss><channel><item><link>/2024/the-ferry-is-late-again</link></item></channel></rss>")
    newsroom.publish("/2024/the-ferry-is-late-again", page())
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        watch.tracker.settings = replace(watch.tracker.settings, source=(SourceSettings(newsroom.url("/")),))
        events = [[result.event for result in watch.tracker.check()] for _ in range(2)]
        assert [(s.kind, s.url) for s in archive.sources()] == [
            ("section", newsroom.url("/")),
            ("feed", newsroom.url("/rss")),
        ]
    assert events == [[], [Event.FIRST]]


def test_a_kind_of_source_that_is_none_is_refused_by_name(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        watch.tracker.settings = replace(watch.tracker.settings, source=(SourceSettings("https://a.test/", "gazette"),))
        with pytest.raises(ConfigError, match="feed, sitemap"):
            list(watch.tracker.discover())


# --- one article, one identity ---------------------------------------------------------------------------------------


def redirect(location, status=301):
    return answer("moved", status, headers={"Location": location})


def told(archive, event=Event.MOVED):
    return [entry.why for entry in archive.log() if entry.event is event]


def test_an_article_that_moved_is_asked_for_at_its_new_address(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/2024/bridge-closed", page())
    newsroom.script("/story", redirect("/2024/bridge-closed"))
    assert watch.look().event is Event.UNCHANGED
    newsroom.requests.clear()
    result = watch.look()
    assert result.article.url == newsroom.url("/2024/bridge-closed")
    assert newsroom.url("/story") in result.article.urls
    assert not newsroom.asked("/story")
    assert told(watch.archive) == [f"it has moved to {newsroom.url('/2024/bridge-closed')}"]
    assert watch.archive.find(newsroom.url("/story")).id == result.article.id


def test_a_detour_for_now_is_an_address_and_no_move(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/2024/bridge-closed", page())
    newsroom.script("/story", redirect("/2024/bridge-closed", 302))
    assert [watch.look().article.url for _ in range(2)] == [newsroom.url("/story")] * 2
    assert told(watch.archive) == [f"it is found at {newsroom.url('/2024/bridge-closed')} too"]


def test_two_addresses_that_lead_to_one_page_are_one_article(watch, newsroom):
    newsroom.publish("/2024/bridge-closed", page())
    newsroom.script("/story", redirect("/2024/bridge-closed"))
    watch.tracker.add(newsroom.url("/2024/bridge-closed"))
    results = watch.look()
    assert sorted(result.event for result in results) == [Event.FIRST, Event.UNCHANGED]
    (article,) = watch.archive.articles()
    assert set(article.urls) == {newsroom.url("/story"), newsroom.url("/2024/bridge-closed")}
    assert article.versions == 1
    assert [result.article.id for result in watch.tracker.check()] == [article.id]


def test_what_was_seen_of_both_stays_when_two_histories_become_one(watch, newsroom):
    newsroom.publish("/story", page())
    newsroom.publish("/2024/bridge-closed", page())
    watch.tracker.add(newsroom.url("/2024/bridge-closed"))
    watch.look()
    newsroom.script("/story", redirect("/2024/bridge-closed"))
    watch.look()
    first, second = watch.archive.articles()
    assert (first.same_as, second.same_as) == (None, first.id)
    assert (first.versions, second.versions) == (1, 1)
    assert watch.archive.find(newsroom.url("/2024/bridge-closed")).id == first.id
    assert told(watch.archive) == [f"article {second.id} turned out to be this one"]
    assert [article.id for article in watch.archive.due(watch.now + timedelta(days=2))] == [first.id]


def test_an_address_that_every_page_states_makes_no_two_articles_one(watch, newsroom):
    head = f'<link rel="canonical" href="{newsroom.url("/2024/the-one-and-only")}">'
    other = [sentence.replace("bridge", "tunnel").replace("Wednesday", "Friday") for sentence in SENTENCES[::-1]]
    newsroom.publish("/story", page(head=head))
    newsroom.publish("/other", page([f"Unlike before, {s[::-1]}" for s in other], headline="Lanterns", head=head))
    watch.tracker.add(newsroom.url("/other"))
    for _ in range(3):
        watch.look()
    assert [article.same_as for article in watch.archive.articles()] == [None, None]
    assert told(watch.archive) == []


# --- what is none of the article's -----------------------------------------------------------------------------------

WALL = '<div class="offer-box"><h3>Weiterlesen?</h3><p>Das geht mit einem Konto.</p><button>Anmelden</button></div>'


def test_a_wall_that_stays_is_never_a_version(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page(SENTENCES[:2], note=WALL))
    results = [watch.look() for _ in range(4)]
    assert [result.event for result in results] == [Event.TROUBLE] * 4
    assert [result.snapshot.outcome for result in results] == [Outcome.PAYWALLED] * 4
    newsroom.publish("/story", page([*SENTENCES[:5], "The bridge has opened again, the statement added on Friday."]))
    assert watch.look().event is Event.REVISED
    assert watch.archive.find("1").versions == 2


def test_a_cut_that_stays_and_asks_for_nothing_is_the_publishers(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    newsroom.publish("/story", page(SENTENCES[:2]))
    assert [watch.look().event for _ in range(3)] == [Event.SUSPECT, Event.REVISED, Event.UNCHANGED]


def test_a_standfirst_that_moves_into_the_text_is_no_edit(watch, newsroom):
    deck = "Divers found a crack below the waterline."
    meta = f'<meta name="description" content="{deck}">'
    newsroom.publish("/story", page(head=meta).replace("</h1>", f'</h1><p class="standfirst">{deck}</p>'))
    assert watch.look().version.story.deck == deck
    newsroom.publish("/story", page([deck, *SENTENCES]))
    assert watch.look().event is Event.UNCHANGED


def test_a_host_is_spared_also_by_the_process_after_a_crash(watch, newsroom):
    newsroom.publish("/story", page())
    passing = watch.tracker.check(articles=list(watch.archive.articles()))
    next(passing)
    assert f"visited {newsroom.host}" in watch.archive.manners()


def test_two_trackers_make_no_version_twice(tmp_path, newsroom):
    newsroom.publish("/story", page())
    with open_archive(tmp_path / "a.db") as one, open_archive(tmp_path / "a.db") as other:
        watches = [Watch(archive, newsroom) for archive in (one, other)]
        watches[0].tracker.add(newsroom.url("/story"))
        newsroom.publish("/story", page())
        passes = [iter(w.tracker.check(articles=list(w.archive.articles()))) for w in watches]
        results = [next(p) for p in passes]
        for started in passes:
            started.close()
    assert sorted(r.event for r in results) == [Event.FIRST, Event.UNCHANGED]


def test_leaving_a_pass_early_loses_nothing(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        for i in range(6):
            newsroom.publish(f"/{i}", page(headline=f"Story {i}"))
            watch.tracker.add(newsroom.url(f"/{i}"))
        for _ in watch.tracker.check():
            break
        left = archive.due(watch.now)
        assert len(left) == 5
        assert [r.event for r in watch.tracker.check()] == [Event.FIRST] * 5


def test_a_feed_brings_its_new_articles(tmp_path, newsroom):
    item = "<item><title>T</title><link>{}</link></item>".format
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{}</channel></rss>'.format
    newsroom.script("/feed", answer(feed(item(newsroom.url("/a"))), headers={"Content-Type": "application/rss+xml"}))
    newsroom.publish("/a", page())
    newsroom.publish("/b", page(headline="Second story"))
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        archive.add_source(newsroom.url("/feed"), "feed", now=START)
        assert [r.event for r in watch.tracker.check()] == [Event.FIRST]
        both = item(newsroom.url("/a")) + item(newsroom.url("/b"))
        newsroom.script("/feed", answer(feed(both), headers={"Content-Type": "application/rss+xml"}))
        watch.now += timedelta(hours=1)
        assert {r.article.url[-1]: r.event for r in watch.tracker.check()} == {"a": Event.UNCHANGED, "b": Event.FIRST}
        assert {a.source for a in archive.articles()} == {newsroom.url("/feed")}


def test_plain_text_articles_are_tracked(watch, newsroom):
    text = "Bridge closed\n\n" + "\n\n".join(SENTENCES)
    newsroom.script("/story", answer(text, headers={"Content-Type": "text/plain; charset=utf-8"}))
    result = watch.look()
    assert result.event is Event.FIRST
    assert result.version.story.headline == "Bridge closed"


def test_checking_works_where_an_event_loop_is_running(watch, newsroom):
    import asyncio

    newsroom.publish("/story", page())

    async def notebook():
        return watch.look()

    assert asyncio.run(notebook()).event is Event.FIRST


TEASER = "What the tide has done to the lighthouse since the war, and why nobody ever asked for the keys of its door."


def boxed(name, **parts):
    """Return a page with a box among its text that is known by its name alone."""
    return page(**parts, note=f'<div class="{name}"><p>{TEASER}</p></div>')


def test_boxes_of_other_names_are_no_edit(watch, newsroom):
    assert TEASER in [p.text for p in extract(boxed("x1")).paragraphs]
    newsroom.publish("/story", boxed("related-stories"))
    watch.look()
    newsroom.publish("/story", boxed("x1"))
    assert watch.look().event is Event.UNCHANGED
    newsroom.publish("/story", boxed("x2", sentences=[s.replace("$4.1", "$4.7") for s in SENTENCES]))
    edited = watch.look()
    assert [(change.old, change.new) for change in edited.revision.diff.changes] == [("$4.1", "$4.7")]
    assert TEASER not in [p.text for p in edited.version.story.paragraphs]


def test_a_text_that_is_new_beside_an_unchanged_story_is_told(watch, newsroom):
    newsroom.publish("/story", page())
    watch.look()
    line = "The harbour paper changed a sum in this report at noon, and thanks the reader who saw it."
    newsroom.publish("/story", page().replace("</article>", f'</article><div class="k3"><p>{line}</p></div>'))
    result = watch.look()
    assert (result.event, result.why) == (Event.UNCHANGED, f"same story; new beside it: “{line}”")


# --- cheap looks -----------------------------------------------------------------------------------------------------


def counted(number):
    return f'<div class="comments-count">Comments ({number})</div>'


def test_what_changes_outside_of_the_article_region_is_settled_without_reading(watch, newsroom, monkeypatch):
    newsroom.publish("/story", page(chrome=counted(1)))
    watch.look()
    newsroom.publish("/story", page(chrome=counted(22)))
    with monkeypatch.context() as patch:
        patch.setattr("revtrack.observing.read", lambda *_, **__: 1 / 0)
        result = watch.look()
    assert (result.event, result.why) == (Event.UNCHANGED, "same article region")
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES], chrome=counted(22)))
    assert watch.look().event is Event.REVISED
    newsroom.publish("/story", page(chrome=counted(1)))
    assert watch.look().version.revert_of == 1


def test_a_page_in_gzip_is_kept_as_it_came_until_there_is_time_to_pack_it(watch, newsroom):
    bodies = [gzip.compress(page(chrome=counted(n)).encode(), mtime=0) for n in range(4)]
    for body in bodies:
        newsroom.publish("/story", body, headers={"Content-Encoding": "gzip"})
        watch.look()
    assert [s.body for s in watch.archive.snapshots(watch.archive.find("1"))] == bodies
    watch.tracker.tidy()
    assert watch.archive.pack_bodies() == 0
    assert [s.body for s in watch.archive.snapshots(watch.archive.find("1"))] == bodies
    assert all(name == found for name, found in watch.archive.body_hashes())


def test_results_are_safe_when_they_are_yielded_and_none_is_lost_to_another_writer(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive, open_archive(tmp_path / "a.db") as other:
        watch = Watch(archive, newsroom)
        for number in range(12):
            newsroom.publish(f"/{number}", page(headline=f"Story {number}"))
            watch.tracker.add(newsroom.url(f"/{number}"))
        for number, result in enumerate(watch.tracker.check()):
            assert [s.id for s in other.snapshots(result.article)] == [result.snapshot.id]
            other.add_article(f"http://a.test/{number}", now=START)
        assert number == 11


def test_what_cannot_be_written_down_costs_neither_its_bytes_nor_the_looks_beside_it(watch, newsroom, monkeypatch):
    for name in ("/story", "/second", "/third"):
        newsroom.publish(name, page(chrome=name))
        watch.tracker.add(newsroom.url(name))
    watch.look()
    observe = Reader.observe

    def with_half_a_character(reader, standing, snapshot):
        found = observe(reader, standing, snapshot)
        is_odd = snapshot.url.endswith("/second") and found.event is Event.REVISED
        return replace(found, suspect="\ud83d") if is_odd else found

    monkeypatch.setattr(Reader, "observe", with_half_a_character)
    for name in ("/story", "/second", "/third"):
        newsroom.publish(name, page([s.replace("3,400", "4,300") for s in SENTENCES], chrome=name))
    results = {result.article.url.rpartition("/")[2]: result for result in watch.look()}
    assert {name: result.event for name, result in results.items()} == {
        "story": Event.REVISED,
        "second": Event.TROUBLE,
        "third": Event.REVISED,
    }
    assert results["second"].why == "could not be read (UnicodeEncodeError); its bytes are kept"
    assert b"4,300" in watch.archive.snapshot(results["second"].snapshot.id).body
    assert not list(watch.archive.damage())


WALL = """<div class="paywall-offer"><h2>Read on with a subscription</h2>
<p>Subscribe now for 2 euros a month to read the rest of this article.</p><button>Subscribe</button></div>"""


def test_text_that_a_gate_kept_back_is_no_undisclosed_edit_once_the_gate_is_gone(watch, newsroom):
    newsroom.publish("/story", page(SENTENCES[:2], note=WALL))
    watch.look()
    newsroom.publish("/story", page())
    verdict = watch.look().revision.verdict
    assert "opened" in verdict.events
    assert (verdict.significance, verdict.disclosure) == (Significance.MINOR, Disclosure.NOT_NEEDED)


def test_a_text_that_is_cut_in_the_middle_of_a_sentence_is_told_on_once_the_gate_is_gone(watch, newsroom):
    newsroom.publish("/story", page([*SENTENCES[:2], f"{SENTENCES[2][:60]}…"], note=WALL))
    watch.look()
    newsroom.publish("/story", page())
    verdict = watch.look().revision.verdict
    assert ("opened" in verdict.events, verdict.disclosure) == (True, Disclosure.NOT_NEEDED)


def test_an_edit_before_the_place_where_a_gate_stood_keeps_its_weight(watch, newsroom):
    newsroom.publish("/story", page(SENTENCES[:2], note=WALL))
    watch.look()
    newsroom.publish("/story", page([s.replace("3,400", "4,300") for s in SENTENCES]))
    verdict = watch.look().revision.verdict
    assert (verdict.significance, verdict.disclosure) == (Significance.SUBSTANTIVE, Disclosure.UNDISCLOSED)


def test_a_free_article_that_grows_was_written_on(watch, newsroom):
    newsroom.publish("/story", page(SENTENCES[:2]))
    watch.look()
    newsroom.publish("/story", page())
    assert "opened" not in watch.look().revision.verdict.events


def test_a_gate_that_stays_opens_nothing(watch, newsroom):
    newsroom.publish("/story", page(SENTENCES[:2], note=WALL))
    watch.look()
    newsroom.publish("/story", page(note=WALL))
    assert "opened" not in watch.look().revision.verdict.events
