"""A fifth set of notes: further places and markups for a late word of the newsroom. Knows pages only."""

import re
from pathlib import Path
from random import Random
from tomllib import loads

from bench.extraction.edits import Edit, Editing
from bench.extraction.fifth.filling import Filling
from bench.extraction.fourth.tree import page_of, written
from bench.extraction.splicing import Article

NOTES: dict[str, list[str]] = loads((Path(__file__).parent / "notes.toml").read_text("utf-8"))

_SHAPES = {
    "item of footnotes": ("after", '<ul class="footnotes"><li>{note}</li></ul>'),
    "footnote by role": ("after", '<p role="doc-footnote">{note}</p>'),
    "heading and paragraph": ("after", "<h2>{label}</h2><p>{text}</p>"),
    "between two rules": ("after", "<hr/><p>{note}</p><hr/>"),
    "box with an anonymous name": ("after", '<div class="more-info promo-note"><p>{note}</p></div>'),
    "aside in the middle": ("middle", "<aside><h3>{label}</h3><p>{text}</p></aside>"),
    "inserted element": ("after", '<ins datetime="2026-11-24"><p>{note}</p></ins>'),
    "label as a link": ("after", '<p><a href="/corrections">{label}</a>: {text}</p>'),
    "asterisk": ("after", "<p>* {note}</p>"),
    "alert": ("before", '<div class="{x}" role="alert"><span>{note}</span></div>'),
    "row behind the headline": (
        "under headline",
        '<div class="{x}"><div class="{y}"><time>17:14</time></div><div class="{y}">{note}</div></div>',
    ),
    "behind a row of sharing": (
        "after",
        '<div class="{x}"><button>f</button><button>x</button></div><p class="{y}">{note}</p>',
    ),
    "accordion": (
        "after",
        '<div class="{x}"><h3><button>{label}</button></h3><div role="region"><p>{text}</p></div></div>',
    ),
    "bare text behind two breaks": ("after", "<br/><br/>{note}<br/>"),
    "font of an old site": ("after", '<p><font size="1" color="gray">{note}</font></p>'),
    "quotation": ("before", "<blockquote><p>{note}</p></blockquote>"),
    "label with an image": (
        "after",
        '<p class="{x}"><img src="/i/pen.svg" width="16" height="16" alt=""/> <b>{label}</b> {text}</p>',
    ),
    "end of the page's own section": (
        "below",
        '<section class="{x}"><h2>{label}</h2><div class="{y}">{text}</div></section>',
    ),
    "two notes of a box": ("after", '<div class="{x}"><h4>{label}</h4><p>{text}</p><p>{more}</p></div>'),
    "card without words in its name": (
        "after",
        '<div class="card {x}"><div class="card-body"><p>{note}</p></div></div>',
    ),
}


def _shaped(place: str, shape: str) -> Editing:
    def editing(article: Article, random: Random) -> Edit | None:
        page, filling = page_of(article), Filling(article.language, random)
        label, text = _wording(article.language, random, with_label="{label}" in shape)
        note = f"{label}: {text}" if label else text
        filling.update(label=label, text=text, note=note)
        markup = shape.format_map(filling)
        if page is None or not page.put(place, markup):
            return None
        around = re.sub(r"<[^>]*>", " ", markup).replace(text, "") or "-"
        return Edit(article.source, written(page.tree), added=text, around=around)

    return editing


def _wording(language: str, random: Random, *, with_label: bool) -> tuple[str, str]:
    found = NOTES.get(language, NOTES["en"])
    label, _, text = random.choice([note for note in found if note[0] != "|" or not with_label]).partition("|")
    return label, text


FIFTH_NOTES: dict[str, Editing] = {name: _shaped(place, shape) for name, (place, shape) in _SHAPES.items()}
