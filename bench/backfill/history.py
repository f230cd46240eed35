"""A git history of invented articles: each commit is a page as a scraper saw it, and what changed in it is known.

Every page differs from the one before by chrome that moves at each fetch; some differ by an edit of the article too.
"""

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

_FIRST = "Mara Jonas Petra Ilse Tomas Ruben Noor Anselm Greta Ivo".split()  # noqa: SIM905 - read more easily so
_LAST = "Velden Harrow Castellan Okoro Lindqvist Marsh Tavares Brandt Ozols Quill".split()  # noqa: SIM905
_TOWNS = "Ellery Norhaven Brackwater Sollen Castrell Dunmere Aldwick Tormund".split()  # noqa: SIM905
_THINGS = [
    *(
        "the harbour wall",
        "the night ferry",
        "the town library",
        "the tram depot",
        "the water tower",
        "the school roof",
    ),
    *("the fish market", "the old cinema", "the flood gate", "the railway bridge", "the hospital wing", "the bus line"),
]
_DID = ["approved", "rejected", "postponed", "reopened", "inspected", "praised", "closed", "repaired", "sold", "funded"]
_SHAPES = [
    "The council of {town} {did} plans for {thing} on {day}, after {n} hours of debate.",
    "{name}, who has led the works since {year}, said that {thing} would cost {m} million crowns.",
    "“Nobody here wanted {thing} to be forgotten,” {name} said at a meeting in {town}.",
    "About {n} residents signed a petition against the plan, according to a count by the town clerk.",
    "The firm of {name} has {n} workers and has looked after {thing} for {k} years.",
    "Engineers measured a gap of {k} millimetres beneath {thing}, which was built in {year}.",
    "A spokesperson for the region of {town} declined to comment on {thing}.",
    "The works are to begin in {month} and to last {k} weeks, {name} told reporters.",
    "In {year} the town had {did} a similar proposal by {n} votes to {k}.",
    "“We will {verb} it, whatever it takes,” said {name}, a carpenter from {town}.",
]
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTHS = "January March April June September October November".split()  # noqa: SIM905
_VERBS = "mend keep paint defend rebuild sell".split()  # noqa: SIM905


