"""Words whose spelling or company matters: look-alikes, bounds of numbers, what is still to come. Knows no grammar.

The words that carry facts stand in one file a language (`revtrack.vocabulary`).
"""

# ruff: noqa: E501, SIM905 - lists of words read best as lines of words

from typing import Final

# A hyphen or a space that changes the word: what is left when both are joined.
HYPHEN_MATTERS: Final = frozenset(
    "resign resigned resigns resigning recover recovered recovers recreation recreate reform reformed reforms release released relay "
    "resent represent represented reserve reserved remark remarked resort resorted treat retreat retreated repress redress recount "
    "recollect reprove rejoin recede unionised unionized coop reaction".split(),
)
SPACE_MATTERS: Final = frozenset(
    "therapist therapists notable nowhere apart about around away ahead alight apiece island manslaughter nothing justice legend "
    "menace outright overall together asunder abroad aground inability indifferent".split(),
)
# Words that differ as slips of the hand do and mean different things.
NO_SLIPS: Final = frozenset(
    frozenset(pair.split())
    for pair in "county country,averse adverse,perspective prospective,immoral immortal,statue statute,assistance assistants,moral mortal,world word,trial trail,quiet quite,diary dairy".split(
        ","
    )
)
# A number under one of these says less than the number itself.
BOUNDS: Final = frozenset(
    "about around almost nearly roughly approximately some over under least most more less than fewer up dozens hundreds thousands several "
    "etwa rund knapp fast über mindestens environ près plus moins casi unos unas más circa quasi oltre cerca ongeveer ruim cirka omkring".split(),
)
# What has not happened yet, or is not known yet: when it goes, the story has moved on.
PENDING: Final = (
    r"(?:is|are|was|were)\sexpected\b|(?:is|are|was|were)\s(?:due|set|scheduled|slated|poised|likely|planning|preparing|about)\sto\b|\bplans?\sto\b|\bwill\b|\b(?:is|are|was|were|remains?)\sto\s[a-zà-ÿ]{3,}|\bto\sbe\s[a-z]{3,}"
    r"|not\simmediately|\bnot\s(?:yet|been)\b|\byet\sto\b|n['’]t\s(?:yet|been)\b|\bunclear\b|not\s(?:yet\s)?(?:known|clear|available)|could\snot\s(?:immediately\s)?be\sreached|did\snot\simmediately|developing\sstory"
    r"|check\sback|more\s(?:details|information)\s(?:to\sfollow|soon)|awaiting|\bwird\b|\bwerden\b|soll(?:en)?\b|noch\sunklar|devrait|va\s[a-zà-ÿ]+r\b|podría"
)
