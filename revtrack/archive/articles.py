"""What is tracked: articles, the addresses that lead to them, and their sources. Knows the tables, decides nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from revtrack.archive import plans, rows
from revtrack.archive.connection import Ask, Connection, Row, among
from revtrack.archive.leaves import add_leaf
from revtrack.archive.packing import PackingError
from revtrack.archive.sites import site_of
from revtrack.errors import AmbiguousArticleError, BadURLError, UnknownArticleError
from revtrack.forms import iso, moment
from revtrack.model import Article, Source, Validators
from revtrack.urls import article_key

_ARTICLES = """
    SELECT a.*,
           (SELECT group_concat(d.url, '\n') FROM addresses AS d WHERE d.article_id = a.id) AS urls,
           (SELECT count(*) FROM versions AS v WHERE v.article_id = a.id) AS versions
    FROM articles AS a
"""
_DUE = f"""{_ARTICLES}
    WHERE a.due_at <= ? AND a.same_as IS NULL AND a.retired_at IS NULL AND (a.not_before IS NULL OR a.not_before <= ?)
    ORDER BY a.due_at, a.id LIMIT ?
"""
_DUE_OF_SITE = _DUE.replace("WHERE a.due_at", "WHERE a.site = ? AND a.due_at")
_WAITING = """
    SELECT id, url, source, checked_at, due_at FROM articles
    WHERE due_at <= ? AND same_as IS NULL AND retired_at IS NULL AND (not_before IS NULL OR not_before <= ?)
"""
# In the order of the index, so that it ends at the first that fits; who must wait longer is found a pass later.
_NEXT = """
    SELECT due_at FROM articles
    WHERE due_at > ? AND same_as IS NULL AND retired_at IS NULL AND (not_before IS NULL OR not_before <= due_at)
    ORDER BY due_at LIMIT 1