@dataclass
class Piece:
    """One article as it stands: what an editor changes."""

    path: str
    url: str
    headline: str
    byline: str
    paragraphs: list[str]
    note: str = ""
    past: list[tuple[str, list[str], str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """What one commit did: `edit` names the change of the article, "" where only chrome moved."""

    path: str
    at: datetime
    edit: str


def sentence(chance: random.Random) -> str:
    """Return one invented sentence."""
    return chance.choice(_SHAPES).format(
        town=chance.choice(_TOWNS),
        did=chance.choice(_DID),
        thing=chance.choice(_THINGS),
        day=chance.choice(_DAYS),
        name=name(chance),
        year=chance.randint(1920, 2019),
        m=f"{chance.randint(1, 60)}.{chance.randint(1, 9)}",
        n=chance.randint(120, 4900),
        k=chance.randint(3, 90),
        month=chance.choice(_MONTHS),
        verb=chance.choice(_VERBS),
    )


def name(chance: random.Random) -> str:
    """Return an invented name."""
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def begin(number: int, chance: random.Random) -> Piece:
    """Return a new article."""
    town, thing = chance.choice(_TOWNS), chance.choice(_THINGS)
    headline = f"{town} {chance.choice(_DID)} plan for {thing} after {chance.randint(2, 9)} years of waiting"
    paragraphs = [" ".join(sentence(chance) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(7, 16))]
    slug = f"{number:04d}-{town.lower()}-{thing.split()[-1]}"
    return Piece(f"pages/{slug}.html", f"https://news.example/{slug}.html", headline, name(chance), paragraphs)


def edit(piece: Piece, chance: random.Random) -> str:
    """Change an article as editors do; return what was done."""
    piece.past.append((piece.headline, list(piece.paragraphs), piece.note))
    at = chance.randrange(len(piece.paragraphs))
    what = chance.choices(
        ["number", "sentence added", "paragraph added", "paragraph removed", "name", "headline", "note", "revert"],
        [5, 4, 3, 1, 3, 2, 2, 1],
    )[0]
    if what == "number":
        piece.paragraphs[at] += f" The bill has since risen to {chance.randint(2, 99)}.{chance.randint(1, 9)} million."
    elif what == "sentence added":
        piece.paragraphs[at] = f"{piece.paragraphs[at]} {sentence(chance)}"
    elif what == "paragraph added":
        piece.paragraphs.insert(at, sentence(chance))
    elif what == "paragraph removed" and len(piece.paragraphs) > 6:
        del piece.paragraphs[at]
    elif what == "name":
        piece.paragraphs[at] = f"{name(chance)} saw it otherwise. {piece.paragraphs[at]}"
    elif what == "headline":
        piece.headline = f"{piece.headline.partition(', says ')[0]}, says {name(chance)}"
    elif what == "revert" and len(piece.past) > 2:
        piece.headline, piece.paragraphs, piece.note = piece.past[-2]
        piece.paragraphs = list(piece.paragraphs)
    else:
        what = "note"
        piece.note = f"Correction: An earlier version of this article misstated the age of {name(chance)}."
    return what


def page(piece: Piece, chance: random.Random, skin: int) -> str:
    """Return the page as one fetch gives it: the article, and chrome that differs each time."""
    mark = f"{chance.getrandbits(64):016x}"
    related = "".join(
        f'<li><a href="/{chance.randint(1, 999)}.html">{escape(sentence(chance))[:70]}</a></li>'
        for _ in range(chance.randint(3, 6))
    )
    box = (
        '<aside class="newsletter"><h3>Never miss a story</h3><p>Get our morning letter by mail, free of charge.</p>'
        "<button>Sign up</button></aside>"
    )
    body = [f"<p>{escape(paragraph)}</p>" for paragraph in piece.paragraphs]
    if chance.random() < 0.4:
        body.insert(len(body) // 2, box)
    note = f'<p class="correction-text"><em>{escape(piece.note)}</em></p>' if piece.note else ""
    wrap = [("article", "div"), ("div", "section"), ("main", "article")][skin]
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(piece.headline)} | The Ellery Post</title>
<link rel="canonical" href="{piece.url}"><meta name="csrf-token" content="{mark}">
<script src="/static/app.{mark[:8]}.js"></script></head>
<body class="page-{mark[8:12]}"><header><a href="/">The Ellery Post</a> <span>{chance.randint(2, 31)}°</span>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul>
</nav></header><{wrap[0]} class="story"><h1>{escape(piece.headline)}</h1>
<p class="byline">By {escape(piece.byline)}</p><div class="share"><span>{chance.randint(3, 9000)} shares</span>
<a href="#comments">{chance.randint(0, 400)} comments</a></div><{wrap[1]} class="body">
{chr(10).join(body)}
{note}</{wrap[1]}></{wrap[0]}><aside class="most-read"><h2>Most read</h2><ol>{related}</ol></aside>
<footer><p>© The Ellery Post. {chance.randint(1, 900)} people are reading this now.</p></footer>
<script>window.build="{mark}"</script></body></html>
"""


def write_history(folder: Path, *, commits: int, articles: int, seed: int = 7, edited: float = 0.15) -> list[Told]:
    """Make a repository of so many commits, one page changed in each; return what each did, oldest first."""
    chance = random.Random(seed)  # noqa: S311 - to be drawn again
    told: list[Told] = []
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)  # noqa: S603, S607
    with subprocess.Popen(  # noqa: S603
        ["git", "-C", str(folder), "fast-import", "--quiet"],  # noqa: S607
        stdin=subprocess.PIPE,
    ) as importing:
        assert importing.stdin is not None
        for one, text in _pages(commits, articles, chance, edited):
            importing.stdin.write(_commit(one, text.encode(), len(told) + 1))
            told.append(one)
        importing.stdin.close()
        importing.wait()
    subprocess.run(["git", "-C", str(folder), "symbolic-ref", "HEAD", "refs/heads/main"], check=True)  # noqa: S603, S607
    return told


def _pages(commits: int, articles: int, chance: random.Random, edited: float) -> Iterator[tuple[Told, str]]:
    pieces = [begin(number, chance) for number in range(articles)]
    seen: set[str] = set()
    at = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(commits):
        at += timedelta(seconds=chance.randint(20, 400))
        piece = pieces[number] if number < articles else chance.choice(pieces)
        what = edit(piece, chance) if piece.path in seen and chance.random() < edited else ""
        what = what if piece.path in seen else "first"
        seen.add(piece.path)
        yield Told(piece.path, at, what), page(piece, chance, pieces.index(piece) % 3)


def _commit(one: Told, text: bytes, mark: int) -> bytes:
    at = int(one.at.timestamp())
    who = f"scraper <scraper@example.org> {at} +0000"
    start = f"commit refs/heads/main\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata 4\nlook\n"
    return f"{start}M 100644 inline {one.path}\ndata {len(text)}\n".encode() + text + b"\n"
