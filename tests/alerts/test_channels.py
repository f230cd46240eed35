"""Each channel carries the whole message, says in its own words what went wrong, and obeys nothing that a page wrote."""

import base64
import hashlib
import hmac
import json
import sys
from datetime import UTC, datetime

import pytest

from revtrack.alerts.carrying import carry
from revtrack.alerts.channels import NotTakenError, channels_of
from revtrack.alerts.findings import Finding
from revtrack.alerts.messages import compose, for_discord, for_slack, form_of
from revtrack.alerts.rules import read_rules
from revtrack.archive import News
from revtrack.config import AlertSettings, Config, FetchSettings, MailSettings, parse_config
from revtrack.errors import ConfigError
from revtrack.model import Event
from revtrack.rendering.links import Links
from revtrack.rendering.visible import visible
from tests.alerts.receiving import PostOffice, Receiver
from tests.rendering import reporting
from tests.rendering.reporting import PAYLOADS

NOON = datetime(2024, 11, 20, 12, tzinfo=UTC)


def form(**values):
    plain = {
        "event": "revised",
        "article": 1,
        "url": "https://a.test/bridge",
        "headline": "Bridge closed",
        "at": "2024-11-20T12:00:00Z",
    }
    return {
        **plain,
        "says": "substantive, undisclosed",
        "facts": ["12 → 21"],
        "html": "<p><del>12</del> <ins>21</ins></p>",
        **values,
    }


def telling(*forms):
    return compose("0123456789abcdef", "quiet edits", [json.dumps(one) for one in forms or (form(),)])


def hostile():
    """Return the message of a finding whose page says everything that harms, and one for each payload."""
    report = reporting.hostile()
    news = News(5, NOON, 7, Event.REVISED, version=2, made_by=5, verdict=report.revision.verdict, why=PAYLOADS[6])
    shown = [visible(payload) for payload in PAYLOADS]
    forms = (form(headline=text, facts=[text], url=text, html="") for text in shown)
    return telling(form_of(Finding(news, report.article, lambda: report.revision), Links()), *forms)


def sent(message, address, *, environment=None, within=5.0, **settings):
    alert = {name: settings.pop(name) for name in ("secret", "command") if name in settings}
    to = (address,) if address else ()
    (channel,) = channels_of(AlertSettings("quiet edits", to=to, **alert))
    carry(message, channel, Config(**settings), environment=environment or {}, now=NOON, within=within)


def test_a_webhook_gets_json_signed_as_standard_webhooks_are():
    secret = base64.b64encode(b"a secret of thirty-two characters").decode()
    for given, key in (
        (f"whsec_{secret}", base64.b64decode(secret)),
        ("plain words", b"plain words"),
        ("env:SECRET", b"held"),
    ):
        with Receiver() as receiver:
            fetch = FetchSettings(allow=(receiver.host,))
            sent(telling(), receiver.url, fetch=fetch, secret=given, environment={"SECRET": "held"})
            headers, form, body = receiver.received[0]
        signed = b"0123456789abcdef.1732104000." + body
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("0123456789abcdef", "1732104000")
        assert headers["webhook-signature"] == f"v1,{wanted}"
        assert headers["Idempotency-Key"] == form["id"]
        assert form["findings"][0]["facts"] == ["12 → 21"]
        assert "html" not in form["findings"][0]


def test_slack_and_discord_show_what_pages_wrote_and_do_none_of_it():
    slack, discord = for_slack(hostile()), for_discord(hostile())
    assert "<" not in slack
    assert "&lt;!channel&gt;" in slack
    assert len(discord) <= 2000
    assert "@everyone" not in discord.replace("\\@", "")
    assert "](" not in discord
    assert "\nhttps://a.test/bridge\n" in for_discord(telling(form(), form()))
    assert len(for_discord(telling(form(headline="*" * 5000)))) <= 2000


def test_mail_has_text_and_html_and_an_id_that_stays():
    with PostOffice() as office:
        settings = MailSettings(host="127.0.0.1", port=office.port, security="none", sender="revtrack@a.test")
        for _ in range(2):
            sent(telling(), "desk@a.test", mail=settings)
        first, second = office.letters
    assert first["subject"] == "[revtrack] substantive, undisclosed: Bridge closed"
    assert (first["to"], first["from"]) == ("desk@a.test", "revtrack@a.test")
    assert first["message-id"] == second["message-id"] == "<0123456789abcdef@revtrack.invalid>"
    assert "12 → 21" in first.get_body(["plain"]).get_content()
    assert "<del>12</del> <ins>21</ins>" in first.get_body(["html"]).get_content()


def test_no_page_writes_a_header_or_an_element_of_a_mail():
    with PostOffice() as office:
        settings = MailSettings(host="127.0.0.1", port=office.port, security="none", sender="revtrack@a.test")
        sent(telling(form(headline="A\\nBcc: all@a.test", html="")), "desk@a.test", mail=settings)
        sent(hostile(), "desk@a.test", mail=settings)
        for letter in office.letters:
            assert letter["bcc"] is None
            html = letter.get_body(["html"]).get_content()
            assert "<script" not in html
            assert "<img" not in html
            assert 'href="javascript' not in html


