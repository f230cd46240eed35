"""What it means that a paragraph, a sentence, a quotation or a caption came, went or moved. Knows no notes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from revtrack import facts
from revtrack.facts import Fact
from revtrack.model import BlockOp, Change, Diff, Reason, Significance
from revtrack.text import fold
from revtrack.verdicts.edits import Edit
from revtrack.verdicts.figures import same_numbers
from revtrack.verdicts.terms import LONGEST, meaning, terms, unaccented
from revtrack.verdicts.words import PENDING
from revtrack.vocabulary import words_of

_STUB = 4  # words that a line must have to state anything
_READ = 200_000  # characters of an article in which quotations are looked up
_EDGE = 25  # characters by which a quotation is found in a sentence
_REACH = 2_500  # characters around a sentence in which a quotation that holds it may begin or end
_MOST_QUOTED = 8  # quotations of one edit that are judged
_SAME_QUOTE = 0.3  # of the words of the shorter of two quotations are shared when one became the other
_PROMISE = 12  # words that a mere promise of more has at most
_LOST = 0.2  # of the words of a passage that may be gone from an article that still tells it
_SPOKEN = 4  # words that a quotation must have to be somebody's statement
_WHOLE = {"move": "moved", "split": "split", "merge": "merged"}
_POINTERS = ("»", ">>", "→", "▶", "►")
_SIGNPOST = re.compile(
    r"(?:story|article)\scontinues\sbelow|continues?\safter\sadvert|on\s(?:vimeo|youtube|instagram|twitter)\W*$",
    re.IGNORECASE,
)
_MARKS = re.compile("[\"“”„«»「」‘]|(?<!\\w)'(?=['\\w])")
_UNMATCHED = re.compile('“[^”]*"|"[^"]*”|\'\'|‘')  # what the diff need not know for a quotation
_PENDING = re.compile(PENDING, re.IGNORECASE)
_CONTACT = re.compile(r"^.{0,120}\w@[\w.-]+\.\w+\W*$")  # ends in an address, and tells little before it
_COUNTER = re.compile(
    r"\W*(?:comments?|shares?|likes?|views?|kommentare?|commentaires?|comentarios?)\W*\d*\W*", re.IGNORECASE
)


def judge_passage(edit: Edit, diff: Diff) -> Iterator[Reason]:
    """Yield the reasons of a change of whole paragraphs or sentences."""
    change = edit.changes[0]
    if change.op in _WHOLE:
        yield edit.reason(_WHOLE[change.op], Significance.COSMETIC, change.old, change.new)
    elif change.where == "caption":
        told = not change.new_sentence and not _is_aside(change.old)
        level = Significance.SUBSTANTIVE if told else Significance.DETAIL
        yield edit.reason("caption", level, change.old, change.new)
    elif change.new and not change.old_sentence:
        yield _added(edit, change, diff)
    else:
        yield _removed(edit, change, diff)


def is_passage(edit: Edit) -> bool:
    """Whether an edit is about whole paragraphs or sentences rather than words within one."""
    change = edit.changes[0]
    return change.op not in {"replace", "insert", "delete"} or not (change.old_sentence and change.new_sentence)


def is_counter(edit: Edit) -> bool:
    """Whether an edit is in a line that only counts readers' doings; such a line states nothing of the story."""
    sides = [side for side in (edit.old, edit.new) if side]
    return bool(sides) and all(len(side) < 40 and _COUNTER.fullmatch(side) for side in sides)


def is_pending(text: str, language: str) -> bool:
    """Whether a passage only says what is expected or not known yet."""
    return goes_on(text, language) or bool(_PENDING.search(text)) or is_open(text, language)


def goes_on(text: str, language: str) -> bool:
    """Whether a passage says of something that it goes on, or invites to what is to come."""
    words = words_of(language)
    listed = words.listed("pending")
    return bool(set(terms(text)) & set(listed)) if words.spaced else any(word in text for word in listed)


def is_open(text: str, language: str) -> bool:
    """Whether a passage says that something is not known or not done yet, or that nobody has answered."""
    plain = fold(text[:LONGEST]).casefold()
    return any(phrase in plain for phrase in words_of(language).phrases("open"))


