"""A stranger's repository is read by git without its settings, and nothing that it only leads to is read."""

import os

import pytest

from revtrack.backfill import Naming, Skipped, git_captures
from revtrack.errors import UnreadableError
from revtrack.model import Snapshot
from tests.backfill.pages import URL, History, git, hours, page


@pytest.fixture
def history(tmp_path):
    made = History(tmp_path / "history")
    made.commit(hours(0), {"pages/a.html": page()})
    return made


def lead_away(how, inner, outer):
    """Let a repository lead to another one."""
    if how == "a file for .git":
        (inner / ".git").rename(inner / "unused")
        (inner / ".git").write_text(f"gitdir: {outer / '.git'}\n")
    elif how == "a link for .git":
        (inner / ".git").rename(inner / "unused")
        (inner / ".git").symlink_to(outer / ".git")
    elif how == "alternates":
        (inner / ".git/objects/info").mkdir(exist_ok=True)
        (inner / ".git/objects/info/alternates").write_text(f"{outer / '.git/objects'}\n")
    elif how == "a link for objects":
        (inner / ".git/objects").rename(inner / "unused")
        (inner / ".git/objects").symlink_to(outer / ".git/objects")
    elif how == "a link among objects":
        (inner / ".git/objects/pack/pack-1.pack").symlink_to(outer / "secret")
    elif how == "a pipe among objects":
        os.mkfifo(inner / ".git/objects/pack/pack-1.pack")
    elif how == "a link among branches":
        (inner / ".git/refs/heads/other").symlink_to(outer / "secret")


@pytest.mark.parametrize(
    "how",
    [
        "a file for .git",
        "a link for .git",
        "alternates",
        "a link for objects",
        "a link among objects",
        "a pipe among objects",
        "a link among branches",
    ],
)
def test_a_repository_that_leads_to_another_place_is_refused(history, tmp_path, how):
    other = History(tmp_path / "other")
    other.commit(hours(0), {"secret.html": page()})
    lead_away(how, history.folder, other.folder)
    with pytest.raises(UnreadableError) as refused:
        list(git_captures(history.folder, naming=Naming(article=URL)))
    assert len(str(refused.value).splitlines()) == 1


def test_settings_are_not_even_read(history):
    (history.folder / ".git/config").unlink()
    os.mkfifo(history.folder / ".git/config")  # whoever opens it waits for ever
    assert len(list(git_captures(history.folder))) == 1
    (history.folder / ".git/config").unlink()
    (history.folder / ".git/config").write_text("[core\nthis is no configuration")
    assert len(list(git_captures(history.folder))) == 1


def test_a_folder_in_a_repository_stands_for_it_whatever_keeps_its_branches(history):
    assert len(list(git_captures(history.folder / "pages"))) == 1
    git(history.folder, "pack-refs", "--all")
    git(history.folder, "gc", "-q")
    assert len(list(git_captures(history.folder))) == 1


def test_names_of_any_bytes_and_files_of_any_size_are_told_in_one_line_each(history):
    names = ["-n.html", "a\nb.html", 'q".html', "\x1b[31m.html", "ü.html", os.fsdecode(b"\xff\xfe.html"), " .html"]
    history.commit(hours(1), dict.fromkeys(names, "<p>nothing"))
    git(history.folder, "config", "core.bigFileThreshold", "1m")
    history.commit(hours(2), {"large.html": bytes(17 << 20)})
    found = list(git_captures(history.folder))
    assert sum(isinstance(one, Snapshot) for one in found) == 1
    assert [one.why for one in found if isinstance(one, Skipped) and "large" in one.place] == [
        "it is missing or larger than 16 MiB"
    ]
    assert len(found) == len(names) + 2
