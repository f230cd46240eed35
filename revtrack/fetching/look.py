"""What one fetch gathers on its way: hops, cookies, the time left. Opens nothing; it lives and dies with the fetch.

Cookies are kept because many sites show a page only to who sends them back; each goes to the origin that set it, and
none survives the fetch.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from revtrack import urls
from revtrack.errors import BadURLError
from revtrack.fetching.outcomes import Reading
from revtrack.fetching.robots import asks_no_archive
from revtrack.fetching.transport import Answer, ExchangeError
from revtrack.fetching.wire import Headers
from revtrack.model import Redirect, Snapshot, Validators

_MAX_COOKIES = 20
_MAX_VALUE = 4096


@dataclass(slots=True)
class Look:
    """One fetch under way; `elapsed` in seconds, without waiting for turns. `remark` is added to the reason."""

    url: str
    at: datetime
    validators: Validators
    elapsed: float = 0.0
    redirects: list[Redirect] = field(default_factory=list)
    answer: Answer | None = None
    remark: str = ""
    _cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def headers(self, url: str) -> Headers:
        """Return the headers that this fetch adds to a request: conditions and cookies."""
        jar = self._cookies.get(urls.origin_of(url), {})
        cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
        known = self.validators.url or self.url
        said = conditions(self.validators) if urls.well_formed(known) == url else ()
        return (*said, *((("Cookie", cookie),) if cookie else ()))

    def follow(self, answer: Answer, *, most: int) -> str:
        """Return the URL that a redirect leads to; raise ExchangeError after `most` of them, in a circle, or astray."""
        self.answer = answer
        try:
            url = urls.resolve(answer.url, _location(answer))
        except BadURLError as error:
            raise ExchangeError(f"the server sent us to an address that is refused: {error.why}") from None
        self.redirects.append(Redirect(answer.status, url))
        if len(self.redirects) > most:
            raise ExchangeError(f"the server sent us on more than {most} times")
        _take_cookies(self._cookies.setdefault(urls.origin_of(answer.url), {}), answer)
        here = (url, str(self.headers(url)))
        if here in self._seen:
            raise ExchangeError("the server sends us round in a circle")
        self._seen.add(here)
        return url

    def snapshot(self, reading: Reading) -> Snapshot:
        """Return what this fetch came to."""
        answer = self.answer or Answer("", 0, (), ())
        return Snapshot(
            self.url,
            self.at,
            reading.outcome,
            status=answer.status or None,
            reason="; ".join(filter(None, (reading.reason, self.remark))),
            final_url=answer.url,
            redirects=tuple(self.redirects),
            request_headers=answer.request_headers,
            headers=answer.headers,
            body=answer.body or None,
            body_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body else "",
            decoded=reading.decoded,
            elapsed=self.elapsed,
            peer=answer.peer,
            tls=answer.tls,
            noarchive=asks_no_archive(_values(answer, "x-robots-tag"), reading.decoded or b""),
        )


def conditions(validators: Validators) -> Headers:
    """Return the conditional headers for what a server gave us once, if it can be sent back as it is."""
    found: Headers = ()
    if validators.etag and validators.etag.isprintable() and len(validators.etag) <= _MAX_VALUE:
        found = (("If-None-Match", validators.etag),)
    try:
        if validators.last_modified:
            parsedate_to_datetime(validators.last_modified)
            found = (*found, ("If-Modified-Since", validators.last_modified))
    except (ValueError, TypeError, OverflowError):
        pass
    return found


def _values(answer: Answer, name: str) -> list[str]:
    return [value for key, value in answer.headers if key.lower() == name]


def _location(answer: Answer) -> str:
    """Return where a redirect points; servers write UTF-8 there, though nothing allows it."""
    raw = answer.header("location").encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _take_cookies(jar: dict[str, str], answer: Answer) -> None:
    for name, value in answer.headers:
        if name.lower() != "set-cookie" or len(value) > _MAX_VALUE:
            continue
        key, _, text = (part.strip() for part in value.partition(";")[0].partition("="))
        is_sendable = key and (key + text).isascii() and (key + text).isprintable()
        if is_sendable and (key in jar or len(jar) < _MAX_COOKIES):
            jar[key] = text
