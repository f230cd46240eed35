"""Read out of a note's text what it is about, what stood wrong and what is right. Pure."""

from revtrack.notes.phrases import search_any
from revtrack.notes.rules import Rules
from revtrack.text import typed

LONGEST = 3000  # characters of a note that are read for details
_AROUND = " \"'.。「」『』《》"


def read_details(text: str, rules: Rules) -> tuple[str, str, str]:
    """Return what a note calls wrong, what right, and its target; each "" where the note does not say."""
    plain = typed(text[:LONGEST])
    lowered = plain.lower()
    wrong = right = ""
    for sentence in plain.split(". "):
        if match := search_any(rules.details, sentence.strip(), sentence.lower()):
            caught = match.groupdict(default="")
            wrong, right = caught.get("wrong", "").strip(_AROUND), caught.get("right", "").strip(_AROUND)
            break
    # The first named target wins, in the order of the text: "the spelling of his name in the caption" is a spelling.
    named = [(at.start(), target) for target, says in rules.targets if (at := search_any(says, plain, lowered))]
    return wrong, right, min(named)[1] if named else ""
