"""What is taken out is out of the file, says why, and leaves the proof whole; what expires touches no version."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.cli.running import run
from revtrack.config import parse_config
from revtrack.deriving.weaving import derive_article
from revtrack.errors import ConfigError
from revtrack.model import Event, Significance
from tests.deriving.making import NOW, URL, at, bring, brought, costs, costs_seen, damages, live, look, told
from tests.deriving.test_rebuilding import rebuilt
from tests.test_tracker import SENTENCES, page

SECRET = "Nurse Ottoline Brack"
NAMING = page(
    [*SENTENCES[:3], f"{SECRET} was named as the driver of the van, a statement of the police said.", *SENTENCES[3:]]
)


@pytest.fixture
def file(tmp_path):
    """An archive whose second version names somebody, in looks of our own and of others."""
    file = tmp_path / "a.db"
    with open_archive(file) as archive:
        live(archive, look(1, costs("4.1")), look(2, NAMING), look(3, NAMING.replace("17 views", "99 views")))
        live(archive, look(4, costs("4.2")), look(5, costs("4.3")))
        bring(archive, brought(2.5, NAMING), brought(2.6, costs("4.0"), url=f"{URL}/other"))
    return file


def holds(file, text):
    return any(text.encode() in part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


def test_a_redacted_version_is_out_of_the_file_and_the_proof_stays_whole(file, capsys):
    with open_archive(file) as archive:
        hashes = list(archive.leaf_hashes())
    assert run(["--archive", str(file), "redact", f"{URL}@2", "--reason", "court order 17"]) == 0
    assert "3 snapshots, versions 1@2" in capsys.readouterr().out
    assert not holds(file, SECRET)
    with open_archive(file) as archive:
        assert damages(archive) == []
        assert list(archive.leaf_hashes())[: len(hashes)] == hashes
        redacted = [v for v in archive.versions(archive.find(URL)) if v.redaction]
        assert [(v.number, v.redaction.reason, v.story.text) for v in redacted] == [(2, "court order 17", "")]
        looks = [s for s in archive.snapshots(archive.find(URL)) if s.redaction]
        assert [(s.status, s.body, s.body_sha256) for s in looks] == [(200, None, "")] * 3
        assert costs_seen(archive) == ["4.1", "", "4.2", "4.3"]
        verdicts = [r.verdict for r in archive.revisions(archive.find(URL))]
        assert [bool(v.reasons) for v in verdicts] == [False, False, True]
        assert {type(v.significance) for v in verdicts} == {Significance}
        assert archive.search("Ottoline") == []
        said = {leaf.about: leaf.redacted for leaf in archive.leaves() if leaf.redacted}
        assert said["reading 1@2"].startswith("redacted: court order 17, 20")


def test_what_stands_in_the_place_of_what_was_taken_out_is_damage(file):
    run(["--archive", str(file), "redact", f"{URL}@2", "--reason", "court order"])
    for change in (
        'UPDATE versions SET story = \'{"headline": "forged"}\' WHERE number = 2',
        "UPDATE redacted SET contents = 'ab' WHERE kind = 'reading'",
        "DELETE FROM redacted WHERE kind = 'verdict'",
        "UPDATE redactions SET reason = 'other'",
        "INSERT INTO redacted SELECT 'reading', 1, 3, 1, 'ab'",
    ):
        with open_archive(file) as archive:
            archive._db.execute("BEGIN")
            archive._db.execute(change)
            assert damages(archive), change
            archive._db.execute("ROLLBACK")


def test_the_newest_version_redacted_lets_its_article_rest(file, capsys):
    assert run(["--archive", str(file), "redact", URL, "--json", "--reason", "asked"]) == 0
    assert json.loads(capsys.readouterr().out)["taken"].startswith("6 snapshots")
    with open_archive(file) as archive:
        article = archive.find(URL)
        assert article.headline == ""
        assert article.retired_at
        assert costs_seen(archive, f"{URL}/other") == ["4.0"]
        assert [e.event for e in archive.log(article=article)] == [Event.FIRST] + [Event.REVISED] * 3
        assert damages(archive) == []
        (kept,) = [r.kept for r in rebuilt(archive, again=True) if r.article.id == article.id]
        assert "redacted" in kept
        assert damages(archive) == []
    assert not holds(file, SECRET)


def test_a_redaction_needs_a_reason_and_one_thing_to_redact(file, capsys):
    base = ["--archive", str(file), "redact"]
    assert run([*base, URL]) == 2
    assert run([*base, URL, "--snapshot", "1", "--reason", "x"]) == 2
    assert run([*base, f"{URL}@9", "--reason", "x"]) == 2
    assert "versions 1 to 4" in capsys.readouterr().err


def test_what_expires_is_let_go_and_versions_and_proofs_stay(file, tmp_path, monkeypatch, capsys):
    with open_archive(file) as archive:
        before, hashes = told(archive), list(archive.leaf_hashes())
    config = tmp_path / "revtrack.toml"
    config.write_text('[archive]\nkeep_raw = "2 weeks"\n')
    monkeypatch.setattr("revtrack.clock.utc_now", lambda: NOW)
    assert run(["--archive", str(file), "--config", str(config), "redact", "--expired"]) == 0
    assert capsys.readouterr().out.startswith("1 pages let go")
    with open_archive(file) as archive:
        assert (told(archive), list(archive.leaf_hashes())[:-1]) == (before, hashes)  # the last says what was let go
        bodies = [s.body is not None for s in archive.snapshots(archive.find(URL))]
        assert bodies == [True, True, True, False, True, True]
        assert damages(archive) == []
        assert not any(r.differs for r in rebuilt(archive, again=True))
        live(archive, look(6, NAMING.replace("17 views", "99 views")))  # it comes again, and is kept again
        assert all(s.body for s in archive.snapshots(archive.find(URL)))
        archive._db.execute("UPDATE bodies SET codec = 'gone', bytes = x'' WHERE id IN (1, 5)")
        says = " ".join(damage.says for damage in damages(archive))
        assert "is needed" in says
        assert "no rule let go of it" in says


def test_how_long_raw_pages_are_kept_is_written_in_words():
    assert parse_config({"archive": {"keep_raw": "180 days"}}).archive.raw_age == timedelta(days=180)
    with pytest.raises(ConfigError, match="keep_raw"):
        parse_config({"archive": {"keep_raw": "soon"}})


def test_every_command_tells_of_a_redacted_version_and_shows_nothing_of_it(file, capsys):
    run(["--archive", str(file), "redact", f"{URL}@2", "--reason", "court \x1b[31morder"])
    for command in (["show", f"{URL}@2"], ["show", URL, "--all"], ["verify"]):
        capsys.readouterr()
        run(["--archive", str(file), *command])
        assert "redacted: court \\x1b[31morder, 20" in capsys.readouterr().out
    run(["--archive", str(file), "diff", URL, "1", "2"])
    run(["--archive", str(file), "diff", URL, "2", "3", "--json"])
    run(["--archive", str(file), "log", URL])
    told = capsys.readouterr().out
    assert "Fish merchants" not in told  # what stands unchanged beside it does not seem to come or go
    assert SECRET not in told


def test_a_look_that_makes_no_version_any_more_is_out_of_what_was_replaced_too(tmp_path):
    file = tmp_path / "a.db"
    with open_archive(file) as archive:
        article = live(archive, look(1, costs("4.1")), look(2, NAMING), look(3, costs("4.1")))
        derivation = derive_article(archive, article, parse_config({}))
        first, *_ = derivation.versions
        walled = replace(
            derivation, versions=(replace(first, looks=2, last_seen=at(3)),), verdicts={}, found={1: 1, 2: None, 3: 1}
        )
        archive.put_derivation(article, walled, now=NOW, stamp="rules that take the second look for a wall")
    assert holds(file, SECRET)
    assert run(["--archive", str(file), "redact", "--snapshot", "2", "--reason", "court order"]) == 0
    assert not holds(file, SECRET)
    with open_archive(file) as archive:
        assert damages(archive) == []
        assert costs_seen(archive) == ["4.1"]


def test_a_number_larger_than_any_is_no_look(file, capsys):
    assert run(["--archive", str(file), "redact", "--snapshot", "9" * 30, "--reason", "x"]) == 2
    assert "larger than any" in capsys.readouterr().err
