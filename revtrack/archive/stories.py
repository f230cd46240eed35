"""Keep the stories of earlier versions small: each as what it differs in from one before. Knows the table of versions.

The newest version of an article is kept as it is, for it is read at every look. What it replaced is packed, against the
version whose place is its own without the lowest set bit, as bodies are (`bodies`); the first against nothing. SQL
reads any of them by `whole_story(article_id, number, story)`.
"""

from typing import TYPE_CHECKING

from revtrack.archive.packing import PackingError, pack, unpack

if TYPE_CHECKING:
    from sqlite_utils import Database

COLUMN = "ALTER TABLE versions ADD COLUMN packed BLOB"
"""The story as zstd; NULL: `story` has it. Where it is packed, `story` is ''."""

_LEAST = 1000  # bytes of a story that is worth packing


def register(db: "Database") -> None:
    """Let SQL read stories on this connection: `whole_story` gives a story as JSON, '' where it is damaged."""

    def whole_story(article_id: int, number: int, story: str) -> str:
        try:
            return story or _read(db, article_id, number).decode()
        except (PackingError, UnicodeDecodeError):
            return ""

    db.conn.create_function("whole_story", 3, whole_story)


def shrink(db: "Database", article_id: int, number: int) -> None:
    """Pack the story of a version that is not the newest any more."""
    story = _read(db, article_id, number)
    if len(story) < _LEAST:
        return
    codec, packed = pack(story, _base(db, article_id, number))
    if codec == "zstd":
        update = "UPDATE versions SET story = '', packed = ? WHERE article_id = ? AND number = ?"
        db.execute(update, (packed, article_id, number))


def expand(db: "Database", article_id: int) -> None:
    """Unpack the stories of all versions of an article, so that any of them can be replaced; a damaged one stays."""
    db.execute(
        "UPDATE versions SET story = whole_story(article_id, number, story), packed = NULL"
        " WHERE article_id = ? AND packed IS NOT NULL AND whole_story(article_id, number, story) != ''",
        (article_id,),
    )


def _read(db: "Database", article_id: int, number: int) -> bytes:
    query = "SELECT story, packed FROM versions WHERE article_id = ? AND number = ?"
    found = db.execute(query, (article_id, number)).fetchone()
    if found is None:
        raise PackingError(f"version {article_id}@{number} is not there")
    story, packed = found
    return unpack("zstd", packed, _base(db, article_id, number)) if packed is not None else story.encode()


def _base(db: "Database", article_id: int, number: int) -> bytes:
    place = number - 1
    return _read(db, article_id, (place & (place - 1)) + 1) if place > 0 else b""
