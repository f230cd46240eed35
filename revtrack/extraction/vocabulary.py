"""The words by which pages name the boxes that are no part of an article. Knows class names, not pages.

A word counts where it stands as a word of a class name, an id or a role: `share-bar`, `shareBar` and `share_bar` hold
"share", `shareholders` does not. What a name means is weighed against how much prose the box holds (`container`,
`roles`): a body inside `<div class="main no-sidebar">` is still the body.
"""

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise


class Chrome(IntEnum):
    """How surely a box is page chrome."""

    NO = 0
    MAYBE = 1  # names that also serve article parts: holds where the box is small or full of links
    YES = 2  # names that no article part bears
    ALIEN = 3  # other people's or other articles' prose: nothing in it is even a note


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


def _pairs_in(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(pair.split()) for pair in text.split(","))


HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# The elements of the AMP standard load what is not the page's own; until then they show a text that comes and goes.
_ALIEN_TAGS = words_in(
    """
    nav dialog menu amp-list amp-embed amp-ad amp-consent amp-sidebar amp-sticky-ad amp-user-notification amp-next-page
    """,
)
_YES_TAGS = frozenset({"footer", "form", "fieldset", "figcaption"})
_MAYBE_TAGS = frozenset({"aside", "header", "figure", "hgroup", "details", "address", "label"})
_ALIEN_ROLES = words_in(
    """
    navigation search dialog alertdialog menu menubar banner timer tooltip marquee toolbar progressbar status
    """,
)
_ALIEN_WORDS = words_in(
    """
    nav navbar navigation breadcrumb breadcrumbs menu submenu comments commentlist disqus cookie cookies consent
    gdpr outbrain taboola recirc recirculation related relateds trending newsletter newsletters login signup
    signin modal popup popin lightbox skiplink subscribe subscription subscriptions onetrust didomi usercentrics
    cookiebot qc breaking ticker pagination pager recommended recommendation recommendations suggested livefyre
    viafoura spotim zergnet teaser teasers onward sharethis addtoany addthis sharedaddy jetpack
    """,
)
_YES_WORDS = words_in(
    """
    ad ads adbox adslot adunit advert adverts advertisement advertising advertorial adsbygoogle adsense
    adwrapper dfp gpt sponsor sponsored sponsors promo promos promotion promoted promobox share sharing sharebar
    shares sharer social socials follow followus byline bylines author authors authorbio bio dateline timestamp
    pubdate postmeta entrymeta tags taglist taxonomy categories keywords topics copyright credit credits caption
    captions photocredit sidebar footer masthead toolbar popular mostread mostpopular readmore seealso readnext
    upnext playlist poll quiz survey rating ratings vote reactions donate donation contribute cta signoff print
    printonly toc infobox tooltip sronly hidden visuallyhidden screenreader offscreen banner carousel slider
    slideshow comment reply respond feedback report search instagram tiktok facebook pullquote filter logo
    avatar views counter tool tools utility interlinks
    """,
)
_MAYBE_WORDS = words_in(
    """
    widget widgets meta info details card cards tile tiles video audio player podcast embed embedded gallery
    image images photo media figure aside more links link feed stream latest headlines stories tag intro kicker
    eyebrow subscriber premium extra app download campaign partner commercial offer shop product products buy
    affiliate paywall regwall newsroom contact about disclaimer transcript event events weather market
    """,
)
_ALIEN_PAIRS = _pairs_in(
    """
    most read, most popular, most viewed, also read, also like, read also, read more, read next, see also, up
    next, next article, next story, next post, more stories, more news, more from, more articles, other stories,
    other news, latest news, latest stories, top stories, related posts, comment list, comments area, comment
    form, comments section, post navigation, sign up, sign in, log in, recent posts, latest posts, similar
    posts, you may, skip link, skip to
    """,
)
_YES_PAIRS = _pairs_in(
    """
    screen reader, sr only, visually hidden, author bio, about author, author box, author info, post meta, entry
    meta, article meta, meta data, post info, post tags, article tags, entry footer, table contents, follow us,
    social media, publish date, published date, post date, article date, read time, reading time, image credit,
    wp caption, print only, no print, back top, pull quote
    """,
)
_EMBED = frozenset({"embed", "embedded", "oembed"})
# Words that turn a telling one into its opposite or into mere layout ("no-sidebar", "has-ads", "with-comments").
_STATES = frozenset({"open", "closed", "on", "off", "enabled", "disabled", "none"})
_LAYOUT = frozenset({"no", "has", "with", "without", "is", "not", "type", "format", "status", "post", "js", "theme"})
_UNSEEN_WORDS = words_in("visuallyhidden sronly offscreen")
_UNSEEN_PAIRS = _pairs_in("visually hidden, sr only, screen reader, off screen, reader text")
ALIEN_SIGNS = (
    _ALIEN_WORDS | _ALIEN_ROLES | {tag.split("-")[0] for tag in _ALIEN_TAGS} | {one for one, _ in _ALIEN_PAIRS}
)
"""Words: a box is alien only where its tag, its names or its role hold one of them."""
_UNSEEN = frozenset({"hidden", "visuallyhidden", "sronly", "sr", "screenreader", "offscreen"})
_TELLING_WORDS = _ALIEN_WORDS | _YES_WORDS | _MAYBE_WORDS | _EMBED
_TELLING_PAIRS = _ALIEN_PAIRS | _YES_PAIRS

