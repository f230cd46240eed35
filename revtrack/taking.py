"""Say what a public function takes, and how it is made, to somebody who gave it something else. Knows no noun."""

import re

from revtrack.errors import WrongTypeError

_LONGEST = 60  # characters of a text that are shown
_NAME = re.compile(r"[^\s<>]{1,200}\.(?:s?html?|txt|md|php|aspx)|https?://\S{1,2000}", re.IGNORECASE)


def expect(given: object, kind: type | tuple[type, ...], takes: str, advice: str) -> None:
    """Raise WrongTypeError unless what was given is of a kind; `advice` says how that is made.

    >>> expect("a", int, "counting takes a number", "len(text) gives one")
    Traceback (most recent call last):
    ...
    revtrack.errors.WrongTypeError: counting takes a number: 'a' is a str; len(text) gives one
    """
    if not isinstance(given, kind):
        raise WrongTypeError(f"{takes}: {_shown(given)}; {advice}")


def _shown(given: object) -> str:
    """Return what something is, on one line; a text is shown, everything else may be of any length."""
    if given is None:
        return "this is None"
    name = type(given).__name__
    shown = repr(given[:_LONGEST]) if isinstance(given, str | bytes) else "this"
    return f"{shown} is {'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def named_only(given: object) -> str:
    """Return that a text looks like the name of a page that was to be given itself, "" where it does not."""
    if not isinstance(given, str) or not _NAME.fullmatch(given):
        return ""
    what = "the address of a page" if "://" in given else "the name of a file"
    return f"{given[:_LONGEST]!r} looks like {what}; give what is in it, for example Path(name).read_text()"
