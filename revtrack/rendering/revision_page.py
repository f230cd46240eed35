"""The page of one revision: what changed, what the page says about it, where both versions come from. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from revtrack.model import Article, Change, FieldDiff, Reason, Revision, Significance, Snapshot
from revtrack.rendering.changes import deed, tell_field, where
from revtrack.rendering.lines import UNTITLED, headline_pieces
from revtrack.rendering.links import Links
from revtrack.rendering.pieces import Pieces, field_pieces, pieces_of
from revtrack.rendering.provenance import Captures, provenance, told_origin
from revtrack.rendering.saying import sayings
from revtrack.rendering.templating import fill
from revtrack.rendering.view import Row, columns, field_label, rows
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import DISCLOSURE, departure, facts, needs_seconds, observed, summary, withdrawn
from revtrack.verdicts.lateness import Late

_SHOWN_CHANGES = 12  # of more, the weightiest; the text itself must not be screens away


@dataclass(frozen=True)
class RevisionPage:
    """What the page of a revision shows.

    `article` is None for two texts that are in no archive. `newest` is the number of the article's newest version.
    `before` and `after` are the snapshots that the two versions were first read from, with or without their bodies.
    `late` are all notes of the article that came later than what they explain. `captures` are those that another
    archive made of the two versions.
    """

    revision: Revision
    article: Article | None = None
    newest: int = 0
    before: Snapshot | None = None
    after: Snapshot | None = None
    side_by_side: bool = False
    late: tuple[Late, ...] = ()
    captures: Captures = (None, None)


class Shown(NamedTuple):
    """A row as the template sets it: in one column (`inline`), and in two."""

    row: Row
    inline: Pieces
    pair: tuple[Pieces, Pieces]
    unchanged: tuple[str, ...]


class ShownField(NamedTuple):
    """A field that differs: what it is called, its anchor on this page, and its text."""

    name: str
    anchor: str
    label: str
    pieces: Pieces


class Told(NamedTuple):
    """A change in words: its place on this page ("" where it has none), the words, and why it matters."""

    where: str
    anchor: str
    deed: str
    why: tuple[str, ...]
    level: Significance


def revision_page(page: RevisionPage, links: Links) -> str:
    """Return the page as HTML. Nothing of the captured page runs, loads or is a link that is not marked as one."""
    revision, diff = page.revision, page.revision.diff
    found = rows(diff)
    told = _told(revision, found)
    return fill(
        "revision.html",
        links,
        page=page,
        revision=revision,
        language=diff.new.language,
        title=visible(diff.new.headline) or UNTITLED,
        headline=headline_pieces(revision),
        fields=_fields(revision),
        summary=summary(revision.verdict),
        facts=facts(revision.verdict),
        described=_described(revision, told),
        observed=(*observed(revision), *_brought_in(page)),
        came_later=_came_later(page),
        explained=[late for late in page.late if late.version == revision.new],
        sayings=sayings(revision),
        withdrawn=withdrawn(revision),
        beside=[visible(text) for text in revision.beside],
        told=_parted(told),
        rows=[_shown(row, revision) for row in found],
        steps=_steps(page, links),
        exact=needs_seconds((revision.after, revision.seen_at, revision.last_seen)),
        provenance=provenance(revision, page.before, page.after, page.captures),
        departure=lambda row: departure(row.place, row.gone_to, row.gone),
    )


def _described(revision: Revision, told: list[Told]) -> str:
    """Return the page in a sentence or two, for who sees only a link to it."""
    heaviest = max(told, key=lambda one: one.level.level, default=None)
    said = " · ".join(facts(revision.verdict)) or (f"{heaviest.where}: {heaviest.deed}" if heaviest else "")
    return " ".join(f"{part.rstrip('.')}." for part in (said, *observed(revision)) if part)


def _fields(revision: Revision) -> list[ShownField]:
    """Return the fields that differ but the headline; the first of a name bears it as its anchor."""
    shown = [field for field in revision.diff.fields if field.field != "headline"]
    names = [field.field for field in shown]
    anchors = (name if name not in names[:place] else f"{name}-{place}" for place, name in enumerate(names))
    return [
        ShownField(field.field, anchor, field_label(field), field_pieces(field))
        for field, anchor in zip(shown, anchors, strict=True)
    ]


def _came_later(page: RevisionPage) -> list[Late]:
    """Return the notes that came later and explain this change; of version 0 where it is not known which brought them.

    Where nobody gathered those of the article, the revision has its own.
    """
    revision, lag = page.revision, page.revision.verdict.lag
    found = [late for late in page.late if late.change == revision.new]
    if found or lag is None or not revision.late:
        return found
    return [Late(revision.new or 0, 0, timedelta(seconds=lag), revision.late)]


def _brought_in(page: RevisionPage) -> Iterator[str]:
    """Yield which versions another saw first, a sentence each: their times are that one's word."""
    for name, look in (("old", page.before), ("new", page.after)):
        if look and look.origin:
            told = told_origin(look.origin)
            yield f"The {name} version was brought in from {told}: its time is what that holder says."


