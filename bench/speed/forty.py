"""What a newsroom writes in an afternoon: httpx, readability and SQLite, with ETags. Knows nothing of revtrack.

python -m bench.speed.forty FILE.db URL…        prints the URLs whose text changed
"""

import hashlib
import sqlite3
import sys
from collections.abc import Iterable, Iterator

import httpx
from lxml import html
from readability import Document  # type: ignore[import-untyped]  # none are shipped

_TABLES = """
    CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, etag TEXT, modified TEXT, hash TEXT);
    CREATE TABLE IF NOT EXISTS versions (url TEXT, title TEXT, text TEXT, seen TEXT DEFAULT current_timestamp);
"""


def check(file: str, urls: Iterable[str]) -> Iterator[str]:
    """Look at every URL once, and yield those whose text is another than last time."""
    database = sqlite3.connect(file)
    database.executescript(_TABLES)
    with httpx.Client(follow_redirects=True) as client:
        for url in urls:
            known = database.execute("SELECT etag, modified, hash FROM pages WHERE url = ?", (url,)).fetchone()
            etag, modified, old = known or ("", "", "")
            conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
            response = client.get(url, headers={name: value for name, value in conditions.items() if value})
            if response.status_code != 200:
                continue
            document = Document(response.text)
            title, text = document.title(), html.fromstring(document.summary()).text_content()
            new = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
            validators = (response.headers.get("etag", ""), response.headers.get("last-modified", ""))
            database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", (url, *validators, new))
            if new != old:
                database.execute("INSERT INTO versions (url, title, text) VALUES (?, ?, ?)", (url, title, text))
                yield url
            database.commit()


if __name__ == "__main__":
    for changed in check(sys.argv[1], sys.argv[2:]):
        print(changed)
