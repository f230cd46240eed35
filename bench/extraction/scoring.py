"""Judge an extractor by pages and what is spliced into them: false revisions, missed edits, collateral. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from bench.extraction.chrome import CHROME, Chrome
from bench.extraction.edits import BODY_EDITS, NOTE_PLACES, Edit, Editing
from bench.extraction.given import Given
from bench.extraction.splicing import Article, key, locate, splice
from revtrack.errors import NotAnArticleError
from revtrack.extraction.rereading import as_read_before
from revtrack.model import NoteFamily, Story

SEED = 20261122
FETCHES = 100
_SLACK = 3  # words: the one that was replaced, and what a glyph may split it into

Extract = Callable[[str, str, Story | None], Story]
"""Reads a source, had from an address, given the story read last, None at the first look."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is spliced into pages, each by its name: chrome must not show, notes and edits of the body must."""

    chrome: Mapping[str, Chrome]
    notes: Mapping[str, Editing]
    body: Mapping[str, Editing]

    def only(self, names: frozenset[str]) -> "Changes":
        """Return those of the given names; all where none is given."""
        if not names:
            return self
        chrome, notes, body = self.chrome, self.notes, self.body
        return Changes(
            {name: chrome[name] for name in names & chrome.keys()},
            {name: notes[name] for name in names & notes.keys()},
            {name: body[name] for name in names & body.keys()},
        )


FIRST = Changes(CHROME, NOTE_PLACES, BODY_EDITS)


@dataclass(slots=True)
class Tally:
    """How often something was tried, and on which pages it went wrong.

    For edits, `bad` are those missed, `collateral` those that changed more than themselves; `as_text` are notes that
    show, but as text of the body; `unseen` those missed that are not even told as standing beside the article.
    """

    tried: int = 0
    bad: list[str] = field(default_factory=list)
    collateral: list[str] = field(default_factory=list)
    as_text: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """All tallies, and the pages that could not serve: article not found in the source, or refused by the extractor."""

    chrome: dict[str, Tally] = field(default_factory=dict)
    notes: dict[str, Tally] = field(default_factory=dict)
    body: dict[str, Tally] = field(default_factory=dict)
    not_located: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    pages: int = 0

    def figures(self) -> dict[str, float]:
        """Return the rates that floors are set for, 0.0 to 1.0: the smaller the better."""
        edits = {**self.notes, **self.body}
        return {
            "false_revisions": _rate(self.chrome.values(), "bad"),
            "missed_notes": _rate(self.notes.values(), "bad"),
            "unseen_notes": _rate(self.notes.values(), "unseen"),
            "notes_kept_as_text": _rate(self.notes.values(), "as_text"),
            "missed_body_edits": _rate(self.body.values(), "bad"),
            "collateral": _rate(edits.values(), "collateral"),
        }


def _rate(tallies: Iterable[Tally], what: str) -> float:
    listed = list(tallies)
    return sum(len(getattr(tally, what)) for tally in listed) / max(1, sum(tally.tried for tally in listed))


def score(
    pages: Iterable[Given], extract: Extract, *, changes: Changes = FIRST, only: frozenset[str] = frozenset()
) -> Score:
    """Return how an extractor fares on pages; `only` names the changes to try, all if empty."""
    result = Score()
    for page in pages:
        article = locate(page.html, page.body)
        if article is None:
            result.not_located.append(page.name)
            continue
        look = _remembering(extract, page.url)
        if look(page.html) is None:
            result.refused.append(page.name)
            continue
        result.pages += 1
        tried = changes.only(only)
        _score_chrome(result, page, article, look, tried.chrome)
        for tallies, edits in ((result.notes, tried.notes), (result.body, tried.body)):
            for name, editing in edits.items():
                if (edit := editing(article, random_for(page, name))) is not None:
                    _judge_edit(tallies.setdefault(name, Tally()), page, edit, look)
    return result


Look = Callable[[str], Story | None]


def _remembering(extract: Extract, url: str) -> Look:
    """Return a reading of sources that reads none twice; None is a page without an article."""
    known: dict[str, Story | None] = {}

    def look(source: str) -> Story | None:
        if source not in known:
            try:
                known[source] = extract(source, url, None)
            except NotAnArticleError:
                known[source] = None
        return known[source]

    return look


def random_for(page: Given, name: str) -> Random:
    """Return the choices for a change on a page: the same on every machine."""
    return Random(f"{SEED}:{page.name}:{name}")  # noqa: S311 - no secret


