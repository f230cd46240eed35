"""Measure headline, authors and date of publication on pages with known truth, beside other libraries in the same run.

    python bench/metadata.py --pages pages.jsonl [--engines revtrack,trafilatura,…] [--wrong] [--limit N]

A line of the file is one page: `url`; its markup as `html` or in the file `html_path` (beside the list, `.gz` or not);
and what is true of it: `title`, `authors` (a list, or a list written as Python does), `published` (ISO 8601). A field
that is missing or null is not measured on that page. Suited are, for example, the test pages of newspaper4k.

A headline is right when it says the same but for case and glyphs of quotes and dashes, authors when the set of names is
the same, a date when the day is, in the zone of the truth. `modified` counts the pages for which an engine states a
time of change. CPU is for the metadata alone where a library offers them alone, and for the whole reading in revtrack
and newspaper. Libraries that are not installed are left out.
"""

import argparse
import ast
import gzip
import importlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from revtrack import extract
from revtrack.text import fold


@dataclass(frozen=True)
class Said:
    """What an engine says of a page, None where it never does; `published` is ISO 8601, "2024-11-20" for a day."""

    headline: str | None = None
    authors: frozenset[str] | None = None
    published: str = ""
    modified: bool = False


@dataclass
class Tally:
    """How often an engine was asked and right, by field, and what it took."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    cpu: float = 0.0


def main() -> None:
    """Print one line an engine."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pages", nargs="+", type=Path, required=True)
    asked.add_argument("--engines", default=",".join(ENGINES))
    asked.add_argument("--limit", type=int)
    asked.add_argument("--wrong", action="store_true", help="list what each engine has wrong")
    options = asked.parse_args()
    pages = [page for path in options.pages for page in _read_pages(path, options.limit)]
    print(
        f"{len(pages)} pages\n{'engine':12} {'headline':>9} {'author':>9} {'published':>9} {'modified':>9} {'CPU s':>8}"
    )
    for name in options.engines.split(","):
        module, ask = ENGINES[name]
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"{name:12} is not installed")
            continue
        print(_line(name, _measure(name, ask, pages, wrong=options.wrong)))


def _read_pages(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            page = json.loads(line)
            if "html" not in page:
                source = (path.parent / page["html_path"]).read_bytes()
                page["html"] = gzip.decompress(source) if page["html_path"].endswith(".gz") else source
            yield page


def _measure(name: str, ask: Callable[[Any, str], Said], pages: list[dict[str, Any]], *, wrong: bool) -> Tally:
    tally = Tally()
    for page in pages:
        began = time.process_time()
        try:
            said = ask(page["html"], page["url"])
        except Exception as error:  # noqa: BLE001 - whatever a library raises, it has not answered
            said = Said("", frozenset())
            print(f"{name}: {page['url']}: {error!r:.100}")
        tally.cpu += time.process_time() - began
        tally.right["modified"] += said.modified
        for what, true, is_right in _compare(page, said):
            tally.asked[what] += 1
            tally.right[what] += is_right
            if wrong and not is_right:
                print(
                    f"{name} {what:9} {page['url'][:70]}\n    said {getattr(said, what)!r:.160}\n    true {true!r:.160}"
                )
    return tally


def _compare(page: dict[str, Any], said: Said) -> Iterator[tuple[str, Any, bool]]:
    """Yield each field of which the truth is known: its name, what is true, and whether the engine is right."""
    if page.get("title") and said.headline is not None:
        yield "headline", page["title"], _plain(said.headline) == _plain(page["title"])
    authors = page.get("authors")
    if authors is not None and said.authors is not None:
        true = _names(ast.literal_eval(authors) if isinstance(authors, str) else authors)
        yield "authors", sorted(true), true == said.authors
    if page.get("published"):
        true_day = str(page["published"])[:10]
        yield (
            "published",
            page["published"],
            said.published == true_day or _in_zone_of(page["published"], said) == true_day,
        )


def _in_zone_of(true: str, said: Said) -> str:
    """Return the day that an engine states, in the zone that the truth is written in."""
    zone = datetime.fromisoformat(true).tzinfo
    if "T" not in said.published:
        return said.published
    return datetime.fromisoformat(said.published).astimezone(zone).date().isoformat()


def _line(name: str, tally: Tally) -> str:
    fields = ("headline", "authors", "published")
    shares = [f"{tally.right[what] / n:9.1%}" if (n := tally.asked[what]) else f"{'–':>9}" for what in fields]
    return f"{name:12} {' '.join(shares)} {tally.right['modified']:9} {tally.cpu:8.2f}"


def _plain(text: str) -> str:
    return fold(text).casefold()


def _names(names: Any) -> frozenset[str]:  # noqa: ANN401 - whatever a list of pages holds
    return frozenset(_plain(name) for name in names if name)


def _ask_revtrack(html: bytes, url: str) -> Said:
    story = extract(html, url=url)
    stamp = next((stamp for stamp in story.stamps if stamp.what == "published"), None)
    day = "" if stamp is None else stamp.at.isoformat() if stamp.precise else stamp.at.date().isoformat()
    return Said(story.headline, _names(story.authors), day, story.modified is not None)


def _ask_trafilatura(html: bytes, url: str) -> Said:
    trafilatura: Any = importlib.import_module("trafilatura")

    found = trafilatura.extract_metadata(html, default_url=url)
    return Said(found.title or "", _names((found.author or "").split("; ")), found.date or "")


def _ask_htmldate(html: bytes, url: str) -> Said:
    htmldate: Any = importlib.import_module("htmldate")

    return Said(published=htmldate.find_date(html, original_date=True, url=url) or "")


def _ask_newspaper(html: bytes | str, url: str) -> Said:
    newspaper: Any = importlib.import_module("newspaper")

    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html if isinstance(html, str) else html.decode("utf-8", "replace"))
    article.parse()
    published = article.publish_date.isoformat() if article.publish_date else ""
    return Said(article.title or "", _names(article.authors), published)


ENGINES: dict[str, tuple[str, Callable[[Any, str], Said]]] = {
    "revtrack": ("revtrack", _ask_revtrack),
    "trafilatura": ("trafilatura", _ask_trafilatura),
    "htmldate": ("htmldate", _ask_htmldate),
    "newspaper": ("newspaper", _ask_newspaper),
}

if __name__ == "__main__":
    main()
