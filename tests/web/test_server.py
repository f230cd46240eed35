"""Every page and every answer of the API: there, whole, and the same whatever is asked of it."""

import asyncio
import json
import re
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

import httpx
import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from revtrack.archive import Observation, open_archive
from revtrack.archive.store import SQLArchive
from revtrack.cli.running import run
from revtrack.model import Event, Outcome, Snapshot
from revtrack.site.addresses import source_key
from revtrack.web import create_app
from revtrack.web.application import _PAGES
from revtrack.web.description import OPERATIONS, openapi
from tests.archive.test_sqlite import NOW


@pytest.fixture(scope="module")
def client(served):
    with httpx.Client(base_url=served) as asking:
        yield asking


def links_in(answer):
    soup = BeautifulSoup(answer.text, "lxml")
    return {tag["href"] for tag in soup.find_all(["a", "link"], href=True)}


def test_every_kind_of_page_is_reached_and_every_link_to_it_is_answered(client):
    waiting, kinds = ["/", "/articles/7"], {}
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[0-9a-f]{12}|\d+", "1", path.partition("?")[0])
        if kinds.setdefault(kind, 0) == _TRIED:
            continue
        kinds[kind] += 1
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            inner = (urljoin(path, link).partition("#")[0] for link in sorted(links_in(answer)))
            waiting += [link for link in inner if not urlsplit(link).scheme]
    pages = {"/", "/articles", "/articles/1", "/articles/1/1-1", "/articles/1/blame", "/sources", "/sources/1"}
    assert pages | {"/notes", "/search", "/feed.atom", "/articles/1/feed.json", "/style.css"} <= set(kinds)


_TRIED = 3  # pages of a kind


@pytest.mark.parametrize("only", ["undisclosed", "notes", "headline", "removed", "reverts"])
def test_a_filter_shows_what_the_api_selects(client, only):
    soup = BeautifulSoup(client.get(f"/?only={only}").text, "lxml")
    shown = [item.h3.a["href"] for item in soup.select("li.revision")]
    chosen = client.get(f"/api/changes?only={only}").json()
    assert shown == [f"/articles/{e['article']['id']}/{e['version'] - 1}-{e['version']}" for e in chosen]
    assert soup.find("a", attrs={"aria-current": "page"})["href"] == f"/?only={only}"


def test_what_could_not_be_read_is_named_where_lists_begin(tmp_path):
    with open_archive(tmp_path / "a.db") as archive:
        article, _ = archive.add_article("https://a.test/1", now=NOW)
        failed = Snapshot(article.url, NOW, Outcome.FAILED, reason="a.test refuses connections")
        archive.record(Observation(article.id, failed, Event.TROUBLE, basis=0, due_at=NOW, why=failed.reason))
    opened = partial(open_archive, tmp_path / "a.db", create=False)
    app = create_app(opened, clock=lambda: NOW, hosts={"127.0.0.1"})
    now = "1 article could not be read at the last look: a.test could not be reached."
    below = "No such change so far (0 of 1 article could be read; a.test could not be reached)."
    failed = "1 of 1 look came to nothing: 1 failed; none read the page."
    expected = {"/": now, "/sources": now, "/?only=undisclosed": below, "/articles/1": failed}

    async def asked():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as there:
            return [(await there.get(path)).text for path in expected]

    for text, (path, said) in zip(asyncio.run(asked()), expected.items(), strict=True):
        assert said in BeautifulSoup(text, "lxml").text, path


def test_a_filter_keeps_what_the_others_chose(client):
    soup = BeautifulSoup(client.get("/?language=en&since=2024-01-01").text, "lxml")
    chosen = {a["href"] for a in soup.select("nav.choices a") if "only=notes" in a["href"]}
    assert chosen == {"/?only=notes&language=en&since=2024-01-01"}


