"""What it means that a name was put for another: a fuller form, another spelling, somebody else. No model, no lists.

Names are what facts.names reads: runs of capitalised words, and single ones that the article itself repeats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from revtrack import facts
from revtrack.facts import Fact
from revtrack.model import Change, Diff, Reason, Significance
from revtrack.moments import find_moments
from revtrack.text import fold
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.terms import LONGEST, alike, content, function_words, is_transposed, shared, terms
from revtrack.vocabulary import words_of

_CAPITALISED = regex.compile(r"\p{Lu}[\w'’-]+")
_WITHIN_SENTENCE = regex.compile(r"(?<=[\w,;)] )\p{Lu}[\w'’-]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_COMPOUND = re.compile(r"[-‐‑][a-z]+$")  # "Ohio-based" is no name
_READ = 200_000  # characters of an article in which names are looked up
_SAME_NAME = 0.75
_BODY = 3  # words that two names of one body share
_SPEAKER = 3  # words in which a sentence that begins with a name says that it speaks
_SHORT_FORM = 5  # letters that an abbreviated name has at most
_ROOT = 4  # letters that a name shares with its short form
_WITHIN = 10  # words of both sides that a change may have for its names to be put for each other
_MOST = 8  # names of one sentence that are judged


@dataclass(frozen=True)
class Articles:
    """The two articles as names are looked up in them: headline and body in one text each."""

    old: str
    new: str
    paragraphs: tuple[str, ...] = ()

    @classmethod
    def of(cls, diff: Diff) -> "Articles":
        """Lay out both sides of a diff."""
        texts = (f"{side.headline}\n{text}" for side, text in ((diff.old, diff.old_text), (diff.new, diff.new_text)))
        old, new = (text[:_READ] for text in texts)
        return cls(old, new, tuple(paragraph.text for paragraph in diff.new.paragraphs))

    def paragraph(self, change: Change) -> str:
        """Return the paragraph that a change stands in now, "" where it has none."""
        return self.paragraphs[change.new_paragraph] if change.new_paragraph is not None else ""

    def knows(self, word: str) -> bool:
        """Whether a capitalised word also stands within a sentence somewhere, as only names do."""
        return _bare(word) in self._known

    def still_name(self, name: str) -> bool:
        """Whether the new article has every word of a name somewhere: "Kim Ward's" where it says "Ward" and "Kim"."""
        return all(_POSSESSIVE.sub("", word) in self.new for word in name.split() if not word.islower())

    def has_elsewhere(self, name: str, sentence: str) -> bool:
        """Whether an article has a name outside a sentence too."""
        return any(text.count(name) > sentence.count(name) for text in (self.old, self.new))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(_bare(word) for text in (self.old, self.new) for word in _WITHIN_SENTENCE.findall(text))


def judge_names(edit: Edit, changes: tuple[Change, ...], articles: Articles) -> Iterator[Reason]:
    """Yield the names that were put for others, that are gone from the article, or that are new to it.

    Names in long clauses that were put for one another are not paired: the clauses are, and not the names in them.
    """
    for change in changes:
        gone, come = _difference(edit, change, articles)
        few = len(content(f"{change.old} {change.new}", edit.language)) <= _WITHIN
        paired = min(len(gone), len(come)) if few else 0
        for old, new in zip(gone[:paired], come[:paired], strict=True):
            if _is_epithet(new, edit.new, old, articles.paragraph(change)):
                yield edit.reason("fuller_name", Significance.MINOR, old.text, new.text, change=change)
            else:
                yield edit.reason(*_replaced(old, new), change=change)
        if _is_acronym_beside(change, edit):
            yield edit.reason("fuller_name", Significance.MINOR, change.old, change.new, change=change)
        else:
            yield from _unpaired(edit, change, gone[paired:], come[paired:], articles)


def _unpaired(edit: Edit, change: Change, gone: list[Fact], come: list[Fact], articles: Articles) -> Iterator[Reason]:
    for new in come:
        if new.text not in articles.old:
            yield edit.reason("name", Significance.DETAIL, "", new.text, change=change)
    for old in gone:
        if _is_called_shorter(old, edit, change):
            yield edit.reason("fuller_name", Significance.MINOR, change.old, change.new, change=change)
        elif not articles.still_name(old.text):
            level = Significance.SUBSTANTIVE if " " in old.text else Significance.DETAIL
            yield edit.reason("name", level, old.text, "", change=change)


def _is_called_shorter(old: Fact, edit: Edit, change: Change) -> bool:
    """Whether a part of a name went and the sentence has the rest in its place: "Ann" for "Ann Lee"."""
    gone = {word.strip(",;:") for word in change.old.split()}
    left = [word for word in old.text.split() if word not in gone]
    return " " in old.text and bool(left) and not terms(change.new) and " ".join(left) in edit.new


def _is_epithet(new: Fact, sentence: str, old: Fact, paragraph: str) -> bool:
    """Whether somebody whom the paragraph names still is only called by what they are: "the Democrat"."""
    before = sentence[: new.start].split()[-1:]
    named = old.text.split()[-1] in paragraph.replace(sentence, " ")
    return " " not in new.text and named and before in (["the"], ["The"])


def _is_acronym_beside(change: Change, edit: Edit) -> bool:
    """Whether a change is the short form of a name that stands in brackets behind it: " (CDC)"."""
    lone = _IN_BRACKETS.fullmatch(change.old or change.new) if not (change.old and change.new) else None
    if lone is None:
        return False
    before, _, _ = (edit.old if change.old else edit.new).partition(lone[0].strip())
    return _is_initials(lone[1], before)


_IN_BRACKETS = re.compile(r"\s*\((\w{2,7})\),?\s*")


def judge_respelt(edit: Edit, change: Change) -> Reason | None:
    """Return the reason of a slip within a name: other letters name somebody else or nobody, other accents do not."""
    words = [_CAPITALISED.findall(side) for side in (change.old, change.new)]
    pairs = [(a, b) for a, b in zip(*words, strict=False) if a != b]
    if edit.in_headline or len(pairs) != 1 or not pairs[0][1][0].isupper():
        return None
    if is_transposed(*pairs[0]):
        return None
    marked = r"\p{Lu}[\w'’.-]*\s" if edit.language == "de" else r"[\w,;)] "
    within = regex.search(rf"(?<=\s|\w){marked}{re.escape(pairs[0][1])}\b", " " + edit.new)
    if not (within or _speaks(pairs[0][1], edit)) and edit.old:
        return None
    return edit.reason("name_spelling", Significance.DETAIL, *pairs[0], change=change)


def _speaks(word: str, edit: Edit) -> bool:
    """Whether a word opens a sentence as the name of whoever says what follows: "Kensinger added"."""
    first, *rest = terms(edit.new)[:_SPEAKER] or ("",)
    saying, role = (words_of(edit.language).lexicons[name] for name in ("saying", "role"))
    return first == _bare(word) and not role.senses(first) and any(saying.senses(term) for term in rest)


def _replaced(old: Fact, new: Fact) -> tuple[str, Significance, str, str]:
    a, b = set(terms(old.text)), set(terms(new.text))
    before, after = _without_shared_end(old.text, new.text)
    if a <= b or b <= a:
        return "fuller_name", Significance.MINOR, before, after
    if _is_initials(old.text, new.text) or _is_initials(new.text, old.text):
        return "fuller_name", Significance.MINOR, before, after
    lone = " ".join(sorted(a - b)), " ".join(sorted(b - a))
    if (alike(*lone) >= _SAME_NAME and not _has_other_parts(before, after)) or _have_one_root(*lone):
        return "name_spelling", Significance.DETAIL, before, after
    if len(a & b) >= _BODY:  # one body named otherwise: "School" for "Schools" or "Public" for the state's name
        return "name_spelling", Significance.DETAIL, before, after
    return "name", Significance.SUBSTANTIVE, before, after


def _has_other_parts(old: str, new: str) -> bool:
    """Whether two names differ in several parts, and one of these is no other spelling: no slip hits two parts so."""
    pairs = [(a, b) for a, b in zip(terms(old), terms(new), strict=False) if a != b]
    return len(pairs) > 1 and any(alike(*pair) < _SAME_NAME and not _have_one_root(*pair) for pair in pairs)


def _have_one_root(old: str, new: str) -> bool:
    """Whether two names may be forms of one: one begins the other, is short for it ("Philly"), or is much like it."""
    short, long = sorted((len(old), len(new)))
    head = shared(old, new)
    cut = short <= _ROOT + _PET_ENDING and head >= short - _PET_ENDING
    return head == short > 1 or (head >= _ROOT and (cut or head > long / 2))


_PET_ENDING = 2  # letters that a name for short has behind what it shares with the full one


def _without_shared_end(old: str, new: str) -> tuple[str, str]:
    """Return two names without the words they both end in: "Ann Lee of York" and "Ann Fox of York" differ before."""
    a, b = old.split(), new.split()
    while len(a) > 1 and len(b) > 1 and a[-1] == b[-1]:
        a.pop()
        b.pop()
    return " ".join(a), " ".join(b)


def _is_initials(short: str, full: str) -> bool:
    letters = short.replace(".", "").replace(" ", "")
    if " " not in full and 2 <= len(letters) <= _SHORT_FORM <= len(full) - 3 and letters[0] == full[0]:
        rest = iter(full.lower())
        return all(letter in rest for letter in letters.lower())  # "Pa." is Pennsylvania
    initials = "".join(_initials_of(word) for word in full.split())
    return any(
        word.isupper() and len(word) > 1 and initials.endswith(word) for word in (letters, short.partition(" ")[0])
    )


def _initials_of(word: str) -> str:
    """Return what a word gives to the initials of a name: an acronym gives itself, "U.S." is "US"."""
    if len(word) > 1 and word.replace(".", "").isupper():
        return word.replace(".", "")
    return word[0] if word[0].isupper() else ""


def _difference(edit: Edit, change: Change, articles: Articles) -> tuple[list[Fact], list[Fact]]:
    """Return the names that the words of one change give up and bring in."""
    words = [word for side in (change.old, change.new) for word in _CAPITALISED.findall(side)[:_MOST]]
    if not words:
        return [], []
    known = frozenset(_bare(word) for word in words if articles.knows(word))
    if edit.language == "de":  # where every noun has a capital
        known = frozenset(_bare(word) for word in words if any(_is_place(word, side) for side in (edit.old, edit.new)))
    if len(words) == 2 and known and alike(words[0], words[1]) >= _SAME_NAME:  # a name is known by its other spelling
        known = frozenset(map(_bare, words))
    sides = (edit.old, change.old), (edit.new, change.new)
    old, new = (_names(edit, sentence, _naming(changed, edit.language), known, articles) for sentence, changed in sides)
    before, after = ({fact.value for fact in found} for found in (old, new))
    return (
        [fact for fact in old if fact.value not in after and not _stands_in(edit.new, fact)],
        [fact for fact in new if fact.value not in before and not _stands_in(edit.old, fact)],
    )


def _stands_in(sentence: str, fact: Fact) -> bool:
    """Whether a name stands in a sentence too, with its capitals or as a plain word, as part of a longer run or not."""
    forms = (fact.text, fact.text.lower())
    return any(form in sentence and re.search(rf"\b{re.escape(form)}\b", sentence) for form in forms)


def _naming(changed: str, language: str) -> frozenset[str]:
    """Return the changed words that a name may be told by: no small ones, but "US" is none."""
    small = function_words(language) & {word for word in changed.split() if word.islower()}
    return frozenset(terms(changed)) - small


def _is_place(word: str, sentence: str) -> bool:
    """Whether a German noun stands behind a preposition without an article, as names of places do."""
    return bool(re.search(rf"\b(?:in|aus|nach|bei) {re.escape(word)}\b", sentence))


def _bare(word: str) -> str:
    return fold(word).casefold().removesuffix("'s")


def _names(edit: Edit, sentence: str, touched: frozenset[str], known: frozenset[str], articles: Articles) -> list[Fact]:
    """Return the names in a sentence that the changed words touch; in a headline only those that the body has too."""
    titled = _is_title(sentence)
    found = [_undated(fact) for fact in facts.names(sentence[:LONGEST], language=edit.language, known=known)]
    return [
        fact
        for fact in found
        if touched & set(terms(fact.text))
        and not _is_calendar(fact.text)
        and fact.text not in _HALVES_OF_DAY
        and not _COMPOUND.search(fact.text)
        and (not edit.in_headline or _stated(fact, articles))
        and (not titled or articles.has_elsewhere(fact.text, sentence))
    ][:_MOST]


def _is_title(sentence: str) -> bool:
    """Whether a line is set as titles are, nearly all its long words with capitals, which then make no names."""
    long = [word for word in _LONG_WORD.findall(sentence[:LONGEST]) if not word.isupper()]
    if len(long) < _TITLE or sentence.rstrip().endswith("."):
        return False
    return bool(sum(word[0].isupper() for word in long) > len(long) * _SET_AS_TITLE)


_LONG_WORD = regex.compile(r"\p{L}[\p{L}'’]{3,}")
_TITLE = 4  # long words that a line set as a title has at least
_SET_AS_TITLE = 0.8  # of them have capitals


def _undated(fact: Fact) -> Fact:
    """Return a name without the day that stands before it: "On Monday Ann Lee" names nobody called Monday."""
    first, _, rest = fact.text.partition(" ")
    if not rest or not any(moment.weekday is not None for moment in find_moments(first)):
        return fact
    return Fact(fact.kind, fact.value.partition(" ")[2], rest, fact.start + len(first) + 1, fact.end)


_HALVES_OF_DAY = frozenset({"AM", "PM"})


@lru_cache(maxsize=256)
def _is_calendar(name: str) -> bool:
    """Whether a run of capitalised words is a day or ends in a month: "Monday", "Until June"."""
    return bool(find_moments(name) or find_moments(f"{name.rpartition(' ')[2]} 1, 2000"))


def _stated(fact: Fact, articles: Articles) -> bool:
    return any(fact.text in text.partition("\n")[2] for text in (articles.old, articles.new))