_MIXED = re.compile(r"[A-Z]|[a-z][0-9]|[0-9][a-z]")
_LOWER = re.compile(r"[a-z]+")
_PART = re.compile(r"[A-Za-z0-9]+")
_HASHED = re.compile(r"\d[A-Za-z]|[A-Za-z]\d{3}|[a-z][A-Z]{1,2}[a-z]{0,2}[A-Z]|^(?:css|sc|jsx)$")
_HASHES = frozenset({"css", "sc", "jsx"})
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_STYLING = re.compile(r"[:\[/]")  # in `print:hidden`, `[&_.ad]:my-0`, `w-1/2`: how a box looks, not what it is
_OWN_NAME = re.compile(r"(?:\b|_)(?:first|last|odd|even)\b|\d|^(?:css|sc|jsx)-")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=4096)
def words_of(names: str) -> tuple[str, ...]:
    """Return the lower-case words of class names and ids, in order; what a build tool has hashed is no word."""
    names = names[:400]
    if not _MIXED.search(names):
        words = _LOWER.findall(names)
        return tuple(words) if _HASHES.isdisjoint(words) else tuple(word for word in words if word not in _HASHES)
    parts = [part for part in _PART.findall(names) if not _HASHED.search(part)]
    return tuple(word.lower() for part in parts for word in _WORD.findall(part))


@lru_cache(maxsize=4096)
def chrome_of(tag: str, names: str, role: str = "", innocent: tuple[str, ...] = ()) -> Chrome:
    """Return how surely a box with this tag, these class names and ids, and this role is page chrome.

    Names that begin with one of the `innocent` tell nothing.
    """
    if tag in _ALIEN_TAGS or role in _ALIEN_ROLES:
        return Chrome.ALIEN
    told = _chrome_of_name(tag) if "-" in tag else Chrome.NO  # the name of an element of the site's own
    for name in names.split():
        if not (innocent and name.startswith(innocent)):
            told = max(told, _chrome_of_name(name))
    if tag in HEADING_TAGS and _UNSEEN.isdisjoint(words_of(names)):
        return min(told, Chrome.MAYBE)  # its names are made from its own words or its place in a table of contents
    if tag in _YES_TAGS:
        return max(told, Chrome.YES)
    return max(told, Chrome.MAYBE) if tag in _MAYBE_TAGS else told


@lru_cache(maxsize=4096)
def stable_names(names: str) -> str:
    """Return class names without those by which boxes of one form differ: numbers, a place in a row, a build's hashes.

    Where there is no other, the first name without its digits.
    """
    listed = names[:400].split()
    shared = [name for name in listed if not _OWN_NAME.search(name)]
    return " ".join(shared) or _DIGITS.sub("", "".join(listed[:1]))


@lru_cache(maxsize=4096)
def is_unseen(names: str) -> bool:
    """Return whether class names say that an element is there for those who hear the page."""
    words = words_of(names)
    return not _UNSEEN_WORDS.isdisjoint(words) or not _UNSEEN_PAIRS.isdisjoint(pairwise(words))


def telling_names(names: str) -> list[str]:
    """Return those class names and ids that speak of chrome."""
    return [name for name in names.split() if _chrome_of_name(name) >= Chrome.YES]


@lru_cache(
    maxsize=32768
)  # 80 pages of 40 sites have 12,000: a smaller cache would forget all of them between two looks
def _chrome_of_name(name: str) -> Chrome:
    words = words_of(name)
    if _TELLING_WORDS.isdisjoint(words) and _TELLING_PAIRS.isdisjoint(pairwise(words)):
        return Chrome.NO
    if words[0] in _LAYOUT or words[-1] in _STATES or _STYLING.search(name):
        return Chrome.NO
    if not _EMBED.isdisjoint(words):  # a quoted post is part of the article, whatever network's name the box bears
        return Chrome.MAYBE
    if not _ALIEN_WORDS.isdisjoint(words) or not _ALIEN_PAIRS.isdisjoint(pairwise(words)):
        return Chrome.ALIEN
    if not _YES_WORDS.isdisjoint(words) or not _YES_PAIRS.isdisjoint(pairwise(words)):
        return Chrome.YES
    return Chrome.MAYBE
