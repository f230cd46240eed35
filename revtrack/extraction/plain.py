"""Read plain-text and Markdown articles: headline, date line, paragraphs, notes. Knows nothing of HTML.

Paragraphs are parted by blank lines or, where there are none, by line ends; wrapped lines are joined. Markdown's
headings, lists, quotes, tables and inline marks are read where the text uses them, its front matter as metadata.
Page chrome that was copied along ("Comments( 0 )") is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from revtrack.config import Config
from revtrack.errors import NotAnArticleError
from revtrack.extraction.authors import persons_in
from revtrack.extraction.configured import memory_for
from revtrack.extraction.counters import is_counter
from revtrack.extraction.dates import read_time
from revtrack.extraction.memory import Memory
from revtrack.extraction.phrases import is_invitation
from revtrack.extraction.stamp import stamp_with
from revtrack.model import Paragraph, ParagraphKind, Stamp, Story
from revtrack.notes import Passage, lift_notes
from revtrack.taking import expect, named_only
from revtrack.text import clean, fold

_LONGEST_HEADLINE = 300  # characters
_WIDEST = 130  # characters of a line that was wrapped
_PARTING = re.compile(r"\n[ \t]*\n")
_FRONT_MATTER = re.compile(  # YAML's, or TOML's
    r"\A(?:---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.{0,8000}?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FIELD = re.compile(
    r"^([A-Za-z_-]{2,30})(?::|[ \t]*=)[ \t]*(.{0,1000}?)[ \t]*$((?:\n[ \t]*-[ \t].{1,300})*)", re.MULTILINE
)
_LISTED = re.compile(r"^[ \t]*-[ \t]+", re.MULTILINE)
_COMMENT = re.compile(r"<!--.{0,4000}?-->", re.DOTALL)
_DEFINITION = re.compile(r"^\[[^\^\[\]\n][^\[\]\n]{0,100}\]:[ \t]*\S+.*$|^```.*$|^~~~.*$", re.MULTILINE)
_TAG = re.compile(r"</?(?:em|strong|b|i|u|s|a|sub|sup|span|small|mark|br)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_RULE = re.compile(r"^(?:[-*_][ \t]*){3,}$")
_ITEM = re.compile(r"^[-*+•][ \t]+(?=\S)")
_NUMBERED = re.compile(r"^\d{1,3}[.)][ \t]+\S")
_QUOTE_MARK = re.compile(r"(?:^|(?<= ))>[ \t]?")
_QUOTE = re.compile(r"^>[ \t]?")
_TABLE_LINE = re.compile(r"^\|.*\|$|^[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+$")
_TABLE_RULE = re.compile(r"^[|:\- \t]+$")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,1000})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,1000})\]\((?:https?:|/|#|mailto:)[^()\n]{0,2000}\)")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=\S)([^*]{1,2000})(?<=\S)\*\*|(?<!\w)__(?=\S)([^_]{1,2000})(?<=\S)__(?!\w)")
_SOFT = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,2000})(?<=\S)\*(?!\w)|(?<!\w)_(?=[^\s_])([^_]{1,2000})(?<=\S)_(?!\w)"
)
_DATE_LINE = re.compile(
    r"^(?:(?:first |last )?(?:posted|published|updated|modified|created|date|veröffentlicht|publié|publicado|pubblicato"
    r"|stand)(?:\s?(?:on|at|am|le|el|il|:))?)?\W{0,4}(?P<date>.{6,60})$",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"^(?:last )?(?:updated|modified|stand)\b", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:by|von|par|por)\s(?P<names>[^.:;!?\d]{3,80})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """One block: its words, what it is, its rank as a heading (0 for none), whether all of it is emphasised."""

    text: str
    kind: ParagraphKind = ParagraphKind.TEXT
    heading: int = 0
    emphasis: bool = False


def read_text(text: str, *, memory: Memory | None = None, config: Config | None = None) -> Story:
    """Read the story in a plain text or Markdown.

    The first line is the headline if it is short enough for one; said again, it is dropped. A date line under it states
    the time. `config` are settings whose rules of notes hold (`read_config`). Of `memory`, which goes before it, the
    rules that tell notes are used, and when the text was seen. Raises NotAnArticleError where nothing but a headline is
    left.
    """
    expect(text, str, "read_text takes a text", "bytes.decode() makes one, and extract(html) reads a page")
    memory, given = memory or memory_for(config), text
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fields, text = _split_front_matter(text)
    text = _DEFINITION.sub("", _COMMENT.sub("", text))
    lines = [line for line in _read_lines(text) if not is_counter(line.text)]
    headline, lines = _take_headline(lines, fields.get("title", ""))
    byline, stamps, lines = _take_head(lines)
    lines = _without_tail(lines)
    stamps = (*_field_stamps(fields), *stamps)
    authors = persons_in([fields.get("author", "") or fields.get("authors", "") or byline])
    language = fields.get("lang", fields.get("language", ""))
    notes, rests = lift_notes(_passages(lines), language=language, seen_at=memory.seen_at, grammar=memory.grammar)
    paragraphs = tuple(Paragraph(rest, line.kind) for line, rest in zip(lines, rests, strict=True) if rest)
    if not paragraphs and not notes:
        raise NotAnArticleError("the text", named_only(given) or "it has no paragraphs below its first line")
    return Story(
        headline=headline,
        deck=fields.get("description", fields.get("subtitle", "")),
        byline=", ".join(authors),
        authors=authors,
        published=next((stamp.at for stamp in stamps if stamp.what == "published"), None),
        modified=next((stamp.at for stamp in stamps if stamp.what == "modified"), None),
        language=language,
        paragraphs=paragraphs,
        notes=notes,
        canonical_url=next((url for url in (fields.get("url", ""), fields.get("canonical", "")) if "://" in url), ""),
        section=fields.get("section", fields.get("category", "")),
        stamps=stamps,
        extractor=stamp_with(memory),
        reader="text",
    )


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    fields = {name.lower(): _value(value, listed) for name, value, listed in _FIELD.findall(found[1] or found[2])}
    return (fields, text[found.end() :]) if fields else ({}, text)


def _value(value: str, listed: str) -> str:
    """Return a field on one line: quotes off, the items of a list parted by commas."""
    if value.startswith("[") and value.endswith("]"):
        items = value[1:-1].split(",")
    elif listed and not value:
        items = _LISTED.split(listed)
    else:
        items = [value]
    return ", ".join(clean(item.strip().strip("\"'")) for item in items if item.strip())


def _field_stamps(fields: dict[str, str]) -> Iterator[Stamp]:
    for what, names in (("published", ("date", "published")), ("modified", ("modified", "updated", "lastmod"))):
        for name in names:
            read = read_time(fields.get(name, ""))
            if read is not None:
                yield Stamp(what, read[0], "text", fields[name], precise=read[1])


def _read_lines(text: str) -> Iterator[_Line]:
    """Yield the blocks of a text: lines where they stand for themselves, else paragraphs of joined lines."""
    longest = max(map(len, text.split("\n")))
    for part in _PARTING.split(text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        yield from _read_part(lines, wrapped=longest <= _WIDEST and _is_wrapped(lines, longest))


def _is_wrapped(lines: list[str], longest: int) -> bool:
    """Whether lines end for want of width, all about as long: then the paragraph goes on over their ends."""
    return all(len(line) > 0.6 * longest for line in lines[:-1])


def _read_part(lines: list[str], *, wrapped: bool) -> Iterator[_Line]:
    """Yield the blocks of a part between blank lines; a line that is marked as a block of its own is one."""
    gathered: list[str] = []
    for line in lines:
        if len(gathered) == 1 and _UNDERLINE.match(line):
            yield _Line(_plain(gathered.pop()), ParagraphKind.SUBHEADING, 1 if line[0] == "=" else 2)
            continue
        if gathered and (not wrapped or _stands_alone(line)):
            yield _read_line(" ".join(gathered))
            gathered.clear()
        if not _RULE.match(line) and not (_TABLE_LINE.match(line) and _TABLE_RULE.match(line)):
            gathered.append(line)
    if gathered:
        yield _read_line(" ".join(gathered))


def _stands_alone(line: str) -> bool:
    return bool(
        _HEADING.match(line)
        or _ITEM.match(line)
        or _NUMBERED.match(line)
        or _QUOTE.match(line)
        or _TABLE_LINE.match(line)
        or is_counter(line)
    )


def _read_line(line: str) -> _Line:
    heading = _HEADING.match(line)
    if heading:
        return _Line(_plain(heading[2]), ParagraphKind.SUBHEADING, len(heading[1]))
    kind, words = _kind_of(line)
    whole = _STRONG.fullmatch(line) or _SOFT.fullmatch(line)
    return _Line(_plain(words), kind, emphasis=whole is not None)


def _kind_of(line: str) -> tuple[ParagraphKind, str]:
    """Return what a line is by its first marks, and its words without them."""
    if _TABLE_LINE.match(line):
        return ParagraphKind.TABLE_ROW, " | ".join(cell.strip() for cell in line.strip("|").split("|"))
    if _QUOTE.match(line):
        return ParagraphKind.QUOTE, _QUOTE_MARK.sub("", line)
    if _ITEM.match(line):
        return ParagraphKind.LIST_ITEM, _ITEM.sub("", line, count=1)
    if _NUMBERED.match(line):
        return ParagraphKind.LIST_ITEM, line  # with its number, which may be a date's day
    return ParagraphKind.CAPTION if _IMAGE.fullmatch(line) else ParagraphKind.TEXT, line


def _plain(text: str) -> str:
    """Take the inline marks of Markdown off: emphasis, links, images, tags, escapes."""
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    if "*" in text or "_" in text:
        text = _SOFT.sub(r"\1\2", _STRONG.sub(r"\1\2", text))
    return clean(re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text))


def _take_headline(lines: list[_Line], stated: str) -> tuple[str, list[_Line]]:
    """Take the headline off the top, each time that it is said there."""
    lines = [line for line in lines if line.text]
    headline = stated
    if (
        not headline
        and lines
        and len(lines[0].text) <= _LONGEST_HEADLINE
        and lines[0].kind is not ParagraphKind.LIST_ITEM
    ):
        headline = lines[0].text
    folded = fold(headline)
    while lines and folded and fold(lines[0].text) == folded:
        lines = lines[1:]
    return headline, lines


def _take_head(lines: list[_Line]) -> tuple[str, tuple[Stamp, ...], list[_Line]]:
    """Take a byline and date lines off the top, in any order."""
    byline, stamps = "", []
    for _ in range(3):
        if not lines:
            break
        text = lines[0].text
        names, stamp = _BYLINE.match(text), _read_date_line(text)
        if stamp is not None:
            stamps.append(stamp)
        elif names and not byline and len(lines) > 1:
            byline = names["names"]
        else:
            break
        lines = lines[1:]
    return byline, tuple(stamps), lines


def _without_tail(lines: list[_Line]) -> list[_Line]:
    """Take invitations and rights lines off the end, where a copied page goes on after its article."""
    end = len(lines)
    while end > 1 and len(lines[end - 1].text) < _LONGEST_HEADLINE and is_invitation(lines[end - 1].text):
        end -= 1
    return lines[:end]


def _read_date_line(text: str) -> Stamp | None:
    found = _DATE_LINE.match(text) if len(text) <= 90 else None
    read = read_time(found["date"]) if found else None
    if read is None or len(re.sub(r"[\d\W]|[ap]m", "", text)) > 40:
        return None
    return Stamp("modified" if _MODIFIED.match(text) else "published", read[0], "text", text, precise=read[1])


def _passages(lines: list[_Line]) -> list[Passage]:
    last = max(1, len(lines) - 1)
    return [Passage(line.text, line.kind, index / last, emphasis=line.emphasis) for index, line in enumerate(lines)]
