"""The rules of all languages: those that ship, with a person's own laid over them. Knows no pages.

A person's file is written as those that ship are. Of a language that ships its lists are added to the shipped ones and
its patterns are asked first; one that bears the name of a shipped pattern takes its place. A file of another language
stands alone.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from revtrack.errors import ConfigError
from revtrack.notes.phrases import NAMED
from revtrack.notes.rules import Rules, check_shape, read_rules

LANGUAGES: tuple[str, ...] = tuple("en de fr es pt it nl sv no da fi pl cs ru uk tr ar hi id zh ja ko".split())  # noqa: SIM905
"""The languages that have a rule file, in the order in which they are asked where the language is unknown."""

Table = Mapping[str, Any]
"""What TOML makes of a rule file."""


class Grammar:
    """The rules of each language, read when they are first asked for. `own` holds a person's tables by language."""

    def __init__(self, own: Mapping[str, Table] | None = None) -> None:
        self.own = own or {}
        self._read: dict[str, Rules] = {}
        self.languages = (*LANGUAGES, *sorted(set(self.own) - set(LANGUAGES)))
        self.digest = sha256(repr(sorted(self.own.items())).encode()).hexdigest() if own else ""
        """Names a person's own rules, "" where there are none: another one whenever these change."""

    def rules(self, language: str) -> Rules:
        """Return the rules of one of `languages`. Raises ConfigError for a table that cannot be understood."""
        if language not in self.own:
            return load_rules(language)
        if language not in self._read:
            own = self.own[language]
            table = with_shared(lay_over(shipped_table(language), own) if language in LANGUAGES else own)
            _refuse_circles(table["words"])
            self._read[language] = read_rules(language, table)
        return self._read[language]

    def asked(self, language: str) -> Iterator[Rules]:
        """Yield the rules to ask of a text: its language's and English, whose labels are used everywhere; or all.

        `language` is a BCP 47 tag, "" for an unknown one.
        """
        primary = _primary(language)
        known = primary in self.languages
        yield from map(self.rules, dict.fromkeys((primary, "en")) if known else self.languages)

    def knows(self, language: str) -> bool:
        """Say whether there are rules for a language, a BCP 47 tag."""
        return _primary(language) in self.languages


def _refuse_circles(words: Mapping[str, list[str]]) -> None:
    """Raise ConfigError for a list that holds itself, by way of others or not."""
    held = {name: {inner for entry in listed for inner in NAMED.findall(entry)} for name, listed in words.items()}
    try:
        TopologicalSorter(held).prepare()
    except CycleError as error:
        raise ConfigError(f"the list {error.args[1][0]!r} of [words] holds itself") from error


def _primary(language: str) -> str:
    code = language[:2].lower()
    return {"nb": "no", "nn": "no", "in": "id"}.get(code, code)


def read_grammar(place: str | Path) -> Grammar:
    """Return the shipped rules with the files of a folder laid over them, each named by its language: `de.toml`.

    A place of "" is none. Raises ConfigError, which names the file, where one cannot be read or understood.
    """
    if not place:
        return SHIPPED
    folder = Path(place)
    if not folder.is_dir():
        raise ConfigError(f"{folder} is no folder of note rules", key="note_rules")
    own = {file.stem: _read_table(file) for file in sorted(folder.glob("*.toml"))}
    grammar = Grammar(own)
    for language, table in own.items():
        try:
            check_shape(table)
            grammar.rules(language).compile(table)
        except ConfigError as error:
            raise ConfigError(f"{folder / language}.toml: {error}", key="note_rules") from error
    return grammar


def lay_over(shipped: Table, own: Table) -> dict[str, Any]:
    """Return one table of two: lists joined, tables of lists likewise, patterns of the own one first.

    >>> lay_over({"stems": ["a"], "words": {"w": ["x"]}}, {"stems": ["b"], "words": {"w": ["y"]}})
    {'stems': ['a', 'b'], 'words': {'w': ['x', 'y']}}
    """
    joined = dict(shipped)
    for key, value in own.items():
        before = shipped.get(key)
        if key == "pattern":
            named = {entry.get("name") for entry in value}
            joined[key] = [*value, *(entry for entry in before or () if entry["name"] not in named)]
        elif isinstance(before, list) and isinstance(value, list):
            joined[key] = before + value
        elif isinstance(before, dict) and isinstance(value, dict):
            joined[key] = lay_over(before, value)
        else:
            joined[key] = value
    return joined


@cache
def load_rules(language: str) -> Rules:
    """Return the shipped rules of a language of `LANGUAGES`."""
    return read_rules(language, with_shared(shipped_table(language)))


def shipped_table(language: str) -> dict[str, Any]:
    """Return a shipped rule file of a language of `LANGUAGES`, as TOML."""
    file = resources.files("revtrack.notes") / "rules" / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def with_shared(table: Table) -> dict[str, Any]:
    """Return a language's table with the patterns of `shared.toml` among its own, as far as its word lists fill them.

    A pattern of the same name in the table takes the place of the shared one.
    """
    shared = _shared_table()
    words = dict(table.get("words", {}))
    for name, listed in shared["words"].items():
        if usable := [entry for entry in listed if _has_lists(entry, words)]:
            words.setdefault(name, usable)
    named = {entry.get("name") for entry in table.get("pattern", ())}
    filled = ({**entry, **_filled(entry, words), "shared": True} for entry in shared["pattern"])
    patterns = [entry for entry in filled if entry["says"] and entry["name"] not in named]
    own = list(table.get("pattern", ()))
    vague = next((at for at, entry in enumerate(own) if _strength(entry) == 0), len(own))
    gone, told, rest = ([entry for entry in patterns if _strength(entry) == strength] for strength in (2, 1, 0))
    return {**table, "words": words, "pattern": [*gone, *own[:vague], *told, *own[vague:], *rest]}


@cache
def _shared_table() -> Table:
    return shipped_table("shared")


def _strength(entry: Table) -> int:
    """Rank a pattern: the more it says of what was done, the earlier it is asked."""
    return {"retraction": 2, "amendment": 0, "update": 0}.get(entry.get("kind", ""), 1)


def _filled(entry: Table, words: Table) -> dict[str, list[str]]:
    """Return the phrases of a shared pattern whose lists are all there."""
    return {key: [phrase for phrase in entry.get(key, ()) if _has_lists(phrase, words)] for key in ("says", "unless")}


def _has_lists(phrase: str, words: Table) -> bool:
    return all(name in words for name in NAMED.findall(phrase))


def _read_table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read {file}: {error.strerror or error}", key="note_rules") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not valid TOML: {error}", key="note_rules") from error


SHIPPED = Grammar()
"""The rules that ship, alone."""