def _added(edit: Edit, change: Change, diff: Diff) -> Reason:
    text = change.new
    unit = _unit(change)
    if _is_aside(text):
        return edit.reason("line_added", Significance.MINOR, "", text)
    spoken = _new_quotations(text, diff.old_text)
    if spoken:
        return edit.reason("quotation_added", Significance.DETAIL, "", spoken[0])
    return edit.reason(f"{unit}_added", Significance.DETAIL, "", text)


def _removed(edit: Edit, change: Change, diff: Diff) -> Reason:
    text = change.old
    spoken = _new_quotations(text, diff.new_text)
    pending = not spoken and len(terms(text)) < _PROMISE and is_pending(text, edit.language)
    if pending or _is_aside(text):
        return edit.reason("line_removed", Significance.MINOR, text, "")
    if spoken:
        return edit.reason("quotation_removed", Significance.SUBSTANTIVE, spoken[0], "")
    invites = set(terms(text)[:1]) <= set(words_of(edit.language).listed("inviting"))
    slight = invites or change.where == "deck" or _is_shed(change, diff)
    slight = slight or _is_still_told(text, diff.new_text, edit.language)
    level = Significance.DETAIL if slight else Significance.SUBSTANTIVE
    return edit.reason(f"{_unit(change)}_removed", level, text, "")


def _is_shed(change: Change, diff: Diff) -> bool:
    """Whether a paragraph is of the last of a live page, which went while new ones came above: it holds so many."""
    if change.old_paragraph is None or not (diff.old.live and diff.new.live):
        return False
    last = list(takewhile(lambda block: block.op is BlockOp.DELETE, reversed(diff.blocks)))
    above = diff.blocks[: len(diff.blocks) - len(last)]
    is_last = any(block.old[0] <= change.old_paragraph < block.old[1] for block in last)
    return is_last and any(block.op is BlockOp.ADD for block in above)


def _is_still_told(text: str, article: str, language: str) -> bool:
    """Whether nearly all that a passage told stands elsewhere in the article: it was shortened, not taken back."""
    said = meaning(text, language)
    return len(said) >= _SPOKEN and len(said - _told(article[:_READ], language)) <= len(said) * _LOST


@lru_cache(maxsize=4)
def _told(article: str, language: str) -> frozenset[str]:
    """Return the stems of an article, read line by line: a line is as long as what is looked at of one."""
    lines = (line[at : at + LONGEST] for line in article.split("\n") for at in range(0, len(line), LONGEST))
    return frozenset(stem for line in lines for stem in meaning(line, language))


def _is_aside(text: str) -> bool:
    """Whether a line states nothing of the story: a word or two, an invitation to read something, a credit."""
    if len(terms(text)) < _STUB and not any(character.isdigit() for character in text):
        return True
    from revtrack.extraction.phrases import is_credit, is_invitation  # noqa: PLC0415 - its room loads the parser

    pointed = text.startswith(_POINTERS) and not quotations(text)  # "»" opens words that are quoted, too
    pointing = pointed or _CONTACT.search(text) or _SIGNPOST.search(text[:80])
    return bool(pointing) or is_invitation(text) or is_credit(text)


def _unit(change: Change) -> str:
    if change.where == "subheading":
        return "subheading"
    return "paragraph" if change.op in {"add", "remove"} else "sentence"


def _new_quotations(text: str, other: str) -> list[str]:
    """Return the quotations of a passage that the other text does not have, one that is a single word left out."""
    found = quotations(text)
    words = _folded(other) if found else ""
    return [fact.text for fact in found if fact.value not in words and (_long(fact) or len(found) == 1)]


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    return fold(text[:_READ]).casefold().replace("''", '"')


def _long(fact: Fact) -> bool:
    return len(terms(fact.text)) >= _SPOKEN


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Fact, ...]:
    """Return what stands in quotation marks in a passage."""
    return facts.quotations(text) if _MARKS.search(text) else ()


# --- quotations within an edited paragraph -------------------------------------------------------------------------


