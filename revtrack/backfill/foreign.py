"""A SQLite database of somebody else, opened for reading and not trusted. Knows no tracker."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from revtrack.errors import UnreadableError

_LARGEST_VALUE = 64 << 20


class Foreign:
    """An open database: only plain tables are read, and nothing that its schema computes."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self.name = name
        plain = (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"  # no view, nothing virtual
        )
        self._columns = {str(name).lower(): self._columns_of(name) for (name,) in connection.execute(plain).fetchall()}

    def _columns_of(self, table: str) -> frozenset[str]:
        rows = self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return frozenset(str(name).lower() for (name,) in rows)

    def has(self, table: str, *columns: str) -> bool:
        """Say whether there is a plain table with such columns; names compare without regard to case."""
        return table.lower() in self._columns and self._columns[table.lower()] >= {name.lower() for name in columns}

    def tables(self, *columns: str) -> list[str]:
        """Return the plain tables that have such columns, in the order of their names."""
        return sorted(table for table in self._columns if self.has(table, *columns))

    def rows(self, query: str, values: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query. Raises UnreadableError where the file is damaged."""
        try:
            yield from self._connection.execute(query, values)
        except (sqlite3.Error, OverflowError) as error:
            raise UnreadableError(self.name, f"the database is damaged ({error}); what came before is kept") from error

    def require(self, table: str, *columns: str, tracker: str) -> None:
        """Raise UnreadableError, which names the tracker, unless there is such a table."""
        if not self.has(table, *columns):
            wanted = f"table {table} with {', '.join(columns)}"
            raise UnreadableError(self.name, f"it is no database of {tracker}: there is no {wanted}")


@contextmanager
def open_foreign(file: Path) -> Iterator[Foreign]:
    """Open a database for reading only. Raises UnreadableError for what is none.

    One that its owner left open for writing is read as it stands in its file.
    """
    if not file.is_file():
        raise UnreadableError(str(file), "there is no such file")
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    waits = file.with_name(f"{file.name}-wal").exists()
    connection = sqlite3.connect(address if waits else f"{address}&immutable=1", uri=True)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        yield Foreign(connection, str(file))
    except sqlite3.DatabaseError as error:
        raise UnreadableError(str(file), f"it is no SQLite database that can be read ({error})") from error
    finally:
        connection.close()


def as_text(value: object) -> str:
    """Return what a column holds as text: databases of others hold anything anywhere."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)
