"""Where a line of text may break: at blanks, and between characters of scripts that write none. Pure."""

import regex

from revtrack.text import UNSPACED

_ALONE = rf"[{UNSPACED}]\p{{M}}*+"
_OPENERS = r"(?:\[-|\{\+|[\p{Ps}\p{Pi}\u2068])*+"
_CLOSERS = r"(?:-\]|\+\}|[\p{Pe}\p{Pf}\u2069、。，．：；！？・ー々…])*+"
ATOM = regex.compile(rf"{_OPENERS}(?:{_ALONE}|(?:(?!{_ALONE})[^\s\p{{Ps}}\p{{Pi}}])++)?{_CLOSERS}\s*+")
"""What stays on one line: a word or number with the marks that stand at it, and the blanks behind it."""
