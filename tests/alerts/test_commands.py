"""The commands of alerts: what is listed, tried and sent by hand, and how a wrong rule stops a pass before it begins."""

import json
import os
import platform
from datetime import UTC, datetime, timedelta

import pytest

from revtrack.archive import open_archive
from revtrack.archive.values import Lease
from revtrack.cli.running import run
from revtrack.clock import utc_now
from tests.alerts.receiving import Receiver, article


@pytest.fixture
def receiver():
    with Receiver() as running:
        yield running


@pytest.fixture
def command(tmp_path, monkeypatch, capsys, newsroom, receiver):
    """Run a command in a folder with one article and one rule; return its code, answer and complaints."""
    monkeypatch.chdir(tmp_path)

    def write(alert, *, top=""):
        settings = f'[fetch]\nallow = ["{newsroom.host}", "{receiver.host}"]\ngap = 0.01\n'
        (tmp_path / "revtrack.toml").write_text(
            f'{top}{settings}[[alert]]\nname = "quiet"\nto = ["{receiver.url}"]\n{alert}'
        )

    def call(*arguments):
        code = run(["--archive", "a.db", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    call.write = write
    write('when = "substantive and undisclosed"')
    newsroom.publish("/2024/bridge.html", article())
    call("add", newsroom.url("/2024/bridge.html"))
    call("check", "--all")
    newsroom.publish("/2024/bridge.html", article(21))
    return call


def test_check_tells_and_says_so_and_lists_count_it(command, receiver):
    code, _, complaints = command("check", "--all")
    assert code == 0
    assert "1 message sent" in complaints
    assert len(receiver.received) == 1
    code, answer, _ = command("alerts")
    assert code == 0
    assert command("alerts", "--json")[1] == command("alerts", "list", "--json")[1]
    assert answer.splitlines()[1].split() == ["quiet", "webhook", receiver.host, "1", "0", "0"]
    assert command("alerts", "send")[2] == "nothing is to be sent now\n"


def test_a_channel_in_trouble_is_told_and_the_pass_is_as_good_as_ever(command, receiver):
    receiver.status = 500
    code, answer, complaints = command("check", "--all")
    assert code == 0
    assert "substantive, undisclosed" in answer
    assert f"alert 'quiet' to webhook {receiver.host}: {receiver.host} answered 500; tried again at" in complaints
    assert "TOKEN" not in complaints
    code, answer, _ = command("alerts", "list", "--json")
    (channel,) = json.loads(answer)["channels"]
    assert channel.pop("next") > f"{datetime.now(UTC):%FT%T}Z"
    assert [channel] == [
        {"alert": "quiet", "channel": f"webhook {receiver.host}", "sent": 0, "waiting": 1, "given_up": 0}
    ]


def test_a_rule_can_be_tried_on_what_was_recorded(command, receiver):
    command.write('when = "major"')
    command("check", "--all")
    assert command("alerts", "check")[1] == ""
    command.write('when = "number"')
    code, answer, _ = command("alerts", "check")
    assert code == 0
    assert "quiet  substantive, undisclosed: Bridge closed" in answer
    assert json.loads(command("alerts", "check", "quiet", "--json")[1])[0]["facts"] == ["12 → 21"]
    assert receiver.received == []


def test_a_message_leads_to_our_page_of_the_change_where_it_has_an_address(command, receiver):
    command.write("", top='home = "https://edits.test/here"\n')
    page = "https://edits.test/here/articles/1/2.html"
    command("check", "--all")
    sent = receiver.received[0][1]
    assert sent["findings"][0]["page"] == page
    assert sent["text"].splitlines()[-1] == page
    assert sent["content"].splitlines()[-1] == page
    assert json.loads(command("alerts", "check", "--json")[1])[0]["page"] == page
    feed = command("report", "--form", "atom")[1]
    assert page in feed
    command.write("", top='home = "edits.test"\n')
    assert "home is the address of the published pages" in command("alerts", "check")[2]


def test_a_rule_about_health_says_that_it_tells_no_findings(command):
    command.write("health = true")
    code, answer, complaints = command("alerts", "check", "quiet")
    assert (code, answer) == (0, "")
    assert "is about health and tells no findings" in complaints


def test_a_channel_can_be_tried(command, receiver):
    assert command("alerts", "test", "quiet")[1] == f"webhook {receiver.host}  taken\n"
    assert receiver.received[0][1]["text"].startswith("test: test\n")
    receiver.status = 404
    code, answer, _ = command("alerts", "test", "quiet", "--json")
    assert code == 2
    assert json.loads(answer)[0]["trouble"] == f"{receiver.host} answered 404"
    assert "did you mean 'quiet'?" in command("alerts", "test", "quite")[2]


def test_a_wrong_rule_stops_a_pass_before_anything_is_asked_for(command, newsroom):
    command.write('when = "substantve"')
    asked = len(newsroom.requests)
    code, _, complaints = command("check", "--all")
    assert code == 2
    assert "alert 'quiet': when: at 'substantve' (character 1): there is no such word" in complaints
    assert len(complaints.splitlines()) == 1
    assert len(newsroom.requests) == asked


def test_sending_by_hand_leaves_the_turn_to_a_pass_that_runs(command, receiver):
    with open_archive("a.db") as archive:
        now = utc_now()
        archive.take_lease(Lease("watch", platform.node(), os.getppid(), now, now + timedelta(minutes=5)), now=now)
    code, _, complaints = command("alerts", "send")
    assert code == 0
    assert "nothing is sent now: 'watch' of process" in complaints
    assert receiver.received == []
