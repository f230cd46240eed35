"""What the archive asks of a database: queries with `?` for values, and changes kept whole or not at all.

The SQL is written once, in what SQLite and PostgreSQL have in common. Knows neither.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

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
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        query = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {key}"  # noqa: S608 - names of ours
        return int(self.execute(query, tuple(row.values())).fetchall()[0][0])