"""
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
_ALL = 1 << 62
_AT_ONCE = 500


def add(db: Connection, url: str, *, now: datetime, source: str) -> tuple[int, bool]:
    """Track a canonical URL within the caller's transaction; return its article's id and whether it is new."""
    known = db.execute(
        "SELECT a.id, a.retired_at FROM addresses AS d JOIN articles AS a ON a.id = d.article_id WHERE d.key = ?",
        (article_key(url),),
    ).fetchone()
    if known:
        article_id, retired_at = known
        if retired_at and not source:
            plans.hasten(db, [article_id], now)
        return int(article_id), False
    new = {"url": url, "source": source, "added_at": iso(now), "due_at": iso(now), "site": site_of(url)}
    article_id = db.insert("articles", new)
    row = (article_key(url), url, article_id)
    db.execute("INSERT INTO addresses (key, url, article_id) VALUES (?, ?, ?)", row)
    add_leaf(db, "article", article_id)
    return article_id, True


def some(ask: Ask, numbers: Sequence[int]) -> dict[int, Article]:
    """Return articles by their ids. Raises UnknownArticleError."""
    return {number: rows.article_from(row) for number, row in rows_of(ask, numbers).items()}


def rows_of(ask: Ask, numbers: Sequence[int]) -> dict[int, Row]:
    """Return the rows of articles by their ids, in the order of these. Raises UnknownArticleError."""
    marks, values = among(numbers)
    found = {row["id"]: row for row in ask(f"{_ARTICLES} WHERE a.id IN ({marks})", *values)}
    for number in numbers:
        if number not in found:
            raise UnknownArticleError(str(number))
    return {number: found[number] for number in numbers}


def every(ask: Ask) -> Iterator[Article]:
    """Yield every article, oldest first, those without versions that turned out to be another left out."""
    last, found = 0, list[Row]([{}]) * _AT_ONCE
    while len(found) == _AT_ONCE:
        found = ask(f"{_ARTICLES} WHERE a.id > ? ORDER BY a.id LIMIT ?", last, _AT_ONCE)
        for row in found:
            if row["id"] <= last:  # of a damaged file, the same rows would come again and again
                raise PackingError("the articles are not in the order of their numbers")
            last = row["id"]
            if row["same_as"] is None or row["versions"]:
                yield rows.article_from(row)


def joined(ask: Ask) -> dict[int, tuple[int, ...]]:
    """Return the articles with versions that turned out to be another, by that other one."""
    query = (
        "SELECT same_as, id FROM articles WHERE same_as IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM versions AS v WHERE v.article_id = articles.id) ORDER BY id"
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in ask(query):
        found[row["same_as"]] = (*found.get(row["same_as"], ()), row["id"])
    return found


def owner(ask: Ask, url: str) -> int | None:
    """Return the id of the article that a URL is known to lead to, None if none is."""
    found = ask("SELECT article_id FROM addresses WHERE key = ?", article_key(url))
    return found[0]["article_id"] if found else None


def find(ask: Ask, name: str) -> Article:
    """Return the article meant by an id, a URL, or any unambiguous part of URL or headline."""
    exact = ask("SELECT article_id AS id FROM addresses WHERE key = ?", _key(name)) or (
        ask("SELECT id FROM articles WHERE id = ?", int(name)) if _NUMBER.fullmatch(name) else []
    )
    if exact:
        return some(ask, [exact[0]["id"]])[exact[0]["id"]]
    part = name.casefold()
    fits = [a for a in every(ask) if part in f"{chr(10).join(a.urls)}\n{a.headline}".casefold()] if part else []
    if not fits:
        raise UnknownArticleError(name)
    if len(fits) > 1:
        raise AmbiguousArticleError(name, [f"{a.id}: {a.url}" for a in fits])
    return fits[0]


def due(ask: Ask, now: datetime, limit: int | None, site: str) -> list[Article]:
    """Return the articles, of one site or of all, whose next look is due, most overdue first."""
    values = (iso(now), iso(now), _ALL if limit is None else limit)
    found = ask(_DUE_OF_SITE, site, *values) if site else ask(_DUE, *values)
    return [rows.article_from(row) for row in found]


def waiting(each: Callable[..., Iterator[Row]], now: datetime) -> Iterator[Article]:
    """Yield the articles whose next look is due, in any order, bare: what is needed to choose among them."""
    for row in each(_WAITING, iso(now), iso(now)):
        checked_at, due_at = rows.maybe(row["checked_at"]), rows.maybe(row["due_at"])
        yield Article(row["id"], row["url"], source=row["source"], checked_at=checked_at, due_at=due_at)


def next_due(ask: Ask, after: datetime) -> datetime | None:
    """Return when the next article falls due after a time, None if none does."""
    found = ask(_NEXT, iso(after))
    return moment(found[0]["due_at"]) if found else None


def add_source(db: Connection, url: str, kind: str, *, now: datetime, parent: str) -> bool:
    """Follow a source within the caller's transaction; say whether it is new.

    One that was dropped is followed again, unless it is only listed by another (`parent`).
    """
    row = (url, kind, iso(now), iso(now), parent)
    query = "INSERT INTO sources (url, kind, added_at, due_at, parent) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    if db.execute(query, row).rowcount != 1:
        again = "UPDATE sources SET dropped_at = NULL, due_at = ? WHERE url = ? AND dropped_at IS NOT NULL"
        return not parent and db.execute(again, (iso(now), url)).rowcount == 1
    add_leaf(db, "source", int(db.execute("SELECT id FROM sources WHERE url = ?", (url,)).fetchone()[0]))
    return True


def sources(ask: Ask, url: str = "") -> list[Source]:
    """Return every source that is followed, oldest first; with a URL, the one that has it."""
    condition, values = ("url = ?", (url,)) if url else ("dropped_at IS NULL", ())
    found = ask(f"SELECT * FROM sources WHERE {condition} ORDER BY id", *values)  # noqa: S608 - conditions of ours
    return [rows.source_from(row) for row in found]


def drop_source(db: Connection, source_id: int, now: datetime) -> None:
    """Stop following a source within the caller's transaction."""
    db.execute("UPDATE sources SET dropped_at = ? WHERE id = ?", (iso(now), source_id))


def checked_source(
    db: Connection,
    source: Source,
    *,
    now: datetime,
    due_at: datetime,
    reason: str,
    validators: Validators | None,
    title: str,
) -> None:
    """Note that a source was read, within the caller's transaction; without validators or title those kept stay."""
    values = (iso(now), iso(due_at), reason, source.id)
    db.execute("UPDATE sources SET checked_at = ?, due_at = ?, reason = ? WHERE id = ?", values)
    if validators:
        kept = (validators.etag, validators.last_modified, validators.url, source.id)
        db.execute("UPDATE sources SET etag = ?, last_modified = ?, answered_at = ? WHERE id = ?", kept)
    if title:
        db.execute("UPDATE sources SET title = ? WHERE id = ?", (title, source.id))


def titles(ask: Ask) -> dict[str, str]:
    """Return what sources call themselves, by their URLs, those included that are not followed any more."""
    return {row["url"]: row["title"] for row in ask("SELECT url, title FROM sources WHERE title != ''")}


def _key(name: str) -> str:
    """Return the key of a URL; of what is none, the text itself, which is no key."""
    try:
        return article_key(name) if "://" in name else name
    except BadURLError:
        return name
