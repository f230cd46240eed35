"""When a page says that its article was published and changed, each statement with its source. Knows no clock.

JSON-LD is believed first, then `<meta>`, `<time>`, the words shown, and last the day in the address, which tells when
an article was made but never when it was changed. What cannot be is refused: a time before the Web, one after the page
was seen, and a day of publication that lies after the last change. A time without a zone is taken as UTC.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter

from revtrack.extraction.blocks import Block, Page, Time
from revtrack.extraction.dates import is_ambiguous, read_time
from revtrack.extraction.structured import Structured
from revtrack.extraction.vocabulary import Chrome, words_in, words_of
from revtrack.model import ParagraphKind, Stamp

PUBLISHED, MODIFIED = "published", "modified"

# The surest first: what is only called "date" may be that of the rendering.
_PUBLISHED_METAS = """
article:published_time og:article:published_time article:published og:published_time datepublished
rnews:datepublished parsely-pub-date sailthru.date cxenseparse:recs:publishtime article.published bt:pubdate
publishdate publish-date publish_date published_date publication_date publicationdate originalpublicationdate
firstpublishdate article_date_original citation_publication_date pubdate ptime og:pubdate dc.date.issued
dcterms.issued dcterms.created dc.date.created datecreated article:create_at displaydate dc.date dcterms.date
citation_date date
"""
_MODIFIED_METAS = """
article:modified_time og:article:modified_time datemodified rnews:datemodified bt:moddate article.updated
dcterms.modified dc.date.modified og:updated_time lastmod last-modified modified revised article:update_at utime
"""
_METAS = {
    name: (what, rank)
    for what, names in ((PUBLISHED, _PUBLISHED_METAS), (MODIFIED, _MODIFIED_METAS))
    for rank, name in enumerate(names.split())
}
_UPDATED = re.compile(
    r"(?<!\w)(?:(?:last|latest|zuletzt|letzte|derni[èe]re|[úu]ltim[ao]|laatste?|senast|sist|sidst|viimeksi|ostatnia|son"
    r"|terakhir|آخر)\s)?(?:(?:updated|modified|revised)(?:\s(?:on|at))?|update[ds]?(?=[ :])"
    r"|aktualisier(?:t|ung)(?:\sam)?|stand|geändert|mise?\sà\sjour|modifié|màj|maj|actualizaci[óo]n|actualizad[oa]|modificad[oa]|aggiorna(?:t[oa]|mento)"
    r"|modificat[oa]|atualiza(?:d[oa]|ç[ãa]o)|bijgewerkt|gewijzigd|uppdatera[dt]|ändrad|oppdatert|opdateret|päivitetty"
    r"|muokattu|zaktualizowano|aktualizacj[ai]|aktualizováno|обновл(?:[её]н[оа]?|ение)|изменено|оновлено|güncelle(?:me|ndi)"
    r"|diperbarui|pembaruan|تحديث|محدث|به‌روزرسانی)(?!\w)|(?:最終|最后|最後)?更新|(?:최종\s?)?수정|업데이트|अपडेट|อัปเดต",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:first )?(?:published|posted|created|date|issued)\b|veröffentlicht|erschienen|datum|publié|publication"
    r"|fecha|data\b|publicad[oa]|pubblicat[oa]|publicera[dt]|publiser[et]|udgivet|julkaistu|gepubliceerd|opublikowano|опубликован|дата"
    r"|yayın|giriş|terbit|نشر|تاريخ|公開|掲載|発表|发布|發布|입력|등록|เผยแพร่",
    re.IGNORECASE,
)
_POSTED = re.compile(  # the line below a post: "This entry was posted on …"
    r"(?:this|dies(?:er|es)|cet(?:te)?|est[ea]|quest[oa])\s(?:entry|post|article|story|artikel|beitrag|eintrag|billet|artículo|articolo)"
    r"\s(?:was|wurde|a\sété|fue|è\sstat[oa])\b(?=\D{1,40}\d)",
    re.IGNORECASE,
)
_DATE_NAMES = words_in(
    """
    date dates datetime dateline time timestamp published publish pubdate postdate posted meta datum fecha tarih
    publication info byline
    """,
)
_MODIFIED_NAMES = words_in("modified datemodified updated update lastmod lastupdated moddate aktualisiert")
_PUBLISHED_NAMES = words_in("published publish entry posted pubdate datepublished created")
_DIGITS = re.compile(r"\d")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ABOVE, _BELOW = 8, 22  # blocks around the headline
_LETTER = re.compile(r"[^\W\d_]")
_BARE, _BARE_HEADING = 36, 22  # letters
_MOST_LINES = 6
_MOST_TIMES = 400
_LONGEST = 110  # characters of a date line
_MOST_READ = 14  # texts: the search for dates in words is the costly part of reading metadata
_MOST_STAMPS = 40
_EARLIEST_STATED, _EARLIEST_SHOWN = 1900, 1990
_SLACK = timedelta(days=3)  # that clocks, zones and embargoes may put between two statements


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement as written."""

    what: str
    source: str
    text: str


