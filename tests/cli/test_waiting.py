"""While the gap of a host passes, whom we wait for is told."""

from revtrack.cli.waiting import Waits
from revtrack.config import FetchSettings
from revtrack.fetching import fetch_page


def test_a_wait_is_told_with_its_host_and_then_what_is_done_again(newsroom):
    told, slept = [], []

    async def sleep(seconds):
        slept.append(seconds)

    memory = {}
    waits = Waits(FetchSettings(allow=("127.0.0.1",), gap=8.0), sleep=sleep)
    waits.tell_to(told.append, "reading")
    for _ in range(2):
        fetch_page(newsroom.url("/story"), by=waits.open(memory))
    assert [round(seconds) for seconds in slept] == [8, 8]  # after robots.txt, and between the two looks
    assert told == [f"waiting 8 s before asking {newsroom.host} again", "reading"] * 2
