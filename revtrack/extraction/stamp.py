"""Name the behaviour of the extractor, so that a change of ours is never taken for a change of the page.

The stamp is a digest of all code and rules that a story is read with, and of the parser's version: nobody has to
remember to raise a number. It may change where the output does not (a comment suffices); what is stamped otherwise is
merely read again.
"""

from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from lxml.etree import LIBXML_VERSION

from revtrack.extraction.memory import Memory

_READ_WITH = ("extraction", "notes", "facts", "moments", "surrogates.py", "text.py", "vocabulary.py", "words")


def stamp() -> str:
    """Return the stamp of this installation: the same for the same code, wherever the parser is of the same version."""
    digest = sha256(repr(LIBXML_VERSION[:2]).encode())
    for name in _READ_WITH:
        _add(digest.update, files("revtrack") / name)
    return f"extraction {digest.hexdigest()[:12]}"


def _add(update: Callable[[bytes], None], place: Traversable) -> None:
    if place.is_dir():
        for inner in sorted(place.iterdir(), key=lambda inner: inner.name):
            _add(update, inner)
    elif place.name.endswith((".py", ".toml")):
        update(place.name.encode() + b"\0" + place.read_bytes().replace(b"\r\n", b"\n") + b"\0")


STAMP = stamp()


def stamp_with(memory: Memory) -> str:
    """Return the stamp of a reading with a person's own rules, of the site or of notes: it changes when these do."""
    own = [repr(memory.rules)] if memory.rules else []
    own += [memory.grammar.digest] if memory.grammar.digest else []
    return f"{STAMP}, rules {sha256(''.join(own).encode()).hexdigest()[:8]}" if own else STAMP
