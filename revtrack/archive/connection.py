"""What the archive asks of a database: queries with `?` for values, and changes kept whole or not at all.

The SQL is written once, in what SQLite and PostgreSQL have in common. Knows neither.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_AT_ONCE = 128
"""Rows that are added by one statement at most."""

Row = dict[str, Any]
Ask = Callable[..., list[Row]]
"""How to read: `ask(query, *values)` gives rows by the names of their columns, packed stories unpacked."""


class Cursor(Protocol):
    """What a query found."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        ...

    @property
    def description(self) -> Sequence[Any] | None:
        """The columns, the name of each first."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 - a row has the types of its query
        """Return the next row, None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Words(Protocol):
    """The index of words over sentences: `fulltext` in SQLite, `fulltext_postgres` in PostgreSQL."""

    ADD: str
    """The query that adds a sentence by its number and words."""

    def remove(self, db: "Connection", sentence: int, words: str) -> None:
        """Take a sentence out of the index, given the words it was added with."""

    def ranked(self, ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
        """Return the articles of the sentences that hold all the phrases, best first, each once."""
        ...

    def holding(self, ask: Ask, phrases: Sequence[str], limit: int) -> list[int]:
        """Return articles that hold each phrase in some sentence of some version."""
        ...


class Connection(ABC):
    """A database that is open, used by one thread at a time. Its errors are its own, but within `plain_errors`."""

    location: str
    """What it is called in messages; never with a password."""
    words: Words

    @abstractmethod
    def execute(self, query: str, values: Sequence[object] = (), /) -> Cursor:
        """Run a query with its values and return what it finds."""

    @abstractmethod
    def execute_many(self, query: str, rows: Iterable[Sequence[object]], /) -> None:
        """Run a query once for the values of each row."""

    @abstractmethod
    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /) -> None:
        """Add many rows at once, within the caller's transaction, whose references are checked at its end."""

    @abstractmethod
    def count_on(self) -> None:
        """See to it that new rows get numbers behind those that `fill` brought."""

    @abstractmethod
    def stream(self, query: str, values: Sequence[object] = (), /) -> AbstractContextManager[Cursor]:
        """Run a query that may find more than fits into memory; give its rows as long as the block runs."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Make one transaction of what is done within, while no other process writes; join one that is open."""

    @abstractmethod
    def write(self, change: Callable[[], T]) -> T:
        """Make a change in one transaction, again if it was lost on the way to its end; never twice."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """Let all that is read within be of one moment."""

    @abstractmethod
    def plain_errors(self) -> AbstractContextManager[None]:
        """Raise an ArchiveError that says what to do for any error of the database within."""

    @abstractmethod
    def damage(self) -> Iterator[str]:
        """Yield what the database itself finds wrong with what it keeps."""

    @abstractmethod
    def scrub(self) -> None:
        """Leave nothing of what was deleted where the data is kept, as far as the database can see to that."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def insert(self, table: str, row: Mapping[str, object], *, key: str = "id") -> int:
        """Add a row and return the number that is its key."""
        return self.insert_all(table, [row], key=key)[0]

    def insert_all(self, table: str, rows: Sequence[Mapping[str, object]], *, key: str = "id") -> list[int]:
        """Add rows with the same columns and return the numbers that are their keys, in the order of the rows."""
        numbers: list[int] = []
        for some in _in_parts(rows):
            marks = ", ".join([f"({', '.join('?' * len(some[0]))})"] * len(some))
            query = f"INSERT INTO {table} ({', '.join(some[0])}) VALUES {marks} RETURNING {key}"  # noqa: S608 - names of ours
            values = tuple(chain.from_iterable(row.values() for row in some))
            # Which is whose is told by their order alone: rows get rising numbers, and may come back in any order.
            numbers += sorted(int(number) for (number,) in self.execute(query, values).fetchall())
        return numbers


def among(values: Sequence[object]) -> tuple[str, tuple[object, ...]]:
    """Return marks and values for `IN (…)`: as many as a power of two, so that few texts need to be prepared.

    >>> among([4, 7, 9])
    ('?, ?, ?, ?', (4, 7, 9, 9))
    """
    if not values:
        return "NULL", ()
    count = 1 << (len(values) - 1).bit_length()
    return ", ".join("?" * count), (*values, *[values[-1]] * (count - len(values)))


def _in_parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows in parts of as many as a power of two, the largest first: few texts of a query are made of them."""
    start = 0
    while left := len(rows) - start:
        size = min(1 << left.bit_length() - 1, _AT_ONCE)
        yield rows[start : start + size]
        start += size