def _score_chrome(result: Score, page: Given, article: Article, look: Look, changes: Mapping[str, Chrome]) -> None:
    for name, chrome in changes.items():
        pair = states(chrome, article, random_for(page, name))
        if pair is None:
            continue
        tally = result.chrome.setdefault(name, Tally())
        tally.tried += 1
        first, second = look(pair[0]), look(pair[1])
        if first is None or second is None or first.fingerprint != second.fingerprint:
            tally.bad.append(page.name)


def states(chrome: Chrome, article: Article, random: Random) -> tuple[str, str] | None:
    """Return the page as two fetches show it, None where this chrome has no two states on it."""
    first = [] if chrome.toggle else chrome.state(article, random)
    for _ in range(20):
        second = chrome.state(article, random)
        if second and second != first:
            return splice(article.source, first), splice(article.source, second)
    return None


def _judge_edit(tally: Tally, page: Given, edit: Edit, look: Look) -> None:
    tally.tried += 1
    first, second = look(edit.first), look(edit.second)
    is_beside = second is not None and key(edit.added) in key(" ".join(second.beside))
    judge_stories(tally, page, edit, (first, second), is_beside=is_beside)


def judge_stories(
    tally: Tally, page: Given, edit: Edit, stories: tuple[Story | None, Story | None], *, is_beside: bool
) -> None:
    """Judge an edit by the stories of two looks, None where a look read none; `is_beside` if it is told as beside."""
    first, second = stories
    if first is None or second is None or not _shows(edit, first, second):
        tally.bad.append(page.name)
        if not is_beside:
            tally.unseen.append(page.name)
        return
    if _surplus(edit, first, second) > _SLACK:
        tally.collateral.append(page.name)
    if edit.around and key(edit.added) in key(second.text):
        tally.as_text.append(page.name)


def _shows(edit: Edit, first: Story, second: Story) -> bool:
    if not edit.added and not edit.removed:
        return first.fingerprint != second.fingerprint
    before, after = key(" ".join(shown(first))), key(" ".join(shown(second)))
    came = not edit.added or before.count(key(edit.added)) < after.count(key(edit.added))
    went = not edit.removed or before.count(key(edit.removed)) > after.count(key(edit.removed))
    return came and went and first.fingerprint != second.fingerprint


def shown(story: Story) -> Iterator[str]:
    """Yield all that a reader is shown of a story."""
    yield from (story.headline, story.deck, story.byline)
    yield from (paragraph.text for paragraph in story.paragraphs)
    yield from (note.text for note in story.notes if note.family is not NoteFamily.TIMESTAMP)


def _surplus(edit: Edit, first: Story, second: Story) -> int:
    """Return how many words came or went besides those of the edit."""
    before, after = (Counter(word for line in shown(story) for word in _words(line)) for story in (first, second))
    came = after - before - Counter(_words(edit.added)) - Counter(_words(edit.around))
    went = before - after - Counter(_words(edit.removed))
    return came.total() + went.total()


def _words(text: str) -> list[str]:
    """Return the words of a text, character by character where it has no blanks."""
    words = (key(word) for word in text.replace("-", " ").replace("/", " ").split())
    return [word if word.isascii() or len(word) < 30 else piece for word in words if word for piece in _cut(word)]


def _cut(word: str) -> Iterable[str]:
    return (word,) if word.isascii() or len(word) < 30 else word


def holds(
    page: Given, extract: Extract, *, chrome: Mapping[str, Chrome] = CHROME, fetches: int = FETCHES
) -> bool | None:
    """Whether a page fetched many times, each time with other chrome, is one story; None where it cannot be tried.

    Each look knows the story of the one before, and the page of the first, as a tracker's does.
    """
    article = locate(page.html, page.body)
    if article is None:
        return None
    random = random_for(page, "all at once")
    known = story = None
    try:
        known = story = extract(page.html, page.url, None)
        for _ in range(fetches):
            now = fetched(article, random, chrome)
            story = extract(now, page.url, story)
            if as_read_before(known, story, before=page.html, now=now).fingerprint != known.fingerprint:
                return False
    except NotAnArticleError:
        return None if known is None else False
    return True


def fetched(article: Article, random: Random, chrome: Mapping[str, Chrome] = CHROME) -> str:
    """Return a page with each piece of chrome in some state, or not there: one fetch of many."""
    fleeting = (piece for piece in chrome.values() if not piece.stays)
    splices = [one for piece in fleeting if random.random() < 0.5 for one in piece.state(article, random)]
    return splice(article.source, splices)
