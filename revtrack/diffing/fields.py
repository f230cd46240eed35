"""What is compared of two stories beside their bodies: headline, deck, byline, stated publication, and links."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from revtrack.diffing.links import Relinked, find_relinked
from revtrack.model import Block, Story

_TEXTS = ("headline", "deck", "byline")
_SOURCES = ("json-ld", "meta", "time")
"""Where pages state times for machines. Words on the page may count from today, and an address never changes."""


def changed_fields(old: Story, new: Story) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each field that differs, what it was and what it is.

    "published" is in minutes, UTC. It differs where no source of both pages states the time that it stated; alone it is
    none, as it makes no other story: some systems state the time of each look.
    """
    for name in _TEXTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name, before, after
    earlier, later = _published(old), _published(new)
    source = next((source for source in _SOURCES if source in earlier.keys() & later.keys()), "")
    kept = any(earlier[stating] & later[stating] for stating in earlier.keys() & later.keys())
    if source and not kept and old.fingerprint != new.fingerprint:
        yield "published", min(earlier[source]), min(later[source])


def changed_links(old: Story, new: Story, blocks: Sequence[Block]) -> tuple[Relinked, ...]:
    """Return the links that lead elsewhere; like the time of publication they make no other story alone."""
    found = find_relinked(old, new, blocks)
    return found if found and old.fingerprint != new.fingerprint else ()


def _published(story: Story) -> dict[str, set[str]]:
    """Return the times of publication that a page states to the minute, by source."""
    stated: dict[str, set[str]] = defaultdict(set)
    for stamp in story.stamps:
        if stamp.what == "published" and stamp.precise and stamp.source in _SOURCES:
            stated[stamp.source].add(f"{stamp.at:%Y-%m-%d %H:%M} UTC")
    return stated
