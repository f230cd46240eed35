"""What a site's robots.txt allows us (RFC 9309). Pure: it is handed the answer and never asks for it.

A robots.txt is hostile until proven otherwise: it is read up to 512 KiB (the RFC's least is 500), and groups that are
not ours are dropped before anything multiplies them by their rules.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from protego import Protego

PRODUCT = "revtrack"
MAX_BYTES = 512 << 10
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MAX_DELAY = 300.0

_KEPT_FOR = timedelta(hours=24)  # RFC 9309, 2.4
_TRIED_AGAIN_AFTER = timedelta(minutes=10)
_CALLED_AGAIN_AFTER = timedelta(minutes=1)
_LONGEST_LINE = 2000
_AGENT = re.compile(r"\s*user[- ]?agent\s*:?\s*(\*|[a-z_-]*)", re.IGNORECASE)
_HEAD = 64 << 10  # bytes of a page in which its head stands
_META = re.compile(rb"<meta\s[^>]{1,500}>", re.IGNORECASE)
_NAMED = re.compile(rb"name\s*=\s*[\"']?(?:robots|" + PRODUCT.encode() + rb")[\"'\s]", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*[\"']?([^\"'>]{1,200})", re.IGNORECASE)
_ADDRESSED = re.compile(r"\s*([\w-]+)\s*:")
_WITH_VALUES = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview", PRODUCT})
_RULE = re.compile(r"\s*(?:allow|dis+al+ow|diasllow|disallaw|crawl[- ]delay)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's robots.txt as we keep it: the groups that may concern us, or why everything is closed to us.

    `closed` is "" unless the file could not be had, which closes the site (RFC 9309, 2.3.1.4). `is_reached` is False
    if not even a connection could be made: then it is not robots.txt that keeps us out.
    """

    asked_at: datetime
    text: str = ""
    closed: str = ""
    is_reached: bool = True

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it may still be used without asking again."""
        trouble = _TRIED_AGAIN_AFTER if self.is_reached else _CALLED_AGAIN_AFTER
        return timedelta(0) <= now - self.asked_at < (trouble if self.closed else _KEPT_FOR)

    def why_not(self, url: str) -> str:
        """Return why a URL must not be fetched, "" if it may."""
        if self.closed:
            keeps_out = "robots.txt cannot be had, which closes the site for now: " if self.is_reached else ""
            return keeps_out + self.closed
        if self.text and not _rules(self.text).can_fetch(url, PRODUCT):
            return "robots.txt does not allow us this page"
        return ""

    def delay(self) -> float:
        """Return the seconds that the site wants between two requests, 0 if it does not say."""
        return min(_rules(self.text).crawl_delay(PRODUCT) or 0.0, MAX_DELAY) if self.text else 0.0


@lru_cache(maxsize=64)
def _rules(text: str) -> Protego:
    return Protego.parse(text)


def read_robots(status: int, body: bytes, *, asked_at: datetime) -> Robots:
    """Read the answer to a request for robots.txt: 2xx is read, 5xx closes the site, all else leaves it open."""
    if status >= 500:
        return Robots(asked_at, closed=f"the server answered {status}")
    if not 200 <= status < 300:
        return Robots(asked_at)
    return Robots(asked_at, _ours(body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")))


def _ours(text: str) -> str:
    """Return the lines that matter: every foreign group's agents become one name, comments and the rest go."""
    kept: list[str] = []
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if agent:
            name = agent[1].lower()
            kept.append(f"User-agent: {name if name in ('*', PRODUCT) else 'another'}")
        elif _RULE.match(line) and len(line) <= _LONGEST_LINE:
            kept.append(line.strip())
    return "\n".join(line for line, before in zip(kept, ["", *kept], strict=False) if line != before)


def asks_no_archive(tags: Iterable[str], page: bytes = b"") -> bool:
    """Say whether a page asks that no copy of it be shown: `noarchive` in X-Robots-Tag or a robots meta element.

    `tags` are the values of the header. A word for another program is none for us; "none" does not include it.

    >>> asks_no_archive(["noindex, noarchive"]), asks_no_archive(["otherbot: noarchive"])
    (True, False)
    """
    tags = tuple(tags)
    if not tags and not page:
        return False
    named = (tag[0] for tag in _META.finditer(page, 0, _HEAD) if _NAMED.search(tag[0]))
    said = [content[1].decode("latin-1") for tag in named for content in _CONTENT.finditer(tag)]
    return any("noarchive" in re.findall(r"[\w-]+", text.lower()) for text in (*tags, *said) if _is_for_us(text))


def _is_for_us(tag: str) -> bool:
    addressed = _ADDRESSED.match(tag)
    return addressed is None or addressed[1].lower() in _WITH_VALUES


def to_text(robots: Robots) -> str:
    """Return a Robots as one text for safe keeping."""
    return json.dumps({**asdict(robots), "asked_at": robots.asked_at.isoformat()})


@lru_cache(maxsize=256)
def from_text(text: str) -> Robots | None:
    """Return the Robots that `to_text` wrote, None if it is none."""
    try:
        kept = json.loads(text)
        return Robots(**{**kept, "asked_at": datetime.fromisoformat(kept["asked_at"])})
    except (ValueError, KeyError, TypeError):
        return None
