"""A large file of records, as a crawler writes it: pages of invented articles among pictures. Knows no importer."""

import gzip
import random
import uuid
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path

from bench.backfill.history import begin, edit, page


def write_records(file: Path, *, size: int, articles: int = 40, seed: int = 5) -> int:
    """Write about so many bytes of records, each packed alone; return how many of them are pages."""
    chance = random.Random(seed)  # noqa: S311 - to be drawn again
    pieces = [begin(number, chance) for number in range(articles)]
    picture = chance.randbytes(200_000)
    at, pages = datetime(2024, 1, 1, tzinfo=UTC), 0
    with file.open("wb") as out:
        while out.tell() < size:
            at += timedelta(seconds=30)
            piece = chance.choice(pieces)
            if chance.random() < 0.1:
                edit(piece, chance)
            text = page(piece, chance, pieces.index(piece) % 3).encode()
            out.write(gzip.compress(_record(piece.url, at, "text/html; charset=utf-8", text), 1))
            out.write(gzip.compress(_record(f"{piece.url}/{pages}.png", at, "image/png", picture[pages % 9999 :]), 0))
            pages += 1
    return pages


def _record(url: str, at: datetime, kind: str, body: bytes) -> bytes:
    digest = b32encode(sha1(body, usedforsecurity=False).digest()).decode()
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url} {at}')}>",
        "WARC-Target-URI": url,
        "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "WARC-Payload-Digest": f"sha1:{digest}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"
