"""Messages are kept once, with how far their rules have come, and everything that becomes of them is known afterwards."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from revtrack.archive import Message
from revtrack.archive.outbox import redact

NOON = datetime(2024, 11, 20, 12, tzinfo=UTC)


def message(key, *, batch="b1", subject="1/7", channels=("mail", "hook"), due_at=NOON):
    return Message(key, "quiet", batch, subject, 7, due_at, channels, f'{{"key": "{key}"}}')


def test_a_message_is_kept_once_and_goes_to_each_channel_once(archive):
    outbox = archive.outbox
    for _ in range(2):
        outbox.keep([message("k1"), message("k2")], {}, now=NOON)
    assert outbox.bodies("b1") == ['{"key": "k1"}', '{"key": "k2"}']
    assert [(one.batch, one.channel) for one in outbox.waiting()] == [("b1", "mail"), ("b1", "hook")]
    outbox.keep([message("k1", batch="b2")], {}, now=NOON)  # kept already: it makes no second batch
    assert {one.batch for one in outbox.waiting()} == {"b1"}


def test_how_far_rules_have_come_only_grows_and_begins_at_the_newest_look(archive):
    outbox = archive.outbox
    outbox.begin(["quiet"])
    assert outbox.positions() == {"quiet": 0}
    outbox.keep([], {"quiet": 9, "unknown": 9}, now=NOON)
    outbox.keep([], {"quiet": 4}, now=NOON)
    outbox.begin(["quiet", "other"])
    assert outbox.positions() == {"quiet": 9, "other": 0}


def test_messages_and_positions_are_kept_together_or_not_at_all(archive):
    outbox = archive.outbox
    outbox.begin(["quiet"])
    with suppress(ZeroDivisionError), archive.transaction():
        outbox.keep([message("k1")], {"quiet": 9}, now=NOON)
        1 / 0  # noqa: B018 - whatever ends the transaction
    assert outbox.positions() == {"quiet": 0}
    assert outbox.waiting() == []


def test_what_becomes_of_a_message_is_known(archive):
    outbox = archive.outbox
    outbox.keep([message("k1", channels=("a", "b", "c"))], {}, now=NOON)
    a, b, c = outbox.waiting()
    outbox.sent(a, now=NOON)
    outbox.failed(b, "down", again_at=NOON + timedelta(hours=1), now=NOON)
    outbox.failed(c, "gone", again_at=None, now=NOON)
    (waiting,) = outbox.waiting()
    assert (waiting.channel, waiting.tries, waiting.trouble) == ("b", 1, "down")
    assert waiting.due_at == NOON + timedelta(hours=1)
    assert [(row["channel"], row["n"], row["sent"], row["given_up"]) for row in outbox.states()] == [
        ("a", 1, 1, 0),
        ("b", 1, 0, 0),
        ("c", 1, 0, 1),
    ]
    outbox.revive(now=NOON)
    assert [one.channel for one in outbox.waiting()] == ["b", "c"]
    assert outbox.given_up() == []


def test_words_of_an_article_leave_its_messages_and_no_others(archive):
    outbox = archive.outbox
    outbox.keep([message("k1", subject="1/7"), message("k2", subject="11/7")], {}, now=NOON)
    archive._write(lambda db: redact(db, 1))
    redacted, kept = outbox.bodies("b1")
    assert "k1" not in redacted
    assert kept == '{"key": "k2"}'
    assert outbox.was_told("quiet", "1/7")


def test_what_ails_keeps_the_time_it_began(archive):
    outbox = archive.outbox
    outbox.keep_ailments({"host a.test": "blocked"}, now=NOON)
    outbox.keep_ailments({"host a.test": "failed", "looks": "none"}, now=NOON + timedelta(hours=1))
    assert outbox.ailments() == {"host a.test": NOON, "looks": NOON + timedelta(hours=1)}
    outbox.keep_ailments({}, now=NOON)
    assert outbox.ailments() == {}
    assert outbox.verified() is None
    outbox.note_verified(now=NOON, wrong=2)
    assert outbox.verified() == (NOON, 2)
