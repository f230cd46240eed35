"""Which lists of changes a site has: all, those of one kind, of a source, of a language; each with its months. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from revtrack.archive.values import Only, Selection
from revtrack.rendering.wording import clock
from revtrack.site.addresses import source_key

_SAID = {
    Only.UNDISCLOSED: ("Undisclosed", "Changes of substance without any note on the page at any look."),
    Only.UNEXPLAINED: (
        "Unexplained",
        "Changes of substance that no note explains: there is none, a vague one, or only a new time stamp.",
    ),
    Only.NOTES: ("With a note", "Changes that came with a note of them: a correction, clarification, update, removal."),
    Only.HEADLINE: ("Headline", "Changes that touched a headline."),
    Only.REMOVED: ("Removed", "Changes by which something is gone and nothing came in its place."),
    Only.REVERTS: ("Reverts", "Changes back to a text that had stood before."),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: the folder of its pages, its short name, its title, what it holds, and what it selects."""

    folder: str
    name: str
    title: str
    told: str
    selection: Selection


ALL = Listing("changes", "All", "Changes", "All changes that were seen.", Selection())
KINDS = (ALL, *(Listing(only.value, name, name, told, Selection(only=only)) for only, (name, told) in _SAID.items()))
LEDGER = Listing(
    "ledger",
    "Notes",
    "Publishers’ notes",
    "Every note of an edit that was seen.",
    Selection(only=Only.NOTES, firsts=True),
)


def of_language(code: str) -> Listing:
    """Return the list of the changes of articles in a language."""
    told = f"Changes of articles in the language “{code}”."
    return Listing(f"languages/{code}", code, f"Changes: {code}", told, Selection(language=code))


def of_source(source: str, name: str) -> Listing:
    """Return the list of the changes of a source's articles."""
    told = f"Changes of articles of {name}."
    return Listing(f"sources/{source_key(source)}", name, f"Changes: {name}", told, Selection(source=source))


def in_month(selection: Selection, month: str) -> Selection:
    """Return a selection, of one month ("2024-11") alone."""
    year, number = map(int, month.split("-"))
    following = (year + 1, 1) if number == 12 else (year, number + 1)
    return replace(selection, since=datetime(year, number, 1, tzinfo=UTC), until=datetime(*following, 1, tzinfo=UTC))


def of_last_day(newest: datetime) -> Listing:
    """Return the list of what was seen in the last day before the newest look, by whatever clock it is read."""
    told = f"What was seen in the 24 hours before the last look, {clock(newest)}."
    since = Selection(since=newest - timedelta(hours=24))
    return Listing("recent", "Last 24 hours", "The last 24 hours", told, since)


def folders_of(source: str, language: str, kinds: Iterable[Listing]) -> set[str]:
    """Return the folders of the lists that hold changes of such a source and language, and of such kinds."""
    return {listing.folder for listing in (*kinds, of_source(source, ""), of_language(language))}
