"""Say which looks read no page, and what they came to: a silence is evidence only where the page was read. Pure."""

from collections import Counter
from collections.abc import Iterable

from revtrack.model import READ, Outcome
from revtrack.rendering.absences import Look
from revtrack.rendering.visible import visible
from revtrack.rendering.wording import clock, count

_SITES = 5  # that are named
_NOT_REACHED = "could not be reached"
_CAME_TO = {
    Outcome.GONE: "had no such page",
    Outcome.BLOCKED: "turned us away",
    Outcome.PAYWALLED: "asked to be paid",
    Outcome.NOT_ARTICLE: "sent no article",
    Outcome.REDIRECTED_AWAY: "sent us elsewhere",
    Outcome.FAILED: "could not be read",
}


def came_to(outcome: Outcome, *, is_answered: bool) -> str:
    """Return what a site did at a look that read no page, in words that follow its name."""
    return _CAME_TO[outcome] if is_answered or outcome is not Outcome.FAILED else _NOT_REACHED


def sites_in_trouble(failures: Iterable[tuple[str, str]]) -> str:
    """Return in words which sites did what, given both for each article; those with the most articles first.

    >>> sites_in_trouble([("a.test", "turned us away"), ("a.test", "turned us away"), ("b.test", "sent no article")])
    'a.test turned us away (2 articles), b.test sent no article'
    """
    counts = Counter(failures).most_common()
    named = [
        f"{visible(site)} {did}" + (f" ({count(number, 'article')})" if number > 1 else "")
        for (site, did), number in counts[:_SITES]
    ]
    sites = len({site for site, _ in counts[_SITES:]} - {site for (site, _), _ in counts[:_SITES]})
    return ", ".join([*named, *[f"and {count(sites, 'more site')}"] * bool(sites)])


def is_failure(outcome: Outcome) -> bool:
    """Say whether a look came to nothing. That the page is gone is an answer, and told as such."""
    return outcome not in READ and outcome is not Outcome.GONE


def failures_told(looks: Iterable[Look]) -> str:
    """Return how many looks at an article came to nothing and why, and which was the last that did not; "" for none."""
    looks = list(looks)
    failed = Counter(outcome for _, outcome in looks if is_failure(outcome))
    if not failed:
        return ""
    why = ", ".join(f"{number:,} {outcome.replace('_', ' ')}" for outcome, number in failed.most_common())
    read = [at for at, outcome in looks if outcome in READ]
    last = f"the last that read the page was {clock(read[-1])}" if read else "none read the page"
    return f"{failed.total():,} of {count(len(looks), 'look')} came to nothing: {why}; {last}."
