"""Say whether what was read is plausibly still the article, by comparison with its own past. Pure.

A wall, an error page sent with 200 or a half-rendered template would read as "the publisher removed X". What shows by
its signs to be one of these is none of the article's versions, however often it comes. What is merely surprising is
held back until a second look agrees with it; a real gutting of an article comes through that way.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self

from revtrack.garbling import is_no_writing, is_spoilt
from revtrack.model import Outcome, ParagraphKind, Story
from revtrack.notes import note_key
from revtrack.text import fold, words

STUB = 0.6
"""Below this share of the words it had, an article is a stub."""
LOSS = 0.85
"""Below this share of the words it had, a page is searched for signs that it keeps the rest back."""
SHORTEST = 60
"""Articles of fewer words than this may shrink to anything."""
KIN = 0.3
"""With another headline and below this share of common word triples, two long texts are two articles."""
KIN_ELSEWHERE = 0.6
"""The same where a redirect led to another address."""
STRANGERS = 0.05
"""Below this share of common word triples, two texts have nothing to do with each other."""
_MOST_GONE = 0.4
"""Below this share of the old word triples, what stands in their place is held against the language of the article."""
_REPEATED = 3  # paragraphs of the same words
_SHORTEST_CUT = 20  # characters of a paragraph that is cut in the middle
_END = 2  # paragraphs: one may be an agency's line that a gate leaves below the text
_SHED = 1 / 3
"""Below this share of its words, a live page is cut and has not merely shed its oldest entries."""
_WALL = 150  # words that a wall has at most
_LONGER = 3  # times as long an article is at least
_SHOWN = 80  # characters of what stands in the article's place
_MOST_CUTS = 50
_STOPS = tuple(".!?…。！？।؟")


class Doubt(NamedTuple):
    """Why a story needs a second look (`outcome` None), or is none of the article's: what the look came to instead."""

    why: str
    outcome: Outcome | None = None


def doubt(
    old: Story,
    new: Story,
    *,
    is_whole: bool = True,
    is_elsewhere: bool = False,
    gates: Callable[[], Sequence[str]] = tuple,
) -> Doubt | None:
    """Return why `new` is not believed at once, None when it is.

    `is_whole` is False for a page that lacks the closing tags it used to have, `is_elsewhere` True for one at another
    address than asked for; `gates` gives the signs that the page keeps text from us, and is called only where text is
    missing. A revision note of the new story's own speaks for it: who says that text was removed has removed it.
    """
    if is_spoilt(old.text, new.text):
        return Doubt("the letters of the text are spoilt by a wrong encoding", Outcome.FAILED)
    texts = _Texts.of(old, new)
    has_note = _brings_a_note(old, new)
    another = _another(old, new, texts, is_elsewhere=is_elsewhere, has_note=has_note)
    if another or has_note:
        return another
    return (
        _cut_off(old, new, is_whole=is_whole)
        or _scrambled(old, new, texts)
        or (_kept_back(old, new, texts, gates()) if _may_be_kept_back(old, new, texts) else None)
        or _surprising(old, new, texts, KIN_ELSEWHERE if is_elsewhere else KIN)
    )


def is_same(one: Story, other: Story) -> bool:
    """Say whether two stories that were read at different addresses are one article."""
    return _Texts.of(one, other).kinship >= KIN_ELSEWHERE


class _Texts(NamedTuple):
    """Two texts compared: their words, the share of word triples they have in common, and that of the old ones kept."""

    before: int
    after: int
    kinship: float
    kept: float

    @classmethod
    def of(cls, old: Story, new: Story) -> Self:
        before, after = words(fold(old.text)), words(fold(new.text))
        one, other = _triples(before), _triples(after)
        common = len(one & other)
        return cls(len(before), len(after), common / max(1, min(len(one), len(other))), common / max(1, len(one)))

    @property
    def is_missed(self) -> bool:
        """Whether text is missing. Where nothing of it is left, a text half as long or longer is no remainder."""
        if self.kept < STRANGERS and self.after >= self.before / 2:
            return False
        return self.after < LOSS * self.before or self.kinship < KIN

    @property
    def says(self) -> str:
        if self.kept < STRANGERS:
            return f"{self.after} other words stand in the place of {self.before}"
        return f"{self.after} of {self.before} words are left"


