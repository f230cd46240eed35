"""The regular expression of a phrase of the rule files. Knows the signs of the language and no list of words."""

import re
from collections.abc import Callable

DATE = "\ue000"
"""Stands, once for each of its characters, for a date or time in the texts that phrases are looked for in."""

PIECE = re.compile(
    r"\{(?P<name>\w+)\}|(?P<mark>\.\.\.|<date>|<number>|<page>|<end>|<quoted>|<wrong>|<right>|[\[\]()|^$])|(?P<word>[^\s\[\](){}|<>^$]+)"
)
_EDGE = re.compile(r"\w")
_BETWEEN = r"[\s,:;\"'*_()-]{0,3}"
_REST = r"[\w\u0610-\u065f\u0900-\u0963]*"  # a word's other letters, with the marks that stand for vowels


def expression_of(phrase: str, of_list: Callable[[str], str], *, spaced: bool) -> str:
    """Return the regular expression of a phrase, `of_list` giving that of a list. Raises re.error for open brackets.

    `spaced` is False where words run together, or take endings without a space.
    """
    marks = _MARKS if spaced else _MARKS | _UNSPACED
    between = marks["between"]
    groups: list[list[str]] = [[""]]  # of each bracket that is open its alternatives
    for piece in PIECE.finditer(phrase):
        mark = piece["mark"]
        if piece["name"]:
            groups[-1][-1] += of_list(piece["name"])
        elif piece["word"]:
            groups[-1][-1] += _word(piece["word"], spaced=spaced) + between
        elif mark in {"(", "["}:
            groups.append([""])
        elif mark == "|":
            groups[-1].append("")
        elif mark in {")", "]"} and len(groups) > 1:
            group = any_of(groups.pop(), spaced=spaced)
            groups[-1][-1] += group if mark == ")" else f"(?:{group})?"
        else:
            groups[-1][-1] += marks.get(mark, mark)
    if len(groups) > 1:
        raise re.error("missing )")
    return "|".join(groups[0])


def any_of(alternatives: list[str], *, spaced: bool) -> str:
    """Return the expression for any of some; what all end with stands once behind them: a third less to compile."""
    if spaced and all(one.endswith(_BETWEEN) for one in alternatives):
        return f"(?:{'|'.join(one.removesuffix(_BETWEEN) for one in alternatives)}){_BETWEEN}"
    return f"(?:{'|'.join(alternatives)})"


def _word(word: str, *, spaced: bool) -> str:
    literal = re.escape(word.strip("*"))
    if not spaced:
        return literal
    first = r"\b" if _EDGE.match(word[0]) else ""
    last = _REST if word.endswith("*") else r"\b" if _EDGE.match(word[-1]) else ""
    return f"{first}{literal}{last}"


def _value(name: str) -> str:
    """Match what stood or should stand: in quotation marks, or some words up to a comma or the end."""
    return rf"(?P<{name}>\"[^\"]{{1,80}}\"|[^\s,.;:\"][^,;:()\"]{{0,60}}?)(?=[\s,.;:)\"]|$)"


def _run_value(name: str) -> str:
    """Match such a value where words run together: no space tells where it ends."""
    return rf"(?P<{name}>[\"「『《'][^\"」』》']{{1,60}}[\"」』》']|[^\s,.;:、。，\"「『《']{{1,30}}?)"


_PAGE = r"(?:[a-z][-.]?)?\d{1,3}(?:-\d{1,3})?[a-z]?(?!\w)"  # "9", "A8", "C-5", "1-9", "3B"
_MARKS = {
    "between": _BETWEEN,
    "<date>": rf"[(\[]?(?:\d{{1,2}}\.?/)?{DATE}+" + _BETWEEN,  # also "23./24. May", of which the masked date is the end
    "<number>": r"\d++" + _BETWEEN,
    "<page>": _PAGE + _BETWEEN,
    "<end>": r"[.!?।][\"')]{0,2}\s+(?:[^\s.!?।]++\s*+){1,9}+[.!?।]?[\"')]{0,2}\s*$",
    "<quoted>": r"(?:\"[^\"]{1,150}\"|'[^'\"]{1,150}'(?!\w))" + _BETWEEN,
    "<wrong>": _value("wrong") + _BETWEEN,
    "<right>": _value("right") + _BETWEEN,
    # Possessive, and each word with the space behind it: a gap can be read in one way only, so it stays linear.
    "...": r"(?:[^\s.!?]++\.?\s++){0,15}?",
    "^": r"^[\W_]*",
}
_UNSPACED = {
    "between": r"\s?",
    "<date>": rf"[(\[]?{DATE}+\s?",
    "<number>": r"\d++\s?",
    "<page>": rf"{_PAGE}\s?",
    "<end>": r"[。！？.]\s?[^。！？.]{2,24}[。！？.]?\s*$",
    "<quoted>": r"[\"「『《〈'][^\"」』》〉']{1,60}[\"」』》〉']\s?",
    "<wrong>": _run_value("wrong") + r"\s?",
    "<right>": _run_value("right") + r"\s?",
    "...": r"[^。！？]{0,30}?",
}
