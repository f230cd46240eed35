"""The reading of text that notes, diffs and verdicts share: glyphs, sentences, words, numbers. Pure.

Two forms of a text matter. The *shown* form (`clean`) is the page's own text with nothing but invisible characters and
kinds of space made uniform. The *compared* form (`fold`) also folds the glyph variants of quotes and dashes, which
carry no meaning. Neither drops a digit, a sign, a question mark, a quotation mark or a hyphen.
"""

import re
import unicodedata
from itertools import accumulate

import regex

# Soft hyphen, zero-width space, word joiner, byte order mark. Zero-width joiners and non-joiners stay: they spell words
# in Persian, Hindi and emoji.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_TOWER = regex.compile(r"(\p{M}{50,}+)")
_LONG = 1_000  # characters, below which no tower costs much
_GLYPHS = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("–—―", "–"),
    "…": "...",
}
_GLYPH = re.compile(f"[{''.join(_GLYPHS)}]")  # six times as fast as `str.translate`, which asks for every character

# For patterns: one character for one, so that what is found stands at the same place in the page's own text.
_TYPED = {**dict.fromkeys("’‘‛′ʼ", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("–—―‐‑", "-"), "\u00a0": " "}
_TYPESET = re.compile(f"[{''.join(_TYPED)}]")


def clean(text: str) -> str:
    """Return text on one line in NFC, invisible characters removed and every run of space made one blank."""
    if not text.isascii():
        for sign in _INVISIBLE:  # each by itself: a tenth of what one search for all of them takes
            if sign in text:
                text = text.replace(sign, "")
        text = _composed(text)
    return " ".join(text.split())


def _composed(text: str) -> str:
    """Return text in NFC but for towers of marks, which no script builds: putting them in order is quadratic."""
    if len(text) < _LONG:
        return unicodedata.normalize("NFC", text)
    parts = _TOWER.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def fold(text: str) -> str:
    r"""Return the form in which two texts are compared: `clean`, with glyph variants of quotes and dashes folded.

    >>> fold("“It’s”  2–1") == fold('"It\'s" 2—1')
    True
    """
    return fold_glyphs(clean(text))


def fold_glyphs(shown: str) -> str:
    """Return the compared form of a text that is clean already."""
    return shown.replace("`", "'") if shown.isascii() else _GLYPH.sub(lambda found: _GLYPHS[found[0]], shown)


def typed(text: str) -> str:
    """Return text with the quotes, dashes and blanks of a typewriter, every character in its place.

    >>> typed("It’s 2—1")
    "It's 2-1"
    """
    return text if text.isascii() else _TYPESET.sub(lambda found: _TYPED[found[0]], text)


# --- words and sentences -----------------------------------------------------------------------------------------

_NUMBER = r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|%)?(?!\w)"  # with its separators and a unit grown onto it
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts that write no blanks between words, for a class of the regex package: each letter is a word by itself."""
_DRESS = r"[\p{M}\p{Emoji_Modifier}\U000E0020-\U000E007F]*"  # accents, skin tones, the tags of regional flags
_TOKEN = regex.compile(
    rf"{_NUMBER}"
    rf"|[{UNSPACED}]\p{{M}}*"  # scripts that write no spaces: a character is a word
    rf"|(?:(?![{UNSPACED}])[\p{{L}}\p{{N}}_])"
    rf"(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}_]|['’](?=\p{{L}})|[\u200c\u200d]+(?=[\p{{L}}\p{{M}}]))*"
    rf"|\p{{Regional_Indicator}}{{2}}|\p{{M}}+"
    # Any other visible character stands alone; \x1c to \x1f are white space to str.isspace() and to re.
    rf"|[^\s\x1c-\x1f\p{{L}}\p{{N}}]{_DRESS}(?:\u200d[^\s\x1c-\x1f\p{{L}}\p{{N}}]{_DRESS})*",
)
# Most text holds none of what needs the pattern above: there the standard library finds the same, three times as fast.
_SIMPLE = re.compile(
    r"[\t\n\r -\u00b1\u00b4-\u00b8\u00ba\u00bb\u00bf-\u02af\u0370-\u0482\u048a-\u052f"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]*",
)
# Its group is not possessive: before 3.11.5 Python leaves such a group in the middle (python/cpython#106052).
_WORD = r"\w*+(?:['’](?=[^\W\d_])\w++)*"
_SIMPLE_TOKEN = re.compile(rf"[^\W\d]{_WORD}|{_NUMBER}|\w{_WORD}|[^\s\w]")
_BOOK = 500_000  # characters from which on a text is read by lines, which takes less memory
_SIMPLE_PIECE = re.compile(rf"[a-z]++ ++(?!\s)|(?:{_SIMPLE_TOKEN.pattern})\s*+")  # most are a plain word and a blank
_STOP = regex.compile(
    r"(?<![.!?…।॥۔؟])[.!?…।॥۔؟]++[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[¿¡]*[\p{Lu}\p{Lt}\p{N}\p{Lo}])"
    r"|(?<![。！？｡])[。！？｡]++[」』”’）]*+\s*+",
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(\"'“‘])(?:\p{Lu}|(?:\p{L}\.)+\p{L}|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr|Sr|Inc|Corp|Co|Ltd"
    r"|No|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|bzw|ca|Nr|etc|al|usw|Mio|Mrd|art|nº|núm|Sra?|Srta|Mme|Mlle)\.$",
)


def tokens(text: str) -> list[tuple[int, int]]:
    """Return the words, numbers and punctuation marks of a text as half-open character ranges, in order.

    White space is never a token. A number is one token with its separators ("1,250.5", "9:30", "3rd"); so is a letter
    with its marks, an emoji with all that is joined to it, a flag.
    """
    return [match.span() for match in _pattern(text).finditer(text)]


def words(text: str) -> list[str]:
    """Return the words, numbers and punctuation marks of a text, in order."""
    return _pattern(text).findall(text)


def word_table(text: str, offset: int = 0) -> tuple[list[str], list[int]]:
    """Return the same words and where each begins, counted from `offset`: two lists, made at the least cost."""
    if "\n" in text and (len(text) > _BOOK or not _is_simple(text)):
        return _word_table_of_lines(text, offset)
    if not _is_simple(text):
        return _word_table_of_any(text, offset)
    # Each word with the white space behind it: together they are the text, so that lengths alone tell the places.
    pieces = _SIMPLE_PIECE.findall(text)
    starts = list(accumulate(map(len, pieces), initial=offset + len(text) - len(text.lstrip())))
    starts.pop()
    return list(map(str.rstrip, pieces)), starts


def _word_table_of_lines(text: str, offset: int) -> tuple[list[str], list[int]]:
    """Return the word table of several lines, so that those that need no more are read by the faster pattern.

    Words that are the same are one string: a text long enough to matter says most of them again and again.
    """
    found: list[str] = []
    starts: list[int] = []
    once: dict[str, str] = {}
    for line in text.split("\n"):
        of_line = word_table(line, offset)
        found += map(once.setdefault, of_line[0], of_line[0])
        starts += of_line[1]
        offset += len(line) + 1
    return found, starts


def _word_table_of_any(text: str, offset: int) -> tuple[list[str], list[int]]:
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return [text[start:end] for start, end in spans], [offset + start for start, _ in spans]


def _pattern(text: str) -> "re.Pattern[str] | regex.Pattern[str]":
    """Return the faster of two patterns that find the same tokens in this text."""
    return _SIMPLE_TOKEN if _is_simple(text) else _TOKEN


def _is_simple(text: str) -> bool:
    return _SIMPLE.fullmatch(text) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph as half-open ranges that cover it, each with the space that follows it.

    >>> [text[a:b] for text in ["Mr. Fox ran. He hid."] for a, b in sentences(text)]
    ['Mr. Fox ran. ', 'He hid.']
    """
    found, start = [], 0
    for stop in _STOP.finditer(text):
        if text[stop.start()] == "." and _ABBREVIATION.search(text, max(start, stop.start() - 20), stop.start() + 1):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    if start < len(text) or not found:
        found.append((start, len(text)))
    return found
