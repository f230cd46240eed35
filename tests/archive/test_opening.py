"""What is opened as an archive, and what is not."""

import pytest

from revtrack.archive import open_archive
from revtrack.errors import ArchiveError, NotAnArchiveError


@pytest.mark.parametrize("content", [b"x", b"a few notes\n"])
def test_a_few_bytes_of_anything_are_no_archive_and_stay(tmp_path, content):
    file = tmp_path / "notes"
    file.write_bytes(content)
    for create in (True, False):
        with pytest.raises(NotAnArchiveError):
            open_archive(file, create=create)
    assert file.read_bytes() == content


def test_an_empty_file_is_no_archive_until_one_is_made_there(tmp_path):
    file = tmp_path / "a.db"
    file.touch()
    with pytest.raises(ArchiveError, match="there is no archive yet"):
        open_archive(file, create=False)
    open_archive(file).close()
    open_archive(file, create=False).close()


@pytest.mark.parametrize(
    "location", ["postgresq://db.test/news", "https://example.org/a.db", "mysql://ann:secret@db.test/x"]
)
def test_a_url_of_no_known_server_is_refused_without_its_password(tmp_path, monkeypatch, location):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArchiveError, match="no place for an archive") as raised:
        open_archive(location)
    assert "secret" not in str(raised.value)
    assert not list(tmp_path.iterdir())
