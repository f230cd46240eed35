"""On a disk that is full, whatever is taken out of an archive ends in one line and leaves no half file under its name."""

import subprocess
import sys
from datetime import timedelta

import pytest

from revtrack.archive import open_archive
from tests.archive.test_sqlite import NOW, seen, story

pytest.importorskip("resource", reason="no limits of files here")

_RUN = """
import resource, signal, sys
from revtrack.cli.running import run

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1200, resource.RLIM_INFINITY))
for command in sys.argv[2:]:
    try:
        code = run(["--archive", sys.argv[1], *command.split()])
    except SystemExit as end:
        code = end.code
    print(f"ended with {code}", file=sys.stderr, flush=True)
"""


def test_what_does_not_fit_is_told_in_one_line_and_leaves_nothing(tmp_path):
    file, place = tmp_path / "a.db", tmp_path / "out"
    place.mkdir()
    with open_archive(file) as archive:
        article = archive.add_article("https://a.test/story", now=NOW)[0]
        for number in range(12):
            seen(archive, article, story(number), at=NOW + timedelta(hours=number))
        archive.settle()
    commands = [
        f"export 1 -o {place}/case.wacz",
        f"export --warc {place}/all.warc",
        f"export --jsonl {place}/all.jsonl",
        f"export --sqlite {place}/all.db",
        f"export --backup {place}/copy.db",
        f"export 1 --git {place}/git",
        f"report --site {place}/site",
        f"report --form html --output {place}/report.html",
    ]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(file), *commands], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    told = done.stderr.split("\n")
    assert "Traceback" not in done.stderr
    assert told.count("ended with 2") == len(commands), done.stderr
    assert sum(line.startswith("revtrack: ") for line in told) == len(commands), done.stderr
    left = [name for name in place.rglob("*") if name.is_file() and "site" not in name.parts]
    assert left == []
    assert not list(place.rglob("*.partial"))
