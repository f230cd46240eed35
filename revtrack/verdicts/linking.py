"""Tell which changes a note explains: by values, names and words it shares with them, by its topic. Knows no levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from revtrack import facts
from revtrack.facts import Fact, FactKind
from revtrack.model import Change, Note, NoteKind, Reason, Significance
from revtrack.notes import find_notes
from revtrack.text import fold
from revtrack.verdicts.figures import is_year
from revtrack.verdicts.terms import content, listed_stems, meaning, stems, terms

_LONGEST = 1500  # characters of a note that are read
_TOPICS = {
    "headline": {"headline_reworded"},
    "caption": {"caption"},
    "photo": {"caption"},
    "quote": {"quotation", "quotation_marks", "quotation_removed", "quotation_added", "attribution"},
    "attribution": {"attribution", "quotation", "name", "role"},
    "name": {"name", "name_spelling", "fuller_name", "role"},
    "title": {"role", "claim", "wording", "clause_added", "clause_removed", "name"},
    "date": {"date", "time"},
    "time": {"date", "time"},
    "age": {"number"},
    "money": {"money", "number"},
    "number": {"number", "money", "percent", "unit"},
    "percent": {"percent", "number"},
    "place": {"name", "name_spelling", "claim"},
}
_ADDITIONS = frozenset(
    {
        "paragraph_added",
        "sentence_added",
        "quotation_added",
        "clause_added",
        "subheading_added",
        "caption",
        "line_added",
    },
)
VALUED = frozenset({"number", "money", "percent", "date", "time", "name", "name_spelling", "fuller_name"})
_ANY = frozenset({"wording", "claim", "status", "clause_added", "clause_removed"})  # of no known kind
_NEWS = 3  # stems of its own that a note has at least when it tells news itself
_SPEAKERS = frozenset({"name", "name_spelling", "role"})
_NEAR = 3  # words that a note must share with the sentence of a change, and none with its words
_COUNTED = frozenset({"number", "money", "percent", "date", "time"})


class Link(IntEnum):
    """How sure it is that a note is about a change."""

    NONE = 0
    KIND = 1  # the note announces changes of this kind: additions
    TOPIC = 2  # the note names what kind of fact it is about, or speaks of things nearby
    WORDS = 3  # the note speaks of the same things
    VALUE = 4  # the note states the very value or name


@dataclass(frozen=True, slots=True)
class NoteReading:
    """A note made ready for linking: the values and stems it holds, and whether it names anything at all."""

    note: Note
    language: str
    values: frozenset[str]
    stems: frozenset[str]
    topics: frozenset[str]
    fates: frozenset[str]

    @property
    def names_nothing(self) -> bool:
        """Whether it says that something changed and not what."""
        return not (self.values or self.named or self.topics or self.note.wrong or self.note.right)

    @property
    def named(self) -> frozenset[str]:
        """The stems that say more than that something was added."""
        return self.stems - listed_stems("adding", self.language)

    @property
    def tells_news(self) -> bool:
        """Whether it tells what has happened since, rather than what became of the text."""
        told = self.note.text.partition(":")[2]
        return (
            self.note.kind is NoteKind.UPDATE
            and len(self.named) >= _NEWS
            and bool(told)
            and not find_notes(told, language=self.language)
        )

    def may_mean(self, reason: Reason, change: Change | None) -> bool:
        """Whether nothing it names speaks against its being about a reason: another kind of fact, other values.

        A value that stands in the sentence before and after only says which sentence is meant.
        """
        topical = not self.topics or bool(features(reason) & self.topics) or reason.feature in _ANY
        sides = (change.old_sentence, change.new_sentence) if change else ("", "")
        kept = frozenset.intersection(*(_values(side, self.language) for side in sides))
        return topical and self.values <= kept and not self._states_others(sides)

    def _states_others(self, sides: tuple[str, str]) -> bool:
        """Whether it names a kind of fact, and what of it was wrong and is right, and no word of a sentence."""
        stated = self.note.wrong and self.note.right and self.topics and self.named
        return bool(stated) and not _shared(meaning(" ".join(sides), self.language), self.named)

    @property
    def announces_additions(self) -> bool:
        """Whether it says that something was added."""
        return self.note.kind is NoteKind.UPDATE and (self.named != self.stems or not self.names_nothing)


def features(reason: Reason, change: Change | None = None) -> frozenset[str]:
    """Return what a note may call the fact of a reason.

    A year or the day that a span of dates ends with is a date too, quoted words are a quotation, and a name beside
    one is whose words they are.
    """
    year = is_year(reason.before) and is_year(reason.after)
    dated = reason.feature == "number" and (year or (change is not None and _is_day(reason.after, change.new_sentence)))
    quoted = change is not None and "quote" in change.tags
    speaker = change is not None and reason.feature in _SPEAKERS and bool(facts.quotations(change.new_sentence))
    return frozenset({reason.feature, *(["date"] * dated), *(["quotation"] * quoted), *(["attribution"] * speaker)})


def _is_day(shown: str, sentence: str) -> bool:
    """Whether a number is the other day of a span of dates: "July 10 to 12"."""
    at = sentence.find(shown) if shown.isdecimal() and len(shown) <= _DAY else -1
    ends = [(date.start, date.end) for date in facts.dates(sentence)] if at >= 0 else []
    return any(0 <= at - end <= _SPAN or 0 <= start - at - len(shown) <= _SPAN for start, end in ends)


_DAY = 2  # digits of a day of the month
_SPAN = 5  # characters between the two days of a span: "10 and 12 July"


def read_note(note: Note, *, language: str) -> NoteReading:
    """Read the values, names and words of a note once, for all the changes it may be about."""
    text = note.text[:_LONGEST].replace("−", "-")
    found = [*facts.numbers(text, language=language), *facts.dates(text, language=language)]
    dated = _stamp_length(note, found)
    said = content(text[dated:], language)
    named = stems(term for term in said if len(term) > 2 or not term.isascii()) - listed_stems("editorial", language)
    date_terms = stems(term for fact in found if fact.kind.value in {"date", "time"} for term in terms(fact.text))
    about = named - date_terms - _numeric(named)
    own = _own_moment(note, found, is_bare=not (about or note.wrong or note.right))
    stated = (fact for fact in found if fact.start >= dated and fact.start not in own)
    values = frozenset(fact.value for fact in stated if fact.value != "1" or fact.text.startswith("1"))
    topics = frozenset(_TOPICS.get(note.target, ()))
    fates = _fates(text, named, language)
    return NoteReading(note, language, values, about, topics, fates)


def _fates(text: str, named: frozenset[str], language: str) -> frozenset[str]:
    """Return what harm a note says came to people, any where it speaks of victims alone."""
    told = _states(text, language) & _HARM
    return told or (_HARM if named & listed_stems("toll", language) else told)


_HARM = frozenset({"death", "murder", "injury", "missing"})


def _own_moment(note: Note, found: Sequence[Fact], *, is_bare: bool) -> frozenset[int]:
    """Return where a note says when it was written: its first date and its first time of day, if it says so at all.

    One that `is_bare`, of no words of its own, has no other use for them.
    """
    if not (note.stated_at or note.kind is NoteKind.UPDATE or is_bare):
        return frozenset()
    return frozenset(next((fact.start for fact in found if fact.kind is kind), -1) for kind in _MOMENTS)


_MOMENTS = (FactKind.DATE, FactKind.TIME)


def _numeric(found: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in found if term[0].isdigit())


def _stamp_length(note: Note, found: Sequence[Fact]) -> int:
    """Return how many characters at its start give the label and date of a note, not what it is about."""
    head, colon, _ = note.text[:_LABEL].partition(": ")
    dated = note.stated_at is not None or any(fact.kind in _MOMENTS and fact.end <= len(head) for fact in found)
    return len(head) + 1 if colon and (dated or len(head.split()) <= 2) else 0


_LABEL = 60  # characters that a label has at most, with the date behind it: "Correction, Nov. 15, 2019: "


def link(reading: NoteReading, reason: Reason, change: Change | None, *, language: str) -> Link:
    """Return how sure it is that the note explains this reason."""
    if _shares_value(reading, reason, language):
        return Link.VALUE
    if reason.feature in VALUED and (reading.note.wrong or reading.note.right):
        return Link.NONE  # it says which value was wrong, and it is not this one
    changed = meaning(f"{reason.before} {reason.after}", language)
    if change and reason.feature not in VALUED:
        changed |= meaning(f"{change.old} {change.new}", language)
    around = meaning(f"{change.old_sentence} {change.new_sentence}", language) if change else changed
    about = reading.named if reason.feature not in _ADDITIONS else reading.stems
    direct, near = _shared(changed, about), _shared(around, about)
    if change and not near:  # "the death toll" and "12 people were killed" are about the same
        near += bool(reading.fates & _states(f"{change.old_sentence} {change.new_sentence}", language))
    topic = bool(features(reason, change) & reading.topics) or (
        reason.where == "headline" and reading.note.target == "headline"
    )
    added = reason.feature in _ADDITIONS or (reason.significance is Significance.DETAIL and bool(reason.after))
    announced = added and reading.announces_additions
    removed = bool(reason.before) and not reason.after and reading.note.kind is NoteKind.REMOVAL
    if (direct and near >= min(2, len(about) / 2)) or ((topic or announced or removed) and near):
        return Link.WORDS
    if topic or near >= _NEAR:
        return Link.TOPIC if topic or reason.feature in VALUED else Link.WORDS
    return Link.KIND if announced else Link.NONE


def names_words_of(reading: NoteReading, reason: Reason) -> bool:
    """Whether a note has one of the very words that a reason shows, and not only words around them."""
    return bool(_shared(meaning(f"{reason.before} {reason.after}", reading.language), reading.named))


def states_both(reading: NoteReading, reason: Reason, *, language: str) -> bool:
    """Whether a note states both the value or name that a reason shows before and the one it shows after."""
    if _denies(reading.note.text[:_LONGEST], reason.after, language):
        return False
    if reason.feature in _COUNTED:
        return all(_values(side, language) & reading.values for side in (reason.before, reason.after))
    old, new = (stems(terms(side)) for side in (reason.before, reason.after))
    return bool(reading.stems & (old - new)) and bool(reading.stems & (new - old))


def _denies(text: str, shown: str, language: str) -> bool:
    """Whether a note says "not" right before a value: that one is what it calls wrong."""
    at = text.find(shown)
    return any(0 < at - denial.end <= _CLOSE for denial in facts.negations(text, language=language))


_CLOSE = 12  # characters between a "not" and what it denies: "not the 14,200"


def _shared(said: frozenset[str], about: frozenset[str]) -> int:
    """Return how many stems two texts share; one may begin the other, as "Preis" does "Preisträgerin"."""
    same = said & about
    longer = [stem for stem in about - same if len(stem) >= _COMPOUND]
    return len(same) + sum(any(a.startswith(b) or b.startswith(a) for b in said if len(b) >= _COMPOUND) for a in longer)


_COMPOUND = 5  # letters of a word that may stand within another


def _shares_value(reading: NoteReading, reason: Reason, language: str) -> bool:
    note = reading.note
    if reason.feature in _COUNTED and reading.values:
        before, after = (_values(side, language) for side in (reason.before, reason.after))
        undoes = _values(note.right, language) & before or _values(note.wrong, language) & after
        if undoes and not (before & reading.values and after & reading.values):
            return False  # it takes away what the note calls right: the same figure of something else
        if (before | after) & reading.values:
            return True
    if reason.feature in {"name", "name_spelling", "fuller_name", "quotation"}:
        changed = stems(terms(reason.before)) ^ stems(terms(reason.after))
        if any(len(term) > 2 and term in reading.stems for term in changed):
            return True
    if reason.feature == "status":
        states = [_states(side, language) for side in (reason.before, reason.after)]
        if all(states) and states[0] | states[1] <= _states(note.text[:_LONGEST], language):
            return True
    stated = [(note.wrong, reason.before), (note.right, reason.after)]
    return any(_within(said, shown) for said, shown in stated)


@lru_cache(maxsize=1024)
def _values(text: str, language: str) -> frozenset[str]:
    plain = text.replace("−", "-")
    return frozenset(
        f.value for f in (*facts.numbers(plain, language=language), *facts.dates(plain, language=language))
    )


@lru_cache(maxsize=256)
def _states(text: str, language: str) -> frozenset[str]:
    return frozenset(fact.value for fact in facts.states(text, language=language))


def _within(said: str, shown: str) -> bool:
    """Whether what a note calls wrong or right is what stood before or stands now."""
    a, b = fold(said).casefold().strip(" .\"'"), fold(shown).casefold().strip(" .\"'")
    return len(a) > 1 and len(b) > 1 and (a in b or b in a)
