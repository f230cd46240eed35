"""A live page holds so many entries: what falls off its end while new ones come on top was not taken back."""

from dataclasses import replace

import pytest

from revtrack.model import Significance, Story
from revtrack.verdicts import compare

INTRO = "A storm is crossing the coast of Lenning, and ferries stay in port until the wind drops."
ENTRIES = [
    "Fire crews cleared 14 fallen trees from the coast road before dawn, the county said in a bulletin.",
    "The school at Norrick opened its hall for 60 people who could not get home on Monday night.",
    "Two lorries were blown over on the long bridge, and nobody was hurt, the police told reporters.",
    "Power returned to 900 homes on the west side of the harbour shortly after eleven in the morning.",
    "The harbour master measured a gust of 131 kilometres an hour at the outer mole at ten past nine.",
]


def live(*paragraphs, is_live=True):
    return replace(Story.from_paragraphs("Storm over Lenning: live", [INTRO, *paragraphs]), live=is_live)


def removals(old, new):
    reasons = compare(old, new).verdict.reasons
    return [reason.significance for reason in reasons if reason.feature == "paragraph_removed"]


def test_the_last_entries_that_make_room_for_new_ones_are_a_detail():
    found = removals(live(*ENTRIES[1:]), live(*ENTRIES[:3]))
    assert found == [Significance.DETAIL] * 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (live(*ENTRIES[1:]), live(*ENTRIES[1:3])),  # nothing new came
        (live(*ENTRIES[1:]), live(ENTRIES[0], *ENTRIES[2:])),  # out of the middle
        (live(*ENTRIES[1:], is_live=False), live(*ENTRIES[:3], is_live=False)),  # no live page
    ],
    ids=["cut", "middle", "article"],
)
def test_what_goes_otherwise_stays_substantive(old, new):
    assert Significance.SUBSTANTIVE in removals(old, new)
