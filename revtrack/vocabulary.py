"""The words that carry facts, read from one file a language: numerals, denials, hedges, states. Knows no grammar.

The files stand in `revtrack/words/`, to be read and mended without code; docs/verdicts.md says what each list is for.
What a language lacks, the readers of facts do not see in it. Words that mean something else as often are left out: a
false fact costs more than a missed one.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

import regex

LANGUAGES: Final = frozenset("en de fr es pt it nl sv no da fi pl cs ru uk tr ar hi id zh ja ko".split())  # noqa: SIM905
"""The languages that have a file of words (ISO 639-1)."""

Sense = tuple[str, int]
"""What a word means: the name of its class and the number of its group within it; words of one group mean the same."""

_TOKEN = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*")
LOADED: Final = 1
"""The group of a word for saying that takes sides: "claimed", "admitted"."""
_LEAST = 2  # letters that a word has at least behind what grew onto it


class Lexicon:
    """Words with their senses; one that ends in a star stands for all words that begin so.

    `spaced` is whether blanks part words in the language: where they do not, each is looked for within the text.
    `clitics` are what may be written together with the beginning of a word.
    """

    def __init__(
        self, entries: Iterable[tuple[str, Sense]], *, spaced: bool = True, clitics: tuple[str, ...] = ()
    ) -> None:
        self._exact: dict[str, frozenset[Sense]] = {}
        self._stems: dict[str, frozenset[Sense]] = {}
        for word, sense in entries:
            table = self._stems if word.endswith("*") else self._exact
            key = _plain(word.rstrip("*"))
            table[key] = table.get(key, frozenset()) | {sense}
        self._shortest = min(map(len, self._stems), default=_LEAST)
        self._clitics = clitics
        known = sorted({*self._exact, *self._stems}, key=len, reverse=True)
        self._within = None if spaced else regex.compile("|".join(map(regex.escape, known)) or r"(?!)")

    def senses(self, word: str) -> frozenset[Sense]:
        """Return what a word means, nothing where it is not listed."""
        plain = _plain(word)
        if found := self._senses(plain):
            return found
        if "'" in plain:
            return self._senses(plain.rpartition("'")[2])
        if "-" in plain:
            return self._senses(plain.partition("-")[0])
        bare = next((plain.removeprefix(c) for c in self._clitics if plain.startswith(c)), "")
        return self._senses(bare) if len(bare) > _LEAST else frozenset()

    def find(self, text: str) -> Iterator[tuple[int, int, frozenset[Sense]]]:
        """Yield where the listed words stand in a text, with their senses."""
        if self._within is not None:
            for match in self._within.finditer(text):
                yield match.start(), match.end(), self._senses(match[0])
            return
        for match in _TOKEN.finditer(text):
            if senses := self.senses(match[0]):
                yield match.start(), match.end(), senses

    def _senses(self, plain: str) -> frozenset[Sense]:
        found = self._exact.get(plain, frozenset())
        if not self._stems:
            return found
        stems = (self._stems.get(plain[:end]) for end in range(self._shortest, len(plain) + 1))
        return found.union(*(senses for senses in stems if senses))


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'")


@dataclass(frozen=True)
class Words:
    """The words of one language, list by list; a language without a file has empty lists."""

    language: str
    table: Mapping[str, Any]

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the words of a list that is no more than that."""
        return tuple(str(self.table.get(name, "")).split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """Return the phrases of a list."""
        return tuple(self.table.get(name, ()))

    @property
    def spaced(self) -> bool:
        """Whether blanks part the words of this language."""
        return bool(self.table.get("spaced", True))

    @cached_property
    def numerals(self) -> dict[str, int]:
        """Number words and their values: the small ones and the tens."""
        small, tens = self.listed("numerals"), self.listed("tens")
        values = [*enumerate(small), *((value * 10, word) for value, word in enumerate(tens, 2))]
        return {form: value for value, forms in values for form in forms.split("/") if form not in {"-", ""}}

    def value(self, word: str) -> int:
        """Return what a numeral or a word that multiplies stands for; those that stand within others alone are one."""
        return self.numerals[word] if word in self.numerals else self.multipliers.get(word, 1)

    def numeral_parts(self, word: str) -> tuple[str, ...]:
        """Return the numerals that a word is or is made of, lower case: "fünfundzwanzig" of three; () if it is none."""
        if word in self.numerals or (word in self.multipliers and (len(word) > _LEAST or not word.isascii())):
            return (word,)
        if word in self.phrases("one_and_a_half"):
            return (word,)
        if len(word) < _LEAST_GLUED or self._glued is None:
            return ()
        match = self._glued.fullmatch(word.replace("ë", "e"))
        return tuple(match.captures("part")) if match else ()

    @cached_property
    def _glued(self) -> regex.Pattern[str] | None:
        """Numerals written as one word, where the language writes them so: "tjugofem", "zweieinhalb", "tremila"."""
        ones = self.listed("glued_ones")
        if not ones:
            return None
        small = {word: value for word, value in self.numerals.items() if value}
        units = _part((*ones, *(word for word, value in small.items() if value < _TEN)))
        teens = _part(word for word, value in small.items() if _TEN <= value < 2 * _TEN)
        tens = _part(word for word, value in small.items() if value >= 2 * _TEN)
        times = _part(word for word in self.multipliers if len(word) > _LEAST)
        half = _part(self.listed("glued_half"))
        joint = f"(?:{self.listed('joining')[0]})"
        below = f"(?:{tens}{units}?|{units}{joint}{tens}|{teens}|{units})"
        whole = f"(?:{below}?{times})+{joint}?{below}?"
        return regex.compile(f"{whole}|{tens}{units}|{units}{joint}{tens}|{units}{half}")

    @cached_property
    def multipliers(self) -> dict[str, int]:
        """Words that multiply the number before them, with their values."""
        rows = (row.split() for row in self.phrases("multipliers"))
        return {word: int(value) for value, *names in rows for word in names}

    @cached_property
    def lexicons(self) -> dict[str, Lexicon]:
        """The lists whose words have senses, by name: denials, hedges, states, opposites, roles and their likes."""
        plain = {
            name: [(word, (word, 0)) for word in self.listed(name)]
            for name in ("negation", "hedge", "saying", "turning", "wholly")
        }
        plain["saying"] += [(word, (word, 0)) for word in self.listed("according")]
        plain["saying"] += [(word, (word, LOADED)) for word in self.listed("loaded")]
        states = [(word, (state, 0)) for state, words in self.table.get("states", {}).items() for word in words.split()]
        sided = {name: list(_sided(self.phrases(listed))) for name, listed in _SIDED.items()}
        rows = {"exclusive": list(_grouped(self.phrases("exclusive")))}
        rows |= {name: list(_alike(name, self.phrases(listed))) for name, listed in _ALIKE.items()}
        given = {**plain, **sided, "state": states, **rows}
        clitics = self.listed("clitics")
        return {name: Lexicon(entries, spaced=self.spaced, clitics=clitics) for name, entries in given.items()}


def _part(found: Iterable[str]) -> str:
    listed = sorted(found, key=len, reverse=True)
    return f"(?P<part>{'|'.join(map(regex.escape, listed)) or '(?!)'})"


_TEN = 10
_LEAST_GLUED = 5  # letters of a word that is made of numerals

_SIDED = {"opposite": "opposites", "certainty": "certainty"}
_ALIKE = {"role": "roles"}


def _sided(rows: Iterable[str]) -> Iterator[tuple[str, Sense]]:
    """Yield the words of rows that have two sides."""
    for row in rows:
        for number, side in enumerate(row.split("/")):
            yield from ((word, (row, number)) for word in side.split())


def _grouped(rows: Iterable[str]) -> Iterator[tuple[str, Sense]]:
    """Yield the words of rows that part words by blanks and forms of one word by slashes."""
    for row in rows:
        for number, forms in enumerate(row.split()):
            yield from ((word, (row, number)) for word in forms.split("/"))


def _alike(name: str, rows: Iterable[str]) -> Iterator[tuple[str, Sense]]:
    """Yield the words of rows whose words mean the same: the same people, the same thing done."""
    for number, row in enumerate(rows):
        yield from ((word, (name, number)) for word in row.replace("/", " ").split())


@cache
def words_of(language: str) -> Words:
    """Return the words of a language, told by its BCP 47 tag; those of English where it is unknown."""
    short = language[:2].lower() or "en"
    short = {"nb": "no", "nn": "no"}.get(short, short)
    if short not in LANGUAGES:
        return Words(short, {})
    file = resources.files("revtrack").joinpath("words", f"{short}.toml")
    return Words(short, tomllib.loads(file.read_text(encoding="utf-8")))


def kinds_of(text: str, language: str) -> frozenset[str]:
    """Return of which kinds the words of a text may state something: "count", "denial", "hedge", "state", "saying"."""
    words = words_of(language)
    found = {kind for kind, name in _KINDS.items() if next(words.lexicons[name].find(text), None)}
    if any(words.numeral_parts(part) for word in _TOKEN.findall(text.lower()) for part in {word, *word.split("-")}):
        found.add("count")
    return frozenset(found)


_KINDS = {"denial": "negation"} | {name: name for name in ("turning", "wholly", "hedge", "state", "saying")}

# Signs of magnitude that stand right at a figure, in any language.
MAGNITUDES: Final[dict[str, int]] = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
CURRENCIES: Final[dict[str, str]] = {
    word: currency
    for currency, listed in {
        "USD": "$ us$ dollar dollars usd dólares dólar dollari dollaro dolar dolarów доллар долларов долара доларів "
        "دولار 美元 ドル 달러 डॉलर",
        "EUR": "€ euro euros eur евро євро avro يورو 欧元 歐元 ユーロ 유로 यूरो",
        "GBP": "£ pound pounds gbp pfund libras sterline livres",
        "JPY": "¥ yen jpy 円 日元 엔",
        "BRL": "r$ reais real brl",
        "KR": "kronor kroner krona krone sek nok dkk kr",
        "CZK": "kč korun koruny",
        "INR": "₹ rs rupees rupee inr रुपये रुपए",
        "RUB": "рублей рубль рубля rubles ₽",
        "UAH": "гривень гривня гривні грн",
        "TRY": "₺ lira liralık tl",
        "IDR": "rp rupiah",
        "KRW": "₩ 원",
        "PLN": "zł pln złotych złote złoty",
        "CNY": "yuan rmb cny 元 人民币",
    }.items()
    for word in listed.split()
}
PERCENTS: Final = frozenset(
    [
        "%",
        "％",
        "percent",
        "prozent",
        "procent",
        "prosent",
        "prosenttia",
        "prosentti",
        "percento",
        "pct",
        "proc",
        "procentes",
        "процентов",
        "процента",
        "процент",
        "відсотків",
        "відсотка",
        "відсоток",
        "yüzde",
        "persen",
        "بالمئة",
        "بالمائة",
        "प्रतिशत",
        "फीसदी",
        "퍼센트",
        "프로",
    ]
)
"""Words for a percentage; "per cent" and its likes are read by their second word."""

# States of which one reverses the other.
OPPOSED: Final = frozenset(
    frozenset(pair.split())
    for pair in [
        "death injury",
        "death survival",
        "death missing",
        "injury survival",
        "murder injury",
        "murder survival",
        "guilt acquittal",
        "charge acquittal",
        "guilt charge",
        "guilt suspicion",
        "charge suspicion",
        "arrest release",
        "guilt release",
        "admission denial",
        "approval rejection",
        "victory defeat",
        "rise fall",
        "resignation stay",
    ]
)
