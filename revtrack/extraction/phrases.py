"""The words of page chrome that stands among paragraphs and bears no telling class name. The last resort of `roles`.

Each rule names a genre, not a site: an invitation (to subscribe, follow, read, comment), a rights line, a counter. Only
short blocks are judged by words, and a note is lifted before: what is said of an edit is never lost to these rules.
"""

import re

from revtrack.extraction.vocabulary import words_in

_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTERS = words_in(
    """
    comment comments share shares sharing like likes view views vote votes reply replies tweet tweets read reads
    min mins minute minutes minuten ago hour hours day days second seconds kommentar kommentare kommentarer
    commentaires comentarios comentários commenti reactions reacties advertisement advertising ad ads anzeige
    werbung annonce annons publicidad publicité pubblicità publicidade реклама 広告 ai chat listen save print
    email copy link close caption scroll continue post facebook twitter whatsapp linkedin article continues
    below this story reading to updated published posted last
    """,
)
_INVITATION = re.compile(
    r"^\W*(?:"
    # read something else
    r"(?:read|see|watch|listen|hear)\s(?:also|more|next|here|too)\b|(?:also|further)\sread|read\s(?:the\s)?(?:full|our|all|original)\b"
    r"|(?:related|recommended|more\s(?:on|from|great|about|stories|news))\b[^.]{0,40}(?:[:>»]|$)|don['’]?t\smiss\b|you\smay\salso\b"
    r"|lesen\ssie\s(?:auch|hier|mehr)|mehr\s(?:zum\sthema|lesen)|lire\saussi|à\slire|lea\stambién|lee\stambién|leia\s(?:também|mais)"
    r"|te\spuede\sinteresar|leggi\sanche|lees\sook|läs\s(?:också|mer|även)|les\sogså|læs\sogså|baca\sjuga|читайте\sтакже|czytaj\s(?:też|także)"
    # subscribe, follow, support, comment
    r"|(?:please\s|to\s)?(?:sign\sup|subscribe|follow\s(?:us|him|her|them|me|on|@)|join\sour|download\s(?:our|the)|support\s(?:our|us)|click\shere"
    r"|listen\sto\s(?:our|the\spodcast)|like\sus|check\sout\sour|visit\sour|email\sus|contact\s(?:us|the\s(?:author|reporter))"
    r"|get\s(?:our|the\slatest|unlimited|access)|have\s(?:a\s(?:tip|story|question)|something)\b|do\syou\shave\sa\b|got\sa\s(?:tip|story)"
    r"|leave\sa\scomment|what\sdo\syou\sthink\?|tell\sus\b|let\sus\sknow|abonnieren\ssie|suivez|suscríb|síguenos|segui(?:ci)?\b"
    r"|iscriviti|inscreva|siga\s|volg\sons|subskrybuj|подпис)"
    r"|(?:our|this)\s(?:journalism|website|site)\s(?:needs|is\syour|depends|uses)\b|copyright\b|©|\(c\)\s|all\srights\sreserved|alle\srechte"
    r"|(?:tous\s)?droits\s(?:de|réservés)|todos\sl?os\sd(?:e|i)re"
    r"|we\smay\s(?:earn|receive|get)|if\syou\s(?:purchase|buy)\s(?:a\sproduct|something)|this\s(?:article|post|story|page)\s(?:may\s)?contains?\s(?:affiliate|links)"
    r")",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:all\srights\sreserved|riproduzione\sriservata|not\sbe\s(?:reproduced|republished)|©\s?\d{4})\W", re.IGNORECASE
)
_CREDIT = re.compile(
    r"^\W{0,3}(?:photo(?:graph)?s?|images?|pictures?|fotos?|bild|imagen|illustration|credit|quelle)\s?(?:by\b|credit\b|von\b|de\b|[:/])"
    r"|(?:image|photo|picture|foto|bild|credit)s?\s?:\s?[^.)]{2,50}\)?$"
    r"|[(/|]\s?(?:getty\simages|getty|afp|ap|reuters|dpa|epa)\)?$|\bgetty\simages\)?$",
    re.IGNORECASE,
)


def is_counter(text: str) -> bool:
    """Whether a line is a counter, a relative time or a button's label: "Comments( 0 )", "5 min read", "AI Chat"."""
    if len(text) > 60:
        return False
    words = [word.lower() for word in _LETTERS.findall(text)]
    return 0 < len(words) < 7 and all(word in _COUNTERS for word in words)


def is_invitation(text: str) -> bool:
    """Whether a block asks the reader to read, follow, buy or comment, or states rights."""
    return len(text) < 420 and (
        _INVITATION.match(text) is not None or (len(text) < 200 and _RIGHTS.search(text + " ") is not None)
    )


def is_credit(text: str) -> bool:
    """Whether a short block is a picture's credit or a caption that ends in one."""
    return len(text) < 220 and _CREDIT.search(text) is not None