def _another(old: Story, new: Story, texts: _Texts, *, is_elsewhere: bool, has_note: bool) -> Doubt | None:
    """Doubt a page under another headline that is another page, and not the article rewritten."""
    if _keeps_headline(old, new) or texts.kinship >= KIN:
        return None
    strange = _strange(new, is_elsewhere=is_elsewhere)
    if _states_another(old, new):
        return strange
    if texts.kinship >= STRANGERS and not is_elsewhere:
        return None
    if not is_elsewhere and not has_note and _tells_more(old, new, texts):
        return Doubt("what was read before states neither its time nor its author, and may have been another page")
    if _keeps_its_marks(old, new, is_elsewhere=is_elsewhere, has_note=has_note):
        return None
    return strange


def _strange(new: Story, *, is_elsewhere: bool) -> Doubt:
    if is_elsewhere:
        return Doubt(f"the server sent us to another article, {_quoted(new.headline)}", Outcome.REDIRECTED_AWAY)
    why = "neither headline nor text nor what it states of itself are the article's"
    return Doubt(f"{why}: it is headed {_quoted(new.headline)}", Outcome.NOT_ARTICLE)


def _quoted(text: str) -> str:
    return f"“{text[:_SHOWN].rstrip()}…”" if len(text) > _SHOWN else f"“{text}”"


def _keeps_headline(old: Story, new: Story) -> bool:
    before, after = (set(words(fold(story.headline).lower())) for story in (old, new))
    return before == after or 2 * len(before & after) > len(before)


def _states_another(old: Story, new: Story) -> bool:
    """Say whether a page states another time of publication than the article did, and another address."""
    marks: list[tuple[set[Any], set[Any]]] = [
        (_stated_times(old), _stated_times(new)),
        (_address(old), _address(new)),
    ]
    return all(before and now and not before & now for before, now in marks)


def _keeps_its_marks(old: Story, new: Story, *, is_elsewhere: bool, has_note: bool) -> bool:
    """Say whether a page states of itself what the article did: when it was published, by whom, or else its address.

    An error page may state the address that was asked for; beside a note, the address says whose note it is. Day and
    byline may be those of another article, too, where a redirect led to one.
    """
    before, now = (_stated_times(story, is_precise=is_elsewhere) for story in (old, new))
    marks: list[tuple[set[Any], set[Any]]] = [(before, now)]
    if not is_elsewhere:
        marks.append(({fold(old.byline)} - {""}, {fold(new.byline)}))
    if has_note or not any(before for before, _ in marks):
        marks.append((_address(old), _address(new)))
    return any(before & now for before, now in marks)


def _tells_more(old: Story, new: Story, texts: _Texts) -> bool:
    """Say whether a page is likelier to be the article than all that was read for it, which stated next to nothing.

    At the first look a wall in words that no rule knows may have been taken for it: walls are short and state no times.
    """
    if old.byline or _stated_times(old):
        return False
    return bool(_stated_times(new)) or (texts.before < _WALL and texts.after > _LONGER * texts.before)


def _address(story: Story) -> set[str]:
    return {story.canonical_url} - {""}


def _stated_times(story: Story, *, is_precise: bool = False) -> set[datetime]:
    """Return when a page says that it was published; what only its address says is the same on any page there.

    `is_precise` leaves out what tells only the day.
    """
    stated = (stamp for stamp in story.stamps if stamp.what == "published" and stamp.source != "url")
    return {stamp.at for stamp in stated if stamp.precise or not is_precise}


def _cut_off(old: Story, new: Story, *, is_whole: bool) -> Doubt | None:
    """Doubt a text that ends where no editor ends one: then it was cut on its way, or on purpose, for this reader."""
    if not _lost_its_end(old, new):
        return None
    if not is_whole:
        return Doubt("the page breaks off and the end of the article is missing", Outcome.FAILED)
    return (
        Doubt("the text breaks off in the middle of a sentence", Outcome.PAYWALLED) if _breaks_off(old, new) else None
    )


def _scrambled(old: Story, new: Story, texts: _Texts) -> Doubt | None:
    """Doubt what a template or a scrambler has put in the place of most of the text."""
    if texts.kept >= _MOST_GONE:
        return None
    known = _bodies(old)
    fresh = [text for text in _bodies(new) if text not in known]
    if max(Counter(fresh).values(), default=0) >= _REPEATED:
        return Doubt("the same words stand again and again in the place of the text", Outcome.NOT_ARTICLE)
    if is_no_writing(known, fresh):
        return Doubt("what stands in the place of the text is no writing in its language", Outcome.NOT_ARTICLE)
    return None


