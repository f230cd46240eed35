"""The forms of a URL: the one requested, the one stored, and which two mean one article. Pure, standard library alone.

`well_formed` is what is asked of a server: the same resource, spelled in one way (RFC 3986, 6.2.2 and 6.2.3).
`canonical` is what an article is stored under: the same without the parameters that only say where a reader came from.
A URL that `well_formed` refuses is a BadURLError to all that take one; `split` alone takes it well-formed already.
What two parsers could read in two ways (user names, backslashes, hosts written as one number) is refused, not mended.
"""

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import urljoin

from revtrack.errors import BadURLError

MAX_LENGTH = 8192
DEFAULT_PORTS = {"http": 80, "https": 443}

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_WITH_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_OTHER_SCHEME = re.compile(r"(?!localhost:)([A-Za-z][A-Za-z0-9+-]*):(?!\d)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_PORT = re.compile(r"\d{1,5}")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_DOTS = re.compile("[。．｡]")  # RFC 3490, 3.1: these separate labels too
_OF_A_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/-]")
_OF_A_QUERY = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")

# Parameters that tell a publisher where a reader came from and never which article is meant. A name that some site
# might use for an article's number ("id", "p", "ref", "cid", "source") is not here.
_TRACKING = re.compile(
    r"utm_\w*|utm|fbclid|fb_(?:action_ids|action_types|ref|source)|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid"
    r"|li_fat_id|igshid?|mc_[ce]id|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|oly_(?:anon|enc)_id|_ga|_gl|ns_(?:campaign|mchannel"
    r"|source|linkname|fee)|at_(?:medium|campaign\w*|link\w*|format|bbc_team|ptr_name|custom\d)|xtor|wt_[mz]?mc|cmp(?:id)?|intcmp|icid"
    r"|smid|smtyp|ocid|guccounter|guce_referrer(?:_sig)?|__twitter_impression|sr_share|traffic_source|spref|share_?token",
)


class URLParts(NamedTuple):
    """A well-formed URL in parts; `port` is always given, `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str


def canonical(url: str) -> str:
    """Return the URL under which an article is stored.

    Applying it twice changes nothing more. Raises BadURLError, as `well_formed` does.

    >>> canonical("Example.ORG:443/a/../story?id=7&utm_source=feed#top")
    'https://example.org/story?id=7'
    """
    base, mark, query = well_formed(url).partition("?")
    kept = "&".join(pair for pair in query.split("&") if not _TRACKING.fullmatch(_parameter(pair).lower()))
    return base + mark + kept if kept else base


@lru_cache(maxsize=4096)
def well_formed(url: str) -> str:
    """Return the same URL spelled in one way, without fragment; one without a scheme is taken as https.

    (As http, where the host is an address or localhost.) Raises BadURLError with what is wrong for anything that is
    not http or https, carries a user name, or could mean two things.
    """
    text = url.strip()
    if not text or len(text) > MAX_LENGTH:
        raise BadURLError(text[:60], f"it is longer than {MAX_LENGTH} characters" if text else "it is empty")
    if _CONTROL.search(text):
        raise BadURLError(text, "it holds control characters")
    found = _PARTS.fullmatch(_with_scheme(text))
    if found is None:
        raise BadURLError(text, "write it as https://example.org/story")
    scheme, authority, path, query = found[1].lower(), found[2], found[3], found[4]
    if scheme not in DEFAULT_PORTS:
        raise BadURLError(text, f"only http and https can be tracked, not {scheme}")
    try:
        host, port = _authority(authority)
    except ValueError as error:
        raise BadURLError(_without_user(text), str(error)) from None
    shown_port = "" if port in (None, DEFAULT_PORTS[scheme]) else f":{port}"
    shown_query = f"?{_OF_A_QUERY.sub(_respell, query)}" if query else ""
    return f"{scheme}://{host}{shown_port}{_without_dots(_OF_A_PATH.sub(_respell, path))}{shown_query}"


def _with_scheme(text: str) -> str:
    if text.startswith("//"):
        return f"https:{text}"
    if _WITH_SCHEME.match(text):
        return text
    other = _OTHER_SCHEME.match(text)
    if other:
        raise BadURLError(text, f"only http:// and https:// can be tracked, not {other[1].lower()}:")
    host = re.split(r"[/?#]", text, maxsplit=1)[0]
    bare = re.sub(r":\d*$", "", host)
    if bare == "localhost" or bare.startswith("[") or re.fullmatch(r"[\d.]+", bare):
        return f"http://{text}"
    if "." not in bare.strip(".") or " " in host:
        raise BadURLError(text, "write it as https://example.org/story")
    return f"https://{text}"


def _authority(authority: str) -> tuple[str, int | None]:
    """Return host and port (None if not given); ValueError says what is wrong."""
    if "@" in authority:
        raise ValueError("it carries a user name, which we never send")
    if "\\" in authority:
        raise ValueError("it has a backslash where the host stands")
    if "%" in authority:
        raise ValueError("its host is percent-encoded")
    host, port = authority, ""
    if not authority.endswith("]") and ":" in authority:
        host, _, port = authority.rpartition(":")
    if port and (not _PORT.fullmatch(port) or not port.isascii() or not 0 < int(port) < 1 << 16):
        raise ValueError("its port is no number from 1 to 65535")
    return _host(host), int(port) if port else None


def _host(text: str) -> str:
    if text.startswith("[") and text.endswith("]"):
        try:
            return f"[{IPv6Address(text[1:-1]).compressed}]"
        except AddressValueError:
            raise ValueError("its host is no IPv6 address") from None
    if len(text) > 253:
        raise ValueError("its host is longer than a name can be")
    host = _DOTS.sub(".", unicodedata.normalize("NFKC", text.lower())).removesuffix(".")
    if not host:
        raise ValueError("it names no host")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_address(host, written=text)
    return ".".join(_label(label) for label in labels)


def _plain_address(host: str, *, written: str) -> str:
    """Return an IPv4 address written in the usual way; other ways (127.1, 0x7f000001) serve only to deceive."""
    try:
        if written.isascii():
            return str(IPv4Address(host))
    except AddressValueError:
        pass
    raise ValueError("its host is a number that is no plain IPv4 address")


def _label(label: str) -> str:
    # IDNA 2008 without its tables: lower case and NFKC are done, so what is left is Punycode (RFC 3492). The codec
    # "idna" of the standard library is IDNA 2003 and would send "straße" to "strasse".
    if not label.isascii():
        if re.search(r"[\u200c\u200d]", label):
            raise ValueError("its host holds invisible characters")
        label = "xn--" + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(label):
        raise ValueError("its host is no host name")
    return label


def _respell(found: re.Match[str]) -> str:
    text = found[0]
    if len(text) == 3:  # an escape: needless ones are undone, the others get capitals
        character = chr(int(text[1:], 16))
        return character if _UNRESERVED.fullmatch(character) else text.upper()
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _without_dots(path: str) -> str:
    """Return a path with its dot segments resolved (RFC 3986, 5.2.4); never empty."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _without_user(text: str) -> str:
    """Return a URL as it may be shown: what stands before an @ in the authority may be a password."""
    return re.sub(r"//[^/?#]*@", "//…@", text)


