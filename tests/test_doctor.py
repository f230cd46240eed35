"""What doctor says of rules, sources and articles; and what rules and neighbours do to a tracked article."""

from datetime import timedelta

from revtrack.config import Config, SiteRules
from revtrack.deriving import rebuild
from revtrack.doctor import examine
from revtrack.model import Event
from revtrack.rendering.provenance import FIRST_PAGE
from revtrack.tracker import Tracker
from tests.newsroom import answer
from tests.test_tracker import SENTENCES, START, Watch, page

APPEAL = '<div class="box"><p>This paper belongs to its readers, and it lives on what its readers give.</p></div>'


def track(archive, newsroom, count):
    watch = Watch(archive, newsroom)
    for n in range(count):
        own = [f"Only article number {n} says, in paragraph {i}, that {text}" for i, text in enumerate(SENTENCES)]
        newsroom.publish(f"/{n}", page(own, headline=f"Story number {n}"))
        watch.tracker.add(newsroom.url(f"/{n}"))
    watch.look()
    return watch


def examined(archive, *sites):
    return [(f.about, f.says, f.wrong) for f in examine(archive, Config(site=sites), now=START)]


def test_rules_are_tried_on_every_article_of_their_site(archive, newsroom):
    track(archive, newsroom, 2)
    found = examined(archive, SiteRules("127.0.0.1", body=("article", ".gone"), drop=(".ad",), headline=("h1",)))
    assert found[:4] == [
        ("site 127.0.0.1", "body = 'article' fits 2 of 2 pages", False),
        ("site 127.0.0.1", "body = '.gone' fits 0 of 2 pages", True),
        ("site 127.0.0.1", "drop = '.ad' fits 0 of 2 pages", True),
        ("site 127.0.0.1", "headline = 'h1' fits 2 of 2 pages", False),
    ]
    assert [f for f in found[4:] if f[2]] == []
    assert found[4][1] == "6 paragraphs; without its rules 0 more and 0 less"


def test_rules_of_a_site_without_articles_cannot_be_tried(archive):
    assert [f[2] for f in examined(archive, SiteRules("example.org", body=("p",)))] == [True]


def test_articles_and_sources_in_trouble_are_named(archive, newsroom):
    watch = track(archive, newsroom, 1)
    watch.tracker.add(newsroom.url("/none"))
    archive.add_source(newsroom.url("/nofeed"), "feed", now=START)
    list(watch.tracker.discover())
    watch.look()
    assert [about.split(" http")[0] for about, _, wrong in examined(archive) if wrong] == ["source 1", "article 2"]


def test_articles_of_which_only_the_first_page_is_read_are_named_and_not_wrong(archive, newsroom):
    watch = Watch(archive, newsroom)
    paged = page(SENTENCES, headline="A long story").replace("</article>", '<p><a href="?page=2">2</a></p></article>')
    newsroom.publish("/long-4711", paged)
    newsroom.publish("/short-4712", page(SENTENCES, headline="A short story"))
    for path in ("/long-4711", "/short-4712"):
        watch.tracker.add(newsroom.url(path))
    watch.look()
    told = (f"article 1 {newsroom.url('/long-4711')}", FIRST_PAGE, False)
    assert [found for found in examined(archive) if found[1] == FIRST_PAGE] == [told]


TICKER = "Shares of the ferry company stood at {} euros on the exchange at Norrick when trading ended."


def test_a_figure_that_runs_by_itself_makes_no_revision_of_weight(archive, newsroom):
    def publish(price, *more):
        newsroom.publish("/0", page([*SENTENCES, TICKER.format(price), *more], headline="Story number 0"))

    watch = Watch(archive, newsroom)
    rules = SiteRules("127.0.0.1", counter=(r"stood at (\d+\.\d+) euros", r"never (\d+)"))
    watch.tracker = Tracker(
        archive, clock=lambda: watch.now, settings=Config(fetch=watch.tracker.settings.fetch, site=(rules,))
    )
    publish("42.10")
    watch.tracker.add(newsroom.url("/0"))
    watch.look()
    publish("43.10")
    ran = watch.look()
    assert (ran.event, ran.revision.verdict.significance) == (Event.REVISED, "cosmetic")
    assert [reason.feature for reason in ran.revision.verdict.reasons] == ["counter"]
    publish("44.10", "The mayor resigned on Tuesday after 14 years in office, and a deputy took her place.")
    both = watch.look()
    assert both.revision.verdict.significance == "detail"
    assert [told for told in examined(archive, rules) if "counter" in told[1]] == [
        ("site 127.0.0.1", r"counter = 'stood at (\\d+\\.\\d+) euros' fits 1 of 1 article", False),
        ("site 127.0.0.1", r"counter = 'never (\\d+)' fits 0 of 1 article", True),
    ]


