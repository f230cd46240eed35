"""Name the rules that versions and verdicts are derived by, so that it is known what stands by which. Pure."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from revtrack.config import Config
from revtrack.extraction import Memory, stamp_with
from revtrack.notes import read_grammar

_DERIVED_WITH = (
    *("diffing", "verdicts", "deriving", "doubts.py", "observing.py", "facts", "moments", "text.py", "urls.py"),
    *("words", "vocabulary.py"),
)


def stamp(settings: Config) -> str:
    """Return the stamp of today's rules: that of the extractor, and a digest of all else that a verdict comes from."""
    own = sha256(_code().encode() + repr((settings.site, settings.verdict)).encode()).hexdigest()[:12]
    return f"{stamp_with(Memory(grammar=read_grammar(settings.note_rules)))}, derivation {own}"


@cache
def _code() -> str:
    digest = sha256()
    for name in _DERIVED_WITH:
        for place in _files(files("revtrack") / name):
            digest.update(place.name.encode() + b"\0" + place.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _files(place: Traversable) -> list[Traversable]:
    if place.is_dir():
        return [file for inner in sorted(place.iterdir(), key=lambda one: one.name) for file in _files(inner)]
    return [place] if place.name.endswith((".py", ".toml")) else []
