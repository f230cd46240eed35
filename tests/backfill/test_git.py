"""Git histories: what a scraper committed becomes looks, and nothing that a stranger's repository says is run."""

import json

import pytest

from revtrack.archive import open_archive
from revtrack.backfill import Naming, Wanted, git_captures
from revtrack.config import Config, FetchSettings
from revtrack.errors import ConfigError, InputError, UnreadableError
from revtrack.exports.git import write_history
from revtrack.model import Outcome
from revtrack.tracker import Tracker
from tests.backfill.pages import EDITED, SENTENCES, URL, History, bring, git, hours, page, skipped, text, told


@pytest.fixture
def history(tmp_path):
    return History(tmp_path / "history")


def test_each_commit_that_changed_a_file_is_a_look_at_its_article(history, archive):
    history.commit(hours(0), {"a.html": page(chrome=1)})
    history.commit(hours(1), {"a.html": page(chrome=2)})
    history.commit(hours(2), {"a.html": page(EDITED, chrome=3), "style.css": "p {}"})
    looks = bring(archive, git_captures(history.folder))
    assert [look.snapshot.fetched_at for look in looks] == [hours(0), hours(1), hours(2)]
    (article,) = archive.articles()
    assert article.url == URL
    first, second = archive.versions(article)
    assert (first.first_seen, first.last_seen, second.first_seen) == (hours(0), hours(1), hours(2))
    (revision,) = archive.revisions(article)
    assert ("12", "15") in [(change.old, change.new) for change in revision.diff.changes]
    assert {look.origin.kind for look in archive.snapshots(article)} == {"git"}
    assert all(look.origin.place.endswith(":a.html") for look in archive.snapshots(article))


def test_bringing_in_twice_gives_the_same_archive(history, archive):
    history.commit(hours(0), {"a.html": page()})
    history.commit(hours(1), {"a.html": page(EDITED)})
    bring(archive, git_captures(history.folder))
    once = told(archive), list(archive.leaf_hashes())
    assert not any(look.is_new for look in bring(archive, git_captures(history.folder)))
    assert (told(archive), list(archive.leaf_hashes())) == once


def test_both_sides_of_a_merge_are_looks_and_the_merge_itself_is_none(history):
    history.commit(hours(0), {"a.html": page()})
    git(history.folder, "checkout", "-q", "-b", "other")
    history.commit(hours(1), {"b.html": page(url="https://news.example/b-other-story")})
    git(history.folder, "checkout", "-q", "main")
    history.commit(hours(2), {"a.html": page(EDITED)})
    git(history.folder, "merge", "-q", "--no-edit", "other", at=hours(3))
    assert [look.fetched_at for look in git_captures(history.folder)] == [hours(0), hours(1), hours(2)]


def test_a_commit_is_of_the_earlier_of_its_two_times(history):
    (history.folder / "a.html").write_text(page())
    git(history.folder, "add", "-A")
    git(history.folder, "commit", "-q", "-m", "look", env={"GIT_AUTHOR_DATE": hours(5).isoformat()})
    (look,) = git_captures(history.folder)
    assert look.fetched_at == hours(5)


def test_a_renamed_file_stays_its_article_where_nothing_says_otherwise(history):
    naming = Naming(template="https://news.example/{1}", files=r"^old/(.+)\.html|^new/")
    history.commit(hours(0), {"old/ferry.html": page(url="")})
    (history.folder / "new").mkdir()
    history.commit(hours(1), move=("old/ferry.html", "new/name.html"))
    looks = list(git_captures(history.folder, naming=naming))
    assert [look.url for look in looks] == ["https://news.example/ferry"] * 2
    assert looks[1].origin.place.endswith(":new/name.html")