def _may_be_kept_back(old: Story, new: Story, texts: _Texts) -> bool:
    """Say whether text is missing where a gate would take it: at the end, and not merely what a live page has shed."""
    end = [text for text in _bodies(old) if _ends_as_written(text)][-_END:]
    keeps_its_end = len(end) == _END and set(end) <= set(_bodies(new))
    return texts.is_missed and not keeps_its_end and not _sheds(old, new, texts)


def _sheds(old: Story, new: Story, texts: _Texts) -> bool:
    """Say whether a live page has got new entries at its top, and has lost some at its end."""
    before, now = _bodies(old), _bodies(new)
    if not new.live or texts.after < _SHED * texts.before or now[:1] == before[:1]:
        return False
    kept = [text for text in now if text in set(before)]
    return bool(kept) and kept == before[: len(kept)]


def _kept_back(old: Story, new: Story, texts: _Texts, gates: Sequence[str]) -> Doubt | None:
    is_beginning = _bodies(new) == _bodies(old)[: len(_bodies(new))]
    closed = ("the page states that it is not free",) if new.free is False and is_beginning else ()
    signs = (*gates, *closed)
    return Doubt(f"{texts.says}, and {signs[0]}", Outcome.PAYWALLED) if signs else None


def opens(old: Story, new: Story, gates: Callable[[], Sequence[str]]) -> bool:
    """Say whether the old text was what a gate left of the new one.

    It is the beginning of the new one, its last paragraph cut in the middle or not; `gates` gives the signs that the
    old page kept its text back and the new one does not. A text that grew where nothing opened was written on.
    """
    before, now = _bodies(old), _bodies(new)
    if not before or len(now) < len(before) or now == before or not _keeps_headline(old, new):
        return False
    last, whole = before[-1].rstrip("… ").rstrip("."), now[len(before) - 1]
    if before[:-1] != now[: len(before) - 1] or not (whole == before[-1] or _continues(whole, last)):
        return False
    return (old.free is False and new.free is not False) or bool(gates())


def _surprising(old: Story, new: Story, texts: _Texts, least: float) -> Doubt | None:
    if old.reader != new.reader:
        return Doubt(f"the text was read from its {new.reader}, and last time from its {old.reader}")
    if texts.before < SHORTEST:
        return None
    if texts.kept < STRANGERS and texts.after < texts.before / 2:
        other = f"{texts.after} other words stand there: {_quoted(' '.join(_bodies(new)))}"
        return Doubt(f"nothing of the text is left; {other}", Outcome.NOT_ARTICLE)
    if texts.after < STUB * texts.before:
        return Doubt(f"the text shrank from {texts.before} to {texts.after} words")
    if texts.kinship < least and fold(old.headline) != fold(new.headline):
        return Doubt("headline and text are those of another article")
    return Doubt("nothing of the text is left") if texts.kinship < STRANGERS else None


def _brings_a_note(old: Story, new: Story) -> bool:
    known = {note_key(note) for note in old.notes}
    return any(note.is_revising and note_key(note) not in known for note in new.notes)


def _breaks_off(old: Story, new: Story) -> bool:
    """Say whether a paragraph that stood there before is cut in the middle of a sentence, as no editor cuts one."""
    known = _bodies(old)
    cuts = [text.rstrip(".… ") for text in _bodies(new) if text not in known and not _ends_as_written(text)]
    return any(len(cut) > _SHORTEST_CUT and any(_continues(whole, cut) for whole in known) for cut in cuts[:_MOST_CUTS])


def _ends_as_written(text: str) -> bool:
    ended = text.rstrip("”»\"') ")
    return ended.endswith(_STOPS) and not ended.endswith(("…", ".."))


def _continues(whole: str, cut: str) -> bool:
    rest = whole[len(cut) :].lstrip("”»\"') ") if whole.startswith(cut) else ""
    return rest != "" and not rest.startswith(_STOPS)


def _lost_its_end(old: Story, new: Story) -> bool:
    return bool(old.paragraphs) and fold(old.paragraphs[-1].text) not in {fold(p.text) for p in new.paragraphs}


def _bodies(story: Story) -> list[str]:
    return [fold(p.text) for p in story.paragraphs if p.kind is not ParagraphKind.CAPTION]


def _triples(text: list[str]) -> set[tuple[str, ...]]:
    return set(zip(text, text[1:], text[2:], strict=False))
