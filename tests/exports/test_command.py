"""The command `export`: what it writes, of what, and what it refuses in one line."""

import json
import zipfile

import pytest

from revtrack.cli.running import run
from tests.exports.seeing import see


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    return see(tmp_path_factory.mktemp("seen") / "a.db")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(seen, *arguments):
    return run(["--archive", str(seen), "export", *map(str, arguments)])


@pytest.mark.parametrize(
    ("chosen", "versions"),
    [
        (["story"], [1, 2, 3]),
        (["1", "2", "3"], [2, 3]),
        (["1", "2"], [1, 2]),
        (["1@3"], [2, 3]),
        (["1", "1"], [1]),
        (["1", "3", "2"], [2, 3]),
    ],
)
def test_evidence_is_of_an_article_or_of_a_step(seen, tmp_path, capsys, chosen, versions):
    assert export(seen, *chosen, "-o", tmp_path / "case.wacz", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["versions"] == versions
    with zipfile.ZipFile(tmp_path / "case.wacz") as opened:
        texts = sorted(name for name in opened.namelist() if name.endswith(".txt") and "version" in name)
    assert texts == [f"evidence/version-{number}.txt" for number in versions]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "say what to write"),
        (["1", "--warc", "a", "--jsonl", "b"], "one form at a time: run it once for each of --warc and --jsonl"),
        (["-o", "case.wacz"], "name it"),
        (["1", "1", "--warc", "a.warc"], "--output"),
        (["1", "--backup", "b.db"], "name no article"),
        (["1", "x", "-o", "case.wacz"], "are not two version numbers"),
        (["1", "2", "9", "-o", "case.wacz"], "it has 3"),
        (["1", "--warc", "a.warc", "--html"], "--html goes with --git"),
        (["nothing-like-it", "-o", "case.wacz"], "no tracked article"),
        (["1", "-o", "no/such/folder/case.wacz"], "cannot write"),
        (["1", "-o", ""], "it is a folder"),
        (["--warc", "/"], "it is a folder"),
        (["--backup", "."], "it is a folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_nothing_is_written(seen, here, capsys, arguments, says):
    assert export(seen, *arguments) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert list(here.iterdir()) == []


def test_a_copy_is_an_archive(seen, tmp_path):
    assert export(seen, "--backup", tmp_path / "b.db") == 0
    assert run(["--archive", str(tmp_path / "b.db"), "-q", "verify", "--against", f"{seen}.checkpoints"]) == 0
