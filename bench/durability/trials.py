"""The ways to break an archive: kills, torn logs, limits, full disks, many writers, a clock set back."""

# ruff: noqa: S311, S603, S607, SLF001 - chance is drawn again from the same seed; an archive is
# broken below its surface; the disk is made by the system's own mount

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bench.durability.recording import ACK, START, Tally, count_damage, examine, look, unless_full
from revtrack.archive import Archive, OutdatedError, open_archive
from revtrack.errors import ArchiveError

_PAGE = 4096


def kills(folder: Path, tally: Tally, *, times: int, chance: random.Random) -> None:
    """Kill what writes at a random moment; whatever it acknowledged must be there."""
    file, acknowledged = folder / "a.db", []
    for number in range(times):
        acknowledged += _killed(file, chance.randint(6, 26), chance.random() * 0.004, number)
        is_last = number % 20 == 0 or number == times - 1
        examine(file, acknowledged, tally, whole=is_last, most=len(acknowledged) + number + 1)
    tally.tried, tally.acknowledged = times, len(acknowledged)


def _killed(file: Path, looks: int, rest: float, seed: int) -> list[str]:
    """Return what a process acknowledged that was killed a moment after so many looks."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        random.seed(seed)
        with open_archive(file) as archive:
            ids = [archive.add_article(f"https://a.test/{i}", now=START)[0].id for i in range(5)]
            while True:
                name = look(archive, random.choice(ids), random.randint(1, 40))
                os.write(writing, name[:ACK].encode())
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledgements:
        told = acknowledgements.read(ACK * looks)
        time.sleep(rest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += acknowledgements.read()
    return [told[at : at + ACK].decode() for at in range(0, len(told), ACK)]


def torn(folder: Path, tally: Tally, *, times: int, chance: random.Random) -> None:
    """Cut or blot the write-ahead log where a power cut may leave it; what opens must be a prefix of the looks."""
    source, file = folder / "source", folder / "copy" / "a.db"
    source.mkdir()
    names = []
    with open_archive(source / "a.db") as archive:
        article = archive.add_article("https://a.test/", now=START)[0]
        archive._db.execute("PRAGMA wal_autocheckpoint = 0")
        archive._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        names = [look(archive, article.id, number // 2 + 1) for number in range(60)]
        whole, log = (source / "a.db").read_bytes(), (source / "a.db-wal").read_bytes()
    for number in range(times):
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir()
        file.write_bytes(whole)
        at = chance.randrange(len(log))
        sector = at - at % 512
        kept = log[:at] if number % 2 else log[:sector] + b"\0" * 512 + log[sector + 512 :]
        Path(f"{file}-wal").write_bytes(kept)
        _examine_prefix(file, names, tally)
    tally.tried = times


def _examine_prefix(file: Path, names: list[str], tally: Tally) -> None:
    try:
        with open_archive(file) as archive:
            found = [s.body_sha256 for article in archive.articles() for s in archive.snapshots(article)]
            tally.half += found != names[: len(found)] or count_damage(archive) > 0
    except ArchiveError as error:
        tally.raw.append(f"does not open: {error}")


def limits(folder: Path, tally: Tally, *, times: int) -> None:
    """Let the n-th page that is written not fit: files may not grow (RLIMIT_FSIZE), or pages not become more."""
    for number in range(times):
        for how in (_limit_file, _limit_pages):
            file = folder / f"{how.__name__}{number}.db"
            with closing(open_archive(file)) as archive:
                article = archive.add_article("https://a.test/", now=START)[0]
                names = [look(archive, article.id, n) for n in range(3)]
            _run_into(file, article.id, names, tally, lambda archive, how=how, n=number: how(archive, n))


def _limit_file(_: Archive, pages: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (pages * _PAGE // 2 + 1, resource.RLIM_INFINITY))


def _limit_pages(archive: Archive, pages: int) -> None:
    (count,) = archive._db.execute("PRAGMA page_count").fetchone()
    archive._db.execute(f"PRAGMA max_page_count = {count + pages}")


def full(folder: Path, tally: Tally, *, times: int) -> None:
    """Fill a small disk to the brim, then make room again; a disk that turns read-only is tried as well."""
    place = folder / "disk"
    place.mkdir()
    for number in range(times):
        mount = ["mount", "-t", "tmpfs", "-o", f"size={800 + 40 * number}k", "tmpfs", place]
        if subprocess.run(mount, check=False, stderr=subprocess.DEVNULL).returncode:  # it takes root
            return
        try:
            file = place / "a.db"
            with closing(open_archive(file)) as archive:
                article = archive.add_article("https://a.test/", now=START)[0]
                names = [look(archive, article.id, 1)]
            _run_into(file, article.id, names, tally, _nothing, most=10_000)
        finally:
            subprocess.run(["umount", place], check=True)


def _nothing(_: Archive) -> None:
    """Set no limit: the disk is the limit."""


def writers(folder: Path, tally: Tally, *, times: int) -> None:
    """Let four processes record at once, each on an article of its own and on one that all share."""
    file = folder / "a.db"
    with open_archive(file) as archive:
        ids = [archive.add_article(f"https://a.test/{i}", now=START)[0].id for i in range(5)]
    children = [_writer(file, (ids[0], ids[one]), times, one) for one in range(1, 5)]
    names = [name for child, reading in children for name in _told_by(child, reading)]
    tally.tried, tally.acknowledged = 4, len(names)
    tally.lost += 4 * times - len(names)
    examine(file, names, tally, whole=True, most=len(names))


def _writer(file: Path, ids: tuple[int, int], times: int, seed: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    random.seed(seed)
    with open_archive(file, wait=60) as archive:
        for number in range(times):
            while True:
                try:
                    name = look(archive, ids[number % 2], random.randint(1, 40))
                    break
                except OutdatedError:  # another wrote a version meanwhile: look against that one, as the tracker does
                    continue
            os.write(writing, name[:ACK].encode())
    os._exit(0)


def _told_by(child: int, reading: int) -> list[str]:
    with os.fdopen(reading, "rb") as acknowledgements:
        told = acknowledgements.read()
    os.waitpid(child, 0)
    return [told[at : at + ACK].decode() for at in range(0, len(told), ACK)]


def clock(folder: Path, tally: Tally, *, times: int, chance: random.Random) -> None:
    """Set the clock back and forth between looks; order is that of recording."""
    with open_archive(folder / "a.db") as archive:
        article = archive.add_article("https://a.test/", now=START)[0]
        names = [
            look(archive, article.id, n, at=START + timedelta(minutes=chance.randint(-9999, 9999)))
            for n in range(times)
        ]
        tally.tried = tally.acknowledged = times
        tally.lost += [s.body_sha256 for s in archive.snapshots(article)] != names
        tally.half += [v.number for v in archive.versions(article)] != list(range(1, times + 1))
        tally.half += [e.version for e in archive.log(article=article)] != list(range(1, times + 1))
        tally.half += count_damage(archive)


def _run_into(
    file: Path,
    article_id: int,
    names: list[str],
    tally: Tally,
    limit: Callable[[Archive], None],
    *,
    most: int = 40,
) -> None:
    """Record in a process that is limited until it is stopped; then without a limit once more, and examine."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            with open_archive(file) as archive:
                limit(archive)
                for number in range(most):
                    os.write(writing, look(archive, article_id, number + 100)[:ACK].encode())
        except ArchiveError:
            code = 1
        except BaseException as error:  # noqa: BLE001 - anything else is what we look for
            sys.stderr.write(f"{error!r}\n")
            code = 2
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as acknowledgements:
        told = acknowledgements.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    names += [told[at : at + ACK].decode() for at in range(0, len(told), ACK)]
    tally.tried += 1
    tally.stopped += code == 1
    tally.acknowledged += len(names)
    if code not in (0, 1):
        tally.raw.append(f"ended with {code}")
    with unless_full(tally), open_archive(file) as archive:
        names.append(look(archive, article_id, 999))
    examine(file, names, tally, whole=True, most=len(names))
