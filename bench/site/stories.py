"""Invent articles and their revisions, and record them: many versions at little cost, by the archive's protocol."""

# ruff: noqa: S311 - chance is drawn again from the same seed

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from revtrack.archive import Archive, Observation
from revtrack.model import Event, Note, NoteKind, Outcome, Paragraph, Place, Revision, Snapshot, Story
from revtrack.verdicts import compare

START = datetime(2024, 1, 8, 6, tzinfo=UTC)
_SITES = ("harbour-post", "valley-times", "north-ledger", "citizen", "evening-mail", "il-corriere-del-lago", "abend")
_PLACES = (
    "Lindmark",
    "Port Alder",
    "Greywater",
    "Tessin Bridge",
    "Halvorsen",
    "East Quarry",
    "Marlow Bay",
    "Kestrel Hill",
)
_WHO = (
    "The mayor",
    "A spokeswoman for the port",
    "Two officials",
    "The ministry",
    "Residents",
    "The inspector",
    "A judge",
)
_DID = ("said", "confirmed", "denied", "told reporters", "announced", "disputed")
_WHAT = (
    "that {n} people had been taken to hospital after the {thing} failed",
    "the repair of the {thing} would cost {n} million and take until the spring",
    "the {thing} had been closed for {n} days while the cause was sought",
    "{n} complaints about the {thing} had been received since the summer",
    "nobody was charged, although {n} witnesses had been heard about the {thing}",
)
_THINGS = (
    "ferry",
    "bridge",
    "school roof",
    "water main",
    "tram line",
    "market hall",
    "dam",
    "archive",
    "power station",
)
_NOTE = "Correction: An earlier version of this article gave a wrong number. It is {n}, not {m}."


@dataclass(frozen=True, slots=True)
class Life:
    """An article's stories, and the revision that led to each but the first."""

    stories: tuple[Story, ...]
    revisions: tuple[Revision, ...]


def lives(count: int, versions: int, *, seed: int = 1) -> list[Life]:
    """Invent so many articles of so many versions, two more or two fewer, each judged."""
    return [_life(random.Random(f"{seed} {number}"), versions) for number in range(count)]


def record(archive: Archive, invented: list[Life], articles: int, *, first: int = 0, start: datetime = START) -> int:
    """Record articles that live such lives, over and over, numbered from `first`; return how many versions."""
    chance = random.Random(first)
    made = 0
    for begin in range(first, first + articles, 200):
        with archive.transaction():
            for number in range(begin, min(begin + 200, first + articles)):
                made += _record(archive, invented[number % len(invented)], number, chance, start)
    return made


def _record(archive: Archive, life: Life, number: int, chance: random.Random, start: datetime) -> int:
    site = _SITES[number % len(_SITES)]
    source = f"https://www.{site}.test/feed.xml" if number % 3 else ""
    at = start + timedelta(minutes=chance.randint(0, 60 * 24 * 400))
    article, _ = archive.add_article(f"https://www.{site}.test/news/{number}", now=at, source=source)
    for index, story in enumerate(life.stories):
        told = replace(story, headline=f"{story.headline} ({number})") if number >= 1_000 else story
        revision = life.revisions[index - 1] if index else None
        look = Snapshot(article.url, at, Outcome.OK, status=200, final_url=article.url)
        event, due_at = Event.REVISED if revision else Event.FIRST, at + timedelta(hours=1)
        archive.record(Observation(article.id, look, event, index, due_at, story=told, revision=revision))
        at += timedelta(minutes=chance.choice((20, 60, 180, 700, 3_000)))
    return len(life.stories)


def _life(chance: random.Random, versions: int) -> Life:
    stories = [_story(chance)]
    for _ in range(versions - 1 + chance.randint(-2, 2)):
        stories.append(_edited(stories, chance))
    return Life(tuple(stories), tuple(compare(old, new) for old, new in pairwise(stories)))


def _story(chance: random.Random) -> Story:
    thing, place = chance.choice(_THINGS), chance.choice(_PLACES)
    paragraphs = tuple(Paragraph(" ".join(_sentence(chance, thing) for _ in range(3))) for _ in range(12))
    language = chance.choice(("en", "en", "en", "de", "it"))
    return Story(
        f"{place}: the {thing} and what went wrong", paragraphs=paragraphs, language=language, extractor="bench"
    )


def _sentence(chance: random.Random, thing: str) -> str:
    told = chance.choice(_WHAT).format(n=chance.randint(2, 900), thing=thing)
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} on {chance.choice(('Monday', 'Tuesday', 'Friday'))} {told}."


def _edited(stories: list[Story], chance: random.Random) -> Story:
    story = stories[-1]
    kind = chance.choices(
        ("number", "sentence", "paragraph", "removal", "headline", "note", "revert"), (8, 5, 3, 2, 2, 3, 1)
    )[0]
    at = chance.randrange(len(story.paragraphs))
    edits = {"number": _other_number, "sentence": _one_more, "note": _other_number}
    if kind in edits:
        changed = replace(story.paragraphs[at], text=edits[kind](story.paragraphs[at].text, chance))
        story = replace(story, paragraphs=(*story.paragraphs[:at], changed, *story.paragraphs[at + 1 :]))
        return _with_note(story, chance) if kind == "note" else story
    if kind == "paragraph":
        added = Paragraph(_sentence(chance, chance.choice(_THINGS)))
        return replace(story, paragraphs=(*story.paragraphs[:at], added, *story.paragraphs[at:]))
    if kind == "removal" and len(story.paragraphs) > 4:
        return replace(story, paragraphs=story.paragraphs[:at] + story.paragraphs[at + 1 :])
    if kind == "revert" and len(stories) > 1:
        return stories[-2]
    return replace(
        story, headline=f"{chance.choice(_PLACES)}: {chance.choice(_THINGS)} closed, {chance.randint(2, 99)} hurt"
    )


def _other_number(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    places = [index for index, word in enumerate(words) if word.isdigit()] or [0]
    words[chance.choice(places)] = str(chance.randint(2, 999))
    return " ".join(words)


def _one_more(text: str, chance: random.Random) -> str:
    return f"{text} {_sentence(chance, chance.choice(_THINGS))}"


def _with_note(story: Story, chance: random.Random) -> Story:
    text = _NOTE.format(n=chance.randint(2, 99), m=chance.randint(2, 99))
    note = Note(text, NoteKind.CORRECTION, place=Place.BOTTOM, rule="bench", language="en")
    return replace(story, notes=(*story.notes, note))


def looks_again(archive: Archive, articles: int, at: datetime) -> Iterator[None]:
    """Record that the first articles were looked at again and found as they were."""
    for number in range(1, articles + 1):
        article = archive.find(str(number))
        snapshot = Snapshot(article.url, at, Outcome.NOT_MODIFIED, status=304, final_url=article.url)
        archive.record(Observation(article.id, snapshot, Event.UNCHANGED, article.versions, at + timedelta(hours=1)))
        yield
