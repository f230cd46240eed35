"""A second set of notes, written blind: other places, other wordings, 22 languages. Knows pages, not the extractor.

Each must show at the next look, and nothing else may change with it. They are entered in `SECOND_NOTES`; why each is
there stands in its docstring. Each language's notes come round in turn: over the pages of one language, and over all
places, every wording is used.
"""

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.extraction.edits import Edit, Editing
from bench.extraction.splicing import BLOCKS, Article, Element, splice, upward

NOTES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "notes.toml").read_text("utf-8"))
SECOND_NOTES: dict[str, Editing] = {}
_COLONS = {"fr": " : ", "ja": "：", "zh": "："}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a note stands, and in what markup.

    What is between ⟦ and ⟧ is there at the second look alone, all of it if there are none. {label} and {text} are the
    note's parts, {note} is both in one, {x} a hashed name. `free` is a place where a fair judge is content if the note
    shows as text of the body, since it stands within a paragraph or the head.
    """

    place: str
    markup: str
    why: str
    free: bool = False


_SHAPES = {
    "small print behind a break": Shape(
        "in last", "<br><small>{note}</small>", "The last paragraph goes on after a break, in small print.", free=True
    ),
    "last paragraph in italics": Shape(
        "after", "<p><em>{note}</em></p>", "The commonest form of all: one more paragraph, in italics."
    ),
    "small font size": Shape(
        "after", '<p class="has-small-font-size">{note}</p>', "A paragraph of the block editor, set small."
    ),
    "group of blocks": Shape(
        "after",
        '<div class="wp-block-group has-pale-cyan-blue-background-color has-background is-layout-constrained">'
        '<div class="wp-block-group__inner-container"><p><strong>{label}</strong></p><p>{text}</p></div></div>',
        "A coloured group of the block editor: the label a paragraph of its own.",
    ),
    "section with an unseen label": Shape(
        "after", '<section aria-label="{label}"><p>{text}</p></section>', "The label is there for screen readers only."
    ),
    "bracket in the lead": Shape("in first", " [{note}]", "A bracket at the end of the first paragraph.", free=True),
    "first words of the body": Shape(
        "at first", "<em>{note}</em> ", "The first paragraph begins with the note, in italics.", free=True
    ),
    "footnote of the article": Shape(
        "after", '<div class="article__footnote"><p>{note}</p></div>', "A footnote named as such by its class alone."
    ),
    "between byline and time": Shape(
        "time", '<span class="css-{x}">{note}</span>', "In the meta line, before the time.", free=True
    ),
    "within the figure": Shape(
        "middle",
        '<figure class="wp-block-image"><picture><source srcset="/w.webp"><img src="/w.jpg" alt=""></picture>'
        "⟦<p>{note}</p>⟧<figcaption>L. Orme</figcaption></figure>",
        "A note on a picture, between the picture and its credit.",
    ),
    "item of a change log": Shape(
        "after",
        '<div class="versions"><h4>v1.2</h4><ul><li><time datetime="2024-06-03T07:00">03.06.2024 07:00</time> v1.0</li>'
        "⟦<li><b>{label}</b> {text}</li>⟧</ul></div>",
        "A list of versions at the end gets one item more.",
    ),
    "heading and list": Shape(
        "after", "<h4>{label}</h4><ul><li>{text}</li></ul>", "Corrections as a list below a small heading."
    ),
    "dated definition behind a rule": Shape(
        "after",
        '<hr class="wp-block-separator"><dl><dt><time datetime="2024-06-04">04.06.2024</time></dt><dd>{note}</dd></dl>',
        "A date and what was done on it, behind a rule.",
    ),
    "role of a note": Shape(
        "before",
        '<div role="note" class="mt-4 rounded border-l-4 border-amber-500 bg-amber-50 p-4 text-sm">'
        '<span class="font-bold">{label}</span> {text}</div>',
        "A box in utility classes above the text, named by its role alone.",
    ),
    "marked text": Shape("after", "<p><mark>{note}</mark></p>", "Highlighted as with a marker pen."),
    "dated insertion": Shape(
        "middle",
        '<p><ins datetime="2024-06-03T14:20:00Z">{note}</ins></p>',
        "A blog's way: a dated insertion where the matter stands in the text.",
    ),
    "behind an embedded post": Shape(
        "after",
        '<blockquote class="twitter-tweet" data-dnt="true"><p dir="ltr">The sluice is shut, and so am I.</p>'
        '&mdash; D. W. (@weir) <a href="https://x.example/weir/status/1">1.6.2024</a></blockquote>'
        '<script async src="https://x.example/w.js"></script>⟦<p>{note}</p>⟧',
        "Behind a post that closes the text.",
    ),
    "yellow table of an old site": Shape(
        "after",
        '<table width="100%" border="0" cellpadding="6"><tr><td bgcolor="#ffffcc"><font size="-1"><b>{label}</b> '
        "{text}</font></td></tr></table>",
        "Layout by tables: a yellow cell with small letters.",
    ),
    "second headline": Shape(
        "below h1", '<h2 class="c-subheadline">{note}</h2>', "Under the headline as if it were a deck.", free=True
    ),
    "behind the author's box": Shape(
        "after",
        '<div class="author-box"><img src="/a.jpg" alt=""><a href="/by/orre">T. Orre</a></div>'
        '⟦<div class="{x}"><p>{note}</p></div>⟧',
        "Under the box of the author, where pages seem to be over.",
    ),
    "grey lines in utility classes": Shape(
        "below",
        '<div class="not-prose my-8 text-xs leading-5 text-gray-500">'
        '<span class="font-semibold uppercase">{label}</span><span> {text}</span></div>',
        "Outside of the article's box, two spans and no paragraph.",
    ),
    "block of text among blocks": Shape(
        "after",
        '<div data-component="text-block" class="ssrcss-{x}-RichTextComponentWrapper"><div><p class="ssrcss-{x}1">'
        '<b class="ssrcss-{x}2">{label}</b>: {text}</p></div></div>',
        "A broadcaster's way: a block like all others, its label in bold.",
    ),
    "module of rich text": Shape(
        "after",
        '<div class="RichTextModule"><div class="RichTextModule-items RichTextBody"><hr><p><i>{note}</i></p></div>'
        "</div>",
        "A module of its own with a rule and italics.",
    ),
    "field of a node": Shape(
        "below",
        '<div class="field field--name-field-note field--type-text-long field--label-above"><div class="field__label">'
        '{label}</div><div class="field__item"><p>{text}</p></div></div>',
        "A field of the content system, label and item in boxes.",
    ),
    "bullet in a footer": Shape(
        "after", '<footer class="dcr-{x}"><p><em>• {note}</em></p></footer>', "A bullet and italics at the very end."
    ),
    "strip above the headline": Shape(
        "above h1", '<div class="css-{x}"><span>{note}</span></div>', "A strip over the headline, for grave cases."
    ),
    "pulled to the side": Shape(
        "middle",
        '<aside class="pullout align-right"><h4>{label}</h4><p>{text}</p></aside>',
        "A box in the text at the height of what it is about.",
    ),
    "box with a link to the rules": Shape(
        "after",
        '<div class="c-box c-box--{x}"><p>{note}</p><p><a href="/corrections">{label}</a></p></div>',
        "The note, and under it a link to the house's page of its kind.",
    ),
    "in the line of the desk": Shape(
        "after",
        "<p><i>(T. Orre, L. Orme; M. Marsh)⟦ {note}⟧</i></p>",
        "Behind the names of those who wrote and edited, in one paragraph.",
    ),
    "red and centred": Shape(
        "before",
        '<center><font color="#cc0000" size="2"><b>{note}</b></font></center>',
        "An old site's way: red, bold and centred over the text.",
    ),
}


def _note(article: Article, name: str) -> tuple[str, str]:
    """Return the label and text whose turn it is at a place, in the page's language.

    In free places labels are short, for there they count as words that came with the note.
    """
    shape = _SHAPES[name]
    labelled, most = "{label}" in shape.markup, 3 if shape.free else 99
    language = {"nb": "no", "nn": "no"}.get(article.language, article.language)
    split = (one.partition("|")[::2] for one in NOTES.get(language, NOTES["en"]))
    notes = [(label, text) for label, text in split if (label or not labelled) and len(label.split()) <= most]
    return notes[(list(_SHAPES).index(name) + len(article.source)) % len(notes)]


def _at(article: Article, place: str) -> int | None:
    """Return where a place is in the source, None where the page has no such place."""
    if place in article.places:
        return article.places[place]
    within = {"in first": article.first.close, "at first": article.first.inner, "in last": article.last.close}
    if place in within:
        return within[place]
    if place == "time":
        return _before_time(article)
    title = next((one for one in article.outline.elements if one.tag == "h1"), None)
    if title is None or title.end > article.first.start:
        return None
    return title.start if place == "above h1" else title.end


def _before_time(article: Article) -> int | None:
    """Return the place before the first time of the head, as a child of the block around it."""
    head = (one for one in article.outline.elements if one.tag == "time" and one.end <= article.first.start)
    time = next(head, None)
    return None if time is None else _outermost_inline(time).start


def _outermost_inline(element: Element) -> Element:
    inline = element
    for around in upward(element):
        if around.tag in BLOCKS:
            break
        inline = around
    return inline


def _entered(name: str, shape: Shape) -> Editing:
    def editing(article: Article, rng: Random) -> Edit | None:
        at = _at(article, shape.place)
        if at is None:
            return None
        label, text = _note(article, name)
        hashed = f"{rng.choice('abcdefghk')}{rng.randrange(16**5):05x}"
        note = f"{label}{_COLONS.get(article.language, ': ')}{text}" if label else text
        markup = shape.markup.format(label=label, text=text, note=note, x=hashed)
        first = re.sub("⟦.*⟧", "", markup) if "⟦" in markup else ""
        second = markup.replace("⟦", "").replace("⟧", "")
        before, after = (splice(article.source, [(at, at, _apart(one, shape))]) for one in (first, second))
        shown = html.unescape(" ".join(_texts(second)))
        return Edit(before, after, added=text, around="" if shape.free else shown.replace(text, "") or " ")

    editing.__doc__ = shape.why
    return editing


def _apart(markup: str, shape: Shape) -> str:
    """Return markup on lines of its own, unless it stands within one."""
    return markup if shape.place.startswith(("in ", "at ")) or not markup else f"\n{markup}\n"


def _texts(markup: str) -> Iterator[str]:
    yield from (piece for piece in re.split(r"<[^>]*>", markup) if piece.strip())


SECOND_NOTES.update({name: _entered(name, shape) for name, shape in _SHAPES.items()})
