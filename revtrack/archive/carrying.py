"""Carry all of an archive into an empty one, of whichever kind: every row with its number, every leaf with its salt.

It is one transaction: all of it is there, or nothing. What was recorded in the source when it began is carried, and
others may write there meanwhile. Each leaf is held against its row before the end, so that what the target keeps is
what the source kept, and fits the same checkpoints.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from revtrack.archive.connection import Connection
from revtrack.archive.leaves import read_leaves
from revtrack.archive.schema import STEPS
from revtrack.archive.spelling import spelled
from revtrack.errors import ArchiveError, InputError

Tell = Callable[[str, int], None]
"""Takes the name of a table and how many of its rows are there."""

_LEFT = frozenset({"leases"})  # who looks at the source does not look at the target
TABLES = tuple(
    name
    for name in dict.fromkeys(re.findall(r"CREATE TABLE (\w+)", "".join(step.script for step in STEPS)))
    if name not in _LEFT
)
"""All tables that both stores have, each behind those that it points to."""
_SENTENCES = "SELECT id, text FROM sentences WHERE id > ? ORDER BY id LIMIT ?"
_OFTEN = 1000


def carry(source: Connection, target: Connection, tell: Tell) -> dict[str, int]:
    """Return how many rows of each table were carried. Raises InputError unless the target is empty."""
    with source.reading(), target.writing():
        for table in TABLES:
            if target.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - names of ours
                raise InputError(f"{target.location} is not empty: name a new file or database")
        carried = {table: _carry_table(source, target, table, tell) for table in TABLES}
        _index_words(target)
        target.count_on()
        _compare(source, target, tell)
    return carried


def _carry_table(source: Connection, target: Connection, table: str, tell: Tell) -> int:
    size = 0

    def counted(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        nonlocal size
        for size, row in enumerate(rows, 1):
            yield row
            if size % _OFTEN == 0:
                tell(table, size)

    with source.stream(f"SELECT * FROM {table} ORDER BY 1") as found:  # noqa: S608 - names of ours
        target.fill(table, [column[0] for column in found.description or ()], counted(found))
    tell(table, size)
    return size


def _index_words(target: Connection) -> None:
    last = 0
    while found := target.execute(_SENTENCES, (last, _OFTEN)).fetchall():
        target.execute_many(target.words.ADD, [(sentence, spelled(text)) for sentence, text in found])
        last = found[-1][0]


def _compare(source: Connection, target: Connection, tell: Tell) -> None:
    """Raise ArchiveError unless every leaf of the target fits its row, or fits as badly in the source."""
    wrong = {}
    for leaf in read_leaves(target):
        if leaf.found not in {None, leaf.hash}:
            wrong[leaf.position] = leaf.found
        if leaf.position % _OFTEN == 0:
            tell("proof", leaf.position)
    same = {leaf.position: leaf.found for leaf in read_leaves(source) if leaf.position in wrong} if wrong else {}
    if wrong != same:
        what = f"cannot keep {len(wrong)} records as they are in {source.location}; nothing was carried"
        raise ArchiveError(target.location, what)
