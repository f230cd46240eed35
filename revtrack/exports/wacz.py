"""A WACZ 1.1.1 file: a WARC, its index, its pages and whatever lies beside them, each with its digest. Knows zip.

Members lie as `wacz validate` wants them: none deeper than one folder; WARC and index, packed already, as they are.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from revtrack.exports.cdxj import line_of, ordered
from revtrack.exports.warc import SOFTWARE, Record
from revtrack.forms import iso

WARC, INDEX, LOOKUP, PAGES = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"
_LINES = 300  # of the index in one packed block


@dataclass(frozen=True, slots=True)
class Page:
    """One look that a reader may want to see again."""

    url: str
    at: datetime
    title: str


@dataclass(slots=True)
class Package:
    """A WACZ being written; `created` stands on every member."""

    out: BinaryIO
    created: datetime
    _zip: ZipFile = field(init=False)
    _resources: list[dict[str, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._zip = ZipFile(self.out, "w")

    def add(self, path: str, content: bytes) -> None:
        """Add a member."""
        self._store(path, [content], ZIP_DEFLATED)

    def add_warc(self, records: Iterable[Record]) -> None:
        """Add the records as one WARC, with its index; they may be many, and are held one by one."""
        lines: list[str] = []

        def packed() -> Iterable[bytes]:
            offset = 0
            for record in records:
                member = record.packed()
                lines.append(line_of(record, offset=offset, length=len(member), filename="data.warc.gz") or "")
                offset += len(member)
                yield member

        self._store(WARC, packed(), ZIP_STORED)
        self._add_index(list(ordered(filter(None, lines))))

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Add the list of pages, in the order given."""
        lines = [{"format": "json-pages-1.0", "id": "pages", "title": "Looks"}]
        lines += [
            {"id": str(number), "url": page.url, "ts": iso(page.at), "title": page.title}
            for number, page in enumerate(pages, 1)
        ]
        self.add(PAGES, "".join(f"{json.dumps(line)}\n" for line in lines).encode())

    def close(self, *, title: str, page: Page) -> None:
        """Add the lists of members with their digests, and end the file; `page` is the one to open first."""
        package = {
            "profile": "data-package",
            "title": title,
            "wacz_version": "1.1.1",
            "software": SOFTWARE,
            "created": iso(self.created),
            "mainPageURL": page.url,
            "mainPageDate": iso(page.at),
            "resources": self._resources,
        }
        described = json.dumps(package, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(described).hexdigest()}"}
        self._store("datapackage.json", [described], ZIP_DEFLATED)
        self._store("datapackage-digest.json", [json.dumps(digest, indent=2).encode()], ZIP_DEFLATED)
        self._zip.close()

    def _add_index(self, lines: list[str]) -> None:
        """Add the index, packed in blocks that are found by the first line of each (ZipNum)."""
        blocks, lookup, offset = [], ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n'], 0
        for start in range(0, len(lines), _LINES):
            packing = zlib.compressobj(9, zlib.DEFLATED, 31)
            block = packing.compress("".join(lines[start : start + _LINES]).encode()) + packing.flush()
            place = {"offset": offset, "length": len(block), "digest": f"sha256:{sha256(block).hexdigest()}"}
            lookup.append(" ".join(lines[start].split(" ", 2)[:2]) + f" {json.dumps(place)}\n")
            blocks.append(block)
            offset += len(block)
        self._store(INDEX, blocks, ZIP_STORED)
        self._store(LOOKUP, ["".join(lookup).encode()], ZIP_DEFLATED)

    def _store(self, path: str, pieces: Iterable[bytes], compression: int) -> None:
        member = ZipInfo(path, self.created.timetuple()[:6])
        member.compress_type, member.external_attr = compression, 0o644 << 16
        digest, size = sha256(), 0
        try:
            with self._zip.open(member, "w", force_zip64=True) as written:
                for piece in pieces:
                    written.write(piece)
                    digest.update(piece)
                    size += len(piece)
        except BaseException:
            self._zip.fp = None  # it ends nothing when it is collected, which would complain of a disk that is full
            raise
        name = path.rpartition("/")[2].lower()
        self._resources.append({"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size})
