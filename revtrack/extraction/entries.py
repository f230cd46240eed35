"""Find the entries of a live blog: units of a body, each with a time or a heading of its own. Knows boxes, not words.

Entries are boxes of one kind, side by side, that hold most of the body between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from revtrack.extraction.blocks import Box, Page
from revtrack.extraction.dates import read_time
from revtrack.extraction.vocabulary import stable_names
from revtrack.model import Entry

_FEWEST = 3
_MOST = 0.5  # of the body's text stands in the entries, and as many of them bear a time or a heading
_HIGHEST = 12  # boxes between a paragraph and the box of its entry
_Entries = dict[Box, list[int]]  # box → indices of the paragraphs in it


def find_entries(page: Page, told: Sequence[int], *, language: str = "", live: bool = False) -> tuple[Entry, ...]:
    """Return the entries of a body, in the order of the page; () where it has none.

    `told` holds, for each paragraph, the order of the block that it was read from. Only what calls itself a live blog
    (`live`) may have entries that bear headings and no times.
    """
    if not live and len(page.head.time_elements) < _FEWEST:
        return ()
    times = _times(page, language)
    best: _Entries = {}
    for entries in _rows_of_boxes(page, told):
        if (
            len(entries) > len(best)
            and _hold_the_body(page, told, entries)
            and _are_told_apart(page, told, entries, times, live=live)
        ):
            best = entries
    return tuple(Entry(indices[0], indices[-1] + 1, times.get(box)) for box, indices in best.items())


def _times(page: Page, language: str) -> dict[Box, datetime]:
    """Return the first time that stands in each box."""
    found: dict[Box, datetime] = {}
    for time in page.head.time_elements:
        read = read_time(time.stated, language=language) if time.order < len(page.blocks) else None
        if read and read[1]:
            for box in page.blocks[time.order].box.upward(_HIGHEST):
                found.setdefault(box, read[0])
    return found


def _rows_of_boxes(page: Page, told: Sequence[int]) -> Iterator[_Entries]:
    """Yield each row of boxes that stand side by side under one box, bear one name and hold paragraphs."""
    rows: dict[tuple[Box, str, str], _Entries] = defaultdict(dict)
    for index, order in enumerate(told):
        for box in page.blocks[order].box.upward(_HIGHEST):
            if box.parent is not None:
                kind = stable_names(box.names).split(" ", 1)[0]
                rows[box.parent, box.tag, kind].setdefault(box, []).append(index)
    yield from (row for row in rows.values() if len(row) >= _FEWEST)


def _hold_the_body(page: Page, told: Sequence[int], entries: _Entries) -> bool:
    size = [len(page.blocks[order].text) for order in told]
    several = any(len(indices) > 1 for indices in entries.values())  # else they are plain paragraphs
    return several and sum(size[i] for indices in entries.values() for i in indices) > _MOST * sum(size)


def _are_told_apart(
    page: Page, told: Sequence[int], entries: _Entries, times: dict[Box, datetime], *, live: bool
) -> bool:
    timed = sum(box in times for box in entries)
    headed = sum(page.blocks[told[indices[0]]].heading > 0 for indices in entries.values())
    return max(timed, headed if live else 0) > _MOST * len(entries)