def _shown(row: Row, revision: Revision) -> Shown:
    if row.folded:
        kept = revision.diff.new.paragraphs[row.new[0] : row.new[1]]
        return Shown(row, (), ((), ()), tuple(visible(paragraph.text) for paragraph in kept))
    before, after = columns(row)
    return Shown(row, pieces_of(row.spans), (pieces_of(before), pieces_of(after)), ())


def _told(revision: Revision, found: tuple[Row, ...]) -> list[Told]:
    """Return the changes in reading order, what is said of the whole first."""
    of_change: dict[int | None, list[Reason]] = {}
    for reason in revision.verdict.reasons:
        of_change.setdefault(reason.change, []).append(reason)
    anchors = _Anchors(found)
    fields = {(field.field, field.old, field.new): field for field in revision.diff.fields}
    whole = [
        Told(place, "", become, _judged(reason), reason.significance)
        for reason in of_change.get(None, ())
        if not reason.feature.startswith("note_")  # the notes stand above
        for place, become in _told_whole(reason, fields.get((reason.where, reason.before, reason.after)))
    ]
    return whole + [
        Told(where(change), anchors.of(change), deed(change), _why(reasons) or _tags(change), _level(reasons))
        for index, change in enumerate(revision.diff.changes)
        for reasons in [of_change.get(index, [])]
    ]


def _told_whole(reason: Reason, field: FieldDiff | None) -> Iterator[tuple[str, str]]:
    """Yield what a reason without a change is about, and what it says."""
    if field is None:
        yield visible(reason.where), visible(reason.feature.replace("_", " "))
    else:
        yield from tell_field(field)


class _Anchors:
    """Where on the page the paragraphs of both versions stand."""

    def __init__(self, found: tuple[Row, ...]) -> None:
        hunks = [row for row in found if row.spans]
        self.now = {index: row.anchor for row in hunks for index in range(*row.new)}
        self.was = {index: row.anchor for row in hunks for index in range(*row.old)}

    def of(self, change: Change) -> str:
        """Return the anchor of the row that shows a change."""
        if change.old_paragraph is None and change.new_paragraph is None:
            return change.where
        now = self.now.get(-1 if change.new_paragraph is None else change.new_paragraph, "")
        was = self.was.get(-1 if change.old_paragraph is None else change.old_paragraph, "")
        return (was or now) if change.op == "remove" else (now or was)


def _why(reasons: list[Reason]) -> tuple[str, ...]:
    """Return the reasons of one change in words, the same ones once: "number: substantive, undisclosed"."""
    told = [f"{reason.feature.replace('_', ' ')}: {_judged(reason)[0]}" for reason in reasons]
    return tuple(visible(text) for text in dict.fromkeys(told))


def _judged(reason: Reason) -> tuple[str]:
    """Return the level of a reason and whether it was disclosed, where that is asked."""
    return (f"{reason.significance}" + (f", {DISCLOSURE[reason.disclosure]}" if reason.disclosure.rank else ""),)


def _tags(change: Change) -> tuple[str, ...]:
    return (", ".join(tag.replace("_", " ") for tag in change.tags),) if change.tags else ()


def _level(reasons: list[Reason]) -> Significance:
    levels = (reason.significance for reason in reasons)
    return max(levels, key=lambda level: level.level, default=Significance.COSMETIC)


def _parted(told: list[Told]) -> tuple[list[Told], list[Told]]:
    """Return the changes to show at once and those to fold: of many the weightiest are shown, in reading order."""
    if len(told) <= _SHOWN_CHANGES:
        return told, []
    ranked = sorted(range(len(told)), key=lambda place: -told[place].level.level)  # stable: then as they are read
    wanted = [place for place in ranked if told[place].level.level >= Significance.DETAIL.level][:_SHOWN_CHANGES]
    return [told[place] for place in sorted(wanted)], [told[place] for place in sorted(set(ranked) - set(wanted))]


def _steps(page: RevisionPage, links: Links) -> dict[str, str]:
    """Return the addresses of the steps around this one, by what leads there; those that there are."""
    old, new = page.revision.old, page.revision.new
    if page.article is None or old is None or new is None:
        return {}
    steps = {
        "previous": links.revision(page.article.id, old - 1, old) if old > 1 else "",
        "next": links.revision(page.article.id, new, new + 1) if new < page.newest else "",
        "whole": links.revision(page.article.id, 1, page.newest) if (old, new) != (1, page.newest) else "",
    }
    return {name: address for name, address in steps.items() if address}
