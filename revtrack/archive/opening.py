"""Open the leaves of an article: what each hash stands for, so that others can make it again. Knows the tables."""

from collections.abc import Iterator
from hashlib import sha256
from operator import attrgetter

from revtrack.archive.connection import Connection
from revtrack.archive.kinds import KINDS, Kind, rows_of
from revtrack.archive.leaves import canonical
from revtrack.archive.positions import leaves_of
from revtrack.archive.values import OpenedLeaf

_REDACTED = "SELECT contents FROM redacted WHERE kind = ? AND row = ? AND number = ?"


def open_leaves(db: Connection, article_id: int) -> Iterator[OpenedLeaf]:
    """Yield the newest leaf of every row of an article, in the order of the tree."""
    opened = [leaf for kind in KINDS.values() for leaf in _of_kind(db, kind, article_id)]
    yield from sorted(opened, key=attrgetter("position"))


def _of_kind(db: Connection, kind: Kind, article_id: int) -> Iterator[OpenedLeaf]:
    for row, number, *values in rows_of(db, kind, f"WHERE t.{kind.owner} = ?", article_id) if kind.owner else ():
        found = leaves_of(db, kind.name, row, number)
        if not found:  # written by somebody else: `verify` tells
            continue
        position, salt, kept = found[0]
        (redacted,) = db.execute(_REDACTED, (kind.name, row, number)).fetchone() or (None,)
        facts = dict(zip(kind.facts, values, strict=False))
        contents = canonical(dict(zip(kind.contents, values[len(kind.facts) :], strict=True)))
        hashed = redacted or sha256(salt + contents).hexdigest()
        entry = canonical({"kind": kind.name, **facts, "contents": hashed})
        yield OpenedLeaf(position, kind.name, kept, salt, entry.decode(), None if redacted else contents.decode())