def read_stamps(
    page: Page,
    structured: Structured,
    *,
    place: int,
    language: str,
    urls: Sequence[str] = (),
    seen_at: datetime | None = None,
) -> tuple[Stamp, ...]:
    """Return every time that the page states, the most trusted source first.

    `place` is that of the headline, `language` the page's with its region ("en-gb"), `urls` are its addresses and
    `seen_at` is when it was fetched, None if that is not known.
    """
    times = [time for time in page.head.time_elements[:_MOST_TIMES] if _DIGITS.search(time.stated)]
    near = [time for time in times if place - _ABOVE <= time.order <= place + _BELOW]
    near.sort(key=lambda time: time.order < place)
    said = [
        _Said(PUBLISHED, "json-ld", structured.published),
        _Said(MODIFIED, "json-ld", structured.modified),
        *_in_metas(page),
        *_in_elements(page, near),
        *_in_text(page, place),
        *_in_elements(page, _only(page, near)),
        *_in_titles(page),
        *_in_urls(urls),
    ]
    stamps: dict[tuple[str, str, datetime], Stamp] = {}
    read = 0
    for statement in said:
        read += statement.source == "text"
        if not statement.text or read > _MOST_READ:
            continue
        stamp = _stamp(statement, language, list(stamps.values()), seen_at)
        if stamp is not None:
            stamps.setdefault((stamp.what, stamp.source, stamp.at), stamp)
    return _possible(_as_shown(list(stamps.values())), seen_at)[:_MOST_STAMPS]


def _stamp(said: _Said, language: str, others: list[Stamp], seen_at: datetime | None) -> Stamp | None:
    """Read one statement; 3/4/2024 is read as the day that other witnesses state, if one of its readings is."""
    languages = [language]
    if is_ambiguous(said.text):
        languages += ["en-gb", "en-us"]
    reads = [read for order in languages if (read := read_time(said.text, language=order, seen_at=seen_at))]
    if not reads:
        return None
    days = {other.at.date() for other in others}
    at, precise = next((read for read in reads if read[0].date() in days), reads[0])
    return Stamp(said.what, at, said.source, said.text[:200], precise=precise)


def _as_shown(stamps: list[Stamp]) -> list[Stamp]:
    """Put what a line says of publication before an element's later time: that may be when the page was made."""
    first = next((stamp for stamp in stamps if stamp.what == PUBLISHED), None)
    if first is None or first.source != "time":
        return stamps
    lines = (
        stamp for stamp in stamps if stamp.source == "text" and stamp.what == PUBLISHED and _ISSUED.match(stamp.text)
    )
    shown = next(lines, first)
    if shown.at >= first.at - timedelta(days=1, hours=12):
        return stamps
    return [shown, *(stamp for stamp in stamps if stamp is not shown)]


def _possible(stamps: list[Stamp], seen_at: datetime | None) -> tuple[Stamp, ...]:
    """Drop what cannot be; a publication after the last change only where another is stated."""
    kept = [
        stamp
        for stamp in stamps
        if stamp.at.year >= (_EARLIEST_SHOWN if stamp.source in ("text", "url", "time") else _EARLIEST_STATED)
        and (stamp.at.year, stamp.at.month, stamp.at.day) != (1970, 1, 1)
        and (seen_at is None or stamp.at <= seen_at + _SLACK)
    ]
    changed = next((stamp.at for stamp in kept if stamp.what == MODIFIED), None)
    late = [s for s in kept if s.what == PUBLISHED and changed is not None and s.at > changed + _SLACK]
    if late and any(stamp.what == PUBLISHED and stamp not in late for stamp in kept):
        kept = [stamp for stamp in kept if stamp not in late]
    if kept and not any(stamp.what == PUBLISHED for stamp in kept):
        kept.append(replace(kept[0], what=PUBLISHED, source=MODIFIED))  # it was published no later than that
    return tuple(kept)


def _in_metas(page: Page) -> Iterator[_Said]:
    named = [(*_METAS[name], content) for name, content in page.head.metas if name in _METAS]
    for what, _, content in sorted(named, key=itemgetter(1))[:_MOST_STAMPS]:
        yield _Said(what, "meta", content)


def _only(page: Page, near: list[Time]) -> list[Time]:
    """Return the one `<time>` that tells of the article where none stands near its headline."""
    times = [time for time in page.head.time_elements[:_MOST_TIMES] if not near and _DIGITS.search(time.stated)]
    named = [time for time in times if "datepublished" in time.names or "pubdate" in time.names]
    return named[:1] or (times[:1] if len({time.stated for time in times}) == 1 else [])


