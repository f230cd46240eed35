"""The pages to judge by: our own invented ones with their written truth, or a file of real ones. Knows no extractor."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Given:
    """A page to judge by: its source, and its headline and paragraphs as a person or its author knows them."""

    name: str
    url: str
    html: str
    paragraphs: tuple[str, ...]
    headline: str = ""

    @property
    def body(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


def invented() -> list[Given]:
    """Return the pages of the corpus: `NAME.html`, and in `NAME.txt` the headline and the paragraphs it should give."""
    pages = []
    for file in sorted(CORPUS.glob("*.html")):
        headline, *paragraphs = file.with_suffix(".txt").read_text("utf-8").strip().split("\n\n")
        url = f"https://{file.stem}.example/news/1"
        pages.append(Given(file.stem, url, file.read_text("utf-8"), tuple(paragraphs), headline))
    return pages


def listed(file: Path, *, limit: int | None = None) -> Iterator[Given]:
    """Yield the pages of a JSON Lines file: `id`, `url`, `body`, and `html_path` (gzip or plain) beside the file."""
    with file.open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            entry = json.loads(line)
            path = file.parent / entry["html_path"]
            received = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            body = tuple(entry["body"].split("\n"))
            yield Given(entry["id"], entry.get("url", ""), received.decode("utf-8", "replace"), body)
