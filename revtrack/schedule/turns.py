"""Whose turn it is, host by host: numbers alone, so that a pass over any number of articles is held in little. Pure."""

from array import array
from collections.abc import Iterable

from revtrack.model import Article
from revtrack.urls import host_of

Turns = dict[str, "array[int]"]
"""The ids of what is to be looked at, by host, in the order to look."""


def turns_of(articles: Iterable[Article]) -> Turns:
    """Return turns for articles in the order given, and hold none of them."""
    return by_host((host_of(article.url), article.id) for article in articles)


def by_host(turns: Iterable[tuple[str, int]]) -> Turns:
    """Return turns for hosts and ids in the order given."""
    hosts: Turns = {}
    for host, number in turns:
        hosts.setdefault(host, array("q")).append(number)
    return hosts
