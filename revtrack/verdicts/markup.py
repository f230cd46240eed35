"""Edits of what no reader reads as the story: addresses, embedded code, marks of a page's own language. Pure."""

import re

from revtrack.model import Reason, Significance
from revtrack.verdicts.edits import FIELDS, Edit
from revtrack.verdicts.passages import is_passage
from revtrack.verdicts.terms import terms

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”»)\]]+", re.IGNORECASE)
_MARKS = re.compile(r"\{\{.*?\}\}|\[/?[a-z]+(?:_[a-z_]+|\s[^\]=]*=[^\]]*)\]|</?[a-z][^<>]*>|<!--.*?-->", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SIGNS = re.compile(r"[{}();=<>]")
_MOST_READ = 20_000  # characters of a passage that are looked at
_CODE = 0.05  # of the characters of code are such signs, and far fewer in prose


def judge_markup(edit: Edit) -> Reason | None:
    """Return the reason of an edit that leaves the words of the story as they were, None if any is touched."""
    if edit.where in FIELDS:
        return None
    change = edit.changes[0]
    sides = (change.old, change.new) if is_passage(edit) else (edit.old, edit.new)
    old, new = (_without_marks(side) for side in sides)
    if _read(old) == _read(new) and (old, new) != sides:
        return edit.reason("markup", Significance.COSMETIC, change.old, change.new)
    shown_old, shown_new = (_ADDRESS.sub("", side) for side in (old, new))
    if (shown_old, shown_new) != (old, new) and _read(shown_old) == _read(shown_new):
        return edit.reason("link", Significance.MINOR, change.old, change.new)
    return edit.reason("link", Significance.MINOR, edit.old, edit.new) if _points_elsewhere(edit) else None


def _points_elsewhere(edit: Edit) -> bool:
    """Whether an edit is behind the label of an invitation to read something: "Read more: …"."""
    labels = [side.partition(":")[0] if ":" in side else "" for side in (edit.old, edit.new)]
    if not labels[0] or labels[0] != labels[1] or len(terms(labels[0])) > _LABEL:
        return False
    from revtrack.extraction.phrases import is_invitation  # noqa: PLC0415 - its room loads the parser

    return is_invitation(edit.old) and is_invitation(edit.new)


_LABEL = 4  # words of "Read more:" and its likes at most


def _without_marks(text: str) -> str:
    """Return a text without its marks, "" where it is a program."""
    read = text[:_MOST_READ]
    signs = len(_SIGNS.findall(read))
    if "{" in read and "}" in read and signs > _CODE * len(read):
        plain = _MARKS.sub("", read)
        return plain if len(_SIGNS.findall(plain)) <= _CODE * len(plain) else ""
    return _MARKS.sub("", text) if "<" in text or "[" in text or "{{" in text else text


def _read(text: str) -> list[str]:
    return _LETTERS.findall(text) and text.split()
