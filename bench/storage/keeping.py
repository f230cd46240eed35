"""Ways of keeping pages, each as it is used elsewhere: what a page takes, and one of its versions again."""

# ruff: noqa: D102, S603 - methods do what Keeper says; git is run with arguments of ours

import gzip
import random
import shutil
import sqlite3
import subprocess
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from backports import zstd

from revtrack.archive import Observation, open_archive
from revtrack.archive.gzipping import is_gzip
from revtrack.extraction import extract
from revtrack.model import Event, Outcome, Snapshot, Story
from revtrack.verdicts import compare

_START = datetime(2024, 11, 20, tzinfo=UTC)


class Keeper(Protocol):
    """A way of keeping pages in a folder."""

    name: str

    def keep(self, page: int, number: int, body: bytes) -> None:
        """Keep version `number` of a page; versions come in order, page by page."""

    def finish(self) -> None:
        """Do what this way does at the end, once."""

    def give(self, page: int, number: int) -> bytes:
        """Return a version as it was kept."""
        ...

    def size(self) -> int:
        """Return the bytes that all of it takes."""
        ...

    def close(self) -> None:
        """Let go of what is open."""


class Revtrack(Keeper):
    """The archive of this project; its size is that of bodies alone, or of the whole file with every look."""

    def __init__(self, folder: Path, *, encoding: str = "", whole: bool = False) -> None:
        self.name = "revtrack, the whole file" if whole else "revtrack, bodies"
        self._whole, self._encoding = whole, encoding
        self._archive = open_archive(folder / "a.db")
        self._looks: dict[tuple[int, int], int] = {}

    def keep(self, page: int, number: int, body: bytes) -> None:
        article, _ = self._archive.add_article(f"https://site-{page}.test/story", now=_START)
        at = _START + timedelta(hours=number)
        headers = (("Content-Type", "text/html"), ("Content-Encoding", self._encoding), ("Date", f"{at:%c}"))
        name = sha256(body).hexdigest()
        look = Snapshot(article.url, at, Outcome.OK, status=200, headers=headers, body=body, body_sha256=name)
        observation = Observation(article.id, look, Event.UNCHANGED, 0, at + timedelta(hours=1))
        found = self._archive.record(observation).snapshot.id
        assert found is not None
        self._looks[page, number] = found

    def finish(self) -> None:
        self._archive.close()
        self._archive = open_archive(self._archive.location)

    def give(self, page: int, number: int) -> bytes:
        return self._archive.snapshot(self._looks[page, number]).body or b""

    def size(self) -> int:
        if self._whole:
            return Path(self._archive.location).stat().st_size
        with closing(sqlite3.connect(self._archive.location)) as database:
            names = "('bodies', 'bodies_name')"
            query = f"SELECT sum(pgsize) FROM dbstat WHERE name IN {names}"  # noqa: S608 - names of ours
            return int(database.execute(query).fetchone()[0])

    def close(self) -> None:
        self._archive.close()


class Tracked(Revtrack):
    """The archive as it is after tracking: with stories, verdicts and searches, and headers as a large site sends."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, whole=True)
        self.name = "revtrack, stories and all"
        self._latest: tuple[int, Story | None, int] = (-1, None, 0)

    def keep(self, page: int, number: int, body: bytes) -> None:
        article, _ = self._archive.add_article(f"https://site-{page}.test/news/2024/11/20/story", now=_START)
        at, (of, latest, basis) = _START + timedelta(hours=number), self._latest
        if of != page:
            latest, basis = None, 0
        text = gzip.decompress(body) if is_gzip(body) else body
        story = extract(text, url=article.url)
        same = latest is not None and latest.fingerprint == story.fingerprint
        headers = _sent(at, "gzip" if text is not body else "", random.Random(f"{page}.{number}"))  # noqa: S311 - drawn again
        name = sha256(body).hexdigest()
        look = Snapshot(article.url, at, Outcome.OK, status=200, final_url=article.url, elapsed=0.31)
        look = replace(look, peer="203.0.113.7", request_headers=_ASKED, headers=headers, body=body, body_sha256=name)
        event = Event.UNCHANGED if same else Event.REVISED if latest else Event.FIRST
        told = None if same else story
        revision = compare(latest, story) if latest and not same else None
        due_at = at + timedelta(hours=1)
        observation = Observation(article.id, look, event, basis, due_at, told, revision, modified=story.modified)
        found = self._archive.record(observation).snapshot.id
        assert found is not None
        self._looks[page, number] = found
        self._latest = (page, latest if same else story, basis + (not same))


_ASKED = (
    ("User-Agent", "revtrack/1.0 (+https://desk.example/contact)"),
    ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)


def _sent(at: datetime, coding: str, chance: random.Random) -> tuple[tuple[str, str], ...]:
    """Return headers of some 700 bytes, of which an entity tag, an age, and three numbers of requests are new."""
    return (
        ("Date", f"{at:%a, %d %b %Y %H:%M:%S} GMT"),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "keep-alive"),
        ("Cache-Control", "public, max-age=60, s-maxage=120, stale-while-revalidate=300"),
        ("ETag", f'W/"{chance.getrandbits(128):032x}"'),
        ("Vary", "Accept-Encoding, X-Country, Cookie"),
        ("Content-Security-Policy", "default-src https: data: 'unsafe-inline'; report-uri https://csp.example/report"),
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        ("X-Request-Id", f"{chance.getrandbits(128):032x}"),
        ("X-Served-By", f"cache-fra-{chance.randrange(9999)}, cache-ams-{chance.randrange(9999)}"),
        ("Age", str(chance.randrange(99))),
        ("Content-Encoding", coding),
    )


class Packed(Keeper):
    """Each version packed by itself, in a table of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = f"SQLite and {name}, each by itself"
        self._pack, self._unpack = {
            "zlib": (lambda body: zlib.compress(body, 6), zlib.decompress),
            "zstd": (lambda body: zstd.compress(body, 9), zstd.decompress),
        }[name]
        self._file = folder / f"{name}.db"
        self._database = sqlite3.connect(self._file)
        self._database.execute("CREATE TABLE kept (page, number, bytes, PRIMARY KEY (page, number))")

    def keep(self, page: int, number: int, body: bytes) -> None:
        self._database.execute("INSERT INTO kept VALUES (?, ?, ?)", (page, number, self._pack(body)))

    def finish(self) -> None:
        self._database.commit()

    def give(self, page: int, number: int) -> bytes:
        query = "SELECT bytes FROM kept WHERE page = ? AND number = ?"
        return self._unpack(self._database.execute(query, (page, number)).fetchone()[0])

    def size(self) -> int:
        return self._file.stat().st_size

    def close(self) -> None:
        self._database.close()


