"""The tables of `sentences` as files: lines of JSON, CSV, SQLite. Rows pass one by one, article by article."""

import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from revtrack.archive import Archive
from revtrack.errors import UnwritableError
from revtrack.exports.sentences import COLUMNS, Cell, Row, rows_of
from revtrack.forms import SCHEMA
from revtrack.model import Article
from revtrack.placing import make_folder, placed
from revtrack.rendering.tables import inert
from revtrack.rendering.visible import visible

_COUNTS = ("version", "sent_idx", "entry_id", "look", "num_versions", "revert_of", "flapping", "same_as", "status")
"""How columns begin that hold whole numbers."""
_POWERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What commands a terminal that shows a table, or turns the rest of a row round."""
_INDEXES = (
    "CREATE INDEX entryversion_entry ON entryversion (entry_id, version)",
    "CREATE INDEX split_sentences_entry ON split_sentences (entry_id, version, sent_idx)",
    "CREATE INDEX looks_entry ON looks (entry_id, look)",
    "CREATE INDEX matched_sentences_entry ON matched_sentences (entry_id, version_x, version_y)",
)


def write_jsonl(archive: Archive, articles: Iterable[Article], file: Path) -> dict[str, int]:
    """Write one row a line, each with the name of its table; return how many of each. Raises UnwritableError."""
    counts: Counter[str] = Counter()
    with placed(file) as path, path.open("w", encoding="ascii", newline="\n") as out:
        for table, cells in _rows(archive, articles):
            row = {"schema": SCHEMA, "table": table, **dict(zip(COLUMNS[table], cells, strict=True))}
            out.write(json.dumps(row) + "\n")
            counts[table] += 1
    return dict(counts)


def write_csv(archive: Archive, articles: Iterable[Article], folder: Path) -> dict[str, int]:
    """Write each table to a file in a folder; no cell is a formula to a spreadsheet. Raises UnwritableError."""
    counts: Counter[str] = Counter()
    make_folder(folder)
    with ExitStack() as stack:
        writers = {}
        for table, columns in COLUMNS.items():
            path = stack.enter_context(placed(folder / f"{table}.csv"))
            out = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(out)
            writers[table].writerow(columns)
        for table, cells in _rows(archive, articles):
            writers[table].writerow([_inert(cell) for cell in cells])
            counts[table] += 1
    return dict(counts)


def write_sqlite(archive: Archive, articles: Iterable[Article], file: Path) -> dict[str, int]:
    """Write the tables to a new SQLite file; return how many rows of each. Raises UnwritableError."""
    counts: Counter[str] = Counter()
    with placed(file) as path:
        try:
            with closing(sqlite3.connect(path)) as database:
                for table, columns in COLUMNS.items():
                    database.execute(f"CREATE TABLE {table} ({', '.join(map(_declared, columns))})")
                for table, cells in _rows(archive, articles):
                    marks = ", ".join("?" * len(cells))
                    database.execute(f"INSERT INTO {table} VALUES ({marks})", cells)  # noqa: S608 - names of ours
                    counts[table] += 1
                for index in _INDEXES:
                    database.execute(index)
                database.commit()
        except sqlite3.Error as error:
            raise UnwritableError(str(file), str(error)) from error
    return dict(counts)


def _rows(archive: Archive, articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        yield from rows_of(article, archive.versions(article), archive.revisions(article), archive.looks(article))


def _declared(column: str) -> str:
    kind = (
        "INTEGER"
        if column.startswith(_COUNTS)
        else "REAL"
        if "distance" in column or column.endswith("_hours")
        else "TEXT"
    )
    return f"{column} {kind}"


def _inert(cell: Cell) -> Cell:
    return inert(_POWERS.sub(lambda found: visible(found[0]), cell)) if isinstance(cell, str) else cell
