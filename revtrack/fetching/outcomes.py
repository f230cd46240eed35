"""What one answer means: the outcome of a look, the reason in words, and the page if there is one. Pure.

Whether the page is the article is not decided here: that takes its text and its past. Here it is only a page or none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from revtrack import urls
from revtrack.fetching.decoding import DecodingError, decode_body
from revtrack.model import Outcome


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer came to; `decoded` is the page without content codings, None where there is no usable one."""

    outcome: Outcome
    reason: str = ""
    decoded: bytes | None = field(default=None, repr=False)


_OUTCOMES = {
    **dict.fromkeys((404, 410, 451), Outcome.GONE),
    **dict.fromkeys((401, 403, 407, 429), Outcome.BLOCKED),
    402: Outcome.PAYWALLED,
}
_ASIDES = {206: ": only a part of the page", 304: " though we did not ask what changed"}
_PAGE = frozenset({200, 203})
# What an article or a source of articles (a feed, a sitemap, a list) is sent as.
_TEXT = re.compile(r"text/(?:html|plain|xml|markdown|x-opml)|application/(?:[\w.-]+\+)?xml|application/feed\+json")
_GZIP_FILE = re.compile(r"application/(?:(?:x-)?gzip|octet-stream|xml)|text/xml|binary/octet-stream|")
_MAGIC = (
    *(b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"RIFF", b"\x28\xb5\x2f\xfd", b"wOF"),
    *(b"BZh", b"\xfd7zXZ", b"OggS", b"ID3", b"\x1aE\xdf\xa3", b"\x7fELF", b"MZ\x90"),
)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0c\r\x1b"))
_OPENS = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
# What servers write in the place of a part that they could not make, each in its own fixed words.
_FAULT = re.compile(
    rb"\[an error occurred while processing this directive\]|<esi:include\s|<b>(?:Fatal|Parse) error</b>:"
    rb"|Traceback \(most recent call last\):|Uncaught (?:Exception|Error|TypeError)\b",
)


def read_outcome(
    status: int,
    *,
    asked: str,
    got: str,
    content_type: str,
    content_encoding: str,
    body: bytes,
    is_framed: bool,
    is_conditional: bool,
    limit: int,
) -> Reading:
    """Return what an answer came to.

    `asked` and `got` are the URLs before and after redirects. `is_framed` tells that the message said where it ends,
    `is_conditional` that we sent validators. `limit` is in bytes of the decoded page.
    """
    refusal = _read_status(status, is_conditional=is_conditional)
    if refusal is not None and refusal.outcome is not Outcome.NOT_MODIFIED:
        return refusal
    if asked != got:
        if urls.is_gate(got) and not urls.is_gate(asked):
            return Reading(Outcome.BLOCKED, f"the server sent us to {got}, which looks like a login or consent page")
        if urls.is_sent_away(asked, got):
            return Reading(Outcome.REDIRECTED_AWAY, f"the server sent us to {got}, which is no article")
    if refusal is not None:
        return refusal
    try:
        page = decode_body(body, content_encoding, limit=limit)
    except DecodingError as error:
        return Reading(Outcome.FAILED, str(error))
    return _read_page(page, content_type, url=got, is_checked=is_framed or bool(content_encoding))


def _read_status(status: int, *, is_conditional: bool) -> Reading | None:
    """Return what the status alone settles, None if it promises a page."""
    if status in _PAGE:
        return None
    if status == 304 and is_conditional:
        return Reading(Outcome.NOT_MODIFIED, "the server says that nothing changed")
    said = f"the server answered {status}{_phrase(status)}{_ASIDES.get(status, '')}"
    return Reading(_OUTCOMES.get(status, Outcome.FAILED), said)


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _read_page(page: bytes, content_type: str, *, url: str, is_checked: bool) -> Reading:
    kind = content_type.partition(";")[0].partition(",")[0].strip().lower()
    if not page.strip():
        return Reading(Outcome.FAILED, "the page is empty")
    if _is_source_file(page, kind, url):
        return Reading(Outcome.OK, decoded=page)
    if kind and not _TEXT.fullmatch(kind):
        shown = re.sub(r"[^\w/.+-]", "?", kind)[:40]
        return Reading(Outcome.NOT_ARTICLE, f"the server sent {shown}, which is no page to read")
    if is_binary(page, content_type):
        return Reading(Outcome.NOT_ARTICLE, "the server sent bytes that are no text")
    if not is_checked and not ends_whole(page):
        return Reading(Outcome.FAILED, "the page broke off before its end, and nothing says how long it should be")
    return Reading(Outcome.OK, decoded=page)


def _is_source_file(page: bytes, kind: str, url: str) -> bool:
    """Say whether this is a packed sitemap, or a feed in JSON: sources that are not sent as text."""
    if kind == "application/json":
        return b"jsonfeed.org" in page[:4096]
    return url.partition("?")[0].endswith(".gz") and page.startswith(b"\x1f\x8b") and bool(_GZIP_FILE.fullmatch(kind))


def is_binary(page: bytes, content_type: str = "") -> bool:
    """Say whether bytes are no text: a known file signature, or more than one control character in a hundred."""
    head = page[:4096]
    if head.startswith(_MAGIC):
        return True
    if head.startswith(_BYTE_ORDER_MARKS) or "utf-16" in content_type.lower() or "utf-32" in content_type.lower():
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) / 100


def is_as_whole(page: bytes, before: Callable[[], bytes]) -> bool:
    """Say whether a page ends as whole as an earlier look at it did, and no part of it failed on the server since.

    An article on programming may quote what servers write: that tells something only where it did not stand before.
    """
    ends, failed = ends_whole(page), _FAULT.search(page) is not None
    past = b"" if ends and not failed else before()
    return (ends or not ends_whole(past)) and (not failed or _FAULT.search(past) is not None)


def ends_whole(page: bytes) -> bool:
    """Say whether an HTML page closes what it opens: False only if it opens `html` or `body` and closes neither.

    True of anything else. For a page whose past looks did end whole, False means that it was cut.
    """
    if page.startswith(_BYTE_ORDER_MARKS):
        page = page.replace(b"\0", b"")
    return _CLOSES.search(page) is not None or _OPENS.search(page[:100_000]) is None
