"""Notes in all kinds of places, and edits of the body, spliced into a page. Knows pages, not the extractor.

Each must show at the next look, and nothing else may change with it.
"""

import html
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.extraction.chrome import WORDS
from bench.extraction.splicing import Article, Run, key, splice

NOTES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "notes.toml").read_text("utf-8"))
WIRE = (
    "(Corrects name of the vessel in paragraph 3)",
    "(Adds comment of the harbour board in paragraphs 5-6)",
    "(Refiles to fix spelling of Moreau in second paragraph)",
    "(corrects year in paragraph 2 to 2019 from 2009)",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as two sources: what must be found in the second story and not in the first, and the other way round.

    `around` is what comes with it and may show or not: a label, the rest of a caption.
    """

    first: str
    second: str
    added: str = ""
    removed: str = ""
    around: str = ""


Editing = Callable[[Article, Random], Edit | None]
NOTE_PLACES: dict[str, Editing] = {}
BODY_EDITS: dict[str, Editing] = {}


def body_edit(editing: Editing) -> Editing:
    """Enter an edit of the body."""
    BODY_EDITS[editing.__name__] = editing
    return editing


# --- notes --------------------------------------------------------------------------------------------------------

# Where a note stands, and as what: {label} may be empty, {note} is label and text in one, {x} a hashed class name.
_SHAPES = {
    "label in a box before the text": (
        "after",
        '<div class="{x}"><span class="{x}1">{label}</span><p>{text}</p></div>',
    ),
    "small print in a box": ("after", '<div class="{x}"><small>{note}</small></div>'),
    "bold label in an italic paragraph": ("after", "<p><i><b>{label}</b> {text}</i></p>"),
    "heading and paragraph": ("after", "<h3>{label}</h3><p>{text}</p>"),
    "last item of a list": ("after", "<ul><li>{note}</li></ul>"),
    "caption of a picture": (
        "middle",
        '<figure><img src="/n.jpg" alt=""><figcaption>The old pier on Sunday. {note}</figcaption></figure>',
    ),
    "details that fold": ("after", "<details><summary>{label}</summary><p>{text}</p></details>"),
    "below the share bar": (
        "below",
        '<div class="share"><a href="#f">Share</a></div><div class="{x}"><p>{note}</p></div>',
    ),
    "aside in hashed classes": ("after", '<aside class="{x}"><p>{note}</p></aside>'),
    "footer without a name": ("after", "<footer><p>{note}</p></footer>"),
    "italics above the article": ("above", '<div class="{x}"><em>{note}</em></div>'),
    "italics under the headline": ("before", '<div class="{x}"><em>{note}</em></div>'),
    "cell of a table": ("after", "<table><tbody><tr><td>{note}</td></tr></tbody></table>"),
    "term and description": ("after", "<dl><dt>{label}</dt><dd>{text}</dd></dl>"),
    "block quote": ("after", "<blockquote><p>{note}</p></blockquote>"),
    "brackets among the paragraphs": ("middle", "<p>[{note}]</p>"),
    "star behind a rule": ("after", "<hr><p>* {note}</p>"),
    "box of the byline": ("after", '<div class="byline-box"><p>{note}</p></div>'),
    "named box at the page's end": ("bottom", '<div class="article-corrections"><p>{note}</p></div>'),
    "hashed section after tags": (
        "below",
        '<ul class="{x}"><li><a href="/t">Ferries</a></li></ul><section class="{x}1"><p>{note}</p></section>',
    ),
    "custom element": ("after", "<story-note><p>{note}</p></story-note>"),
    "span in a bare box": ("after", '<div><span class="{x}"><strong>{label}</strong> {text}</span></div>'),
    "meta box above": ("above", '<div class="article-meta"><p>{note}</p></div>'),
}


def _note(article: Article, rng: Random) -> tuple[str, str]:
    """Return label and text of a note in the page's language, or in English."""
    language = {"nb": "no", "nn": "no"}.get(article.language, article.language)
    label, _, text = rng.choice(NOTES.get(language, NOTES["en"])).partition("|")
    return label, text


def _shaped(place: str, shape: str) -> Editing:
    def editing(article: Article, rng: Random) -> Edit | None:
        label, text = _note(article, rng)
        while not label and "{label}" in shape:
            label, text = _note(article, rng)
        joined = f"{label}: {text}" if label else text
        markup = shape.format(label=label, text=text, note=joined, x=f"q{rng.randrange(10, 99)}z{rng.randrange(9)}")
        return _insert(article, article.places[place], markup, text)

    return editing


NOTE_PLACES.update({name: _shaped(place, shape) for name, (place, shape) in _SHAPES.items()})


def _insert(article: Article, at: int, markup: str, added: str) -> Edit:
    second = splice(article.source, [(at, at, f"\n{markup}\n")])
    return Edit(article.source, second, added=added, around=re.sub(r"<[^>]*>", " ", markup).replace(added, ""))


def _glued(article: Article, rng: Random) -> Edit | None:
    label, text = _note(article, rng)
    at = article.last.close
    note = f" ({label}: {text})" if label else f" ({text})"
    return Edit(article.source, splice(article.source, [(at, at, note)]), added=text)


def _wire(article: Article, rng: Random) -> Edit | None:
    text = rng.choice(WIRE)
    return _insert(article, article.first.start, f"<p>{text}</p>", text) if article.language == "en" else None


def _in_json(article: Article, rng: Random) -> Edit | None:
    """In the JSON-LD of the article, where the page has one."""
    _, text = _note(article, rng)
    stated = re.search(r'"@type"\s*:\s*"\w*(?:Article|BlogPosting)"\s*,', article.source)
    if stated is None:
        return None
    markup = f'"correction": {{"@type": "CorrectionComment", "text": "{text}"}},'
    return Edit(article.source, splice(article.source, [(stated.end(), stated.end(), markup)]), added=text, around="-")


NOTE_PLACES |= {"glued to the last sentence": _glued, "line of a news agency": _wire, "JSON-LD": _in_json}


# --- the body -----------------------------------------------------------------------------------------------------

NEW: dict[str, str] = WORDS["paragraph"]


def _like(article: Article, run: Run, text: str) -> str:
    """Return a new paragraph in the markup of one that is there."""
    if (run.start, run.end) == (run.inner, run.close):
        return f"<br><br>{text}"
    return f"{article.source[run.start : run.inner]}{text}{article.source[run.close : run.end]}"


def _swap(article: Article, pattern: str, replace: Callable[[str], str]) -> Edit | None:
    """Replace the first match in the texts of the middle paragraphs, of all if need be."""
    listed = article.paragraphs
    middle = len(listed) // 2
    for run in sorted(listed, key=lambda run: abs(listed.index(run) - middle)):
        for match in re.finditer(rf"<[^>]*>|&[#\w]+;|(?P<found>{pattern})", article.source[run.inner : run.close]):
            if match["found"] and (new := replace(match[0])) not in article.source:
                start = run.inner + match.start()
                second = splice(article.source, [(start, start + len(match[0]), new)])
                return Edit(article.source, second, added=new)
    return None


@body_edit
def digit_changed(article: Article, _rng: Random) -> Edit | None:
    """One digit of a number."""
    return _swap(article, r"(?<![\d&#.,])\d{2,}(?![\d;])", lambda old: f"{(int(old[0]) + 3) % 9 + 1}{old[1:]}73")


@body_edit
def word_changed(article: Article, _rng: Random) -> Edit | None:
    """One word."""
    return _swap(article, r"(?<![\w&])[^\W\d_A-Z]{5,}(?![\w;])", lambda _old: "umbrellawise")


@body_edit
def name_changed(article: Article, _rng: Random) -> Edit | None:
    """One name."""
    return _swap(article, r"(?<=[a-z] )[A-Z][a-z]{3,}(?![\w;])", lambda old: old[:2] + "rquhart")


@body_edit
def quotation_changed(article: Article, _rng: Random) -> Edit | None:
    """A word within quotation marks."""
    return _swap(article, r"(?<=[“\"„«])[^\W\d_]{2,}(?= [a-z])", lambda _old: "Hithertofore")


@body_edit
def paragraph_removed(article: Article, rng: Random) -> Edit | None:
    """A paragraph is taken out."""
    run = rng.choice(article.paragraphs[1:-1] or article.paragraphs)
    return Edit(article.source, splice(article.source, [(run.start, run.end, "")]), removed=run.text)


@body_edit
def paragraph_added(article: Article, rng: Random) -> Edit | None:
    """A paragraph is put in, in the markup of its neighbours."""
    shapes = Counter((run.owner.tag, run.owner.parent) for run in article.paragraphs)
    usual = shapes.most_common(1)[0][0]
    run = rng.choice([run for run in article.paragraphs if (run.owner.tag, run.owner.parent) == usual])
    text = NEW.get(article.language, NEW["en"])
    return Edit(article.source, splice(article.source, [(run.end, run.end, _like(article, run, text))]), added=text)


@body_edit
def paragraph_moved(article: Article, rng: Random) -> Edit | None:
    """Two neighbours change places."""
    pairs = [(one, other) for one, other in article.neighbours if one.end <= other.start and len(one.text) > 80]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    source = article.source
    swapped = [
        (one.inner, one.close, source[other.inner : other.close]),
        (other.inner, other.close, source[one.inner : one.close]),
    ]
    return Edit(source, splice(source, swapped))


@body_edit
def list_item_added(article: Article, _rng: Random) -> Edit | None:
    """A list in the body gets a third item."""
    items = "<li>The slipway opens at six in the morning.</li><li>Bicycles travel free of charge on all lines.</li>"
    added = "Dogs need a ticket of their own from May."
    at = article.middle.end
    first, second = (
        splice(article.source, [(at, at, f"<ul>{more}</ul>")]) for more in (items, f"{items}<li>{added}</li>")
    )
    return Edit(first, second, added=added)


@body_edit
def caption_changed(article: Article, _rng: Random) -> Edit | None:
    """The caption of a picture."""
    return _both(
        article,
        '<figure><img src="/f.jpg" alt=""><figcaption>{}</figcaption></figure>',
        "Ida Moreau on the pier at Lenning, where the ferry lands, on Sunday.",
        "Ida Moreau on the quay at Lenning, where the ferry lands, on Friday.",
    )


@body_edit
def subheading_changed(article: Article, _rng: Random) -> Edit | None:
    """A subheading."""
    return _both(article, "<h2>{}</h2>", "What the council promised", "What the council denied")


def _both(article: Article, shape: str, old: str, new: str) -> Edit:
    at = article.middle.end
    first, second = (splice(article.source, [(at, at, shape.format(text))]) for text in (old, new))
    return Edit(first, second, added=new, removed=old)


@body_edit
def headline_changed(article: Article, _rng: Random) -> Edit | None:
    """The headline, wherever the page writes it."""
    outline, source = article.outline, article.source
    stated = re.search(r"<meta[^>]*og:title[\"'][^>]*>", source)
    found = next((run for run in outline.runs if run.owner.tag == "h1" and len(run.text) > 20), None)
    if found is None or stated is None or key(found.text) not in key(html.unescape(stated[0])):
        return None
    if found.text not in html.unescape(source[found.inner : found.close]):
        return None
    word = max(re.findall(r"[^\W\d_]+", found.text), key=len)
    old, new = found.text, found.text.replace(word, "Umbrellawise", 1)
    second = source
    for form in (str, html.escape):
        second = second.replace(form(old), form(new))
    return Edit(source, second, added="Umbrellawise") if second != source and "Umbrellawise" not in source else None


def all_edits() -> dict[str, Editing]:
    """Return notes and edits of the body by name."""
    return NOTE_PLACES | BODY_EDITS
