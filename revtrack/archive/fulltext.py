"""The index of words over sentences. The one place that speaks the dialect of SQLite's FTS5; knows no article.

A sentence is indexed by its spelling (`spelling.spelled`), which leaves nothing but words, so that the index's own
tokenizer has nothing to decide, and any store that finds words next to each other can stand in for this one.
"""

from collections.abc import Sequence

from revtrack.archive.connection import Ask, Connection

TABLE = """
-- The words of each sentence; the text itself is in the table of sentences, whose id is the row's.
CREATE VIRTUAL TABLE sentence_words USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 0');
"""
ADD = "INSERT INTO sentence_words (rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO sentence_words (sentence_words, rowid, words) VALUES ('delete', ?, ?)"
_RANKED = """
    SELECT s.article_id FROM sentence_words JOIN sentences AS s ON s.id = sentence_words.rowid
    WHERE sentence_words MATCH ? ORDER BY sentence_words.rank LIMIT ?
"""
_HOLDING = """
    SELECT article_id FROM sentences
    WHERE id IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?)
"""


def remove(db: Connection, sentence: int, words: str) -> None:
    """Take a sentence out of the index, given the words it was added with."""
    db.execute(_REMOVE, (sentence, words))


def ranked(ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
    """Return the articles of the sentences that hold all the phrases (words between blanks), best first, each once."""
    found = ask(_RANKED, " ".join(map(_quoted, phrases)), limit)
    return list(dict.fromkeys(int(row["article_id"]) for row in found))


def holding(ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
    """Return articles that hold each phrase in some sentence of some version, the first that were tracked."""
    query = f"{' INTERSECT '.join([_HOLDING] * len(phrases))} ORDER BY article_id LIMIT ?"
    return [int(row["article_id"]) for row in ask(query, *map(_quoted, phrases), limit)]


def _quoted(phrase: str) -> str:
    return f'"{phrase}"'  # a spelling holds no quotation mark