def resolve(base: str, reference: str) -> str:
    """Return the well-formed URL that a link or Location means on the page at `base`. Raises BadURLError."""
    if len(reference) > MAX_LENGTH or _CONTROL.search(reference.strip()):
        raise BadURLError(reference[:60], "it is too long or holds control characters")
    try:
        joined = urljoin(base, reference.strip())
    except ValueError as error:
        raise BadURLError(reference, str(error)) from None
    if "://" not in joined:
        raise BadURLError(reference, "only http and https can be tracked")
    return well_formed(joined)


@lru_cache(maxsize=4096)
def split(url: str) -> URLParts:
    """Return the parts of a well-formed URL; the host of an IPv6 address comes without its brackets."""
    found = _PARTS.fullmatch(url)
    assert found is not None
    scheme, authority, path, query = found[1], found[2], found[3], found[4]
    host, port = _authority(authority)
    target = path if query is None else f"{path}?{query}"
    return URLParts(scheme, host.strip("[]"), port or DEFAULT_PORTS[scheme], target)


def host_of(url: str) -> str:
    """Return the host of a URL, with its port where that is not the scheme's own.

    >>> host_of("https://example.org:443/a"), host_of("http://127.0.0.1:8700/a")
    ('example.org', '127.0.0.1:8700')
    """
    return well_formed(url).split("/", 3)[2]


def join_port(host: str, port: int) -> str:
    """Return a host or bare address and a port as a URL writes them: "[::1]:80"."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def origin_of(url: str) -> str:
    """Return scheme and host of a URL, with its port where that is not the scheme's own: "https://example.org"."""
    return "/".join(well_formed(url).split("/", 3)[:3])


# --- one identity for one article ----------------------------------------------------------------------------------

