"""What a person's settings say of a page that is read: the rules of its site, and those that tell notes."""

from functools import lru_cache
from pathlib import Path

from revtrack.config import Config
from revtrack.extraction.memory import Memory
from revtrack.extraction.metadata import read_metadata
from revtrack.extraction.parsing import parse
from revtrack.extraction.sites import check_selectors, rules_for
from revtrack.extraction.structured import read_structured
from revtrack.notes import SHIPPED, Grammar, read_grammar
from revtrack.taking import expect


def memory_for(config: Config | None, url: str | None = None, *, page: bytes = b"") -> Memory:
    """Return what to read a page with by somebody's settings, those of no settings for None.

    The rules are those of the site of `url`; where that is not known, of the address that the page (in UTF-8) gives
    itself. Raises ConfigError for rules that cannot be understood.
    """
    if config is None:
        return Memory()
    expect(config, Config, "config takes settings", 'read_config("revtrack.toml") reads a file of them')
    rules = rules_for(url or _stated_address(page), config.site) if config.site else None
    if rules:
        check_selectors([rules])
    return Memory(rules=rules, grammar=_grammar_of(config))


def _stated_address(page: bytes) -> str:
    if not page:
        return ""
    parsed = parse(page)
    return read_metadata(parsed, read_structured(parsed.head.structured, title=parsed.head.title), None).canonical_url


def _grammar_of(config: Config) -> Grammar:
    """Return the rules that tell notes, read anew where a file of them changed: thousands of pages ask."""
    if not config.note_rules:
        return SHIPPED
    files = sorted(Path(config.note_rules).glob("*.toml"))
    return _read_once(config.note_rules, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=4)
def _read_once(place: str, files: tuple[tuple[str, int], ...]) -> Grammar:  # noqa: ARG001 - tells one reading from the next
    return read_grammar(place)
