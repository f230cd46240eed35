"""A fifth set of chrome: what sites put around and between, and how releases write the same text. Knows pages only."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

from lxml import etree, html

from bench.extraction.chrome import Chrome
from bench.extraction.fifth.filling import Filling
from bench.extraction.fourth.tree import Page, page_of, written
from bench.extraction.splicing import Article, Splice

# Where it stands and in what markup; what begins with "±" one look has and the other has not.
_SHAPES = {
    "quote of a share": (
        "second",
        '<div class="{x}"><a href="/q/1"><span>{company}</span></a><span>{n},{m}</span><span>+0.{n} %</span></div>',
    ),
    "skip the advert": ("middle", '<div class="{x}"><p>{advert}</p><a href="#after-{m}">{skip}</a></div>'),
    "give this article": (
        "under headline",
        '<div class="{x}"><button aria-label="{give}">{give}</button><button>{m}</button></div>',
    ),
    "± what we know": (
        "second",
        (
            '<div class="{x}"><p class="{y}">{known}</p><ul><li><a href="{to}">{title}</a></li>'
            '<li><a href="{to2}">{title2}</a></li></ul></div>'
        ),
    ),
    "± follow this story": (
        "late",
        '<div class="{x}" data-module="follow"><span>{follow}</span><button aria-pressed="false">{bell}</button></div>',
    ),
    "± printed in": ("after", '<p class="{x}">{printed}</p>'),
    "people in this story": (
        "after",
        (
            '<div class="{x}"><h4>{people}</h4><a href="/p/{n}"><img src="/p/{n}.jpg" alt=""><span>{person}</span></a>'
            '<a href="/p/{m}"><img src="/p/{m}.jpg" alt=""><span>{person2}</span></a></div>'
        ),
    ),
    "data between paragraphs": (
        "middle",
        '<script type="application/json">{{"slot": {m}, "title": "{title}"}}</script>',
    ),
    "styles between paragraphs": ("second", "<style>.c{m} p {{ color: #{n} }}</style>"),
    "± dialog that waits": (
        "bottom",
        '<div class="{x}" aria-hidden="true" style="display:none"><h2>{ask}</h2><p>{pitch}</p><p>{pitch2}</p></div>',
    ),
    "± dialog of its element": (
        "above",
        "<dialog><h2>{ask}</h2><p>{pitch}</p><form method=dialog><button>OK</button></form></dialog>",
    ),
    "± saved to your list": ("under headline", '<div role="status" class="{x}">{saved}</div>'),
    "waiting for the rest": ("late", '<div class="{x}" aria-busy="true"><span>{loading}</span></div>'),
    "± end of the text": ("after", '<div class="{x}"><span>{end}</span></div>'),
    "figures from an outside service": (
        "middle",
        (
            '<div class="{x}"><h5>{chart}</h5><table><tr><td>{company}</td><td>{n} %</td></tr><tr><td>{company2}</td>'
            "<td>{m}</td></tr></table><div>{source}</div></div>"
        ),
    ),
    "± guest": ("before", '<div class="{x}"><span>{guest}</span> <a href="/login">{enter}</a></div>'),
    "± reader's letter of thanks": (
        "late",
        '<aside class="{x}"><blockquote>{thanks}</blockquote><cite>{person}</cite><a href="/join">{join}</a></aside>',
    ),
    "chapters of a series": (
        "before",
        '<nav class="{x}"><span>{series}</span><ol><li><a href="{to}">{title}</a></li><li>{title2}</li></ol></nav>',
    ),
    "± series in a sentence": ("before", '<div class="{x}"><p>{serial} <a href="{to}">{title}</a></p></div>'),
    "± course that is sold": (
        "middle",
        '<div class="{x}"><div>{course}</div><div>{pitch}</div><div><a class="{y}" href="{to}">{join}</a></div></div>',
    ),
    "picture of the paper": (
        "after",
        '<div class="{x}"><a href="/epaper"><img src="/e/{m}.jpg" alt="{printed}"></a><p>{paper}</p></div>',
    ),
    "± tip in the margin": ("second", '<span class="{x}" role="note">{margin}</span>'),
    "votes for a remark": (
        "below",
        '<div class="{x}"><div><p>{remark}</p><span>{person}</span><span>▲ {n}</span><span>▼ {m}</span></div></div>',
    ),
}

FIFTH_CHROME: dict[str, Chrome] = {}


def _enter(name: str, rewrite: Callable[[Page, Random], bool], *, toggle: bool, why: str) -> None:
    def state(article: Article, random: Random) -> list[Splice]:
        page = page_of(article)
        if page is None or not rewrite(page, random):
            return []
        return [(0, len(article.source), written(page.tree))]

    FIFTH_CHROME[name] = Chrome(name, state, toggle, why)


def _put(place: str, markup: str) -> Callable[[Page, Random], bool]:
    return lambda page, random: page.put(place, markup.format_map(Filling(page.language, random)))


def permalinks(page: Page, _random: Random) -> bool:
    """Each paragraph ends in a sign that links to itself."""
    for number, one in enumerate(page.paragraphs):
        link = etree.SubElement(one, "a", {"class": "permalink", "href": f"#p{number}", "aria-hidden": "true"})
        link.text = "¶"
    return True


def narrow_blanks(page: Page, _random: Random) -> bool:
    """Blanks that do not break, where a typesetter wants them."""
    plain = [one for one in page.paragraphs if one.text and " " in one.text]
    for one in plain:
        head, _, tail = (one.text or "").partition(" ")
        one.text = f"{head}\u00a0{tail}"
    return bool(plain)


def links_counted(page: Page, random: Random) -> bool:
    """Links in the text bear the mark of a campaign."""
    links = [link for one in page.paragraphs for link in one.iter("a") if link.get("href", "").startswith("http")]
    for link in links:
        link.set(
            "href", f"{link.get('href')}{'&' if '?' in link.get('href', '') else '?'}utm_term={random.randrange(999)}"
        )
    return bool(links)


def paragraphs_as_boxes(page: Page, _random: Random) -> bool:
    """Paragraphs become boxes in the role of paragraphs."""
    found = [one for one in page.paragraphs if one.tag == "p"]
    for one in found:
        one.tag = "div"
        one.set("role", "paragraph")
    return bool(found)


def parts_of_text(page: Page, _random: Random) -> bool:
    """The text in two parts, each a section, as a lazy renderer sends it."""
    row = [one for one in page.paragraphs if one.getparent() is page.paragraphs[0].getparent()]
    if len(row) < 6 or any(one.getnext() is not other for one, other in pairwise(row)):
        return False
    for part in (row[: len(row) // 2], row[len(row) // 2 :]):
        section = page.tree.makeelement("section", {"data-part": str(len(part))})
        part[0].addprevious(section)
        section.extend(part)
    return True


def tracked_pixels(page: Page, random: Random) -> bool:
    """Invisible pictures that count readers between the paragraphs."""
    for one in page.paragraphs[::3]:
        pixel = html.fragment_fromstring(f'<img src="/px/{random.randrange(10**6)}.gif" width="1" height="1" alt="">')
        pixel.tail, one.tail = one.tail, None
        one.addnext(pixel)
    return True


for _name, (_place, _markup) in _SHAPES.items():
    _enter(_name.lstrip("± "), _put(_place, _markup), toggle=_name.startswith("±"), why=_markup)
for _rewrite in (permalinks, narrow_blanks, links_counted, paragraphs_as_boxes, parts_of_text, tracked_pixels):
    _enter(
        _rewrite.__name__,
        _rewrite,
        toggle=_rewrite not in (links_counted, tracked_pixels),
        why=_rewrite.__doc__ or "",
    )