class Warc(Keeper):
    """A record and a gzip member for each version (ISO 28500), found by its place in the file."""

    name = "WARC.gz"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "kept.warc.gz"
        self._places: dict[tuple[int, int], tuple[int, int]] = {}

    def keep(self, page: int, number: int, body: bytes) -> None:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        names = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://site-{}.test/story\r\n"
        more = "WARC-Date: {:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Payload-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n"
        at = _START + timedelta(hours=number)
        head = names.format(page) + more.format(at, sha256(body).hexdigest(), len(answer))
        member = gzip.compress(head.encode() + answer + b"\r\n\r\n", 6, mtime=0)
        with self._file.open("ab") as file:
            self._places[page, number] = (file.tell(), len(member))
            file.write(member)

    def give(self, page: int, number: int) -> bytes:
        at, size = self._places[page, number]
        with self._file.open("rb") as file:
            file.seek(at)
            record = gzip.decompress(file.read(size))
        return record.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")

    def size(self) -> int:
        return self._file.stat().st_size


class Chained(Keeper):
    """zstd against the version before, and nothing else: a version is read through all before it."""

    name = "zstd against the previous"

    def __init__(self, folder: Path) -> None:
        del folder
        self._kept: dict[tuple[int, int], bytes] = {}
        self._last = b""

    def keep(self, page: int, number: int, body: bytes) -> None:
        base = self._last if number else b""
        window = max(17, (len(body) + len(base)).bit_length())
        options = {
            int(zstd.CompressionParameter.compression_level): 9,
            int(zstd.CompressionParameter.window_log): window,
        }
        self._kept[page, number] = zstd.compress(body, options=options, zstd_dict=_prefix(base))
        self._last = body

    def give(self, page: int, number: int) -> bytes:
        body = b""
        for one in range(number + 1):
            body = zstd.decompress(self._kept[page, one], zstd_dict=_prefix(body))
        return body

    def size(self) -> int:
        return sum(map(len, self._kept.values()))


class Git(Keeper):
    """A commit for each version, packed by `git gc`."""

    name = "git, after gc"

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder / "git", 0
        self._git("init", "-q", "--bare", str(self._folder))
        command = [*self._command(), "fast-import", "--quiet"]
        self._import = subprocess.Popen(command, stdin=subprocess.PIPE)

    @staticmethod
    def is_there() -> bool:
        """Say whether git is installed."""
        return shutil.which("git") is not None

    def keep(self, page: int, number: int, body: bytes) -> None:
        self._count += 1
        head = b"commit refs/heads/main\nmark :%d\ncommitter a <a@a.test> %d +0000\ndata 0\n"
        file = b"M 100644 inline %d.html\ndata %d\n" % (page, len(body))
        assert self._import.stdin
        self._import.stdin.write(head % (self._count, 1_700_000_000 + self._count) + file + body + b"\n")
        tag = b"reset refs/tags/%d-%d\nfrom :%d\n\n" % (page, number, self._count)
        self._import.stdin.write(tag)

    def finish(self) -> None:
        assert self._import.stdin
        self._import.stdin.close()
        self._import.wait()
        self._git("gc", "-q")

    def give(self, page: int, number: int) -> bytes:
        return self._git("cat-file", "blob", f"{page}-{number}:{page}.html")

    def size(self) -> int:
        return sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())

    def _command(self) -> list[str]:
        return ["git", f"--git-dir={self._folder}"]

    def _git(self, *arguments: str) -> bytes:
        return subprocess.run([*self._command(), *arguments], check=True, capture_output=True).stdout


def _prefix(base: bytes) -> "tuple[zstd.ZstdDict, int] | None":
    return zstd.ZstdDict(base, is_raw=True).as_prefix if base else None
