"""Versions as sentences, and which sentence became which: the tables of the NewsEdits corpus. Pure.

The tables and their columns are named as in that corpus (Spangher and others, NAACL 2022): `entryversion`,
`split_sentences`, `matched_sentences`; `revisions` and `looks` hold what it has no table for, our verdicts and what
they rest on. Versions count from 1.

Two sentences match where the diff keeps or moves at least half of the shorter one's letters from one to the other: so
a sentence that was split matches both its parts. Labels are those of the corpus: Unchanged, Edit, Refactor (moved),
Addition, Deletion.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from revtrack.archive.values import Look
from revtrack.forms import iso
from revtrack.model import Article, Diff, Op, Revision, Story, Version
from revtrack.rendering.tables import host_named, told_of
from revtrack.text import sentences

TOLD = (
    *("headline", "headline_before", "facts", "note_kinds", "lag_hours", "age_hours"),
    *("looks", "last_seen", "revert_of", "flapping", "url", "host"),
)
"""What a report's table has too, under the same names."""
COLUMNS = {
    "entryversion": (
        *("source", "entry_id", "version", "url", "title", "summary", "byline", "published", "created", "last_seen"),
        *("looks", "num_versions", "revert_of", "flapping", "notes", "same_as"),
    ),
    "split_sentences": ("source", "entry_id", "version", "sent_idx", "sentence", "kind"),
    "matched_sentences": (
        *("source", "entry_id", "version_x", "version_y", "sent_idx_x", "sent_idx_y"),
        *("avg_sentence_distance_x", "avg_sentence_distance_y", "label"),
    ),
    "revisions": (
        *("source", "entry_id", "version_x", "version_y", "after", "seen_at", "significance", "disclosure"),
        *("features", "events", "notes"),
        *TOLD,
    ),
    "looks": ("source", "entry_id", "look", "at", "outcome", "reason", "status", "version", "origin", "place"),
}
"""The tables and their columns."""
_SAME = 0.5

Cell = str | int | float | None
Row = tuple[str, tuple[Cell, ...]]
"""The name of a table and the cells of one of its rows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a story: the characters it takes of the paragraphs joined by one line feed, and its letters."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def letters(self) -> int:
        """How many characters it has that are no blanks."""
        return sum(not character.isspace() for character in self.text)


@dataclass(frozen=True, slots=True)
class Match:
    """Two sentences by their places, None on the side where there is none; distances are 0 for the same, to 1."""

    old: int | None
    new: int | None
    old_distance: float | None
    new_distance: float | None
    label: str


def version_rows(article: Article, version: Version) -> Iterator[Row]:
    """Yield the rows of one version: itself, then its sentences."""
    source, story = host_named(article), version.story
    notes = "\n".join(note.text for note in story.notes)
    yield (
        "entryversion",
        (
            *(source, article.id, version.number, article.url, story.headline, story.text, story.byline),
            *(iso(story.published) if story.published else None, iso(version.first_seen), iso(version.last_seen)),
            *(version.looks, article.versions, version.revert_of, int(version.flapping), notes, article.same_as),
        ),
    )
    for place, sentence in enumerate(split(story)):
        yield "split_sentences", (source, article.id, version.number, place, sentence.text, sentence.kind)


def revision_rows(article: Article, revision: Revision) -> Iterator[Row]:
    """Yield the rows of one step between versions: how it was judged, then which sentence became which."""
    step = (host_named(article), article.id, revision.old, revision.new)
    told = {**told_of(revision), "url": article.url, "host": host_named(article)}
    yield (
        "revisions",
        (
            *step,
            iso(revision.after) if revision.after else None,
            iso(revision.seen_at) if revision.seen_at else None,
            *(told[name] for name in ("significance", "disclosure", "features", "events")),
            "\n".join(note.text for note in revision.notes),
            *(told[name] for name in TOLD),
        ),
    )
    for match in matched(revision.diff):
        cells = (match.old, match.new, match.old_distance, match.new_distance, match.label)
        yield "matched_sentences", (*step, *cells)


def look_row(article: Article, look: Look) -> Row:
    """Return the row of one look, whatever came of it; `version` is None where no version was found or believed."""
    seen, origin = look.snapshot, look.snapshot.origin
    return (
        "looks",
        (
            *(host_named(article), article.id, seen.id, iso(seen.fetched_at), seen.outcome.value, seen.reason),
            *(seen.status, look.version, origin.kind if origin else "", origin.place if origin else ""),
        ),
    )


def split(story: Story) -> list[Sentence]:
    """Return the sentences of a story's paragraphs, in order."""
    found, offset = [], 0
    for paragraph in story.paragraphs:
        for start, end in sentences(paragraph.text):
            text = paragraph.text[start:end].rstrip()
            if text:
                found.append(Sentence(offset + start, offset + end, text, paragraph.kind.value))
        offset += len(paragraph.text) + 1
    return found


def matched(diff: Diff) -> Iterator[Match]:
    """Yield every match between the sentences of two stories, and those that have none: the old ones first."""
    old, new = split(diff.old), split(diff.new)
    shared, moved = _shared(diff, old, new)
    pairs = {
        pair: kept
        for pair, kept in shared.items()
        if kept >= _SAME * min(old[pair[0]].letters, new[pair[1]].letters) > 0
    }
    with_old, with_new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    for place in range(len(old)):
        if place not in with_old:
            yield Match(place, None, None, None, "Deletion")
    for (one, other), kept in sorted(pairs.items()):
        is_same = old[one].text == new[other].text
        label = "Edit" if not is_same else "Refactor" if moved.get((one, other), 0) * 2 > kept else "Unchanged"
        distances = (round(1 - kept / old[one].letters, 4), round(1 - kept / new[other].letters, 4))
        yield Match(one, other, *distances, label)
    for place in range(len(new)):
        if place not in with_new:
            yield Match(None, place, None, None, "Addition")


Shared = dict[tuple[int, int], int]


def _shared(diff: Diff, old: list[Sentence], new: list[Sentence]) -> tuple[Shared, Shared]:
    """Return how many letters each two sentences share, and how many of those moved."""
    shared: Shared = {}
    moved: Shared = {}
    old_starts, new_starts = [sentence.start for sentence in old], [sentence.start for sentence in new]
    for segment in diff.segments:
        if segment.op not in {Op.KEEP, Op.MOVE}:
            continue
        at, end, step = segment.old_start, segment.old_end, segment.new_start - segment.old_start
        while at < end:
            one, other = bisect_right(old_starts, at) - 1, bisect_right(new_starts, at + step) - 1
            cut = min(end, _next(old_starts, one), _next(new_starts, other) - step)
            letters = sum(not character.isspace() for character in diff.old_text[at:cut])
            if one >= 0 and other >= 0 and letters:
                shared[one, other] = shared.get((one, other), 0) + letters
                if segment.op is Op.MOVE:
                    moved[one, other] = moved.get((one, other), 0) + letters
            at = cut
    return shared, moved


def _next(starts: list[int], place: int) -> int:
    return starts[place + 1] if place + 1 < len(starts) else 1 << 62


def rows_of(
    article: Article, versions: Iterable[Version], revisions: Iterable[Revision], looks: Iterable[Look] = ()
) -> Iterator[Row]:
    """Yield all rows of one article: its versions, the steps between them, and the looks at it."""
    for version in versions:
        yield from version_rows(article, version)
    for revision in revisions:
        yield from revision_rows(article, revision)
    for look in looks:
        yield look_row(article, look)
