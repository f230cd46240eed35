"""blame at the command line: since which version each sentence has stood."""

import json

from tests.test_tracker import SENTENCES, page


def test_blame_tells_the_version_since_which_each_sentence_stands(newsroom, revtrack):
    revtrack("add", newsroom.url("/story"))
    revtrack("check")
    newsroom.publish("/story", page([SENTENCES[0].replace("Wednesday", "Thursday"), *SENTENCES[1:]]))
    revtrack("check", "--all")
    found = json.loads(revtrack("blame", "1", "--json").stdout)
    assert [sentence["version"] for sentence in found] == [1, 2, 1, 1, 1, 1, 1]
    assert found[1] | {"first_seen": ""} == {
        "schema": 1,
        "where": "text",
        "paragraph": 0,
        "text": SENTENCES[0].replace("Wednesday", "Thursday"),
        "version": 2,
        "first_seen": "",
        "edits": [1, 2],
        "stood_in": None,
    }
    lines = revtrack("blame", "1").stdout.splitlines()
    assert lines[2].split("  ")[0] == "2"
    assert lines[2].endswith("Thursday after divers found a crack.")
    assert {sentence["version"] for sentence in json.loads(revtrack("blame", "1@1", "--json").stdout)} == {1}
    assert "there is no version 9" in revtrack("blame", "1@9", code=2).stderr
