"""A fourth set of notes: how content systems mark a late word of the newsroom, and where. Knows pages only.

Each must show at the next look, and nothing else may change with it. They are entered in `FOURTH_NOTES`.
"""

import re
from pathlib import Path
from random import Random
from tomllib import loads

from bench.extraction.edits import Edit, Editing
from bench.extraction.fourth.entering import scrambled
from bench.extraction.fourth.tree import page_of, written
from bench.extraction.splicing import Article

NOTES: dict[str, list[str]] = loads((Path(__file__).parent / "notes.toml").read_text("utf-8"))
_DAY = "24/11/2026"

# Where a note stands, and in what markup: {label} and {text}, or {note} both in one; {x} tells nothing.
_SHAPES = {
    "last paragraph": ("after", "<p>{note}</p>"),
    "last paragraph, all in italics": ("after", "<p><em>{note}</em></p>"),
    "small line behind a rule": ("after", '<hr/><p class="{x}" style="font-size:80%">{note}</p>'),
    "label of a component and text": (
        "after",
        '<div class="{x}" data-component="text-block"><span>{label}</span><div><p>{text}</p></div></div>',
    ),
    "box with an icon": ("after", '<div class="{x}"><svg viewBox="0 0 9 9"></svg><p><b>{label}.</b> {text}</p></div>'),
    "box above the text": ("before", '<div class="{x}"><p>{note}</p></div>'),
    "line under the headline": ("under headline", "<p>{note}</p>"),
    "box under the headline": ("under headline", '<div class="{x}"><strong>{label}</strong><span>{text}</span></div>'),
    "callout in the middle": ("middle", '<div class="{x} callout" role="note"><p>{note}</p></div>'),
    "after the second paragraph, in brackets and italics": ("second", "<p><i>({note})</i></p>"),
    "dated log of changes": (
        "after",
        '<section class="{x}"><h3>{label}</h3><ul><li><time datetime="2026-11-24">'
        + _DAY
        + "</time> {text}</li></ul></section>",
    ),
    "log that folds": ("after", '<details class="{x}"><summary>{label}</summary><div>{text}</div></details>'),
    "aside below the article": ("below", '<aside class="{x}"><h4>{label}</h4><p>{text}</p></aside>'),
    "footer of the article": ("after", '<footer class="{x}"><div>{note}</div></footer>'),
    "between tags and author": (
        "after",
        (
            '<div class="{x}"><a href="/t/1">A</a> <a href="/t/2">B</a></div><div class="{x}"><p>{note}</p></div>'
            '<div class="{x}"><img src="/p.jpg" alt=""/><a href="/by/1">I. F.</a></div>'
        ),
    ),
    "custom element at the end": ("after", '<article-correction date="2026-11-24"><p>{note}</p></article-correction>'),
    "paragraph with a capital label and a dash": ("after", "<p>{LABEL} – {text}</p>"),
    "label alone, then text": ("after", "<p><strong>{label}</strong></p><p>{text}</p>"),
    "two breaks in one paragraph": ("after", '<p class="{x}"><strong>{label}:</strong><br/><br/>{text}</p>'),
    "dagger in a definition": ("after", '<dl class="{x}"><dt>† {label}</dt><dd>{text}</dd></dl>'),
}


def _shaped(place: str, shape: str) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page, base = page_of(article), article.source
        label, text = wording(article.language, random, with_label="label}" in shape.lower())
        note = f"{label}: {text}" if label else text
        parts = {"label": label, "LABEL": label.upper(), "text": text, "note": note, "x": scrambled(random)}
        markup = shape.format(**parts)
        if page is None or not page.put(place, markup):
            return None
        return Edit(
            base, written(page.tree), added=text, around=re.sub(r"<[^>]*>", " ", markup).replace(text, "") or "-"
        )

    return editing


def wording(language: str, random: Random, *, with_label: bool) -> tuple[str, str]:
    """Return label and text of a note."""
    found = NOTES.get(language, NOTES["en"])
    label, _, text = random.choice([note for note in found if note[0] != "|" or not with_label]).partition("|")
    return label, text


FOURTH_NOTES: dict[str, Editing] = {name: _shaped(place, shape) for name, (place, shape) in _SHAPES.items()}