@pytest.mark.parametrize(
    ("name", "content", "naming", "url"),
    [
        ("a.html", page(url=URL), Naming(), URL),
        ("news.example/ferry-fares.html", page(url=""), Naming(), "https://news.example/ferry-fares.html"),
        ("pages/ferry.html", page(url=""), Naming(template="https://news.example/{stem}"), "https://news.example/ferry"),
        ("p/7/x.txt", text(), Naming(template="https://news.example/{n}", files=r"p/(?P<n>\d+)/"), "https://news.example/7"),
        ("a.md", f"---\nurl: {URL}\n---\n# Ferry\n\n{SENTENCES[0]}\n", Naming(), URL),
        ("a.txt", text(), Naming(article=URL), URL),
    ],
)  # fmt: skip
def test_the_article_of_a_file_is_what_a_person_says_or_what_the_file_states(history, name, content, naming, url):
    history.commit(hours(0), {name: content})
    *_, look = git_captures(history.folder, naming=naming)
    assert look.url == url


def test_texts_in_json_are_looks_at_the_articles_that_their_records_name(history, archive):
    def records(first):
        return json.dumps({"items": [
            {"title": "Fares", "url": URL, "text": first},
            {"title": "Tram", "url": "https://news.example/tram-depot-opens", "text": "\n\n".join(SENTENCES[1:])},
        ]})  # fmt: skip

    history.commit(hours(0), {"latest.json": records("\n\n".join(SENTENCES))})
    history.commit(hours(1), {"latest.json": records("\n\n".join(EDITED))})
    bring(archive, git_captures(history.folder, naming=Naming(field="items.text")))
    assert {a.url: a.versions for a in archive.articles()} == {URL: 2, "https://news.example/tram-depot-opens": 1}
    first, _ = archive.versions(archive.find(URL))
    assert (first.story.headline, first.story.paragraphs[0].text) == ("Fares", SENTENCES[0])
    (missing, *_) = skipped(git_captures(history.folder))
    assert "--field" in missing.why


def test_versions_of_open_terms_archive_are_compared_as_text_and_its_own_upgrades_are_none(history, archive):
    terms = "# Terms\n\n## Fares\n\n- A ticket is **not** refunded.\n"
    history.commit(hours(0), {"Sea Lines/Terms.md": terms}, message="First record of Sea Lines Terms")
    upgrade = "Apply technical or declaration upgrade on Sea Lines Terms"
    history.commit(hours(1), {"Sea Lines/Terms.md": f"{terms}\nMenu\n"}, message=upgrade)
    changed = terms.replace("**not** ", "")
    history.commit(hours(2), {"Sea Lines/Terms.md": changed}, message="Record new changes of Sea Lines Terms")
    found = list(git_captures(history.folder, naming=Naming(template="https://terms.example/{path}")))
    (left,) = skipped(found)
    assert "other rules" in left.why
    bring(archive, found)
    (article,) = archive.articles()
    assert article.url == "https://terms.example/Sea%20Lines/Terms"
    (revision,) = archive.revisions(article)
    assert (revision.seen_at, revision.verdict.significance) == (hours(2), "major")


def test_what_we_export_to_git_comes_back_as_the_same_versions(history, archive, tmp_path):
    for number, sentences in enumerate((SENTENCES, EDITED, SENTENCES)):
        history.commit(hours(number), {"a.html": page(sentences)})
    bring(archive, git_captures(history.folder))
    write_history(archive, list(archive.articles()), tmp_path / "out", html=True)
    with open_archive(tmp_path / "b.db") as other:
        bring(other, git_captures(tmp_path / "out"))
        texts = [
            [(v.first_seen, v.story.headline, v.story.text) for v in store.versions(store.find(URL))]
            for store in (archive, other)
        ]
    assert texts[0] == texts[1]


def test_what_cannot_be_brought_in_is_told_with_its_place(history):
    history.commit(hours(0), {"name\nless.html": page(url=""), "large.html": "x" * (17 << 20), "a.json": "{"})
    found = list(git_captures(history.folder, naming=Naming(field="text")))
    assert sorted(one.why.partition(":")[0] for one in skipped(found)) == [
        "it is missing or larger than 16 MiB",
        "it is no JSON that can be read",
        "nothing says which article it is",
    ]
    assert len(found) == 3