def _in_elements(page: Page, near: list[Time]) -> Iterator[_Said]:
    firsts: dict[int, int] = {}
    for time in near[:8]:
        firsts[time.order] = firsts.get(time.order, 0) + 1
        named_so = _is_named_modified(time.names)
        shown = page.blocks[time.order].text if time.order < len(page.blocks) else ""
        changed = named_so or _says_updated(shown, nth=firsts[time.order])
        yield _Said(MODIFIED if changed else PUBLISHED, "time", time.stated)


def _is_named_modified(names: str) -> bool:
    """Whether a `<time>` is named as that of change; many bear the names of both and state the publication."""
    words = set(words_of(names)) | set(names.split())
    return not _MODIFIED_NAMES.isdisjoint(words) and _PUBLISHED_NAMES.isdisjoint(words)


def _says_updated(shown: str, *, nth: int) -> bool:
    """Whether the nth time in a block of text is one of change: "Updated 3 May", "3 May, updated 4 May"."""
    if len(shown) > _LONGEST:
        return False
    found = _UPDATED.search(shown)
    return found is not None and (nth > 1 or not _DIGITS.search(shown[: found.start()]))


def _in_text(page: Page, place: int) -> Iterator[_Said]:
    """Yield the date lines that are shown near the headline, then those that say elsewhere what they are."""
    near = page.blocks[max(0, place - _ABOVE) : place + _BELOW]
    lines = [block for block in near if _is_date_line(block) and (_is_named(block) or _says_when(block.text))]
    lines.sort(key=lambda block: (not _ISSUED.match(block.text), not _is_named(block), block.order < place))
    for block in lines[:_MOST_LINES]:
        yield from _parted(block.text[:_LONGEST])
    for block in islice(filter(_is_labelled, page.blocks[place + _BELOW :]), _MOST_READ):
        yield from _parted(block.text[:_LONGEST])


def _is_labelled(block: Block) -> bool:
    """Whether a line says by its first word that it tells of publication or of change."""
    if not _is_date_line(block):
        return False
    if not (_UPDATED.match(block.text) or _ISSUED.match(block.text) or _POSTED.match(block.text)):
        return False
    return block.box.chrome is not Chrome.ALIEN


def _is_date_line(block: Block) -> bool:
    if not 5 < len(block.text) < _LONGEST:
        return len(block.text) < 4 * _LONGEST and _POSTED.match(block.text) is not None
    if not _DIGITS.search(block.text):
        return False
    if block.kind in (ParagraphKind.CAPTION, ParagraphKind.QUOTE) or "@" in block.text:  # a picture's, a post's
        return False
    return not block.heading or len(_LETTER.findall(block.text)) < _BARE_HEADING


def _says_when(text: str) -> bool:
    return _is_bare(text) or _POSTED.match(text) is not None


def _is_bare(text: str) -> bool:
    """Whether a line says little but when: a place, a label, a weekday may stand there too."""
    return len(_LETTER.findall(text)) < _BARE


def _is_named(block: Block) -> bool:
    around = block.box.parent
    names = (block.box.names, *block.marks, around.names if around else "")
    return not _DATE_NAMES.isdisjoint(words_of(" ".join(names)))


def _parted(text: str) -> Iterator[_Said]:
    """Yield what a date line says of publication and of change: "Published 3 May 2024, updated 4 May 2024"."""
    found = _UPDATED.search(text)
    issued, changed = (text[: found.start()], text[found.end() :]) if found else (text, "")
    if _DIGITS.search(issued):
        yield _Said(PUBLISHED, "text", issued.strip())
    if _DIGITS.search(changed):
        again = _ISSUED.search(changed)
        yield _Said(MODIFIED, "text", changed[: again.start()].strip() if again else changed.strip())
        if again:
            yield _Said(PUBLISHED, "text", changed[again.start() :].strip())


def _in_titles(page: Page) -> Iterator[_Said]:
    """Yield the day that some sites put behind the title: "Storm hits coast | The Herald | 20.11.2024"."""
    titles = [page.head.title, *(content for name, content in page.head.metas if name == "og:title")]
    for title in titles[:2]:
        last = re.split(r"\s[|–—-]\s", title)[-1].strip()
        if _DIGITS.search(last) and len(last) < 20:
            yield _Said(PUBLISHED, "text", last)


def _in_urls(urls: Sequence[str]) -> Iterator[_Said]:
    for url in urls:
        found = _URL_DAY.search(url[:1000].split("?")[0])
        if found:
            yield _Said(PUBLISHED, "url", f"{found[1]}-{found[3]}-{found[4]}")
