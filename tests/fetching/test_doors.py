"""Every way out of the house has the same guard: pages and feeds, messages of alerts, captures of web archives."""

from datetime import UTC, datetime

import pytest

from revtrack.backfill.asking import Service
from revtrack.errors import ConfigError, RevtrackError
from revtrack.fetching import FetchSettings
from revtrack.fetching.sending import send
from revtrack.model import Outcome
from tests.fetching.test_addresses import BAD
from tests.fetching.test_fetcher import NOWHERE, fetch, redirect
from tests.newsroom import Newsroom, answer

SECRET = "kept-between-us"


def page(url, settings, **options):
    snapshot = fetch(url, settings=settings, **options)
    return "" if snapshot.outcome is Outcome.OK else snapshot.reason


def message(url, settings, **options):
    return send(url, b"{}", settings=settings, within=5, **options).trouble


def capture(url, settings):
    kept = {}
    service = Service(
        settings,
        recall=lambda: kept,
        keep=lambda _, after: kept.update(after),
        clock=lambda: datetime.now(UTC),
        sleep=lambda _: None,
    )
    try:
        found = service.ask(url)
    except RevtrackError as error:
        return str(error)
    return "" if found.outcome is Outcome.OK else found.reason


@pytest.mark.parametrize("door", [page, message, capture])
def test_no_door_leads_to_a_private_address_but_by_the_allow_list(door):
    with Newsroom() as canary:
        canary.publish("/", "<p>Inside.</p>")
        settings = FetchSettings(gap=0)
        hosts = [f"[{address}]" if ":" in address else address for address in BAD]
        for url in [*(f"http://{host}:{canary.port}/" for host in hosts), *NOWHERE]:
            assert door(url.format(port=canary.port), settings)
        assert canary.requests == []
        assert not door(canary.url("/"), FetchSettings(gap=0, allow=(canary.host,)))


@pytest.mark.parametrize("door", [page, message])
def test_no_door_asks_a_name_server_twice(door):
    with Newsroom() as canary:
        canary.publish("/", "<p>Inside.</p>")
        answers = iter([["10.0.0.7"], *[["127.0.0.1"]] * 9])

        async def resolve(host, port):  # noqa: ARG001
            return next(answers)

        settings = FetchSettings(gap=0, allow=("127.0.0.1",))
        assert "10.0.0.7" in door(f"http://rebinding.test:{canary.port}/", settings, resolve=resolve)
        assert canary.requests == []


@pytest.mark.parametrize("door", [page, message, capture])
def test_no_redirect_leads_out_by_a_door_into_a_private_network(door):
    with Newsroom() as canary, Newsroom() as service:
        canary.publish("/", "<p>Inside.</p>")
        service.script("/hop", redirect(canary.url("/")))
        assert door(service.url("/hop"), FetchSettings(gap=0, allow=(service.host,)))
        assert canary.requests == []


@pytest.mark.parametrize("door", [page, message, capture])
@pytest.mark.parametrize("status", [None, 401, 500])
def test_what_goes_wrong_is_told_without_the_secrets_of_settings_and_urls(door, status):
    with Newsroom() as proxy:
        proxy.script("/", answer("no", status or 200))
        port = proxy.port if status else 9  # nobody is there
        told = [
            door("http://93.184.215.14/", FetchSettings(gap=0, proxy=f"http://paper:{SECRET}@127.0.0.1:{port}/")),
            door(f"http://paper:{SECRET}@93.184.215.14/", FetchSettings(gap=0)),
        ]
    assert all(told)
    assert SECRET not in " ".join(told)


@pytest.mark.parametrize("door", [page, message])
def test_a_proxy_that_is_none_is_a_wrong_setting_at_every_door(door):
    with pytest.raises(ConfigError, match="a URL such as"):
        door("http://93.184.215.14/", FetchSettings(gap=0, proxy="localhost"))