def test_links_and_deleted_files_are_no_looks(history):
    history.commit(hours(0), {"a.html": page()})
    (history.folder / "b.html").symlink_to("/etc/passwd")
    history.commit(hours(1))
    git(history.folder, "rm", "-q", "a.html")
    history.commit(hours(2))
    assert len(list(git_captures(history.folder))) == 1


def test_only_what_is_asked_for_comes_in(history):
    other = "https://news.example/2024/tram-depot.html"
    for number in range(4):
        history.commit(hours(number), {"a.html": page(chrome=number), "b.html": page(url=other, chrome=number)})
    wanted = Wanted.of([other], since=hours(1), until=hours(3))
    found = list(git_captures(history.folder, wanted=wanted))
    assert [(look.url, look.fetched_at) for look in found] == [(other, hours(1)), (other, hours(2))]


def test_nothing_that_a_strangers_repository_configures_is_run(history, tmp_path):
    mark = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    program.chmod(0o755)
    (history.folder / ".gitattributes").write_text("*.html diff=x filter=x\n")
    history.commit(hours(0), {"a.html": page()})
    settings = {
        **dict.fromkeys(("core.fsmonitor", "core.pager", "gpg.program", "diff.x.textconv", "core.sshCommand"), program),
        **dict.fromkeys(("diff.external", "filter.x.smudge", "diff.x.command", "core.alternateRefsCommand"), program),
        "log.showSignature": "true",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(tmp_path),
        "remote.origin.uploadpack": program,
        "core.hooksPath": str(tmp_path),
    }
    for name, value in settings.items():
        git(history.folder, "config", name, str(value))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_EXTERNAL_DIFF", str(program))
        patch.setenv("GIT_DIR", "/nowhere")
        assert len(list(git_captures(history.folder))) == 1
    assert not mark.exists()


def test_a_shallow_clone_is_read_as_far_as_it_goes(history, tmp_path):
    for number in range(3):
        history.commit(hours(number), {"a.html": page(chrome=number)})
    git(tmp_path, "clone", "-q", "--bare", "--depth", "2", f"file://{history.folder}", "clone")
    assert [look.fetched_at for look in git_captures(tmp_path / "clone")] == [hours(1), hours(2)]


def test_looks_seen_by_us_and_brought_in_stand_in_one_timeline(history, archive, newsroom):
    newsroom.publish("/2024/ferry-fares.html", page(EDITED, url=""))
    url = newsroom.url("/2024/ferry-fares.html")
    settings = Config(fetch=FetchSettings(gap=0, allow=(newsroom.host,)))
    tracker = Tracker(archive, clock=lambda: hours(9), settings=settings)
    list(tracker.check(articles=[tracker.add(url)]))
    live = next(iter(archive.snapshots(archive.find(url))))
    proof = list(archive.leaf_hashes())
    history.commit(hours(0), {"a.html": page(url="")})
    history.commit(hours(10), {"a.html": page(EDITED, url="", chrome=5)})
    bring(archive, git_captures(history.folder, naming=Naming(article=url)))
    article = archive.find(url)
    first, second = archive.versions(article)
    assert (first.first_seen, second.first_seen, second.last_seen) == (hours(0), hours(9), hours(10))
    assert set(second.seen_by) == {"git", "live"}
    assert list(archive.leaf_hashes())[: len(proof)] == proof
    kept = next(look for look in archive.snapshots(article) if look.origin is None)
    assert kept == live
    assert kept.outcome is Outcome.OK


def test_bad_places_and_options_are_refused_in_one_line(tmp_path, history):
    (tmp_path / "none").mkdir()
    for folder in (tmp_path / "none", tmp_path / "missing"):
        with pytest.raises(UnreadableError, match="no git repository"):
            list(git_captures(folder))
    history.commit(hours(0), {"a.html": page()})
    for branch in ("missing", "--output=/tmp/x"):
        with pytest.raises(InputError, match="branch"):
            list(git_captures(history.folder, branch=branch))
    for options in ({"files": "("}, {"template": "https://x.example/{2}"}, {"template": "https://x.example/{q}"}):
        with pytest.raises(ConfigError):
            Naming(**options)
