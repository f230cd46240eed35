"""How a change of a tree becomes a change of the set. Knows no extractor."""

from collections.abc import Callable
from random import Random

from bench.extraction.chrome import Chrome
from bench.extraction.fourth.tree import Page, page_of, written
from bench.extraction.splicing import Article, Splice

Rewrite = Callable[[Page, Random], bool]
"""Changes a page in place; False where the page has no place for it."""

FOURTH_CHROME: dict[str, Chrome] = {}


def moves(rewrite: Rewrite) -> Rewrite:
    """Enter chrome that is there at each look, and differs."""
    return _enter(rewrite, toggle=False)


def comes(rewrite: Rewrite) -> Rewrite:
    """Enter chrome that one look has and the other has not."""
    return _enter(rewrite, toggle=True)


def _enter(rewrite: Rewrite, *, toggle: bool) -> Rewrite:
    name = rewrite.__name__
    FOURTH_CHROME[name] = Chrome(name, _as_splices(rewrite), toggle, rewrite.__doc__ or "")
    return rewrite


def _as_splices(rewrite: Rewrite) -> Callable[[Article, Random], list[Splice]]:
    def state(article: Article, random: Random) -> list[Splice]:
        page = page_of(article)
        if page is None or not rewrite(page, random):
            return []
        return [(0, len(article.source), written(page.tree))]

    return state


def scrambled(random: Random) -> str:
    """Return a class name of a build: it tells nothing and lasts until the next release."""
    letters = "bcdfghjkmnpqrstvwxz"
    form = random.choice(("css-{}", "sc-{} {}", "{}_{}__x", "{}", "jsx-{} {}"))
    return form.format(*("".join(random.choices(letters + "0123456789", k=6)) for _ in range(2)))


def address(random: Random) -> str:
    """Return the path of some page of the site."""
    return f"/{random.choice(('news', 'local', 'culture', 'a'))}/{random.randrange(10**5, 10**6)}.html"
