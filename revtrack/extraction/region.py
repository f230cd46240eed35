"""Name all of a page that its story may be read from, so that the next look need not read it again. Pure.

What is left out can change no story: scripts but JSON-LD, styles, comments, `<meta>` elements that nobody reads, and
in boxes of other people's or other articles' text (`Chrome.ALIEN`: nothing in them is even a note) the words of short
links, their addresses, and digits. Everything else counts, to the byte. Where a page is written so that it cannot be
told for sure what a parser makes of it, it has no region: then others decide. To miss an edit is worse than to read a
page again.
"""

import re
from functools import lru_cache
from hashlib import sha256

from revtrack.extraction.vocabulary import ALIEN_SIGNS, Chrome, chrome_of

_OPENS = re.compile(
    rb"<(?=[!imnpstx])(?:(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b|(!--)|(meta)\b)"
)
_META_READ = re.compile(
    rb"title|desc|summary|author|creator|byl|contributor|date|time|publi|modif|update|section|type|tag|lang|locale|site"
    rb"|url|canonical|headline|article|news|image|robots|charset|http-equiv|refresh|tier|name=[\"']?(?:dc|og|twitter)\b"
)
_META_NAME = re.compile(rb"(?:name|property|itemprop)\s*=\s*[\"']?([^\"'>\s]+)")
_BOX = re.compile(rb"<(nav|aside|div|section|ul|ol|menu|dialog|footer|amp-[a-z-]+)\b([^<>]*)>")
_NAMES = re.compile(rb"\s(class|id|role)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_WORD = re.compile(rb"[a-z]+")
_ALIEN_SIGNS = frozenset(map(str.encode, ALIEN_SIGNS))
_SPEAKING = (b"correct", b"erratum", b"errata", b"clarif", b"editor", b"author", b"byline", b"note", b"itemprop")
_SPEAKING_TAG = re.compile(rb"<(?:time|h1|article|main)\b")
# Its group is not possessive: before 3.11.5 Python leaves such a group in the middle (python/cpython#106052).
_LINK = re.compile(rb"<a[\s>][^<]*+(?:<(?!/a\b|a\b)[^<]*+)*</a\b")
_SHORT_TEXT = re.compile(rb">\s*[^<\s][^<]{0,139}(?=<)")  # longer ones may weigh as prose
_ADDRESSES = re.compile(rb"\s(?:href|src|srcset|data-[\w-]+|title|alt|width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ZEROS = re.compile(rb"00+")
_DIGITS_AS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_LARGEST = 24 << 10  # bytes of a box whose words may change
_MOST_BOXES = 200
_SHORT = 300  # bytes of attributes that are worth remembering
_DIGEST = 32  # characters


def region_of(source: bytes, *, basis: str) -> str:
    """Return a digest of all that the story of a page in UTF-8 may be read from, "" where that cannot be told.

    `basis` is what else the reading rests on: the rules, the address, the version that is known.
    """
    kept = _without_scripts(source, source.lower())
    if not kept:
        return ""
    digest = sha256(basis.encode())
    for piece in _with_quiet_boxes(kept):
        digest.update(piece)
    return digest.hexdigest()[:_DIGEST]


def _without_scripts(source: bytes, lowered: bytes) -> bytes:
    """Return a source without what machines alone read; b"" where it may be read in another way too."""
    kept: list[bytes] = []
    at = 0
    for found in _OPENS.finditer(lowered):
        start, opened = found.span()
        if start < at:  # within the element before
            continue
        tag, comment, _ = found.groups()
        before = lowered.rfind(b"<", at, start)
        if (before >= 0 and lowered.find(b">", before, start) < 0) or tag == b"plaintext":  # within a tag
            return b""
        end = lowered.find(b"-->" if comment else b"</" + tag if tag else b">", opened)
        end = lowered.find(b">", end) + 1 if end >= 0 else 0
        if not end:
            return b""
        kept.append(source[at : start if _is_silent(found, lowered, end) else end])
        at = end
    kept.append(source[at:])
    return b"".join(kept)


def _is_silent(found: "re.Match[bytes]", page: bytes, end: int) -> bool:
    """Whether a story is never read from an element that begins as found and ends there."""
    start, (tag, comment, _) = found.start(), found.groups()
    if tag == b"script":
        is_data = page.find(b"json", start, min(start + 400, end)) >= 0 or page.find(b"ld+json", start, end) >= 0
        return not is_data and page.find(b"<!--", start, end) < 0
    if tag:
        return tag == b"style"
    if comment:
        return _is_plain_comment(page[start:end])
    name = _META_NAME.search(page, start, end)
    return name is not None and _is_unread(page[start : name.end()])


@lru_cache(maxsize=8192)  # 40 a page, of which nearly all are alike on all pages of a site
def _is_unread(meta: bytes) -> bool:
    """Whether no story is read from a `<meta>` that begins so, its name included."""
    return _META_READ.search(meta) is None


def _is_plain_comment(element: bytes) -> bool:
    is_odd = element.startswith((b"<!-->", b"<!--->", b"<!--[if")) or b"--!>" in element
    return not is_odd and b"<!--" not in element[4:]


def _with_quiet_boxes(source: bytes) -> list[bytes]:
    """Return the pieces of a source, boxes of other people's text by their tags and without what changes in them."""
    pieces: list[bytes] = []
    at = looked = 0
    for _ in range(_MOST_BOXES):
        found = next(filter(_opens_an_alien_box, _BOX.finditer(source, looked)), None)
        if found is None:
            break
        looked, end = found.end(), _end_of(source, found)
        if end and end - found.start() <= _LARGEST and (quiet := _quieted(source[found.start() : end])):
            pieces += (source[at : found.start()], quiet)
            at = looked = end
    pieces.append(source[at:])
    return pieces


def _opens_an_alien_box(found: "re.Match[bytes]") -> bool:
    tag, attributes = found.groups()
    return (_is_alien if len(attributes) < _SHORT else _is_alien.__wrapped__)(tag, attributes)


def _quieted(box: bytes) -> bytes:
    """Return a digest of a box without what changes in it, b"" for one that may hold what is read of an article.

    Digests are remembered: the menus of a page are those of the site, and to name a box is ten times as quick as to
    look through it.
    """
    name = sha256(box).digest()
    known = _DIGESTS.get(name)
    if known is None:
        known = b"" if _speaks(box.lower()) else b"\1" + sha256(_quiet(box)).digest()
        if len(_DIGESTS) >= _MOST_DIGESTS:
            _DIGESTS.clear()
        _DIGESTS[name] = known
    return known


_DIGESTS: dict[bytes, bytes] = {}
_MOST_DIGESTS = 16_384  # 18 a page, and some 200 bytes each


def _speaks(lowered: bytes) -> bool:
    """Whether a box may hold what is read of an article wherever it stands: a note, a name, a date."""
    return any(word in lowered for word in _SPEAKING) or _SPEAKING_TAG.search(lowered) is not None


@lru_cache(maxsize=32768)  # 160 pages of 80 sites have 20,000; pages of one site share nearly all of theirs
def _is_alien(tag: bytes, attributes: bytes) -> bool:
    attributes = attributes.lower()
    if _ALIEN_SIGNS.isdisjoint(_WORD.findall(tag + b" " + attributes)):
        return False
    values = {name: one or other or bare for name, one, other, bare in _NAMES.findall(attributes)}
    names = b" ".join(filter(None, (values.get(b"class"), values.get(b"id"))))
    role = values.get(b"role", b"").decode("utf-8", "replace")
    return chrome_of(tag.decode("ascii"), names.decode("utf-8", "replace"), role) is Chrome.ALIEN


def _end_of(source: bytes, opened: "re.Match[bytes]") -> int:
    """Return where an element ends, 0 where its tags do not pair within the bounds."""
    depth = 1
    for tag in _tags(opened[1]).finditer(source, opened.end(), opened.end() + _LARGEST):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return 0


@lru_cache(maxsize=64)
def _tags(name: bytes) -> "re.Pattern[bytes]":
    return re.compile(rb"<(/?)" + re.escape(name) + rb"\b[^<>]*>")


def _quiet(box: bytes) -> bytes:
    """Return a box by its tags without addresses, its texts without digits, and of short links only that they are."""
    bare = _LINK.sub(_without_words, _ADDRESSES.sub(b"", box))
    return _ZEROS.sub(b"0", bare.translate(_DIGITS_AS_ZERO))


def _without_words(link: "re.Match[bytes]") -> bytes:
    return _SHORT_TEXT.sub(b">\2", link[0])
