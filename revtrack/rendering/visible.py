"""Make text of a page safe to show: what could command a terminal or reorder a line becomes visible. Pure."""

import unicodedata

_MARKS = dict.fromkeys((0x200E, 0x200F, 0x061C))  # invisible direction marks: dropped, the isolates below do their work
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_UNSAFE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_DOUBLE = ("“", "”", "„", '"')
_JOINERS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    r"""Return the text with every control, surrogate and direction character written out, as in "\u202e".

    Line feeds and tabs become blanks: what is shown inline stays on its line.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text.translate(_MARKS))


def isolated(text: str) -> str:
    """Return safe text that cannot reorder its neighbours: right-to-left text within isolates, other text as it is."""
    if any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text


def quoted(text: str) -> str:
    """Return safe text, isolated, in quotation marks: in single ones where it begins or ends with double ones."""
    first, last = "‘’" if text.startswith(_DOUBLE) or text.endswith(_DOUBLE) else "“”"
    return f"{first}{isolated(text)}{last}"


def _shown(character: str) -> str:
    if character in "\n\t\r":
        return " "
    kind = unicodedata.category(character)
    if kind in _UNSAFE or (kind == "Cf" and character not in _JOINERS and not _is_tag(character)):
        return character.encode("ascii", "backslashreplace").decode() if ord(character) > 0x7F else _escape(character)
    return character


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}"


def _is_tag(character: str) -> bool:
    """Tag characters spell flags of regions in emoji; they do nothing else."""
    return 0xE0020 <= ord(character) <= 0xE007F
