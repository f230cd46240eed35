"""A site is whole: every link leads to a file, every page tells what the archive says, and only what changed is written."""

import csv
import hashlib
import json
import re
from datetime import timedelta
from functools import partial
from urllib.parse import urldefrag

import pytest
from bs4 import BeautifulSoup

from bench.site.stories import START, lives, looks_again, record
from revtrack.archive import Observation, open_archive
from revtrack.archive.values import Only, Order, Selection
from revtrack.backfill import git_captures
from revtrack.cli.running import run
from revtrack.errors import UnwritableError
from revtrack.evidence.checkpoints import witnesses_of
from revtrack.evidence.witnessing import Witness
from revtrack.forms import to_form
from revtrack.model import Event, Outcome, Paragraph, Snapshot, Story
from revtrack.rendering.fronts import ChangesPage, changes_page
from revtrack.rendering.links import Links
from revtrack.rendering.revision_page import revision_page
from revtrack.rendering.tables import csv_lines, markdown_lines
from revtrack.rendering.wording import clock
from revtrack.site import Workers, write_site
from revtrack.site.addresses import source_file
from revtrack.site.feeds import full_links
from revtrack.site.gathering import (
    brief_reports_of,
    changes_of,
    count_changes_of,
    lines_of,
    nothing_told,
    reports_of,
    revision_page_of,
    unread_now,
    unread_told,
)
from revtrack.site.manifest import NAME
from tests.archive.test_sqlite import NOW, seen
from tests.backfill.pages import EDITED, SENTENCES, History, bring, hours
from tests.backfill.pages import page as newsroom_page

LIVES = lives(5, 4)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """An archive of some articles, open, and its site."""
    folder = tmp_path_factory.mktemp("site")
    with open_archive(folder / "a.db") as archive:
        record(archive, LIVES, 5)
        write_site(archive, folder / "site")
        yield archive, folder / "site"


def pages(site):
    return {page: BeautifulSoup(page.read_text(), "lxml") for page in sorted(site.rglob("*.html"))}


def digest_of(site):
    return {file.relative_to(site): hashlib.sha256(file.read_bytes()).hexdigest() for file in site.rglob("*.*")}


def test_every_link_leads_to_a_file_and_every_page_can_be_reached(written):
    _, site = written
    found = pages(site)
    reached = {site / "index.html"}
    for page, soup in found.items():
        anchors = {tag["id"] for tag in soup.find_all(id=True)}
        for tag in soup.find_all(["a", "link"], href=True):
            address, fragment = urldefrag(tag["href"])
            if address.startswith("https://www."):
                continue
            target = (page.parent / address).resolve() if address else page
            assert target.is_file(), (page, tag["href"])
            assert site in target.parents
            assert target.suffix != ".html" or not fragment or address or fragment in anchors, (page, tag["href"])
            reached.add(target)
    assert set(found) <= reached


def test_no_page_needs_a_script_or_asks_for_anything(written):
    for page, soup in pages(written[1]).items():
        assert not soup.find_all(["script", "img", "iframe", "object", "embed", "base"]), page
        assert not [
            tag for tag in soup.find_all() if any(name.startswith("on") or name == "style" for name in tag.attrs)
        ]
        assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert [link["href"].rpartition("/")[2] for link in soup.find_all("link", rel="stylesheet")] == ["style.css"]


def test_each_filter_holds_what_the_archive_selects(written):
    archive, site = written
    for only in (None, *Only):
        soup = BeautifulSoup((site / (f"{only}/index.html" if only else "index.html")).read_text(), "lxml")
        shown = [item.h3.a["href"].removeprefix("../") for item in soup.select("li.revision")]
        chosen = [f"articles/{e.article.id}/{e.version}.html" for e in archive.changes(Selection(only=only))]
        assert shown == chosen, only


