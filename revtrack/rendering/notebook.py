"""Nouns as notebooks show them: a piece of HTML that loads, runs and links nothing and styles nothing but itself. Pure.

Style stands in the attributes of the elements, so that it cannot leak into the page around, and is half transparent, so
that it serves in light and dark.
"""

from collections.abc import Callable, Iterable
from html import escape
from itertools import islice
from typing import Any

from revtrack.model import Diff, Note, Reason, Revision, Story, Verdict
from revtrack.rendering.fragment import diff_fragment, html_fragment
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import DISCLOSURE, clock, count, facts, note_title, summary

_MOST = 12
"""Paragraphs of a story and reasons of a verdict that are shown; their length tells the rest."""
_LONGEST = 600  # characters of a paragraph
_STYLES = {
    "<del>": "background: rgba(220, 50, 47, 0.2)",
    "<ins>": "background: rgba(60, 160, 60, 0.25); text-decoration: none",
    "<blockquote": "margin: 0.5em 0; padding: 0.2em 0.8em; border-left: 3px solid rgba(180, 140, 0, 0.8)",
}
"""How our own elements look; what a page wrote is escaped and holds none of them."""


def render(revision: Revision) -> str:
    """Return verdict, notes and changed paragraphs of a revision as one element."""
    return f"{show(revision)}\n"


def show(noun: Revision | Diff | Story | Verdict | Note) -> str:
    """Return a noun as one element of HTML, everything that a page wrote escaped."""
    shown = _SHOWN[type(noun)](noun)
    for opening, style in _STYLES.items():
        bare = opening.rstrip(">")
        shown = shown.replace(opening, f'{bare} style="{style}"{opening[len(bare) :]}')
    return f'<div class="revtrack" style="max-width: 50em; line-height: 1.5">\n{shown}\n</div>'


def _story(story: Story) -> str:
    times = [f"{what} {clock(at)}" for what, at in (("published", story.published), ("modified", story.modified)) if at]
    told = [visible(story.byline), *times, count(len(story.paragraphs), "paragraph"), visible(story.canonical_url)]
    parts = [
        f'<p dir="auto"><strong>{_text(story.headline) or "(no headline)"}</strong></p>',
        *([f'<p dir="auto"><em>{_text(story.deck)}</em></p>'] if story.deck else []),
        f"<p>{' · '.join(escape(fact) for fact in told if fact)}</p>",
        *map(_note, story.notes),
        *(f'<p dir="auto">{_text(paragraph.text)}</p>' for paragraph in story.paragraphs[:_MOST]),
        *_more(len(story.paragraphs), "paragraph"),
    ]
    return "\n".join(parts)


def _verdict(verdict: Verdict) -> str:
    told = " · ".join(map(escape, facts(verdict)))
    lines = "".join(f"<tr>{_cells(reason)}</tr>\n" for reason in islice(verdict.reasons, _MOST))
    heads = "".join(f"<th>{name}</th>" for name in ("reason", "where", "before", "after", "matters", "disclosed"))
    parts = [f"<p><strong>{summary(verdict)}</strong>{': ' if told else ''}{told}</p>"]
    if verdict.events:
        parts.append(f"<p>{escape(visible(', '.join(verdict.events)).replace('_', ' '))}</p>")
    if lines:
        parts.append(f"<table>\n<tr>{heads}</tr>\n{lines}</table>")
    return "\n".join([*parts, *_more(len(verdict.reasons), "reason")])


def _cells(reason: Reason) -> str:
    told = (reason.feature.replace("_", " "), reason.where, reason.before, reason.after, reason.significance.value)
    cells: Iterable[str] = (*map(_text, told), DISCLOSURE[reason.disclosure])
    return "".join(f'<td dir="auto">{cell}</td>' for cell in cells)


def _note(note: Note) -> str:
    return f'<blockquote dir="auto"><strong>{note_title(note)}:</strong> {_text(note.text)}</blockquote>'


def _text(text: str) -> str:
    return escape(visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"))


def _more(number: int, noun: str) -> list[str]:
    return [f"<p><em>… {count(number - _MOST, f'further {noun}')}</em></p>"] if number > _MOST else []


_SHOWN: dict[type, Callable[[Any], str]] = {
    Revision: html_fragment,
    Diff: diff_fragment,
    Story: _story,
    Verdict: _verdict,
    Note: _note,
}
