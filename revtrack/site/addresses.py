"""The files of the static site and how its pages link to each other. Names are made of ids, never of page text."""

from hashlib import sha256

from revtrack.rendering.links import Links

STYLE = "style.css"
FRONT = "index.html"
SOURCES = "sources/index.html"
ARTICLES = "articles/index.html"
LEDGER = "ledger/index.html"
_KEY = 12  # hex digits: one in a million sites of 10,000 sources has two with the same


def article_file(article_id: int) -> str:
    """Return the file of an article's page."""
    return f"articles/{article_id}/index.html"


def blame_file(article_id: int) -> str:
    """Return the file of the page that says how old each sentence of an article is."""
    return f"articles/{article_id}/blame.html"


def revision_file(article_id: int, new: int) -> str:
    """Return the file of the step that led to a version."""
    return f"articles/{article_id}/{new}.html"


def source_file(source: str) -> str:
    """Return the file of a source's page."""
    return f"sources/{source_key(source)}.html"


def source_key(source: str) -> str:
    """Return what stands for a source in names of files: the beginning of its SHA-256."""
    return sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]


def list_file(folder: str, month: str = "", number: int = 1) -> str:
    """Return the file of a list: that of its newest changes, or a page of one month of it ("2024-11")."""
    if not month:
        return f"{folder}/index.html"
    return f"{folder}/{month}.html" if number == 1 else f"{folder}/{month}-{number}.html"


def numbered_file(first: str, number: int) -> str:
    """Return the file of a page of a list in pages, given its first: "articles/index.html", "articles/page-2.html"."""
    return first if number == 1 else first.replace("index.html", f"page-{number}.html")


def feed_files(folder: str) -> tuple[str, str]:
    """Return the files of a folder's feeds: Atom and JSON Feed."""
    return f"{folder}/feed.atom", f"{folder}/feed.json"


class SiteLinks(Links):
    """Links of a file to others, relative to its own folder."""

    def __init__(self, file: str, feeds: tuple[tuple[str, str], ...] = ()) -> None:
        self._up = "../" * file.count("/")
        self.style = self.to(STYLE)
        self.front = self.to(FRONT)
        self.sources = self.to(SOURCES)
        self.articles = self.to(ARTICLES)
        self.ledger = self.to(LEDGER)
        self.feeds = tuple((title, self.to(feed)) for title, feed in feeds)

    def to(self, file: str) -> str:
        """Return the address of any file of the site."""
        return f"{self._up}{file}"

    def article(self, article_id: int) -> str:
        """Return the address of an article's page."""
        return self.to(article_file(article_id))

    def blame(self, article_id: int) -> str:
        """Return the address of the page that says how old each sentence of an article is."""
        return self.to(blame_file(article_id))

    def revision(self, article_id: int, old: int, new: int) -> str:
        """Return the address of the step between two versions: files are written for neighbours alone."""
        return self.to(revision_file(article_id, new)) if 0 < old == new - 1 else ""

    def source(self, url: str) -> str:
        """Return the address of a source's page, by its URL or the host of articles that a person added."""
        return self.to(source_file(url)) if url else ""