def test_months_hold_every_change_once(written):
    archive, site = written
    shown = [
        tag.h3.a["href"]
        for page in site.glob("changes/2*.html")
        for tag in BeautifulSoup(page.read_text(), "lxml").select("li.revision")
    ]
    assert len(shown) == len(set(shown)) == archive.count_changes(Selection())


def test_a_second_writing_writes_nothing(written):
    archive, site = written
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*.*")}
    done = write_site(archive, site)
    assert (done.articles, done.files, done.whole) == (0, 0, False)
    del before[site / NAME]
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_what_is_added_step_by_step_is_what_is_written_at_once(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        for steps, articles in ((2, 2), (3, 4), (6, 5)):
            for number in range(articles):
                grow(archive, number, steps)
            list(looks_again(archive, 2, START + timedelta(days=600, hours=steps)))
            write_site(archive, tmp_path / "grown")
        write_site(archive, tmp_path / "fresh")
    assert digest_of(tmp_path / "grown") == digest_of(tmp_path / "fresh")


def grow(archive, number, steps):
    """Record what is new of an article's first versions."""
    at = START + timedelta(days=20 * number)
    article, _ = archive.add_article(
        f"https://www.a.test/{number}", now=at, source="https://www.a.test/feed" if number % 2 else ""
    )
    for step, story in enumerate(LIVES[number].stories[:steps]):
        if step >= article.versions:
            seen(archive, article, story, at=at + timedelta(days=9 * step))


def test_only_what_changed_is_written(written, tmp_path):
    archive, _ = written
    site = tmp_path / "site"
    write_site(archive, site)
    (look,) = [None for _ in looks_again(archive, 1, START + timedelta(days=900))]
    before = digest_of(site)
    done = write_site(archive, site)
    after = digest_of(site)
    changed = {str(name) for name in after if before.get(name) != after[name]} - {NAME}
    newest = archive.find("1").versions
    assert (look, done.articles) == (None, 1)
    pages_changed = {name for name in changed if not name.endswith((".atom", ".json"))}
    dated = {"index.html", "recent/index.html"}  # they say when the last look was
    assert pages_changed <= {"articles/1/index.html", f"articles/1/{newest}.html", "articles/index.html", *dated}
    assert not any(re.match("articles/[^1]/", name) for name in changed)


def test_captures_by_another_archive_are_led_to_and_no_other_page_is_written_for_them(tmp_path, capsys):
    with open_archive(tmp_path / "a.db") as archive:
        for number in range(2):
            grow(archive, number, 3)
        site = tmp_path / "site"
        write_site(archive, site)
        before = digest_of(site)
        began = {version.number: version.first_seen for version in archive.versions(archive.find("1"))}
        address = 'https://web.test/web/2024/https://www.a.test/0?"><b>'
        for version, capture in ((2, "https://web.test/web/2024/1"), (3, address)):
            told = Witness(1, version, "https://www.a.test/0", began[1], f"{version}", began[version], capture)
            with witnesses_of(archive).open("a", encoding="utf-8") as lines:
                lines.write(f"{json.dumps(to_form(told))}\n")
        done = write_site(archive, site)
        changed = {name for name, digest in digest_of(site).items() if before.get(name) != digest}
        assert (done.articles, {str(name) for name in changed} - {NAME}) == (
            1,
            {"articles/1/2.html", "articles/1/3.html"},
        )
        page = BeautifulSoup((site / "articles/1/3.html").read_text("utf-8"), "html.parser")
        row = page.find("th", string="also captured by").parent
        assert [link["href"] for link in row.find_all("a")] == ["https://web.test/web/2024/1", address]
        assert row.find("b") is None
        assert row.td.text == f"web.test, {clock(began[2])}"
        write_site(archive, tmp_path / "fresh")
        assert digest_of(site) == digest_of(tmp_path / "fresh")
    assert run(["--archive", str(tmp_path / "a.db"), "show", "1@2"]) == 0
    assert "also captured by web.test" in capsys.readouterr().out
    assert run(["--archive", str(tmp_path / "a.db"), "show", "1@3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["capture"]["address"] == address


def test_workers_write_the_same(written, tmp_path, monkeypatch):
    archive, site = written
    monkeypatch.setattr("revtrack.site.writing._FEW", 0)
    reopen = partial(open_archive, archive.location, create=False)
    write_site(archive, tmp_path / "other", workers=Workers(reopen, 2))
    write_site(archive, site)
    assert digest_of(tmp_path / "other") == digest_of(site)


def test_a_writer_that_is_killed_leaves_a_whole_site_and_the_next_goes_on(written, tmp_path, monkeypatch):
    archive, _ = written
    site = tmp_path / "site"
    write_site(archive, site)
    before = digest_of(site)
    list(looks_again(archive, 5, START + timedelta(days=950)))
    asked = []

    def dies(*_):
        asked.append(1)
        if len(asked) > 3:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr("revtrack.site.sources._write_source", dies)
    monkeypatch.setattr("revtrack.site.writing.write_article", dies)
    with pytest.raises(KeyboardInterrupt):
        write_site(archive, site, anew=True)
    monkeypatch.undo()
    assert set(digest_of(site)) == set(before)
    assert write_site(archive, site).articles == 5
    write_site(archive, tmp_path / "fresh")
    assert digest_of(site) == digest_of(tmp_path / "fresh")


def test_other_code_writes_all_of_it_anew(written, tmp_path, monkeypatch):
    archive, _ = written
    write_site(archive, tmp_path / "site")
    monkeypatch.setattr("revtrack.site.manifest._digest", lambda: "another")
    assert write_site(archive, tmp_path / "site").whole


def test_a_folder_of_other_things_is_refused_and_left_as_it_is(written, tmp_path):
    archive, site = written
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(UnwritableError, match="holds other things"):
        write_site(archive, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]
    with open_archive(tmp_path / "b.db") as other:
        record(other, LIVES, 1)
        with pytest.raises(UnwritableError, match="another archive"):
            write_site(other, site)


def test_a_site_whose_front_page_was_taken_away_is_written_again(written, tmp_path):
    archive, _ = written
    write_site(archive, tmp_path / "site")
    for name in ("index.html", "ledger/index.html"):
        (tmp_path / "site" / name).unlink()
    assert write_site(archive, tmp_path / "site").files == 2
    assert (tmp_path / "site" / "ledger" / "index.html").exists()


def test_an_empty_archive_is_a_site_too(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        write_site(archive, tmp_path / "site")
    assert "None was seen" in (tmp_path / "site" / "index.html").read_text()


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}../../etc/\u202e"


def test_hostile_text_stays_text_and_names_no_file(tmp_path):
    told = [
        Story(
            HOSTILE,
            deck=HOSTILE,
            paragraphs=(Paragraph(f"{HOSTILE} {number} people were hurt."),),
            language=HOSTILE[:40],
            site=HOSTILE,
        )
        for number in (3, 4)
    ]
    with open_archive(tmp_path / "a.db") as archive:
        article, _ = archive.add_article(
            "https://www.a.test/%3Cscript%3E", now=NOW, source="https://www.a.test/'><script>/../.."
        )
        for hour, story in enumerate(told):
            seen(archive, article, story, at=NOW + timedelta(hours=hour))
        write_site(archive, tmp_path / "site")
    for file in (tmp_path / "site").rglob("*.*"):
        assert re.fullmatch(r"[a-z0-9/-]+\.(html|css|json|atom)", file.relative_to(tmp_path / "site").as_posix()), file
    for page, soup in pages(tmp_path / "site").items():
        assert not soup.find_all(["script", "img"]), page
        assert "\u202e" not in page.read_text()


SECRET = "Jane Roe of Mill Lane"


def test_what_is_redacted_is_in_no_file_any_more(tmp_path):
    before = Story(
        "Fire", paragraphs=(Paragraph(f"The house of {SECRET} burned down, 3 people said."),), extractor="test 1"
    )
    after = Story(
        "Fire", paragraphs=(Paragraph("A house in the village burned down, 5 people said."),), extractor="test 1"
    )
    site = tmp_path / "site"
    with open_archive(tmp_path / "a.db") as archive:
        article, _ = archive.add_article("https://www.a.test/fire", now=NOW)
        for hour, story in enumerate((before, after)):
            seen(archive, article, story, at=NOW + timedelta(hours=hour))
        write_site(archive, site)
        assert any(SECRET in file.read_text() for file in site.rglob("*.*"))
        (look, *_) = (look.snapshot.id for look in archive.looks(article))
        archive.redact(article, [look], now=NOW + timedelta(days=1), reason="a court order")
        write_site(archive, site)
        assert archive.search("Jane Roe") == []
    assert not [file for file in site.rglob("*.*") if "Jane" in file.read_text() or "Roe" in file.read_text()]


def test_what_an_import_saw_first_says_so_in_every_form(tmp_path):
    history = History(tmp_path / "history")
    for number, words in enumerate((SENTENCES, EDITED)):
        history.commit(hours(number), {"a.html": newsroom_page(words)})
    with open_archive(tmp_path / "a.db") as archive:
        article = bring(archive, git_captures(history.folder))[0].article
        write_site(archive, tmp_path / "site")
        entries = list(archive.changes(Selection()))
        assert [entry.origin for entry in entries] == ["git"]
        told = "".join([*csv_lines(reports_of(archive, entries)), *markdown_lines(reports_of(archive, entries))])
    said = r"first seen by an import \(git\)"
    files = ["index.html", "changes/feed.atom", "changes/feed.json", f"articles/{article.id}/index.html"]
    for text in (*((tmp_path / "site" / file).read_text() for file in files), told):
        assert re.search(said, text, re.IGNORECASE)
    assert "was brought in from git" in (tmp_path / "site" / f"articles/{article.id}/2.html").read_text()
    assert '"git"' in told  # the column of the table


def test_a_table_is_the_same_without_reading_any_story(written):
    archive, _ = written
    entries = list(archive.changes(Selection()))
    whole, brief = reports_of(archive, entries), brief_reports_of(entries)
    assert list(csv_lines(brief)) == list(csv_lines(whole))
    assert list(markdown_lines(brief_reports_of(entries))) == list(markdown_lines(reports_of(archive, entries)))


def test_what_was_taken_out_is_told_with_its_reason_in_every_list(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        article, _ = archive.add_article("https://www.a.test/fire", now=NOW)
        for hour, story in enumerate(LIVES[0].stories):
            seen(archive, article, story, at=NOW + timedelta(hours=hour))
        newest = [look.snapshot.id for look in archive.looks(article)][-1:]
        archive.redact(article, newest, now=NOW + timedelta(days=1), reason="a court order")
        write_site(archive, tmp_path / "site")
        entries = list(archive.changes(Selection()))
        assert list(csv_lines(brief_reports_of(entries))) == list(csv_lines(reports_of(archive, entries)))
    (source,) = (tmp_path / "site" / "sources").glob("[0-9a-f]*.html")
    shown = [
        "index.html",
        "changes/feed.atom",
        f"articles/{article.id}/index.html",
        f"articles/{article.id}/blame.html",
    ]
    for file in (source, *(tmp_path / "site" / name for name in shown)):
        assert "a court order" in file.read_text(), file


def test_an_article_that_proved_to_be_another_leads_to_it(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        record(archive, LIVES, 2)
        kept, joined = archive.articles()
        look = Snapshot(kept.url, START + timedelta(days=600), Outcome.NOT_MODIFIED, status=304, final_url=kept.url)
        due_at = look.fetched_at + timedelta(hours=1)
        archive.record(Observation(kept.id, look, Event.UNCHANGED, kept.versions, due_at, same=(joined.id,)))
        write_site(archive, tmp_path / "site")
    page = BeautifulSoup((tmp_path / "site" / f"articles/{joined.id}/index.html").read_text(), "lxml")
    (link,) = (tag["href"] for tag in page.find_all("a") if tag.text == f"article {kept.id}")
    assert link == f"../../articles/{kept.id}/index.html"
    page = BeautifulSoup((tmp_path / "site" / f"articles/{kept.id}/index.html").read_text(), "lxml")
    (link,) = (tag["href"] for tag in page.find_all("a") if tag.text == f"Article {joined.id}")
    assert link == f"../../articles/{joined.id}/index.html"
    assert f"same as {kept.id}" in (tmp_path / "site" / "articles" / "index.html").read_text()


def test_a_month_that_is_empty_again_is_no_file(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        record(archive, LIVES, 1)
        write_site(archive, tmp_path / "site")
        stale = tmp_path / "site" / "reverts" / "1999-01.html"
        stale.write_text("from an archive that was restored")
        write_site(archive, tmp_path / "site", anew=True)
    assert not stale.exists()


def happened(archive, name, event, at, why=""):
    """Record that an article's page is gone, or back."""
    article = archive.find(name)
    outcome = Outcome.GONE if event is Event.GONE else Outcome.OK
    look = Snapshot(article.url, at, outcome, reason=why)
    archive.record(Observation(article.id, look, event, article.versions, at + timedelta(days=1), why=why))


def test_a_page_that_went_or_came_back_is_told_wherever_changes_are(tmp_path):
    site, at = tmp_path / "site", START + timedelta(days=700)
    with open_archive(tmp_path / "a.db") as archive:
        record(archive, LIVES, 5)
        write_site(archive, site)
        happened(archive, "2", Event.GONE, at, "the server answered 404 <b>Gone</b>")
        happened(archive, "2", Event.BACK, at + timedelta(hours=20))
        write_site(archive, site)
        source, home = archive.find("2").source, full_links("https://here.test/")
        entries = list(changes_of(archive, Selection(), order=Order.WEIGHT))
        newest = list(changes_of(archive, Selection(), order=Order.NEWEST, limit=2))
        assert [one.event for one in newest] == [Event.BACK, Event.GONE]
        assert len(entries) == count_changes_of(archive, Selection()) == archive.count_changes(Selection()) + 2
        page = [*changes_of(archive, Selection(), order=Order.WEIGHT, limit=3, offset=len(entries) - 4)]
        assert page == entries[-4:-1]
        assert not archive.happenings(Selection(only=Only.REMOVED)) + archive.happenings(Selection(source="other"))
        reports = list(reports_of(archive, newest, home))
        assert write_site(archive, site).files == 0
        write_site(archive, tmp_path / "fresh")
    assert digest_of(site) == digest_of(tmp_path / "fresh")
    levels = [
        one.verdict.significance.level - ("settling" in one.verdict.events) if one.verdict else 2.9 for one in entries
    ]
    assert levels == sorted(levels, reverse=True)
    for file in ("index.html", "recent/index.html", f"changes/{at:%Y-%m}.html", source_file(source)):
        went = BeautifulSoup((site / file).read_text(), "lxml").select_one("li.happening.gone")
        assert went.h3.a["href"].endswith("articles/2/index.html")
        assert "the server answered 404 <b>Gone</b>" in went.text
    for folder in ("changes", f"articles/{2}"):
        assert "404 &amp;lt;b" in (site / folder / "feed.atom").read_text()
    (row,) = [row for row in csv.DictReader("".join(csv_lines(reports)).splitlines()) if row["events"] == "gone"]
    assert (row["link"], row["significance"]) == ("https://here.test/articles/2/index.html", "")
    assert f"gone since {at:%Y-%m-%d %H:%M} UTC: the server answered 404" in "".join(markdown_lines(reports))


def test_the_last_day_is_counted_from_the_newest_look_and_the_front_page_says_when_that_was(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        for number, day in enumerate((0, 5, 9)):
            article, _ = archive.add_article(f"https://a.test/{number}", now=START)
            for step, story in enumerate(LIVES[0].stories[:2]):
                seen(archive, article, story, at=START + timedelta(days=day, minutes=step))
        write_site(archive, tmp_path / "site")
    soup = BeautifulSoup((tmp_path / "site" / "recent" / "index.html").read_text(), "lxml")
    assert [one.h3.a["href"] for one in soup.select("li.revision")] == ["../articles/3/2.html"]
    front = BeautifulSoup((tmp_path / "site" / "index.html").read_text(), "lxml")
    assert f"Last look {START + timedelta(days=9, minutes=1):%Y-%m-%d %H:%M} UTC · 3 articles" in front.text
    (choice,) = front.select('nav.choices a[href="recent/index.html"]')
    assert choice.text == "Last 24 hours 1"


def test_a_page_on_its_own_says_all_that_the_page_of_the_site_says(written):
    archive, site = written
    article = archive.find("1")
    alone = BeautifulSoup(revision_page(revision_page_of(archive, article, 1, 2), Links()), "lxml").main
    there = BeautifulSoup((site / "articles" / "1" / "2.html").read_text(), "lxml").main
    there.select_one("nav.steps").decompose()
    assert alone.text.split() == there.text.replace("All versions ·", "").split()
    assert "read from" in alone.select_one(".provenance").text


def test_a_silence_says_what_could_not_be_read(tmp_path):
    at = NOW + timedelta(days=1)
    with open_archive(tmp_path / "a.db") as archive:
        for site in ("a", "b", "c"):
            article, _ = archive.add_article(f"https://{site}.test/1", now=NOW)
            for step, story in enumerate(LIVES[0].stories[:2]):
                seen(archive, article, story, at=NOW + timedelta(minutes=step))
        assert (
            nothing_told(Selection(since=NOW), archive.reach(Selection(since=NOW)))
            == "No change since 2024-11-20 09:00 UTC (3 articles looked at)."
        )
        assert not unread_told(archive.reach(Selection(since=NOW)))
        assert not unread_now(archive)
        failed = {"1": (Outcome.FAILED, None, "refuses connections"), "2": (Outcome.BLOCKED, 429, "answered 429")}
        for name, (outcome, status, why) in failed.items():
            article = archive.find(name)
            look = Snapshot(article.url, at, outcome, status=status, reason=why)
            archive.record(Observation(article.id, look, Event.TROUBLE, basis=2, due_at=at, why=why))
        silence = Selection(only=Only.UNDISCLOSED, since=at, source="a.test")
        assert nothing_told(silence, archive.reach(silence)) == (
            "No such change since 2024-11-21 09:00 UTC (0 of 1 article could be read; a.test could not be reached)."
        )
        both = "a.test could not be reached, b.test turned us away"
        said = nothing_told(Selection(), archive.reach(Selection()))
        assert said == f"No change so far (3 articles looked at; at the last look {both})."
        below = unread_told(archive.reach(Selection(since=NOW + timedelta(hours=1))))
        assert below == f"Not all could be read: 0 of 2 articles could be read; {both}."
        entries = list(changes_of(archive, Selection(), order=Order.WEIGHT))
        told = "".join(markdown_lines(brief_reports_of(entries), nothing="nothing", unread=below))
        assert told.endswith(f"\n{below}\n")
        page = ChangesPage("Edits", "", lines_of(entries, {}), 3, unread=below)
        assert changes_page(page, Links()).index("</ol>") < changes_page(page, Links()).index(below)
        write_site(archive, tmp_path / "site")
    now = f"2 articles could not be read at the last look: {both}."
    for file, said in (("index.html", now), ("sources/index.html", now), ("recent/index.html", both)):
        assert said in BeautifulSoup((tmp_path / "site" / file).read_text(), "lxml").text, file