def test_mail_without_the_security_asked_for_is_not_sent():
    with PostOffice() as office:
        settings = MailSettings(host="127.0.0.1", port=office.port, sender="revtrack@a.test")
        with pytest.raises(NotTakenError):
            sent(telling(), "desk@a.test", mail=settings)
        assert office.letters == []


def test_a_mail_server_that_refuses_is_told_without_its_words():
    with PostOffice(refusing=b"desk") as office:
        settings = MailSettings(host="127.0.0.1", port=office.port, security="none", sender="revtrack@a.test")
        with pytest.raises(NotTakenError, match="does not take mail for this address"):
            sent(telling(), "desk@a.test", mail=settings)


def test_a_command_gets_json_and_no_shell_reads_its_arguments(tmp_path):
    code = "import sys; open(sys.argv[1], 'w').write(sys.argv[2] + sys.stdin.read())"
    out = tmp_path / "out"
    sent(hostile(), "", command=(sys.executable, "-c", code, str(out), "; touch x &"))
    assert out.read_text().startswith("; touch x &{")
    assert json.loads(out.read_text()[11:])["id"] == "0123456789abcdef"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit(3)", "exit code 3"),
        ("import time; time.sleep(60)", "not ended after 0.5 seconds"),
        (None, "cannot be run"),
    ],
)
def test_what_goes_wrong_with_a_command_is_told(code, said):
    command = (sys.executable, "-c", code) if code else ("/nowhere/at/all",)
    with pytest.raises(NotTakenError, match=said):
        sent(telling(), "", command=command, within=0.5)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of its own
def test_apprise_carries_to_its_own_channels(capfd):
    pytest.importorskip("apprise")
    with Receiver() as receiver:
        sent(telling(), f"json://user:TOKEN@{receiver.host}/hook")
        (_, form, _), *_ = receiver.received
    assert form["title"] == "[revtrack] substantive, undisclosed: Bridge closed"
    assert "12 → 21" in form["message"]
    for address in ("json://user:TOKEN@127.0.0.1:1/x", "nosuch://TOKEN"):
        with pytest.raises(NotTakenError) as wrong:
            sent(telling(), address)
        assert "TOKEN" not in wrong.value.reason
    assert "TOKEN" not in "".join(capfd.readouterr())


def test_an_address_may_be_held_by_the_environment():
    with Receiver() as receiver:
        fetch = FetchSettings(allow=(receiver.host,))
        sent(telling(), "env:HOOK", fetch=fetch, environment={"HOOK": receiver.url})
        assert len(receiver.received) == 1
    for environment, said in (({}, "holds no HOOK"), ({"HOOK": "x y"}, "no address that is known")):
        with pytest.raises(NotTakenError, match=said):
            sent(telling(), "env:HOOK", environment=environment)


@pytest.mark.parametrize("address", ["", "x", "mailto:nobody", "env:", "http:/", "a b@c", "ftp"])
def test_what_is_no_address_is_told_without_being_shown(address):
    if address == "http:/":
        with pytest.raises(NotTakenError, match="its URL is none that can be used"):
            sent(telling(), address)
        return
    with pytest.raises(ConfigError, match="address 1 of 'to' is none that is known"):
        channels_of(AlertSettings("r", to=(address,)))


def test_names_of_channels_tell_no_secret_and_differ():
    to = (
        "https://hooks.example.org/TOKEN",
        "https://hooks.example.org/TOKEN2",
        "tgram://TOKEN/12",
        "mailto:desk@a.test?x=TOKEN",
        "env:HOOK",
    )
    names = [channel.name for channel in channels_of(AlertSettings("r", to=to, command=("/usr/bin/tell", "TOKEN")))]
    assert names == [
        "webhook hooks.example.org",
        "webhook hooks.example.org 2",
        "apprise tgram",
        "mail desk@a.test",
        "env:HOOK",
        "command tell",
    ]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"alert": [{"name": "r"}]}, "alert 'r' tells nobody"),
        ({"alert": [{"name": " ", "command": ["x"]}]}, "has no name"),
        ({"alert": [{"name": "r", "command": ["x"]}, {"name": "r", "command": ["x"]}]}, "two alerts are called 'r'"),
        ({"alert": [{"name": "r", "to": ["a@b.test"]}]}, "set host and sender under [mail]"),
        ({"alert": [{"name": "r", "command": ["x"], "health": True, "when": "major"}]}, "is about health"),
        ({"alert": [{"name": "r", "command": ["x"], "digest": "dayly 07:00"}]}, "alert 'r': digest:"),
        ({"alert": [{"name": "r", "command": ["x"]}], "mail": {"security": "ssl"}}, "mail.security is one of"),
        ({"alert": [{"name": "r", "wen": "major"}]}, "did you mean alert[1].when?"),
        ({"alert": [{"name": "r", "secret": 1234567}]}, "secret should be a text in quotes, not that"),
        ({"mail": {"password": ["TOKEN"]}}, "mail.password should be a text in quotes, not that"),
    ],
)
def test_a_setting_that_is_wrong_is_told_and_no_secret_shown(tables, said):
    with pytest.raises(ConfigError) as wrong:
        read_rules(parse_config(tables))
    assert said in str(wrong.value)
