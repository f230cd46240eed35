"""Folders of pages named by time, and tables of looks."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest

from revtrack.backfill import Naming, Remark, Wanted, folder_captures, table_captures, without_future
from revtrack.backfill.captures import text_capture
from revtrack.backfill.timing import exact_time, read_time, time_of_file, without_time
from revtrack.errors import ConfigError, UnreadableError
from revtrack.model import Origin, Snapshot
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
        ("ferry/2024-05-01 08.00.html", "ferry"),
        ("ferry/2024.05.01.html", "ferry"),
        ("saved/2024/05/01/ferry.html", "saved/ferry"),
        ("ferry/1714550400.html", "ferry"),
    ],
)
def test_looks_at_one_article_share_the_path_without_the_time(name, shared):
    path = PurePosixPath(name)
    assert time_of_file(path) in {hours(0), hours(-8)}
    assert without_time(path).as_posix() == shared


def test_the_date_in_a_page_s_own_address_is_no_time_of_a_look():
    assert time_of_file(PurePosixPath("news.example/2024/05/01/ferry.html")) is None


def test_a_page_that_states_no_url_is_what_the_files_of_its_name_or_folder_agree_on(tmp_path):
    saved = {
        "a/20240501080000.html": URL,
        "a/20240502080000.html": "",
        "a/story-2024-05-03.html": "",  # another name, in a folder whose files have none
        "b/ferry-20240501.html": URL,
        "b/ferry-20240502.html": "",
        "b/tram-20240502.html": "",  # another article's
        "c/20240501.html": URL,
        "c/20240502.html": "https://news.example/2024/tram-depot.html",
        "c/20240503.html": "",
        "20240501/ferry.html": URL,
        "20240501/tram.html": "",
        "news.example/2024/school-20240501.html": "",
    }
    for name, url in saved.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(url=url))
    found = list(folder_captures(tmp_path))
    nameless = {"b/tram-20240502.html", "c/20240503.html", "20240501/tram.html"}
    assert {one.place for one in skipped(found)} == nameless
    guessed = {one.place: one.value for one in found if isinstance(one, Remark)}
    assert guessed == {
        **dict.fromkeys(["a/20240502080000.html", "a/story-2024-05-03.html", "b/ferry-20240502.html"], URL),
        "news.example/2024/school-20240501.html": "https://news.example/2024/school.html",
    }


def test_saved_pages_named_by_time_are_looks(tmp_path, archive):
    for number in range(3):
        at = f"{hours(number):%Y%m%d%H%M%S}"
        folder = tmp_path / "saved" / "ferry"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{at}.html").write_text(page(EDITED if number == 2 else SENTENCES, url="", chrome=number))
    (folder / "readme.txt").write_text("saved by hand")
    (folder / f"{at}.png").write_bytes(b"\x89PNG")
    found = list(folder_captures(tmp_path / "saved", naming=Naming(template="https://news.example/{path}.html")))
    assert [left.place for left in skipped(found)] == ["ferry/20240501100000.png", "ferry/readme.txt"]
    bring(archive, found)
    (article,) = archive.articles()
    assert (article.url, article.versions) == ("https://news.example/ferry.html", 2)
    assert next(archive.snapshots(article)).origin.place == "ferry/20240501080000.html"


def test_a_link_in_a_folder_leads_nowhere(tmp_path):
    (tmp_path / "out.html").write_text(page())
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "20240501080000.html").symlink_to(tmp_path / "out.html")
    (left,) = folder_captures(tmp_path / "saved", naming=Naming(article=URL))
    assert "it is a link" in left.why


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


TOLD = "Die Nachtfähre kostet künftig 15 Kronen – so heißt es in dem Café"  # the last letter is one of two bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_any_dialect_and_encoding_says_the_same(tmp_path, encoding, delimiter):
    file, told = tmp_path / "looks.csv", "utf-16-le" if encoding == "utf-16-le" else ""
    with file.open("w", newline="", encoding=encoding) as out:
        csv.writer(out, delimiter=delimiter).writerows(
            [("Title", "URL", "Time", "Text"), ("Fähre", URL, hours(0), TOLD)]
        )
    *remarks, look = table_captures(file, encoding=told)
    assert look.body.decode() == f"Fähre\n\n{TOLD}"
    assert bool(remarks) == (encoding == "cp1252")


def test_a_row_of_a_table_that_cannot_be_read_for_certain_is_left_out_with_the_reason(tmp_path):
    file = tmp_path / "looks.csv"
    lines = [TOLD.encode(), TOLD.encode("cp1252"), b"\x81\x8d", b"more, and more", b"ends"]
    times = [hours(0), hours(1), hours(2), hours(3), "2024-05-01 8:05 PM"]
    rows = [f"{URL},{at},".encode() + line for at, line in zip(times, lines, strict=True)]
    file.write_bytes(b"\n".join([b"url,time,text", *rows]))
    found = list(table_captures(file))
    assert [one.body.decode() for one in found if isinstance(one, Snapshot)] == [TOLD, TOLD]
    assert [(one.place[-1], one.why[:20]) for one in skipped(found)] == [
        ("4", "it holds bytes that "),
        ("5", "it has more cells th"),
        ("6", "it has no time that "),
    ]
    strict = list(table_captures(file, encoding="utf-8"))
    assert [one.place[-1] for one in skipped(strict)] == ["3", "4", "5", "6"]
    with pytest.raises(ConfigError, match="is no encoding"):
        list(table_captures(file, encoding="klingon"))
    file.write_text("Adresse;Zeit;text\n")
    with pytest.raises(
        UnreadableError, match=r"no column for the URL .* and the time .* adresse, zeit, text, parted by"
    ):
        list(table_captures(file))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-01 8:00", hours(0)),
        ("2024/5/1 08:00:30", hours(0) + timedelta(seconds=30)),
        ("2024-05-01T10:00:00+02:00", hours(0)),
        ("2024-05-01 10:00 +0200", hours(0)),
        ("2024-05-01 08:00 UTC", hours(0)),
        ("20240501080000", hours(0)),
        ("1714550400.5", hours(0)),
        ("2024-05-01", hours(-8)),
        ("2024-05-01 08:00 PM", None),
        ("2024-05-01 08:00 CEST", None),
        ("2024-13-01 08:00", None),
        ("about 2024-05-01", None),
        ("01.05.2024", None),
    ],
)
def test_the_time_of_a_row_is_all_of_its_cell_or_none(written, expected):
    assert exact_time(written) == expected


def test_a_look_that_is_dated_in_the_future_is_left_out():
    def look(at):
        return text_capture(URL, at, text(), origin=Origin("table", "row 2"))

    kept, left = without_future([look(hours(0)), look(hours(1))], hours(0))
    assert (kept.fetched_at, left.value) == (hours(0), "2024-05-01T09:00:00+00:00")


def test_a_table_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("one,two\n1,2\n")
    for name in ("a.csv", "missing.csv"):
        with pytest.raises(UnreadableError):
            list(table_captures(tmp_path / name))
    with pytest.raises(UnreadableError):
        list(folder_captures(tmp_path / "a.csv"))
