"""The page of a source, and that of all sources: how their articles are edited, in numbers each with its n. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from revtrack.rendering.fronts import Choice, Choices
from revtrack.rendering.lines import ListLine
from revtrack.rendering.links import Links
from revtrack.rendering.templating import fill
from revtrack.rendering.wording import count, span

_LEAST = 10
"""Of fewer, no share is told in per cent."""
_SHADES = 4
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """How the articles of one source are edited, in counts: the fields of `archive.values.Habits`."""

    source: str
    articles: int
    read: int
    edited: int
    revisions: int
    substantive: int
    silent: int
    retitled: int
    gone: int
    lags: tuple[float, ...]
    week: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with its newest changes, weightiest first; `name` is what a reader calls it."""

    facts: SourceFacts
    name: str
    lines: Sequence[ListLine]
    choices: tuple[Choices, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The sources, each with the address of its page. `unread` says which sites could not be read at the last look."""

    sources: Sequence[tuple[SourceFacts, str]]
    pages: tuple[Choice, ...] = ()
    unread: str = ""


class Cell(NamedTuple):
    """An hour of the week: where it is drawn, in per cent and rows, its shade (0 to 4), and what is told of it."""

    x: str
    row: int
    shade: int
    told: str


def source_page(page: SourcePage, links: Links) -> str:
    """Return the page of one source as HTML."""
    facts = page.facts
    return fill(
        "source.html",
        links,
        page=page,
        told=list(tell(facts)),
        cells=_cells(facts.week),
        days=_DAYS,
        busiest=busiest(facts),
    )


def sources_page(page: SourcesPage, links: Links) -> str:
    """Return the page of all sources as HTML."""
    return fill("sources.html", links, page=page, share=share)


def share(part: int, whole: int) -> str:
    """Return a share with its n, in per cent only where that is of enough: "45% (53 of 118)", "3 of 4"."""
    if not whole:
        return "none yet"
    return f"{part / whole:.0%} ({part:,} of {whole:,})" if whole >= _LEAST else f"{part} of {whole}"


def tell(facts: SourceFacts) -> Iterator[tuple[str, str, str]]:
    """Yield what is known of a source: what it is, how much, and of what that was counted."""
    yield "Articles followed", f"{facts.articles:,}", f"{facts.read:,} of them read"
    yield "Articles edited", share(facts.edited, facts.read), f"{count(facts.revisions, 'revision')} seen"
    silent = "no note at any look, or only a time stamp that moved"
    yield "Substantive edits without a note", share(facts.silent, facts.substantive), silent
    lag = span(timedelta(seconds=median(facts.lags))) if facts.lags else "none yet"
    yield "Notes that came later, median lag", lag, f"n = {len(facts.lags):,}"
    yield "Edits that touched the headline", share(facts.retitled, facts.revisions), "of all revisions"
    yield "Pages found gone", share(facts.gone, facts.read), "of the articles read, those that came back included"


def busiest(facts: SourceFacts) -> str:
    """Return in words how many changes were found, and in which hour most, where one stands out; "" for none."""
    found, most = sum(facts.week), max(facts.week, default=0)
    if not found:
        return ""
    if most < _LEAST or facts.week.count(most) > 1:
        return f"{count(found, 'change')}."
    return f"{count(found, 'change')}, {most:,} of them on {_hour(facts.week.index(most))}."


def _cells(week: tuple[int, ...]) -> list[Cell]:
    most = max(week, default=0)
    return [
        Cell(
            x=f"{hour % 24 * 100 / 24:.3f}",
            row=hour // 24,
            shade=-(-number * _SHADES // most) if most else 0,
            told=f"{_hour(hour)}: {count(number, 'change')}",
        )
        for hour, number in enumerate(week)
    ]


def _hour(hour: int) -> str:
    return f"{_DAYS[hour // 24]} {hour % 24:02}–{hour % 24 + 1:02} UTC"
