"""Read who is spoken of and what is quoted: runs of capitals, what stands in quotation marks. No model, no lists."""

from functools import lru_cache

import regex

from revtrack.facts.fact import Fact, FactKind
from revtrack.text import fold
from revtrack.vocabulary import CURRENCIES, PERCENTS, words_of

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|Sir|Lord|Lady|Judge|President|Minister|Mayor"
    r"|Herr|Frau|Monsieur|Madame|Señor|Señora|Signor|Signora)\b\.?\s+"
)
_CAPITAL = r"(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{M}\p{N}'’&-]*"
_NAME = regex.compile(
    rf"(?:{_TITLE})*(?P<name>(?!{_TITLE})(?:{_CAPITAL})"
    rf"(?:\s(?:(?:of|the|de|del|da|di|van|von|der|den|bin|al)\s){{0,2}}(?!{_TITLE})(?:{_CAPITAL})){{0,5}})",
)
_NAME_OF_NOUNS = regex.compile(_NAME.pattern.replace("|der|den|", "|").replace("of|the|", ""))  # "Angaben der Polizei"
_OPENER = regex.compile(r"(?:^|[.!?:…“\"„«»(\[–—•]|['‘](?<=\s.))\s*$")
# Words that begin sentences and are no part of a name.
_PLAIN_WORDS = frozenset(
    regex.split(
        r"\s+",
        """a an the this that these those it he she they we i you his her their its our in on at by for from
        with and but or if as when while after before since there here what who why how where no all not some
        most many one two three more new old updated correction update according however also meanwhile last
        next officials police yesterday""",
    ),
)
_QUOTE = regex.compile(
    r"“([^“”]{1,2000})[”“]|„([^“”„]{1,2000})[“”]|«([^«»]{1,2000})»|»([^«»]{1,2000})«|「([^」]{1,2000})」|\"([^\"“”]{1,2000})”"
    r"|“([^“”\"]{1,2000})\"|\"([^\"]{1,2000})\"|''([^']{1,2000})''"  # marks that do not match, and doubled ones
    r"|(?<!\w)[‘']([^‘’'\n]{1,300})[’'](?!\w)",
)


def names(text: str, *, language: str = "", known: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """Return the names of people, places and bodies: runs of capitalised words, titles left off.

    A single capitalised word that opens a sentence counts only when `known`, the folded names that the article states
    elsewhere, holds it. In German, where nouns have capitals, a lone word counts only when known or an acronym.
    """
    found = []
    plain = _plain_words(language)
    for match in (_NAME_OF_NOUNS if language[:2] == "de" else _NAME).finditer(text):
        name, start = match["name"], match.start("name")
        while name and name.split()[0].lower() in plain:
            name = name.partition(" ")[2]
        start = match.end("name") - len(name)
        if not name or not name[0].isupper() or name.lower() in plain:
            continue
        value = _key(name)
        alone = " " not in name and not name.isupper()
        opens = language[:2] == "de" or (start == match.start("name") and _OPENER.search(text, 0, match.start()))
        if len(value) > 1 and not (alone and opens and value not in known):
            found.append(Fact(FactKind.NAME, value, name, start, start + len(name)))
    return tuple(found)


def _key(name: str) -> str:
    """Return a name as it is compared: without its genitive, an acronym without its points."""
    plain = fold(name).casefold().removesuffix("'s").rstrip(".")
    return plain.replace(".", "") if _ACRONYM.fullmatch(name) else plain


_ACRONYM = regex.compile(r"(?:\p{Lu}\.)+\p{Lu}?")


@lru_cache(maxsize=32)
def _plain_words(language: str) -> frozenset[str]:
    words = words_of(language)
    listed = {word for name in ("function", "according", "saying", "pending") for word in words.listed(name)}
    return _PLAIN_WORDS | PERCENTS | CURRENCIES.keys() | words.numerals.keys() | words.multipliers.keys() | listed


def quotations(text: str, *, language: str = "") -> tuple[Fact, ...]:
    """Return what stands inside quotation marks; the value is the folded words without closing punctuation."""
    del language  # quotation marks are told by their shape
    found = []
    for match in _QUOTE.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        value = fold(inner).casefold().strip(" .,!?;:")
        if value:
            found.append(Fact(FactKind.QUOTE, value, inner, match.start(), match.end()))
    return tuple(found)