_FRONT_NAME = re.compile(
    r"home(?:page)?|front(?:page)?|start(?:seite)?|accueil|portada|inicio|error(?:-?404)?|40[34]|410"
    r"|(?:page-?)?not-?found|removed|gone|search|suche|recherche",
)
_INDEX = re.compile(r"/(?:index|default)\.\w{3,5}$")
_FLAGGED_FRONT = re.compile(r"/\?[A-Za-z_-]{3,}=[01]")  # "/?notfound=1"; "/?p=123" is an article
_FEED_NAME = re.compile(r"feeds?|rss|atom")
_GATE_NAME = re.compile(
    r"(?:log|sign)-?(?:in|on|up)|sso|subscri(?:be|ptions?)|regist(?:er|ration)|paywall|(?:cookie-|privacy-)?consent|captcha"
    r"|challenge|validate|verify|accounts?|auth|authorize",
)
_GATE_HOST = re.compile(r"(?:log|sign)-?in|consent|auth|(?:my)?accounts?|sso|captcha|challenge|guce")
_WORD = re.compile(r"[a-z]{2,20}")
_OTHER_FRONT = re.compile(r"^(?:www|m|mobile|amp)\d?\.(?=[^.]+\.)")
_AMP_CACHE = re.compile(
    r"https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]|(?:www\.)?google\.[a-z.]+/amp)/(?:s/)?([^/?]+\.[^/?]+/.*)",
)
_AMP_PATH = re.compile(r"/amp(?=/.)|/amp/?$|\.amp(?=\.html?$|$)")
_AMP_PAIRS = frozenset({"", "amp", "amp=1", "amp=true", "outputType=amp", "output=amp"})


def article_key(url: str) -> str:
    """Return what all addresses of one article have in common, for comparison alone: it need not be fetchable.

    Left out are the scheme, `www.` and mobile host names, AMP forms and caches, a trailing slash, an index file's name,
    and the order of parameters. What could tell two articles apart stays: path in its case, every other parameter.
    """
    address = canonical(url)
    cached = _AMP_CACHE.match(address)
    if cached:
        address = canonical(f"https://{cached[1]}")
    _, _, rest = address.partition("://")
    base, _, query = rest.partition("?")
    host, _, path = base.partition("/")
    short = _INDEX.sub("/", _AMP_PATH.sub("", f"/{path}")).rstrip("/")
    pairs = sorted((pair for pair in query.split("&") if pair not in _AMP_PAIRS), key=_parameter)
    return _OTHER_FRONT.sub("", host) + (short or "/") + (f"?{'&'.join(pairs)}" if pairs else "")


def keys_of_host(url: str) -> tuple[str, str]:
    """Return where the keys of all articles on a URL's host begin, and before what they end.

    >>> keys_of_host("https://www.example.org/a")
    ('example.org/', 'example.org0')
    """
    host = article_key(url).split("/", 1)[0]
    return f"{host}/", f"{host}0"  # "0" comes after "/"


def _parameter(pair: str) -> str:
    return pair.partition("=")[0]


def is_front_or_section(url: str) -> bool:
    """Say whether a URL looks like a front, section or error page rather than like an article."""
    _, _, rest = canonical(url).partition("://")
    base, _, query = rest.partition("?")
    segments = [segment for segment in _INDEX.sub("/", base).lower().split("/")[1:] if segment]
    if segments and _FRONT_NAME.fullmatch(segments[-1].partition(".")[0]):
        return True
    if any(character.isdigit() for character in query):  # "/?p=123" is an article of many systems
        return False
    if segments and _FEED_NAME.fullmatch(segments[-1]):
        return False
    return len(segments) <= 2 and all(_WORD.fullmatch(segment) for segment in segments)


def is_gate(url: str) -> bool:
    """Say whether a URL looks like a login, consent, subscription or bot check page."""
    parts = split(canonical(url))
    segments = parts.target.partition("?")[0].lower().split("/")
    if _GATE_HOST.fullmatch(parts.host.split(".")[0]):
        return True
    return any(_GATE_NAME.fullmatch(segment.partition(".")[0]) for segment in segments[-2:])


def is_sent_away(asked: str, got: str) -> bool:
    """Say whether a redirect led from an article to what stands for its absence: a front, section or parent page."""
    if article_key(asked) == article_key(got):
        return False
    path, asked_path = _INDEX.sub("/", split(canonical(got)).target), split(canonical(asked)).target
    if path == "/" or _FLAGGED_FRONT.fullmatch(path):
        return True
    climbed = path.endswith("/") and asked_path.startswith(path) and host_of(asked) == host_of(got)
    is_page = is_front_or_section(got) or climbed or _is_folder_beside(path, asked_path)
    return is_page and not is_front_or_section(asked)


def _is_folder_beside(path: str, asked_path: str) -> bool:
    """Say whether a site that gives its articles a suffix (".html") sent us to a plain word without one."""
    name = path.partition("?")[0].rstrip("/").rpartition("/")[2].lower()
    stem, dot, _ = asked_path.partition("?")[0].rpartition("/")[2].lower().partition(".")
    return bool(dot) and name != stem and _WORD.fullmatch(name) is not None
