"""How the tables of a file are made, held against how they are made anew. Knows how SQLite tells it, and no table.

A column that has another name need not make a query fail: its name may be found in the query around it, and a report
tells something else than was recorded.
"""

import sqlite3
from collections.abc import Iterator

_TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
_COLUMNS = 'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)'
_REFERENCES = 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY 1, 2'
_INDEXES = """
    SELECT i.name, i."unique", i.partial, c.name, c."desc", c.coll, c.key
    FROM pragma_index_list(?) AS i JOIN pragma_index_xinfo(i.name) AS c ORDER BY i.name, c.seqno
"""
_Shape = tuple[list[tuple[object, ...]], ...]


def find_altered(file: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[str]:
    """Yield the names of the tables that a new archive has and a file has not, or made in another way.

    What a file has besides is somebody's own.
    """
    for name in _tables(new):
        if _shape(file, name) != _shape(new, name):
            yield name


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of our tables: not those of SQLite and sqlite-utils, nor those that hold a search index."""
    names = [name for (name,) in connection.execute(_TABLES).fetchall()]
    return sorted(name for name in names if not name.startswith(("sqlite_", "_sqlite_")))


def _shape(connection: sqlite3.Connection, table: str) -> _Shape:
    """Return columns, references and indexes of a table."""
    return tuple(connection.execute(query, (table,)).fetchall() for query in (_COLUMNS, _REFERENCES, _INDEXES))
