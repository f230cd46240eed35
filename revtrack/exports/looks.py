"""Every look at articles as one WARC file, article by article; no more than one body is held at a time."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from revtrack.archive import Archive
from revtrack.clock import utc_now
from revtrack.evidence.checkpoints import origin_of
from revtrack.exports.warc import Record, records_of, warcinfo
from revtrack.forms import iso
from revtrack.model import Article
from revtrack.placing import placed


def write_warc(archive: Archive, articles: Iterable[Article], file: Path) -> dict[str, int]:
    """Write the looks at articles; return how many records of each kind. Raises UnwritableError."""
    counts: dict[str, int] = {}
    packs = file.suffix == ".gz"
    with placed(file) as path, path.open("wb") as out:
        for record in _records(archive, articles, file.name):
            out.write(record.packed() if packs else record.text)
            counts[record.kind] = counts.get(record.kind, 0) + 1
    return counts


def _records(archive: Archive, articles: Iterable[Article], name: str) -> Iterator[Record]:
    origin = origin_of(next(archive.leaf_hashes(), b""))
    yield warcinfo(origin, created=iso(utc_now()), filename=name)
    for article in articles:
        yield from records_of(origin, archive.snapshots(article))
