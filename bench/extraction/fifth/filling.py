"""Fill the blanks of a shape: names that tell nothing, numbers, words in the page's language. Knows no extractor."""

from html import escape
from pathlib import Path
from random import Random
from tomllib import loads
from typing import Any

from bench.extraction.fourth.entering import address, scrambled

WORDS: dict[str, Any] = loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


class Filling(dict[str, str]):
    """What a shape is filled with: {x} and {y} names, {n} and {m} numbers, {to} an address, else words by their name.

    A name that ends in a digit is a further wording of the same kind: {title}, {title2}.
    """

    def __init__(self, language: str, random: Random) -> None:
        """Draw what is drawn for each shape."""
        super().__init__(
            x=scrambled(random),
            y=scrambled(random),
            n=str(random.randrange(2, 60)),
            m=str(random.randrange(100, 9000)),
            to=address(random),
            to2=address(random),
        )
        self._language, self._random = language, random

    def __missing__(self, what: str) -> str:
        """Return some wording, another one than those of its kind that were drawn before."""
        kind = what.rstrip("23456789")
        said = WORDS[kind]
        found = said.get(self._language, said["en"]) if isinstance(said, dict) else said
        left = [text for text in found if escape(text, quote=False) not in self.values()] or found
        self[what] = escape(self._random.choice(left), quote=False)
        return self[what]
