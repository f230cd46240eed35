"""The versions of articles as a git history: one commit a version, dated when it was first seen. Calls git.

Each article is a file, in the folder of its host; `git log -p --word-diff` then reads as its revisions. What a page
wrote stands in files and messages alone: names of files and authors are made of letters and digits.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.parse import urlsplit

from revtrack.archive import Archive
from revtrack.errors import InputError, UnwritableError
from revtrack.evidence.checker import text_of
from revtrack.fetching.decoding import DecodingError, decode_body
from revtrack.forms import to_form
from revtrack.model import Article, Revision, Version
from revtrack.rendering.visible import visible

_BRANCH = "refs/heads/main"
_COMMITTER = "revtrack <revtrack@localhost>"
_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class _Commit:
    """One commit to be made: the blob that holds its file, and when it was seen."""

    at: datetime
    article: int
    number: int
    mark: int
    path: str
    author: str
    message: bytes


def write_history(archive: Archive, articles: Iterable[Article], folder: Path, *, html: bool = False) -> dict[str, int]:
    """Write a new git repository; `html` takes the pages as they came instead of their text.

    Return how many commits were made. Raises InputError for a folder that holds something, UnwritableError, or
    InputError where there is no git.
    """
    with _placed(folder) as path:
        return {"commits": _make(archive, articles, path, html=html)}


@contextmanager
def _placed(folder: Path) -> Iterator[Path]:
    """Give a folder to fill; at the end it takes its name, and nothing is left of one that was not filled."""
    place = folder.resolve()
    try:
        if place.exists() and any(place.iterdir()):
            raise InputError(f"{folder} is not empty: name a new folder for the history")
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".revtrack-", dir=place.parent) as beside:
            yield Path(beside) / "history"
            if place.exists():
                place.rmdir()
            (Path(beside) / "history").replace(place)
    except OSError as error:
        raise UnwritableError(str(folder), error.strerror or str(error)) from error


def _make(archive: Archive, articles: Iterable[Article], folder: Path, *, html: bool) -> int:
    """Make the repository of articles; return how many commits were made."""
    _git(folder, "init", "--quiet", "--initial-branch=main", str(folder))
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--done"]
    importing = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_surroundings())  # noqa: S603
    assert importing.stdin is not None
    assert importing.stderr is not None
    with importing:
        try:
            commits = _write_all(archive, articles, importing.stdin, html=html)
        except BrokenPipeError:
            commits = 0
        with suppress(BrokenPipeError):
            importing.stdin.close()
        said = importing.stderr.read().decode("utf-8", "replace").strip()
    if importing.returncode:
        raise UnwritableError(str(folder), f"git fast-import refused: {said.splitlines()[0] if said else 'no reason'}")
    if commits:
        _git(folder, "-C", str(folder), "reset", "--quiet", "--hard")
    return commits


def _write_all(archive: Archive, articles: Iterable[Article], out: IO[bytes], *, html: bool) -> int:
    """Write the texts first, article by article, then the commits in the order of time."""
    commits: list[_Commit] = []
    for article in articles:
        verdicts = {revision.new: revision for revision in archive.revisions(article)}
        same = archive.find(str(article.same_as)).url if article.same_as else ""
        for version in archive.versions(article):
            content = _page(archive, version) if html else _text(version)
            mark = len(commits) + 1
            out.write(b"blob\nmark :%d\ndata %d\n%s\n" % (mark, len(content), content))
            message = _message(article, version, verdicts.get(version.number), same=same)
            path, author = _path(article, "html" if html else "txt"), _author(article)
            commits.append(_Commit(version.first_seen, article.id, version.number, mark, path, author, message))
    commits.sort(key=attrgetter("at", "article", "number"))
    for commit in commits:
        out.writelines(_lines(commit))
    out.write(b"done\n")
    return len(commits)


def _lines(commit: _Commit) -> Iterator[bytes]:
    when = f"{int(commit.at.timestamp())} +0000"
    yield f"commit {_BRANCH}\nauthor {commit.author} {when}\ncommitter {_COMMITTER} {when}\n".encode()
    yield b"data %d\n%s\n" % (len(commit.message), commit.message)
    yield f"M 100644 :{commit.mark} {commit.path}\n\n".encode()


def _message(article: Article, version: Version, revision: Revision | None, *, same: str) -> bytes:
    """Return a message: the headline, then where and when it was seen and how the step was judged, as trailers."""
    headline = visible(version.story.headline) or article.url
    lines = [f"Version {version.number}: {headline}", "", f"URL: {article.url}", f"Looks: {version.looks}"]
    lines += [f"Same-As: {same}"] * bool(same)
    if revision:
        verdict = revision.verdict
        lines += [f"Significance: {verdict.significance.value}", f"Disclosure: {verdict.disclosure.value}"]
        lines += [f"Note: {visible(note.text)}" for note in revision.notes]
    return ("\n".join(lines) + "\n").encode()


def _text(version: Version) -> bytes:
    """Return the text of a version, in which nothing commands the terminal that shows a diff of it."""
    return "\n".join(map(visible, text_of(to_form(version.story)).split("\n"))).encode()


def _page(archive: Archive, version: Version) -> bytes:
    """Return the page that a version was read from, its codings undone if they are known; b"" where it is gone."""
    if version.first_snapshot is None:
        return b""
    snapshot = archive.snapshot(version.first_snapshot)
    try:
        return decode_body(snapshot.body or b"", snapshot.header("content-encoding"), limit=_LARGEST)
    except DecodingError:
        return snapshot.body or b""


def _path(article: Article, suffix: str) -> str:
    parts = urlsplit(article.url)
    words = re.sub(r"[^a-z0-9]+", "-", parts.path.rpartition("/")[2].lower() or "index")[:60].strip("-")
    return f"{_host(article)}/{article.id}-{words or 'article'}.{suffix}"


def _author(article: Article) -> str:
    host = _host(article)
    return f"{host} <article-{article.id}@{host}>"


def _host(article: Article) -> str:
    found = re.sub(r"[^a-z0-9.-]+", "-", (urlsplit(article.url).hostname or "").lower()).strip(".-")
    return found or "host"


def _git(folder: Path, *arguments: str) -> None:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False, env=_surroundings())  # noqa: S603, S607
    except FileNotFoundError:
        raise InputError("there is no git here: install it, or take another form (--jsonl, --sqlite)") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnwritableError(str(folder), said[-1] if said else "git refused")


def _surroundings() -> dict[str, str]:
    """Return the environment without what would lead git to another repository, as within a hook."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
