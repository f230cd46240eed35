"""Derived again from its looks, an archive says what it said; what only the rules changed is never an edit."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.config import Config, SiteRules
from revtrack.deriving import rebuild
from revtrack.model import Event, Outcome
from tests.deriving.making import NOW, URL, bring, brought, costs, costs_seen, damages, live, look, told
from tests.newsroom import answer
from tests.test_tracker import SENTENCES, Watch, page

ROOT = Path(__file__).parents[2]
NOTE = (
    "<p>Correction: An earlier version of this story misstated the cost of repairs. It is $4.7 million, not $4.1"
    " million.</p>"
)


def rebuilt(archive, *, settings=None, **options):
    return list(rebuild(archive, list(archive.articles()), settings=settings or Config(), now=NOW, **options))


def everything(archive):
    """Return all that a report shows, and the proof of it."""
    return [told(archive, str(a.id)) for a in archive.articles()], list(archive.leaf_hashes())


def publish(newsroom, text, path="/story"):
    newsroom.publish(path, text)


def eventful(watch, newsroom):
    """Let a tracker see what pages can do: edits, notes, reverts, stubs, walls, cuts, errors, moves, twins."""
    dear = [s.replace("4.1", "4.7") for s in SENTENCES]
    whole = page(dear, note=NOTE)
    for text in (
        *(page(), page(chrome="9 views"), page(dear), page(), page(dear), whole, whole),
        *(page(SENTENCES[:1]), whole, page(SENTENCES[:2]), page(SENTENCES[:2]), whole),
        *(whole[: whole.index("</article>") - 200], page(SENTENCES[:3], note="<div class=paywall>Subscribe</div>")),
        *(page(["Something else entirely is told here, of a fair in another town."] * 9, headline="Fair opens"), ""),
    ):
        newsroom.publish("/story", text)
        watch.look(hours=7.3)
    for status in (404, 404, 503, 410, 200, 403):
        newsroom.script("/story", answer(whole, status))
        watch.look()
    newsroom.script("/story", answer("", 301, headers={"Location": newsroom.url("/2024/bridge-closed")}))
    newsroom.publish("/2024/bridge-closed", page(dear), etag='"1"')
    watch.look()
    watch.look()
    newsroom.publish(
        "/text", f"Bridge closed\n\n{SENTENCES[0]}\n\n{SENTENCES[1]}", headers={"Content-Type": "text/plain"}
    )
    newsroom.publish("/twin", page(dear, headline="Bridge is closed"), headers={"Content-Type": "text/html"})
    for path in ("/text", "/twin"):
        watch.tracker.add(newsroom.url(path))
    watch.look()
    newsroom.script("/twin", answer("", 302, headers={"Location": newsroom.url("/2024/bridge-closed")}))
    watch.look()
    newsroom.publish("/2024/bridge-closed", page([*dear, "A ferry will run from Friday."]))
    watch.look()


def test_an_archive_rebuilt_by_the_rules_it_was_made_by_does_not_change(tmp_path, newsroom):
    with open_archive(tmp_path / "a.db") as archive:
        watch = Watch(archive, newsroom)
        watch.tracker.add(newsroom.url("/story"))
        eventful(watch, newsroom)
        before = everything(archive)
        events = {e.event for a in archive.articles() for e in archive.log(article=a)}
        outcomes = {s.outcome for a in archive.articles() for s in archive.snapshots(a)}
        assert events == set(Event) - {Event.UNCHANGED}
        assert outcomes >= set(Outcome) - {Outcome.REDIRECTED_AWAY}
        assert not any(r.differs or r.stamped for r in rebuilt(archive, settings=watch.tracker.settings, again=True))
        assert everything(archive) == before


def test_in_a_dry_run_nothing_is_written(archive):
    live(archive, look(1, costs("4.1")), look(2, costs("4.7")))
    before = everything(archive)
    rules = Config(site=(SiteRules("example.org", drop=("p:nth-of-type(5)",)),))
    (found,) = rebuilt(archive, settings=rules, dry_run=True)
    assert (found.before, found.after, found.differs) == (2, 1, True)
    assert everything(archive) == before


def test_what_only_the_rules_changed_is_no_edit_and_the_earlier_reading_is_kept(tmp_path):
    file = tmp_path / "a.db"
    with open_archive(file) as archive:
        live(archive, look(1, costs("4.1")), look(2, costs("4.7")), look(3, page(SENTENCES[:5])))
        stamps = [v.story.extractor for v in archive.versions(archive.find(URL))]
        kept = list(archive.leaf_hashes())
        rules = Config(site=(SiteRules("example.org", drop=("p:nth-of-type(5)",)),))
        (found,) = rebuilt(archive, settings=rules)
        assert (found.before, found.after) == (3, 2)
        assert [e.event for e in archive.log()] == [Event.FIRST, Event.REVISED]
        assert list(archive.leaf_hashes())[: len(kept)] == kept
        assert damages(archive) == []
        forms = archive._db.execute("SELECT form FROM superseded WHERE kind = 'reading' ORDER BY number").fetchall()
        assert [stamp in form for stamp, (form,) in zip(stamps, forms, strict=True)] == [True] * 3
        rebuilt(archive, settings=Config())
        assert costs_seen(archive) == ["4.1", "4.7", "4.1"]
        assert damages(archive) == []
        assert rebuilt(archive) == []


def test_more_processes_derive_the_same(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        for n in range(4):
            live(archive, look(1, costs("4.1"), url=f"{URL}/{n}"), look(2, costs(f"5.{n}"), url=f"{URL}/{n}"))
        bring(archive, *(brought(1.5, costs("4.4"), url=f"{URL}/{n}") for n in range(3)))
        before = everything(archive)
        found = rebuilt(archive, workers=2, again=True)
        assert sorted(r.article.id for r in found) == [1, 2, 3, 4]
        assert not any(r.differs or r.stamped for r in found)
        assert everything(archive) == before


def test_a_look_made_while_an_article_is_derived_is_not_lost(archive, monkeypatch):
    live(archive, look(1, costs("4.1")))
    bring_late = iter([look(3, costs("4.9"))])
    put = type(archive).put_derivation

    def put_after_a_look(self, article, derivation, **options):
        for seen in bring_late:
            live(self, seen)
        return put(self, article, derivation, **options)

    monkeypatch.setattr(type(archive), "put_derivation", put_after_a_look)
    bring(archive, brought(2, costs("4.4")))
    assert costs_seen(archive) == ["4.1", "4.4", "4.9"]


def test_a_rebuild_that_was_killed_goes_on_where_it_stopped(tmp_path):
    file = tmp_path / "a.db"
    with open_archive(file) as archive:
        for n in range(8):
            live(archive, look(1, costs("4.1"), url=f"{URL}/{n}"), look(2, costs(f"5.{n}"), url=f"{URL}/{n}"))
        before = everything(archive)
    program = (
        "import os, signal, sys\n"
        "from revtrack.archive import open_archive\n"
        "from tests.deriving.test_rebuilding import rebuilt\n"
        "from revtrack.archive import derivations\n"
        "put, done = derivations.put, []\n"
        "def die_in_the_fourth(db, *values, **named):\n"
        "    told = put(db, *values, **named)\n"
        "    done.append(told)\n"
        "    if len(done) == 4:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return told\n"
        "derivations.put = die_in_the_fourth\n"
        "with open_archive(sys.argv[1]) as archive:\n"
        "    rebuilt(archive)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(file)], cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    with open_archive(file) as archive:
        assert [told.article.id for told in rebuilt(archive)] == [4, 5, 6, 7, 8]
        assert rebuilt(archive) == []
        assert everything(archive) == before


def test_the_command_says_what_would_change_and_then_changes_it(tmp_path, capsys):
    file, config = tmp_path / "a.db", tmp_path / "revtrack.toml"
    config.write_text('[[site]]\nhost = "example.org"\ndrop = ["p:nth-of-type(5)"]\n')
    with open_archive(file) as archive:
        live(archive, look(1, costs("4.1")), look(2, costs("4.7")))
        live(archive, look(1, costs("4.1"), url="https://example.net/bridge"))
    base = ["--archive", str(file), "--config", str(config), "rebuild"]
    assert run([*base, "--dry-run", "--jobs", "1"]) == 0
    first = capsys.readouterr()
    assert "1  versions 2 → 1, read otherwise: @1 @2, judged otherwise: @2, 1 look found another version" in first.out
    assert "2 articles derived again, 1 would change" in first.err
    assert run([*base, "example.org", "--json", "--jobs", "1"]) == 0
    (told_,) = json.loads(capsys.readouterr().out)
    assert (told_["before"], told_["after"], told_["read"]) == (2, 1, [1, 2])
    assert run([*base, "--jobs", "1"]) == 0
    assert "1 article derived again, 0 changed; 1 stand by today's rules already" in capsys.readouterr().err
