"""Folders of pages named by time, and tables of looks."""

import csv
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from revtrack.backfill import Naming, Wanted, folder_captures, table_captures
from revtrack.backfill.timing import read_time, time_of_file, without_time
from revtrack.errors import UnreadableError
from tests.backfill.pages import EDITED, SENTENCES, URL, bring, hours, page, skipped, text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("20241121100500", (2024, 11, 21, 10, 5, 0)),
        ("2024-11-21T10:05:00Z", (2024, 11, 21, 10, 5, 0)),
        ("2024-11-21T12:05:00+02:00", (2024, 11, 21, 10, 5, 0)),
        ("2024-11-21 10:05", (2024, 11, 21, 10, 5, 0)),
        ("story_2024-11-21T10-05-07Z.html", (2024, 11, 21, 10, 5, 7)),
        ("20241121_1005-story", (2024, 11, 21, 10, 5, 0)),
        ("2024-11-21", (2024, 11, 21, 0, 0, 0)),
        ("1732183500", (2024, 11, 21, 10, 5, 0)),
        ("1732183500123", (2024, 11, 21, 10, 5, 0)),
        ("20241399100500", None),
        ("story-12", None),
        ("2024", None),
        ("", None),
        ("99999999999999999999", None),
    ],
)
def test_times_are_read_as_names_and_fields_write_them(written, expected):
    assert read_time(written) == (datetime(*expected, tzinfo=UTC) if expected else None)


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("ferry/20240501080000.html", "ferry"),
        ("2024-05-01T08-00/ferry.html", "ferry"),
        ("ferry-20240501T0800.html", "ferry"),
        ("news.example/ferry/20240501080000.html", "news.example/ferry"),
    ],
)
def test_looks_at_one_article_share_the_path_without_the_time(name, shared):
    path = PurePosixPath(name)
    assert time_of_file(path) == hours(0)
    assert without_time(path).as_posix() == shared


def test_saved_pages_named_by_time_are_looks(tmp_path, archive):
    for number in range(3):
        at = f"{hours(number):%Y%m%d%H%M%S}"
        folder = tmp_path / "saved" / "ferry"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{at}.html").write_text(page(EDITED if number == 2 else SENTENCES, url="", chrome=number))
    (folder / "readme.txt").write_text("saved by hand")
    (folder / f"{at}.png").write_bytes(b"\x89PNG")
    found = list(folder_captures(tmp_path / "saved", naming=Naming(template="https://news.example/{path}.html")))
    (left,) = skipped(found)
    assert left.place == "ferry/readme.txt"
    bring(archive, found)
    (article,) = archive.articles()
    assert (article.url, article.versions) == ("https://news.example/ferry.html", 2)
    assert next(archive.snapshots(article)).origin.place == "ferry/20240501080000.html"


def test_a_link_in_a_folder_leads_nowhere(tmp_path):
    (tmp_path / "out.html").write_text(page())
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "20240501080000.html").symlink_to(tmp_path / "out.html")
    assert list(folder_captures(tmp_path / "saved", naming=Naming(article=URL))) == []


def table(path, rows, names):
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([names, *rows])
    return path


def test_a_table_of_texts_markup_and_files_is_brought_in(tmp_path, archive):
    (tmp_path / "c.html").write_text(page(EDITED))
    rows = [
        (URL, "2024-05-01 08:00", page(), "", ""),
        (URL, "2024-05-01T10:00:00Z", "", "", "c.html"),
        ("https://news.example/2024/tram-depot.html", hours(1).timestamp(), "", text(headline="Tram"), ""),
        ("no url", hours(1), "", text(), ""),
        (URL, "yesterday", "", text(), ""),
        (URL, hours(3), "", "", "../../etc/passwd"),
        (URL, hours(4), "", "", "/etc/passwd"),
    ]
    file = table(tmp_path / "looks.csv", rows, ["URL", "Time", "html", "text", "file"])
    found = list(table_captures(file))
    assert [one.place for one in skipped(found)] == [f"looks.csv row {number}" for number in (5, 6, 7, 8)]
    bring(archive, found)
    assert {a.url: a.versions for a in archive.articles()} == {URL: 2, "https://news.example/2024/tram-depot.html": 1}
    assert len(list(table_captures(file, wanted=Wanted.of([URL], until=hours(1))))) == 2


def test_a_table_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("one,two\n1,2\n")
    for name in ("a.csv", "missing.csv"):
        with pytest.raises(UnreadableError):
            list(table_captures(tmp_path / name))
    with pytest.raises(UnreadableError):
        list(folder_captures(tmp_path / "a.csv"))
