"""The index of words over sentences, as `fulltext` keeps it in SQLite: the same query and functions for PostgreSQL."""

from collections.abc import Sequence

from revtrack.archive.connection import Ask, Connection

TABLE = """
-- The words of each sentence; the text itself is in the table of sentences, whose id is the row's.
CREATE TABLE sentence_words (
    sentence BIGINT PRIMARY KEY,
    words    TSVECTOR NOT NULL
);
CREATE INDEX sentence_words_words ON sentence_words USING gin (words);
"""
ADD = "INSERT INTO sentence_words (sentence, words) VALUES (?, to_tsvector('simple', left(?, 30000)))"
"""So many characters of a sentence are indexed: PostgreSQL takes a megabyte of words."""
_RANKED = """
    SELECT s.article_id FROM sentence_words AS w JOIN sentences AS s ON s.id = w.sentence
    WHERE w.words @@ ({}) ORDER BY ts_rank(w.words, {}) DESC, s.id LIMIT ?
"""
_PHRASE = "phraseto_tsquery('simple', ?)"
_HOLDING = """
    SELECT article_id FROM sentences
    WHERE id IN (SELECT sentence FROM sentence_words WHERE words @@ phraseto_tsquery('simple', ?))
"""


def remove(db: Connection, sentence: int, words: str) -> None:  # noqa: ARG001 - SQLite needs to be told the words
    """Take a sentence out of the index."""
    db.execute("DELETE FROM sentence_words WHERE sentence = ?", (sentence,))


def ranked(ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
    """Return the articles of the sentences that hold all the phrases (words between blanks), best first, each once."""
    query = " && ".join([_PHRASE] * len(phrases))
    found = ask(_RANKED.format(query, query), *phrases, *phrases, limit)
    return list(dict.fromkeys(int(row["article_id"]) for row in found))


def holding(ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
    """Return articles that hold each phrase in some sentence of some version, the first that were tracked."""
    query = f"{' INTERSECT '.join([_HOLDING] * len(phrases))} ORDER BY article_id LIMIT ?"
    return [int(row["article_id"]) for row in ask(query, *phrases, limit)]
