"""An archive that an earlier release wrote says in today's tables what it said, and is proven by what it was proven by.

`earlier.db.gz` was written before heads were packed and before times of change had leaves: two articles with five looks
each, of which one page was let go and two were redacted; the second article had retired.
"""

import gzip
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from revtrack.archive import open_archive
from revtrack.archive.kinds import KINDS
from revtrack.archive.rows import unpack_verdict
from revtrack.evidence import State, read_checkpoints, verify
from revtrack.model import Tls
from tests.archive.test_sqlite import NOW

CHECKPOINT = """\
revtrack/ab1a84661ce7fa2f
23
ZllSKGyq1VRxzcMgsI1hwEGbcgFVddNDeu9urs3VILw=
2025-01-03T09:00:00Z

"""


@pytest.fixture
def file(tmp_path):
    """The archive of the earlier release, as it was left."""
    file = tmp_path / "a.db"
    file.write_bytes(gzip.decompress((Path(__file__).parent / "earlier.db.gz").read_bytes()))
    return file


def damage(archive, checkpoint):
    findings = verify(archive, read_checkpoints(checkpoint))
    return [f"{one.about}: {one.says}" for one in findings if one.state is State.DAMAGED]


@pytest.fixture
def checkpoint(tmp_path):
    kept = tmp_path / "kept"
    kept.write_text(CHECKPOINT)
    return kept


def test_an_earlier_archive_is_proven_by_the_checkpoint_of_its_day(file, checkpoint):
    with open_archive(file) as archive:
        assert damage(archive, checkpoint) == []
        kinds = [leaf.kind for leaf in archive.leaves()][23:]
    assert kinds == ["stated"] * 6 + ["ended", "let_go"]
    assert set(kinds) <= KINDS.keys()


def test_an_earlier_archive_says_what_it_said(file):
    with closing(sqlite3.connect(file)) as before, before:
        headers = [row[0] for row in before.execute("SELECT headers FROM snapshots ORDER BY id")]
        names = [row[0] or "" for row in before.execute("SELECT body_sha256 FROM snapshots ORDER BY id")]
    before.close()
    with open_archive(file) as archive:
        looks = [look for article in archive.articles() for look in archive.snapshots(article)]
        versions = [len(list(archive.versions(article))) for article in archive.articles()]
        assert [look.body_sha256 for look in looks] == names
        assert [f'"{look.header("etag")[3:-1]}\\"' in text for look, text in zip(looks, headers, strict=True)]
        told = {(look.final_url, look.peer, look.tls, look.header("content-encoding")) for look in looks}
        tls = Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", "ab" * 32)
        assert told == {(f"https://news.test/story-{n}/", "203.0.113.7", tls, "gzip") for n in (1, 2)}
        assert [look.body is None for look in looks] == [
            False,
            True,
            False,
            False,
            False,
            False,
            True,
            True,
            False,
            False,
        ]
        assert versions == [3, 3]
        assert archive.versions(archive.find("1")).__next__().story.headline == "Storm hits coast, 13 dead"


def test_what_was_copied_to_a_server_fits_the_same_checkpoint(file, checkpoint, database):
    with open_archive(file) as archive, open_archive(database) as server:
        server.fill(archive, tell=lambda _table, _rows: None)
        assert damage(server, checkpoint) == []
        later = server.add_article("https://news.test/story-9", now=NOW + timedelta(days=9))[0]
        assert later.id == 3


def test_a_verdict_that_was_packed_is_read_by_every_later_release():
    packed = (
        "28b52ffd0000fd0100d83354776f206d6f7265207765726520666f756e642e3036302e307d0c001b160178f7b96f788c0c5c"
        "1284f3561ff4460a3aa2801c32f0ef01901580382f20"
    )
    verdict = unpack_verdict(bytes.fromhex(packed))
    assert verdict.startswith('{"significance":"detail","disclosure":"undisclosed"')
    assert '"after":"Two more were found."' in verdict
    assert verdict.endswith('"lag":null,"age":60.0}')