def judge_quotations(edit: Edit, changes: tuple[Change, ...], diff: Diff) -> Iterator[Reason]:
    """Yield what became of the quotations that an edit touches: other words in them, marks put or taken, gone, new."""
    if not any({"quote", "quote_removed"} & set(change.tags) for change in changes) and not _UNMATCHED.search(edit.old):
        return
    old, new = _paragraphs(edit, changes[0], diff)
    gone, come, others = _exchanged(edit, (old, new), (_spoken(diff.old_text), _spoken(diff.new_text)))
    for fact in gone:
        rival = _nearest(fact, others)
        if rival:
            others.remove(rival)
            come = [other for other in come if other is not rival]
            yield from _reworded(edit, changes, fact, rival)
        elif fact.value in _folded(new):
            yield edit.reason("quotation_marks", Significance.SUBSTANTIVE, f"“{fact.text}”", fact.text)
        else:
            yield edit.reason("quotation_removed", Significance.SUBSTANTIVE, fact.text, "")
    for fact in come:
        if fact.value in _folded(old):
            yield edit.reason("quotation_marks", Significance.SUBSTANTIVE, fact.text, f"“{fact.text}”")
        else:
            yield edit.reason("quotation_added", Significance.DETAIL, "", fact.text)


def _exchanged(
    edit: Edit, texts: tuple[str, str], spoken: tuple[str, str]
) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Return the quotations around an edit that stand nowhere now, that are new, and that were not in its place."""
    before = [fact for fact in quotations(texts[0]) if _is_around(fact, edit.old)][:_MOST_QUOTED]
    after = [fact for fact in quotations(texts[1]) if _is_around(fact, edit.new)][:_MOST_QUOTED]
    former, latter = ({fact.value for fact in side} for side in (before, after))
    gone = [f for f in before if f.value not in spoken[1] and f.value not in latter and not _is_quoted(f, texts[1])]
    come = [f for f in after if f.value not in spoken[0] and f.value not in former and not _is_quoted(f, texts[0])]
    return gone, come, [fact for fact in after if fact.value not in former]


def _is_quoted(fact: Fact, text: str) -> bool:
    """Whether a quotation opens in a text too, with marks that close elsewhere."""
    return f'"{fact.value}' in _folded(text)


def _is_around(fact: Fact, sentence: str) -> bool:
    """Whether a quotation and a sentence overlap: one may be the longer."""
    return fact.text[:_EDGE] in sentence or fact.text[-_EDGE:] in sentence or sentence[:_EDGE] in fact.text


def _reworded(edit: Edit, changes: tuple[Change, ...], old: Fact, new: Fact) -> Iterator[Reason]:
    """Yield the reason of a quotation with other words in it; shortened or with other small words it says the same."""
    before, after = _within(changes, old, new)
    if unaccented(terms(old.text)) == unaccented(terms(new.text)) or same_numbers(
        before, after, language=edit.language
    ):
        return
    slight = meaning(old.text, edit.language) == meaning(new.text, edit.language)
    yield edit.reason("quotation", Significance.DETAIL if slight else Significance.SUBSTANTIVE, before, after)


@lru_cache(maxsize=8)
def _spoken(text: str) -> str:
    """Return all that is in quotation marks in a text, one quotation a line."""
    return "\n".join(fact.value for fact in quotations(text[:_READ]))


def _paragraphs(edit: Edit, change: Change, diff: Diff) -> tuple[str, str]:
    """Return the two paragraphs that an edit is in: a quotation may be longer than its sentence."""
    if change.old_paragraph is None or change.new_paragraph is None:
        return edit.old, edit.new
    old, new = diff.old.paragraphs[change.old_paragraph].text, diff.new.paragraphs[change.new_paragraph].text
    return _near(old, edit.old), _near(new, edit.new)


def _near(paragraph: str, sentence: str) -> str:
    """Return a paragraph; of an endless one what stands near the sentence."""
    if len(paragraph) <= 2 * _REACH:
        return paragraph
    place = max(0, paragraph.find(sentence[:_EDGE]))
    return paragraph[max(0, place - _REACH) : place + len(sentence) + _REACH]


def _nearest(fact: Fact, others: list[Fact]) -> Fact | None:
    """Return the quotation that a quotation became, None where none is near enough."""
    scored = [(_shared(fact, other), -index) for index, other in enumerate(others)]
    best = max(scored, default=(0.0, 0))
    return others[-best[1]] if best[0] > _SAME_QUOTE else None


def _shared(old: Fact, new: Fact) -> float:
    a, b = set(terms(old.text)), set(terms(new.text))
    return len(a & b) / max(1, min(len(a), len(b)))


def _within(changes: tuple[Change, ...], old: Fact, new: Fact) -> tuple[str, str]:
    """Return the words that changed within a quotation."""
    for change in changes:
        if change.old in old.text and change.new in new.text and (change.old or change.new):
            return change.old, change.new
    return old.text, new.text
