"""A bundle against its own script, byte by byte, and against the programs of others."""

import http.client
import random
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bench.evidence.recording import BEGIN, make
from revtrack.archive import open_archive
from revtrack.config import EvidenceSettings
from revtrack.evidence import checker
from revtrack.evidence.bundle import write_bundle


def bundles(folder: Path, *, times: int) -> int:
    """Change single bytes of each member of a bundle; return how many were not found."""
    members, missed, tried = _members(_bundle(folder)), 0, 0
    chance = random.Random(5)  # noqa: S311 - to be drawn again
    for name, content in members.items():
        for _ in range(times):
            changed = bytearray(content)
            changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
            with zipfile.ZipFile(folder / "changed.wacz", "w") as opened:
                for other, kept in members.items():
                    opened.writestr(other, bytes(changed) if other == name else kept)
            missed += not checker.check(folder / "changed.wacz").faults
            tried += 1
    print(f"\n{tried} bytes changed in {len(members)} members of a bundle, not found: {missed}")
    return missed


def others(folder: Path, *, pywb: Path | None) -> int:
    """Hold a bundle against the programs of others; return how many refused it."""
    bundle = folder / "case.wacz"
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(folder / "unpacked")
    here, scripts = folder / "unpacked", Path(sys.executable).parent
    sign = "ssh-keygen -Y verify -n revtrack -I desk@example.org -f allowed_signers -s checkpoint.sig < checkpoint.txt"
    commands = {
        "warcio check": [str(scripts / "warcio"), "check", str(here / "archive/data.warc.gz")],
        "fastwarc check": [str(scripts / "fastwarc"), "check", "-q", str(here / "archive/data.warc.gz")],
        "wacz validate": [str(scripts / "wacz"), "validate", "-f", str(bundle)],
        "ssh-keygen -Y verify": ["sh", "-c", f"cd {here}/evidence && {sign}"],
        "verify.py, without revtrack": [sys.executable, "-I", "-S", str(here / "evidence/verify.py")],
    }
    refused = 0
    for name, command in commands.items():
        code = subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603
        print(f"{name:30}{'passes' if code == 0 else f'refuses ({code})'}")
        refused += code != 0
    return refused + (_replayed(folder, pywb) if pywb else 0)


def _bundle(folder: Path) -> Path:
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)  # noqa: S603, S607
    settings = EvidenceSettings(key=str(key), signer="desk@example.org")
    with open_archive(make(folder / "seen.db", articles=2, looks=6)) as archive:
        now = BEGIN + timedelta(days=1)
        return write_bundle(archive, archive.find("1"), folder / "case.wacz", now=now, settings=settings).file


def _members(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _replayed(folder: Path, pywb: Path) -> int:
    """Ask pywb for every look; return how many did not come back to the byte."""
    place = folder / "replay"
    place.mkdir()
    for arguments in (["init", "seen"], ["add", "--unpack-wacz", "seen", str(folder / "case.wacz")]):
        subprocess.run([str(pywb / "bin/wb-manager"), *arguments], cwd=place, check=True, capture_output=True)  # noqa: S603
    with open_archive(folder / "seen.db") as archive:
        looks = [look for look in archive.snapshots(archive.find("1")) if look.body]
    with _serving(place, pywb) as port:
        wrong = sum(_ask(port, f"/seen/{look.fetched_at:%Y%m%d%H%M%S}id_/{look.url}") != look.body for look in looks)
    print(f"{'pywb replays':30}{len(looks) - wrong} of {len(looks)} looks to the byte")
    return wrong


@contextmanager
def _serving(place: Path, pywb: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(pywb / "bin/wayback"), "-p", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(120):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        yield port
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(place, ignore_errors=True)


def _ask(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()
