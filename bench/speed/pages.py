"""Pages to look at again and again: as they are, edited, with chrome that differs at every fetch. Knows no server."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from random import Random

from bench.extraction.edits import BODY_EDITS
from bench.extraction.given import Given, invented, listed
from bench.extraction.splicing import locate

SIZE = 160 << 10
"""Bytes of an invented page: what a page of news has."""
_WORDS = "harbour council ferry budget school bridge market river strike museum tunnel clinic election orchard".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Edited:
    """A page before and after an edit of its body."""

    before: str
    after: str


def make(number: int, files: list[Path]) -> list[Edited]:
    """Return so many pages: real ones from JSON Lines files, else invented ones."""
    given = (page for file in files for page in listed(file)) if files else _padded()
    return list(islice((edited for page in given if (edited := _edit(page))), number))


def _padded() -> Iterator[Given]:
    """Yield the invented pages, over and over, each made as large as real ones by scripts, menus and other articles."""
    for seed, page in zip(count(), cycle(invented())):
        random = Random(seed)  # noqa: S311 - pages, not secrets
        links = "".join(f'<li><a href="/{n}">{_title(random)}</a></li>' for n in range(200))
        menus = f'<nav class="menu"><ul>{links}</ul></nav><p hidden>{seed}</p>'
        state = [random.random() for _ in range((SIZE - len(page.html) - len(menus)) // 20)]
        script = f"<script>window.state={state}</script>"
        head, end, rest = page.html.partition("</head>")
        body, close, tail = rest.rpartition("</body>")
        yield Given(
            page.name, page.url, f"{head}{script}{end}{body}{menus}{close}{tail}", page.paragraphs, page.headline
        )


def _edit(page: Given) -> Edited | None:
    """Return a page and an edit of it, None where its text is not found in its source."""
    article = locate(page.html, page.body)
    if article is None:
        return None
    random = Random(page.name)  # noqa: S311 - pages, not secrets
    made = (editing(article, random) for editing in (BODY_EDITS["digit_changed"], BODY_EDITS["word_changed"]))
    edit = next(filter(None, made), None)
    return Edited(edit.first, edit.second) if edit else None


def with_noise(page: str, serial: int) -> str:
    """Return a page with what changes on real ones without any edit: ids, a counter, other articles' headlines."""
    random = Random(serial)  # noqa: S311 - pages, not secrets
    head = f'<meta name="request-id" content="{serial:016x}"><script nonce="{serial:08x}">window.t={serial}</script>'
    most = "".join(f'<li><a href="/{random.randrange(9999)}">{_title(random)}</a></li>' for _ in range(5))
    foot = (
        f'<div class="comments-count">Comments ({random.randrange(500)})</div>'
        f'<aside class="most-read"><h4>Most read</h4><ul>{most}</ul></aside>'
    )
    before, opening, after = page.partition("</head>")
    body, closing, tail = after.rpartition("</body>")
    return f"{before}{head}{opening}{body}{foot}{closing}{tail}"


def _title(random: Random) -> str:
    return html.escape(" ".join(random.choices(_WORDS, k=6)).capitalize())