def test_a_counter_that_is_set_later_holds_for_what_was_seen_once_it_is_derived_again(archive, newsroom):
    watch = Watch(archive, newsroom)
    newsroom.publish("/0", page([*SENTENCES, TICKER.format("42.10")]))
    watch.tracker.add(newsroom.url("/0"))
    watch.look()
    newsroom.publish("/0", page([*SENTENCES, TICKER.format("43.10")]))
    watch.look()
    (before,) = archive.revisions(archive.find("1"))
    rules = SiteRules("127.0.0.1", counter=(r"stood at (\d+\.\d+) euros",))
    list(
        rebuild(
            archive,
            list(archive.articles()),
            settings=Config(fetch=watch.tracker.settings.fetch, site=(rules,)),
            now=watch.now,
        )
    )
    (after,) = archive.revisions(archive.find("1"))
    assert (before.verdict.significance, after.verdict.significance) == ("substantive", "cosmetic")
    assert after.diff.new.fingerprint == before.diff.new.fingerprint


def test_new_rules_read_the_old_versions_again_and_make_no_revision(archive, newsroom):
    watch = track(archive, newsroom, 1)
    rules = SiteRules("127.0.0.1", body=("article p:not(:first-of-type)",))
    settings = Config(fetch=watch.tracker.settings.fetch, site=(rules,))
    newsroom.publish(
        "/0",
        page(
            headline="Story number 0",
            chrome="18 views",
            sentences=[p.text for p in next(archive.versions(archive.find("1"))).story.paragraphs],
        ),
    )
    ruled = Tracker(archive, clock=lambda: START + timedelta(hours=2), settings=settings)
    assert [r.event for r in ruled.check(articles=list(archive.articles()))] == [Event.UNCHANGED]
    assert len(next(archive.versions(archive.find("1"))).story.paragraphs) == len(SENTENCES) - 1


def test_an_appeal_that_the_whole_site_puts_into_its_articles_is_no_revision(archive, newsroom):
    watch = track(archive, newsroom, 5)
    shown = {}
    for n in range(5):
        own = [f"Only article number {n} says, in paragraph {i}, that {text}" for i, text in enumerate(SENTENCES)]
        newsroom.publish(
            f"/{n}",
            page([*own[:3]], headline=f"Story number {n}", note=APPEAL + "".join(f"<p>{s}</p>" for s in own[3:])),
        )
    for result in watch.look():
        shown[result.article.id] = result.event
    # Nobody can know before the third article shows it; from the fourth on it is the site's.
    assert list(shown.values())[3:] == [Event.UNCHANGED] * 2


def wrongs(watch, now=None):
    found = examine(watch.archive, watch.tracker.settings, now=now or watch.now)
    return [(f.about.split(" http")[0].split(":")[0], f.says) for f in found if f.wrong]


def test_a_site_that_blocks_or_yields_nothing_is_named_once_for_all_its_articles(archive, newsroom):
    watch = track(archive, newsroom, 25)
    assert wrongs(watch) == []
    for n in range(25):
        newsroom.script(f"/{n}", answer("closed", 403))
    watch.look()
    blocked, site, *others, more = wrongs(watch)
    assert blocked == ("site 127.0.0.1", "turned us away from 25 of 25 articles looked at this week")
    assert site[1].startswith("yields nothing: none of 25 articles looked at this week was read")
    assert len(others) == 20
    assert more == ("articles", "the last look at 5 more came to: blocked")


def test_the_reason_is_that_of_the_last_look_and_the_log_tells_trouble_of_another_kind(archive, newsroom):
    watch = track(archive, newsroom, 1)
    for status in (403, 403, 500, 503, 429):
        newsroom.script("/0", answer("closed", status))
        watch.look()
        said = dict(wrongs(watch))["article 1"]
        assert f"the server answered {status}" in said
    assert said == "its last look came to: blocked: the server answered 429 Too Many Requests"
    told = [entry.why for entry in archive.log(versions=False) if entry.event is Event.TROUBLE]
    assert [why.split()[3] for why in told] == ["403", "500", "429"]
    (again,) = rebuild(archive, list(archive.articles()), settings=watch.tracker.settings, now=watch.now, again=True)
    assert not again.differs


def test_pages_that_shrink_are_told(archive, newsroom):
    watch = track(archive, newsroom, 1)
    for _ in range(3):
        watch.look()
    newsroom.publish("/0", page(SENTENCES[:1], headline="Story number 0"))
    watch.look()
    assert ("site 127.0.0.1", "the pages of 1 article shrank to less than half of what they were") in wrongs(watch)


def test_what_nobody_looks_at_is_overdue_and_what_nobody_reads_is_stale(archive, newsroom):
    watch = track(archive, newsroom, 2)
    archive.add_source("https://example.org/feed", "feed", now=START)
    archive.add_article("https://example.org/a", now=START, source="https://example.org/feed")
    late = START + timedelta(days=40)
    assert wrongs(watch, late)[:2] == [
        ("source 1", "was not read since 2024-11-20 09:00 UTC"),
        ("schedule", "3 looks are overdue, the oldest since 2024-11-20 09:00 UTC: is 'check' or 'watch' running?"),
    ]
    (source,) = archive.sources()
    archive.checked_source(source, now=late, due_at=late)
    assert wrongs(watch, late)[0] == ("source 1", "has brought no new article since 2024-11-20")


def test_what_the_pages_of_a_site_take_is_told_and_is_not_wrong(archive, newsroom):
    watch = track(archive, newsroom, 2)
    (size,) = [f for f in examine(archive, Config(), now=watch.now) if not f.wrong]
    assert size.about == f"site {newsroom.host}"
    assert size.says.startswith("2 articles, ")
    assert size.says.endswith(" of pages, 100% of all")
