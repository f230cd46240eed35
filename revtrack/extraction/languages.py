"""In which language a page is written: what it states, unless its own script contradicts. Knows no other metadata.

Templates often state the language they were made in. Arabic text under lang="en" is not English, and where nothing is
stated the script tells much and the commonest words the rest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from revtrack.extraction.blocks import Page
from revtrack.extraction.structured import Structured
from revtrack.extraction.vocabulary import words_in

_SAMPLE = 1_500  # characters
_LOOKED_AT = 500  # characters that tell the script
_LEAST = 20  # characters, below which nothing is told
_PLAIN = 0.7  # of ASCII in a text: it is written in Latin letters
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_][a-z]{2}\b)?", re.IGNORECASE)
_SCRIPTS = (  # the letters of a script, and the languages written in it, the likeliest first
    (re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"), ()),
    (re.compile(r"[一-鿿]"), ("zh", "ja", "ko", "yue")),
    (re.compile(r"[Ѐ-ӿ]"), ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "uz", "tt", "bs", "az")),
    (re.compile(r"[\u0620-\u06d3]"), ("ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "prs", "az")),
    (re.compile(r"[Ͱ-Ͽἀ-῿]"), ("el", "grc")),
    (re.compile(r"[א-ת]"), ("he", "iw", "yi")),
    (re.compile(r"[ऀ-ॿ]"), ("hi", "mr", "ne", "sa", "mai", "bho", "kok")),
    (re.compile(r"[ঀ-৿]"), ("bn", "as")),
    (re.compile(r"[਀-੿]"), ("pa",)),
    (re.compile(r"[઀-૿]"), ("gu",)),
    (re.compile(r"[஀-௿]"), ("ta",)),
    (re.compile(r"[ఀ-౿]"), ("te",)),
    (re.compile(r"[ಀ-೿]"), ("kn", "tcy")),
    (re.compile(r"[ഀ-ൿ]"), ("ml",)),
    (re.compile(r"[඀-෿]"), ("si",)),
    (re.compile(r"[ก-๎]"), ("th",)),
    (re.compile(r"[ກ-ໝ]"), ("lo",)),
    (re.compile(r"[က-႟]"), ("my", "shn", "mnw")),
    (re.compile(r"[ក-៝]"), ("km",)),
    (re.compile(r"[Ⴀ-ჿ]"), ("ka",)),
    (re.compile(r"[Ա-և]"), ("hy",)),
    (re.compile(r"[ሀ-፿]"), ("am", "ti")),
    (re.compile(r"[가-힣]"), ("ko",)),
)
_KANA = re.compile(r"[ぁ-ヿ]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHERS = frozenset(language for _, languages in _SCRIPTS for language in languages)
_BOTH = frozenset(("sr", "bs", "az", "uz", "kk", "ku", "tt", "ky", "mn"))  # written in Latin letters too
_TELLING = (  # letters that one language of a script has and the first does not
    ("ar", re.compile("[ٹڈےںھ]"), "ur"),
    ("ar", re.compile("[پچژگ]"), "fa"),
    ("ru", re.compile("[іїєґ]"), "uk"),
)
_COMMON = {
    "en": words_in("the and of to that was for with his said"),
    "de": words_in("der die und das nicht von den ist mit sich"),
    "fr": words_in("les des et une dans est pour qui pas sur"),
    "es": words_in("el los que las del por una para con no"),
    "pt": words_in("que não uma para com os dos da em ao"),
    "it": words_in("che di il la per non una con del sono"),
    "nl": words_in("de het een van en niet dat met zijn voor"),
    "sv": words_in("och att det som en är inte för på av"),
    "no": words_in("og det som er ikke på av til har med"),
    "da": words_in("og det er ikke af til har med som den"),
    "fi": words_in("ja on ei että oli mutta hän kun ovat myös"),
    "pl": words_in("i w nie na się że jest do z to"),
    "tr": words_in("ve bir bu için ile da de olan çok daha"),
    "id": words_in("yang dan di dari untuk dengan ini itu tidak pada"),
}
_LEAST_WORDS = 4  # common ones, before they tell a language
_WORD = re.compile(r"[^\W\d_]+")


def read_language(page: Page, metas: dict[str, str], structured: Structured) -> str:
    """Return the language of a page with its region where that is stated ("en-gb"), lower case; "" if unknown."""
    stated = list(_stated(page, metas, structured))
    text = _sample(page)
    script = _script_of(text)
    if script is None:
        return stated[0] if stated else ""
    for tag in stated:
        primary = tag.partition("-")[0]
        if primary in script or (not script and (primary not in _OTHERS or primary in _BOTH)):
            return tag
    return _told_by(text, script)


def primary_of(tag: str) -> str:
    """Return the language of a tag without its region: "en" of "en-gb"."""
    return tag.partition("-")[0]


def _stated(page: Page, metas: dict[str, str], structured: Structured) -> Iterator[str]:
    for said in (
        page.head.language,
        metas.get("og:locale", ""),
        structured.language,
        metas.get("content-language", ""),
        metas.get("dc.language", ""),
        metas.get("language", ""),
    ):
        found = _TAG.match(said.strip())
        if found and not said.strip()[found.end() :][:1].isalpha():
            primary, _, region = found.group().lower().replace("_", "-").partition("-")
            yield f"{primary}-{region[-2:]}" if region and len(region) != 4 else primary


def _sample(page: Page) -> str:
    """Return the start of the running text, or of all text where there is no running text."""
    prose = _take(block.text for block in page.blocks if block.is_prose)
    return prose if len(prose) > 100 else _take(block.text for block in page.blocks)


def _take(texts: Iterable[str]) -> str:
    taken, size = [], 0
    for text in texts:
        taken.append(text[:_SAMPLE])
        size += len(text)
        if size > _SAMPLE:
            break
    return " ".join(taken)[:_SAMPLE]


def _script_of(text: str) -> tuple[str, ...] | None:
    """Return the languages of the script that most of a text is in: () for Latin letters, None where none prevails."""
    if len(text) < _LEAST:
        return None
    if len(text.encode("ascii", "ignore")) > _PLAIN * len(text):
        return ()
    letters = len(_LETTER.findall(text[:_LOOKED_AT]))
    if len(_KANA.findall(text[:_LOOKED_AT])) > 0.1 * letters:
        return ("ja",)
    for pattern, languages in _SCRIPTS:
        if len(pattern.findall(text[:_LOOKED_AT])) > 0.5 * letters:
            return languages
    return None


def _told_by(text: str, script: tuple[str, ...]) -> str:
    """Return the likeliest language of a text in a script, by its letters or its commonest words."""
    if script:
        return next(
            (other for first, letters, other in _TELLING if script[0] == first and letters.search(text)), script[0]
        )
    words = Counter(_WORD.findall(text.lower()))
    scores = {language: sum(words[word] for word in common) for language, common in _COMMON.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= _LEAST_WORDS else ""
