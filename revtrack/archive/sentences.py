"""How long each sentence stood: one row for each stretch of versions that hold it. Knows the tables.

So the full text of all versions is kept for little more than that of the newest, and "since when does it say so" is
answered without reading a story. Derived: `forget` and `keep` make an article's rows anew from its versions.
"""

from collections.abc import Iterable, Iterator

from revtrack.archive.connection import Connection
from revtrack.archive.spelling import spelled
from revtrack.model import Story
from revtrack.text import fold, sentences

TABLE = """
-- Each sentence of an article, once for each stretch of versions that hold it without a gap.
CREATE TABLE sentences (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    place      TEXT NOT NULL,              -- 'headline', 'deck', 'text' or 'note'
    text       TEXT NOT NULL,
    first      INTEGER NOT NULL,           -- number of the version that brought it
    last       INTEGER                     -- of the last one that holds it; NULL: the newest does
) STRICT;
CREATE INDEX sentences_article ON sentences (article_id, last);
"""
_STANDING = "SELECT id, place, text FROM sentences WHERE article_id = ? AND last IS NULL"
_KEPT = "SELECT place, text, first, last FROM sentences WHERE article_id = ? ORDER BY id"


def keep(db: Connection, article_id: int, number: int, story: Story) -> None:
    """Write down what a new version brought and what it let go, given the version before was kept so."""
    standing = {(place, fold(text)): row for row, place, text in db.execute(_STANDING, (article_id,)).fetchall()}
    now = {(place, fold(text)): text for place, text in _sentences(story)}
    for key in standing.keys() - now.keys():
        db.execute("UPDATE sentences SET last = ? WHERE id = ?", (number - 1, standing[key]))
    fresh = [(place, text) for (place, folded), text in now.items() if (place, folded) not in standing]
    rows = [{"article_id": article_id, "place": place, "text": text, "first": number} for place, text in fresh]
    words = (spelled(text) for _, text in fresh)
    db.execute_many(db.words.ADD, zip(db.insert_all("sentences", rows), words, strict=True))


def forget(db: Connection, article_id: int) -> None:
    """Take out all that is known of an article's sentences."""
    for row, text in db.execute("SELECT id, text FROM sentences WHERE article_id = ?", (article_id,)).fetchall():
        db.words.remove(db, row, spelled(text))
    db.execute("DELETE FROM sentences WHERE article_id = ?", (article_id,))


def are_kept(db: Connection, article_id: int, stories: Iterable[tuple[int, Story]]) -> bool:
    """Whether what is known of an article's sentences is what its stories, by the numbers of versions, say."""
    found: list[list[object]] = []
    standing: dict[tuple[str, str], list[object]] = {}
    for number, story in stories:
        now = {(place, fold(text)): text for place, text in _sentences(story)}
        for key in standing.keys() - now.keys():
            standing.pop(key)[3] = number - 1
        fresh: dict[tuple[str, str], list[object]] = {
            key: [key[0], text, number, None] for key, text in now.items() if key not in standing
        }
        standing |= fresh
        found += fresh.values()
    kept = db.execute(_KEPT, (article_id,)).fetchall()
    return [tuple(row) for row in kept] == [tuple(row) for row in found]


def _sentences(story: Story) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a story and where each stands, in reading order."""
    texts = [("headline", story.headline), ("deck", story.deck)]
    texts += [("text", paragraph.text) for paragraph in story.paragraphs]
    texts += [("note", note.text) for note in story.notes]
    for place, text in texts:
        for start, end in sentences(text):
            if sentence := text[start:end].strip():
                yield place, sentence