def test_a_list_ends_where_it_is_asked_to(client):
    every = client.get("/api/changes?limit=1000").json()
    days = sorted({one["at"][:10] for one in every})
    middle = days[len(days) // 2]
    found = client.get(f"/api/changes?limit=1000&until={middle}").json()
    assert 0 < len(found) < len(every)
    assert {(one["article"]["id"], one["version"]) for one in found} == {
        (one["article"]["id"], one["version"]) for one in every if one["at"][:10] <= middle
    }
    assert "Seen before" in client.get(f"/?until={middle}").text
    assert client.get("/?until=tomorrowish").status_code == 400


def test_a_request_counts_how_sources_edit_once(client, monkeypatch):
    counted = []
    once = SQLArchive.habits
    monkeypatch.setattr(SQLArchive, "habits", lambda archive: counted.append(1) or once(archive))
    assert client.get(f"/?source={source_key('https://hostile.test/f')}").status_code == 200
    assert client.get("/?source=https://hostile.test/f").status_code == 200
    assert len(counted) == 2


def test_compare_leads_to_the_step_whichever_was_named_first(client):
    for query in ("old=1&new=3", "old=3&new=1"):
        answer = client.get(f"/articles/1/compare?{query}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/articles/1/1-3")
    assert client.get("/articles/1/compare?old=2&new=2").status_code == 400


def test_the_names_of_a_published_sites_files_lead_to_the_pages(client):
    assert client.get("/articles/1/2.html").headers["location"] == "/articles/1/1-2"
    assert client.get("/articles/1/1.html").headers["location"] == "/articles/1"
    assert client.get("/articles/1/index.html").headers["location"] == "/articles/1"
    assert client.get("/articles/99/2.html").status_code == 404


def test_a_phrase_is_found_with_when_it_stood_there(client):
    words = client.get("/api/changes?limit=1").json()[0]["headline"].split()[0]
    page = client.get("/search", params={"words": words, "phrase": "1"}).text
    assert "first seen" in page
    assert client.get("/api/when", params={"phrase": words}).json()


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/articles/999", 404, "there is no article 999"),
        ("/articles/1/1-99", 404, "there is no version 99"),
        ("/articles/1/2-1", 400, "name the older version first"),
        ("/sources/abc", 404, "no such source"),
        ("/feed.rss", 404, "no such feed"),
        ("/?only=everything", 400, "choose one of undisclosed"),
        ("/?since=yesterday-ish", 400, "is no time"),
        ("/?page=0", 400, "whole number"),
        ("/api/search", 400, "words is missing"),
        ("/api/changes?limit=100000", 400, "limit is a whole number from 1 to 1,000"),
        ("/api/changes?order=colour", 400, "order is one of"),
        ("/api/nothing", 404, "Not Found"),
        (f"/articles/{'9' * 60}", 404, "there is no article"),
        (f"/search?words={'x' * 2000}", 400, "longer than 1000"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(client, path, status, says):
    answer = client.get(path)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    if path.startswith("/api/"):
        assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "127.0.0.1.evil.test",
        "",
        "127.0.0.1.nip.io:80",
        "[::1",
        "127.0.0.1@evil.test",
        "127.0.0.1:80@evil.test",
    ],
)
def test_a_foreign_host_is_not_answered(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "articles" not in answer.text


def test_nothing_can_be_written(client):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, "/articles/1").status_code == 405


def test_every_answer_forbids_to_run_or_load_anything(client):
    for path in ("/", "/nothing", "/api/articles", "/style.css", "/feed.atom", "/articles/1/2.svg"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_the_description_names_every_address_and_fits_every_answer(client):
    described = client.get("/api/openapi.json").json()
    assert described == json.loads(json.dumps(openapi()))
    page = client.get("/api").text
    filled_in = {"article_id": 1, "number": 1, "old": 1, "new": 2}
    for operation in OPERATIONS:
        assert operation.path in page
        answer = client.get(operation.path.format(**filled_in), params={"words": "the", "phrase": "the"})
        schema = described["paths"][operation.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        complain(answer.json(), schema, described["components"]["schemas"])


def complain(value, schema, named):
    """Fail where a value is not what its schema says, as far as the description uses JSON Schema."""
    whole = json.loads(json.dumps(schema).replace("#/components/schemas/", "#/$defs/"))
    defs = json.loads(json.dumps(named).replace("#/components/schemas/", "#/$defs/"))
    jsonschema.Draft202012Validator({**whole, "$defs": defs}).validate(value)


NAMES = st.sampled_from(["only", "source", "language", "since", "order", "page", "limit", "offset", "words", "phrase"])
PATHS = [path for path, _ in _PAGES] + [operation.path for operation in OPERATIONS]
PART = st.one_of(
    st.integers(-3, 1 << 70).map(str), st.text(max_size=12), st.sampled_from(["", "%00", "..", "x" * 3000])
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PATHS), st.lists(PART, min_size=4, max_size=4), st.dictionaries(NAMES, st.text(max_size=30)))
def test_whatever_is_asked_the_server_has_an_answer(client, path, parts, query):
    filled = re.sub(r"\{[^}]*\}", lambda _: quote(parts[0].encode("utf-8", "surrogatepass"), safe="%"), path)
    query = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    assert client.get(filled, params=query).status_code < 500


def test_the_feeds_of_a_selection_are_feeds_of_their_own(client, served):
    ids = {client.get(path).json()["feed_url"] for path in ("/feed.json", "/feed.json?only=notes")}
    assert ids == {f"{served}/feed.json", f"{served}/feed.json?only=notes"}
    assert client.get("/feed.json").json()["items"][0]["url"].startswith(f"{served}/articles/")


def test_an_empty_address_is_not_taken_for_all_addresses(filled, capsys):
    assert run(["--archive", str(filled), "serve", "--host", "", "--port", "0"]) == 2
    assert "--host is empty" in capsys.readouterr().err
