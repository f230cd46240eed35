"""Bytes of a page → its text: header, byte order mark, meta, then a look at the bytes. Knows nothing of markup.

The order follows the HTML standard's encoding sniffing, with one difference: a page whose bytes are valid UTF-8 and
not plain ASCII *is* UTF-8, whatever header or meta say. Bytes of another encoding are almost never valid UTF-8, while
wrong labels are common; so a server that corrects its header makes no revision.
"""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PIECE = 16_384  # bytes that are decoded at a time
_MARKED = tuple(mark for mark, _ in _MARKS)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_REACH = 8192  # the standard says 1024; real pages put scripts first
# Labels that browsers read as another encoding than Python does (https://encoding.spec.whatwg.org/#names-and-labels).
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NEVER = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})


def decode(html: bytes, content_type: str | None = None) -> str:
    """Return the text of a page's bytes; what cannot be read becomes U+FFFD. Never raises, never guesses by chance.

    `content_type` is the value of the HTTP header, with or without a charset.
    """
    for mark, name in _MARKS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")
    if b"\0" in html[:64] and (wide := _wide(html)):
        return html.decode(wide, "replace")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if html.isascii() or wrong.start >= len(html) - 3:  # a character cut by the end of a page that stops short
            return html.decode("utf-8", "replace")
    return _first_fit(html, content_type)


def in_utf8(html: bytes, content_type: str | None = None) -> bytes:
    """Return a page's bytes in UTF-8, as they are where they are that already: most pages are, and are not copied."""
    if not html.startswith(_MARKED) and b"\0" not in html[:64] and _is_utf8(html):
        return html
    return decode(html, content_type).encode("utf-8", "replace")


def _is_utf8(html: bytes) -> bool:
    """Whether bytes are valid UTF-8. Piece by piece: half the time, and no second page in memory."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(html), _PIECE):
            decoder.decode(html[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _wide(html: bytes) -> str:
    """Return the name of a two-byte encoding that shows by the zero half of its first `<`, or ""."""
    start = html.find(b"<")
    if start < 0:
        return ""
    if html[start + 1 : start + 2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if start and html[start - 1] == 0 else ""


def _first_fit(html: bytes, content_type: str | None) -> str:
    """Decode by the first label that fits the bytes; failing all, as whichever of UTF-8 and cp1252 loses less."""
    labels = [*_HEADER.findall(content_type or ""), *(m.decode() for m in _META.findall(html[:_META_REACH]))]
    names = [name for label in labels if (name := _python_name(label))]
    for name in names:
        try:
            return html.decode(name)
        except UnicodeDecodeError:
            continue
    loose = html.decode("utf-8", "replace")
    if names and names[0] != "utf-8":
        return html.decode(names[0], "replace")
    # Mostly UTF-8 with a few broken bytes is common where a page is glued from parts; all broken is a Western page.
    damaged, kept = loose.count("\ufffd"), sum(character > "\x7f" for character in loose)
    return loose if damaged * 4 < kept else html.decode("cp1252", "replace")


def _python_name(label: str) -> str:
    """Return Python's name for an encoding label as browsers read it, or "" for an unknown or unsafe one."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    if found.name in _NEVER or not found._is_text_encoding:  # noqa: SLF001 - the only way to tell rot13 from a charset
        return ""
    return _READ_AS.get(found.name, found.name)
