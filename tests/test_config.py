import pytest

from revtrack.config import Config, parse_config, read_config
from revtrack.errors import ConfigError


def test_without_a_file_everything_has_its_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_config() == Config()


def test_a_file_in_the_folder_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "revtrack.toml").write_text('[fetch]\nallow = ["127.0.0.1:80"]\ngap = 0\n[schedule]\nlongest = 7200\n')
    config = read_config()
    assert config.fetch.allow == ("127.0.0.1:80",)
    assert config.fetch.gap == 0.0
    assert config.schedule.longest == 7200.0


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"fetch": {"gab": 1}}, ["fetch.gab", "did you mean fetch.gap?"]),
        ({"fetsch": {}}, ["fetsch", "did you mean fetch?"]),
        ({"fetch": {"zzz": 1}}, ["fetch.zzz", "known here"]),
        ({"fetch": {"gap": "ten"}}, ["fetch.gap", "a number", "'ten'"]),
        ({"fetch": {"gap": -1}}, ["fetch.gap", "from 0 to"]),
        ({"schedule": {"longest": 1e300}}, ["schedule.longest", "ten years"]),
        ({"fetch": {"concurrency": 0}}, ["fetch.concurrency", "more than 0"]),
        ({"fetch": {"gap": True}}, ["fetch.gap"]),
        ({"fetch": {"max_redirects": 1.5}}, ["fetch.max_redirects", "whole number"]),
        ({"fetch": {"allow": "127.0.0.1"}}, ["fetch.allow", "a list of texts"]),
        ({"fetch": {"allow": ["127.0.0.1:*"]}}, ["fetch.allow", "like 127.0.0.1:8080", "'127.0.0.1:*'"]),
        ({"site": [{"host": "https://a.test/"}]}, ["site.host", "a host alone", "'https://a.test/'"]),
        ({"fetch": {"connect_to": ["a"]}}, ["fetch.connect_to", "a table of texts"]),
        ({"fetch": 3}, ["fetch is a table", "[fetch]"]),
        ({"site": {"host": "a.org"}}, ["site is a list of tables", "[[site]]"]),
        ({"site": [{"body": ["p"]}]}, ["site[1].host is missing"]),
        (
            {"site": [{"host": "a.org"}, {"host": "b.org", "bodi": ["p"]}]},
            ["site[2].bodi", "did you mean site[2].body?"],
        ),
        ({"site": [{"host": "a.org", "body": "p"}]}, ["site[1].body", "a list of texts"]),
        ({"schedule": {"shortest": 10, "longest": 5}}, ["longer than schedule.longest"]),
    ],
)
def test_what_is_wrong_is_said_with_its_name(tables, words):
    with pytest.raises(ConfigError) as error:
        parse_config(tables)
    assert all(word in str(error.value) for word in words), error.value


@pytest.mark.parametrize(
    ("section", "key"),
    [("evidence", "save_key"), ("mail", "password"), ("alert", "secret"), ("alert", "to"), ("alert", "command")],
)
def test_a_secret_is_shown_neither_where_it_is_wrong_nor_with_the_settings(section, key):
    def tables(value):
        table = {key: value}
        return {section: [{"name": "desk", **table}] if section == "alert" else table}

    with pytest.raises(ConfigError, match=r"not that$") as error:
        parse_config(tables({"hunter": 2}))
    assert "hunter" not in str(error.value)
    right = ["hunter"] if key in {"to", "command"} else "hunter"
    assert "hunter" not in repr(parse_config(tables(right)))


def test_sources_and_the_gaps_of_single_hosts_are_settings(tmp_path):
    file = tmp_path / "revtrack.toml"
    file.write_text('[[source]]\nurl = "https://a.test/rss"\n[fetch.gaps]\n"a.test" = 2\n')
    config = read_config(file)
    assert [(source.url, source.kind) for source in config.source] == [("https://a.test/rss", "")]
    assert (config.fetch.gap_of("a.test"), config.fetch.gap_of("b.test")) == (2.0, 10.0)


@pytest.mark.parametrize("gaps", ["5", '{ "a.test" = "often" }', '{ "a.test" = -1 }'])
def test_a_gap_is_a_number_of_seconds(tmp_path, gaps):
    file = tmp_path / "revtrack.toml"
    file.write_text(f"[fetch]\ngaps = {gaps}\n")
    with pytest.raises(ConfigError, match="gaps should be a table of numbers"):
        read_config(file)


@pytest.mark.parametrize("content", [b"[fetch\n", b"\xff\xfe[", b"gap = \n"])
def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path, content):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"mine\.toml is not valid TOML"):
        read_config(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the configuration"):
        read_config(tmp_path / "none.toml")


def test_site_rules_may_stand_in_a_file_of_their_own_beside_the_configuration(tmp_path):
    (tmp_path / "mine.toml").write_text('site_rules = "shared.toml"\n[[site]]\nhost = "a.org"\nbody = ["p"]\n')
    (tmp_path / "shared.toml").write_text('[[site]]\nhost = "b.org"\ndrop = [".ad"]\n')
    assert [rules.host for rules in read_config(tmp_path / "mine.toml").site] == ["a.org", "b.org"]
    (tmp_path / "shared.toml").write_text("[fetch]\ngap = 0\n")
    with pytest.raises(ConfigError, match="alone"):
        read_config(tmp_path / "mine.toml")
    (tmp_path / "shared.toml").unlink()
    with pytest.raises(ConfigError, match="cannot read the configuration"):
        read_config(tmp_path / "mine.toml")
