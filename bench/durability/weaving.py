"""Kill what brings in the past, between and within its transactions. See `bench.durability`."""

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.durability.recording import ACK, START, Tally, examine
from revtrack.archive import open_archive
from revtrack.config import Config
from revtrack.deriving import Brought, bring_in
from revtrack.model import Origin, Outcome, Snapshot

_MOST = 12  # looks of one import
_REST = "".join(
    f"<p>The {i}th of the witnesses told the inquiry what had happened in street {i}.</p>" for i in range(9)
)


def weaving(folder: Path, tally: Tally, *, times: int, chance: random.Random) -> None:
    """Kill an import at a random moment, and end it with the next; what it acknowledged must be there, and whole."""
    file = folder / "a.db"
    acknowledged: list[str] = []
    for number in range(times):
        acknowledged += _killed(file, number, chance.random() * 0.4)
        is_last = number % 20 == 0 or number == times - 1
        examine(file, acknowledged, tally, whole=is_last, most=(number + 1) * _MOST)
    with open_archive(file) as archive:
        for _ in bring_in(archive, (), settings=Config(), now=START):  # weaves what the kills left
            pass
        tally.half += len(archive.unwoven())
    examine(file, acknowledged, tally, whole=True, most=times * _MOST)
    tally.tried, tally.acknowledged = times, len(acknowledged)


def _killed(file: Path, number: int, rest: float) -> list[str]:
    """Return what a process acknowledged that was killed a moment after its first batch."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with open_archive(file) as archive:
            for one in bring_in(archive, _looks(number), settings=Config(), now=START, batch=3):
                if isinstance(one, Brought):
                    os.write(writing, one.snapshot.body_sha256[:ACK].encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledgements:
        told = acknowledgements.read(ACK)
        time.sleep(rest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += acknowledgements.read()
    return [told[at : at + ACK].decode() for at in range(0, len(told), ACK)]


def _looks(number: int) -> Iterator[Snapshot]:
    for place in range(_MOST):
        body = (
            f"<html><h1>Storm hits coast</h1><p>The storm killed {place // 2} people, said {number}.{place}.</p>{_REST}"
        )
        yield Snapshot(
            f"https://a.test/{number}",
            START + timedelta(hours=place),
            Outcome.OK,
            status=200,
            headers=(("content-type", "text/html"),),
            body=f"{body}</html>".encode(),
            origin=Origin("folder", str(place)),
        )
