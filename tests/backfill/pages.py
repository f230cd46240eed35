"""Invented articles for imports: pages as a site serves them, and a git history made of them."""

import subprocess
from datetime import UTC, datetime, timedelta

from revtrack.backfill import Skipped
from revtrack.clock import utc_now
from revtrack.config import Config
from revtrack.deriving import Brought, bring_in
from revtrack.model import Snapshot

URL = "https://news.example/2024/ferry-fares.html"
FIRST = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
SENTENCES = (
    "The night ferry to Sollen will cost 12 crowns from June, the harbour office said on Tuesday.",
    "It is the first rise since the line was opened by the region in 1998.",
    "“We held the price for as long as we could,” said Greta Ozols, who runs the office.",
    "About 3,400 people take the ferry on an ordinary weekday, most of them to work.",
    "The council of Sollen had asked for a lower fare for pupils, and was turned down.",
    "Fuel now makes up a third of what a crossing costs, according to the office.",
)
EDITED = (
    "The night ferry to Sollen will cost 15 crowns from June, the harbour office said on Tuesday.",
    *SENTENCES[1:],
)


def page(sentences=SENTENCES, *, headline="Night ferry to cost more from June", url=URL, chrome=0):
    """A page of a news site; `chrome` is what differs at each fetch."""
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    link = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title>{link}</head><body><nav>{chrome} readers</nav>"
        f"<article><h1>{headline}</h1><p class='byline'>By Ruben Marsh</p>{body}</article></body></html>"
    )


def text(sentences=SENTENCES, headline="Night ferry to cost more from June"):
    """The same as plain text."""
    return "\n\n".join((headline, *sentences))


def hours(number):
    """The time so many hours after the first look."""
    return FIRST + timedelta(hours=number)


def bring(archive, found, **options):
    """Bring in what an importer found; return the looks, as told once they are safe."""
    looks = (one for one in found if isinstance(one, Snapshot))
    steps = list(bring_in(archive, looks, settings=Config(), now=utc_now(), **options))
    return [step for step in steps if isinstance(step, Brought)]


def skipped(found):
    """What was left out."""
    return [one for one in found if isinstance(one, Skipped)]


def told(archive):
    """All that the archive tells of its articles: addresses, versions, looks. Without numbers of rows."""
    return [
        (
            article.url,
            [(v.number, v.story.fingerprint, v.first_seen, v.last_seen, v.looks) for v in archive.versions(article)],
            [(s.fetched_at, s.outcome, s.status, s.body_sha256, s.origin.kind, s.origin.place)
             for s in archive.snapshots(article)],
            [(e.at, e.event, e.version, e.verdict and e.verdict.significance) for e in archive.log(article=article)],
        )
        for article in sorted(archive.articles(), key=lambda article: article.url)
    ]  # fmt: skip


def git(folder, *arguments, at=None, env=None):
    """Run git in a folder, in the name of a scraper, with both times of a commit set."""
    clock = {"GIT_AUTHOR_DATE": at.isoformat(), "GIT_COMMITTER_DATE": at.isoformat()} if at else {}
    who = {
        f"GIT_{role}_{what}": "scraper@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    base = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **who, **clock}
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=base | (env or {}))


class History:
    """A repository that a scraper commits to."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q")

    def commit(self, at, files=(), *, move=(), message="look"):
        """Commit files by name, each a text or bytes, after moving one to another name."""
        if move:
            git(self.folder, "mv", *move)
        for name, content in dict(files).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", message, at=at)
