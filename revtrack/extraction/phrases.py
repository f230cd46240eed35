"""The words of page chrome that stands among paragraphs and bears no telling class name. The last resort of `roles`.

Each rule names a genre, not a site: an invitation (to subscribe, follow, read, comment), a rights line, a counter. Only
short blocks are judged by words, and a note is lifted before: what is said of an edit is never lost to these rules.
"""

import re
from functools import lru_cache

from revtrack.extraction.vocabulary import words_in

_MACHINE = re.compile(
    r"\bai[\s-](?:generated|assisted|written|summari[sz]ed)\b|\b(?:generated|summari[sz]ed|created|written|produced|translated|made)\s(?:by|with|using)"
    r"\s(?:the\s(?:help|use)\sof\s|(?:some\s)?help\sfrom\s)?(?:an?\s)?(?:ai\b|artificial\sintelligence|machine)|\bki[\s-](?:generiert|gestützt|erstellt)"
    r"|\b(?:mit(?:\shilfe)?|mithilfe|von|durch)\s(?:von\s)?(?:einer\s)?(?:ki\b|künstliche)"
    r"|\b(?:généré|résumé|rédigé|écrit|créé|produit|réalisé|traduit)e?s?\s(?:par|avec)\s(?:l['’]|une\s)?(?:ia\b|intelligence)|\b(?:gener|resumi|cre|elabor|redact|escri|produci|traduci|ger|cri|produz|traduz)(?:[ai]?d|t)[oa]s?\s(?:por|con|com)\s(?:(?:la|a|uma?)\s)?(?:ia\b|inteligência|inteligencia)"
    r"|\b(?:genera|crea|scrit|realizza|prodot|tradot)t[oa]\s(?:da|con)\s(?:l['’])?(?:ia\b|intelligenza)|(?:(?<![a-z])ai|人工知能)(?:が|による|で)(?:生成|要約|作成)|自動(?:生成|音声|要約)|由\s?ai\s?(?:生成|总结)|\blanguage\smodel\b|\bsprachmodell|\bmod[eè]l\w*\s(?:de\slang(?:age|uaje)|linguistico)\b|言語モデル|语言模型|språkmodell|\bdil\smodeli|языков\w+\sмодел|(?:созда|сгенерирова|напис|состав|подготов|озвуч)\w+\s(?:нейросет|искусственным\sинтеллектом|ии\b)|(?:нейросет\w+|искусственный\sинтеллект)\s(?:созда|написа|состави|подготови|озвучи)"
    r"|(?:przygotowa|stworzy|napisa|wygenerowa)\w+\s(?:przez\s)?(?:ai\b|sztuczn[aą]\sinteligencj)|yapay\szek[aâ]\s(?:ile|tarafından|destekli)|الذكاء\sالاصطناعي"
    r"|\b(?:auto(?:matically)?[\s-](?:generated|translated|voiced)|(?:automated|synthetic|artificial|computer(?:ised|ized)?)\svoice|text[\s-]to[\s-]speech)"
    r"|\bautomati(?:sch|siert)\s(?:erzeugt|erstellt|generiert|vorgelesen|übersetzt)|\b(?:künstlich|synthetisch|computergeneriert)e[nr]?\sstimme"
    r"|\b(?:générée?s?|produite?s?|traduite?s?)\sautomatiquement|\bvoix\s(?:de\ssynthèse|artificielle|synthétique)"
    r"|\b(?:generad|creadn?|traducid)[oa]s?\s(?:de\sforma\sautomática|automáticamente)|\bvoz\s(?:sintética|artificial)"
    r"|\b(?:generat|creat|tradott)[oa]\sautomaticamente|\bvoce\ssintetica|\b(?:gerad|criad|traduzid)[oa]\s(?:automaticamente|de\sforma\sautomática)",
    re.IGNORECASE,
)
_MACHINE_SIGNS = (
    "AI",
    "KI",
    "IA",
    "ntelligen",
    "auto-",
    "utom",
    "ynthe",
    "ynthé",
    "ynthè",
    "ntétic",
    "ntetic",
    "nteligen",
    "nteligên",
    "ztuczn",
    "apay zek",
    "ейросет",
    "скусственн",
    "自動",
    "o-speech",
    "ünstlich",
    "achine",
    "-generated",
    "anguage model",
    "prachmodell",
    "odèle de lang",
    "odelo de lengu",
    "odello linguist",
    "言語モデル",
    "语言模型",
    "råkmodell",
    "il modeli",
    "зыков",
    "人工知能",
    "الذكاء",
)  # cheap to look for
_SERVICES = words_in(
    """
    facebook fb instagram threads twitter x x.com youtube tiktok whatsapp telegram signal linkedin bluesky mastodon
    pinterest reddit snapchat flipboard feedly rss spotify messenger viber vk line weibo wechat
    discord twitch podcast newsletter
    """,
)
# What a reader is asked to do is one clause, or a label with a title behind it. News that begins with the same words
# is a quotation, goes on behind a comma, or tells who said it.
_LABEL = r"\W{0,2}[:：>»|\]–—-]"
_CLAUSE = rf"\b(?:{_LABEL}|[^,，;?“”\"«»]{{0,140}}\W{{0,3}}$)"
_LABELS = ":：>»|"
_TITLED = rf"\b(?:{_LABEL}|\W*$)"
_INVITATION = re.compile(
    r"^\W*(?:"
    # read something else
    rf"(?:(?:read|see|watch|listen|hear)\s(?:also|more|next|here|too)|read\s(?:the\s)?(?:full|our|all|original)|don['’]?t\smiss){_CLAUSE}"
    rf"|(?:also\sread|further\sread(?:ing)?|related|recommended){_TITLED}|(?:related|recommended)\s[^.:]{{0,40}}(?::\s[^.]*$|[:>»]?$)"
    r"|more\s(?:on|from|great|about|stories|news)\b[^.]{0,40}(?:[:>»]|$)|you\smay\salso\s(?:like|enjoy|want|be\sinterested)\b"
    rf"|(?:lesen\ssie\s(?:auch|hier|mehr)|lire\saussi|à\slire\s(?:aussi|également|ensuite)|lea\stambién|lee\stambién|leia\s(?:também|mais)"
    r"|leggi\sanche|lees\sook|läs\s(?:också|mer|även)|les\sogså|læs\sogså|baca\sjuga|читайте\sтакже|czytaj\s(?:też|także))"
    rf"{_CLAUSE}|(?:à\slire|te\spuede\sinteresar){_TITLED}|mehr\s(?:zum\sthema|lesen)\b(?:{_LABEL}|[^.,]{{0,40}}$)"
    # subscribe, follow, support, comment
    r"|(?:please\s|to\s)?(?:(?:sign\sup|subscribe|subscriber\s(?:only|account)|follow\s(?:us|him|her|them|me|on)|join\sour|download\sour|support\s(?:our|us)"
    r"|click\shere|listen\sto\s(?:our|the\spodcast)|like\sus|check\sout\sour|email\sus|contact\s(?:us|the\s(?:author|reporter))"
    r"|visit\sour\s(?:\w+\s){0,2}(?:(?:web)?site|page|shop|store|homepage|hub|channel|archive|profile)"
    r"|get\s(?:our|the\slatest|unlimited|access)|have\s(?:a\s(?:tip|story|question)|something\sto\s(?:say|share|tell|add))|do\syou\shave\sa|got\sa\s(?:tip|story)"
    r"|leave\sa\scomment|tell\sus|let\sus\sknow|abonnieren\ssie|suivez[\s-](?:nous|notre|nos)|seguici|segui\s(?:la\snostra|il\snostro|i\snostri)"
    r"|siga\s(?:nuestr\w+|a\s[^\W_]{2,20}\sen|o\snosso|nosso)|síganos|volg\sons|folge[nt]?\s(?:sie\s)?uns|følg\soss|följ\soss|obserwuj\snas|ikuti\skami|takip\sedin)\b"
    r"|download\sthe\s(?:\w+\s){0,3}app\b[^.]{0,40}\W*$|follow\s@|what\sdo\syou\sthink\?|suivez\s(?:l['’]actualité|toute)|suscríb|síguenos|iscriviti|inscreva"
    r"|subskrybuj|подпи(?:сывайтесь|сывайся|шитесь|шись|ска\sна\s(?:наш|рассылк|новост|канал|те?ле?г))|تابعونا|تابعنا\s(?:على|عبر)"
    r"|تابعوا\s(?:آخر|أحدث|أخبار|حساب|قنا|صفح)|关注我们|關注我們)"
    # open a wall
    r"|already\sa\s(?:subscriber|member)|to\s(?:continue|keep)\sreading|(?:continue|keep)\sreading\b|(?:subscribe|register|log\sin|sign\sin)\s(?:now\s)?to\s(?:read|continue|unlock)"
    r"|get\s(?:full|unlimited)\saccess|you\shave\s\w+\sfree\s(?:articles?|stories)|this\s(?:article|story|content)\sis\s(?:only\s)?(?:for|available\sto)\s(?:our\s)?(?:subscribers|members)"
    r"|dieser\s(?:artikel|beitrag|text)\sist\s(?:nur\s)?(?:für\sabonnent|abonnent)|jetzt\s(?:abonnieren|weiterlesen|testen)\b(?:[^.,]{0,40}[^.,])?$|il\svous\sreste\s.{1,12}\sde\scet\sarticle"
    r"|(?:la\ssuite|cet\sarticle|l['’]article)\sest\sréservée?\saux\sabonnés|(?:contenido|artículo)\s(?:exclusivo\s)?para\ssuscriptores|この記事は(?:会員|有料)|残り\d+文字"
    r"|our\sjournalism\s(?:needs|depends)|(?:our|this)\s(?:web)?site\s(?:is\syour|needs\syour|uses\s(?:cookies?|akismet|technolog|analytics)|depends\son\s(?:you|ads|adverts|readers))\b"
    # rights, and what the house earns
    r"|copyright\W*(?:\(c\)|\d|by\b[^.]{0,80}$|$)|copyright\s.{0,120}\breserved|©|\(c\)\s(?:copyright|(?:19|20)\d\d|[^.]{0,60}$)"
    r"|all\srights\sreserved\b(?!\s(?:for|to|under)\b)|alle\srechte\s(?:vorbehalten|(?:liegen\s)?bei[mn]?\b[^,]{0,60}$)"
    r"|tous\sdroits\s(?:de|réservés)|droits\s(?:de\s\w+\s(?:et\sde\s\w+\s)?)?réservés|todos\sl?os\sd(?:erechos|ireitos)\s(?:de\s[^.,]{1,40}\s)?reservados"
    r"|we\smay\s(?:earn|receive|get)\b[^.]{0,60}\b(?:commissions?|revenue|compensation|portion|percentage|share\sof)\b"
    r"|if\syou\s(?:purchase|buy)\s(?:a\sproduct|something)\b[^.]{0,80}\b(?:we|links?)\b"
    r"|this\s(?:article|post|story|page)\s(?:may\s)?contains?\s(?:affiliate|sponsored\slinks|partner\slinks)"
    r")",
    re.IGNORECASE,
)
# The same where the verb comes last: no text in ASCII holds one.
_INVITATION_BEHIND = re.compile(
    r"^\W*(?:हमें\s.{0,60}फ़ॉलो|.{0,40}(?:[をで]フォロー(?:すると|して(?:ください|情報|最新)|(?:しよう|する)?[!！。]?$)|팔로우(?:하세요|하기|해|$)))"
)
_QUOTATIONS = {"“": "”“", "„": "“”", '"': '"', "«": "»", "»": "«»", "”": "”", "‘": "’", "「": "」", "『": "』"}
"""What a quotation begins with, and what it may end with."""
_SAID = re.compile(
    r"\b(?:said|says|told|tells|asks|asked|wrote|writes|warn(?:s|ed)|advis(?:e|es|ed)|complain(?:s|ed)?|order(?:s|ed)|shouted|cried|argue[sd]|insist(?:s|ed)|announced"
    r"|sagte|riet|rief|schrieb|warnte|klagte|erklärte|dijo|afirmó|gritó|declaró|disse|dichiara|sostiene|affirme|déclare"
    r"|сообщил[аи]?|сказал[аи]?|заявил[аи]?|говорит|mówi|powiedzia\w{1,3}|dedi|söyledi|açıkladı)\b|(?:述べ|語っ|話し|認め|明かし)た|(?:説明|発表|指摘|謝罪)した",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:all\srights\sreserved(?!\s(?:for|to|under)\b)|riproduzione\sriservata|©\s?\d{4}"
    r"|\b(?:material|contents?|articles?|text|story|site|publication)\b[^.]{0,60}\b(?:may|must|can|shall)\snot\sbe\s(?:reproduced|republished))\W",
    re.IGNORECASE,
)
# The same, and who edited, where no text in ASCII holds one.
_RIGHTS_ELSEWHERE = re.compile(
    r"^[（(【\[]?(?:责任|責任|本文)?(?:编辑|編輯|編集|责编|校对|审核)[：:／/][^。]{1,40}$|^[【\[]?版[权權](?:说明|說明|声明|聲明|保[护護])[：:】\]]|^版[权權]所有"
    r"|未[经經].{0,40}(?:授[权權]|许可|許可|允许).{0,30}(?:禁止|不得|严禁|嚴禁|请勿|請勿).{0,8}(?:转载|轉載|复制|複製|摘编)"
    r"|無断(?:転載|複写|複製|使用).{0,20}(?:禁止|不可|お断り|禁じます|禁ず)(?:します|です|いたします)?[。」)）]?$|무단\s?(?:전재|복제).{0,25}금지\W*$|저작권자\s?[ⓒ©(<＜]"
    r"|(?:جميع|كافة)\sالحقوق\sمحفوظة|כל\sהזכויות\sשמורות|सर्वाधिकार\sसुरक्षित|সর্বস্বত্ব\s.{0,20}সংরক্ষিত|สงวนลิขสิทธิ์"
    r"|tüm\shakları\ssaklıdır|με\sεπιφύλαξη\sπαντός|все\sправа\sзащищены|(?:усі|всі)\sправа\sзахищені|wszelkie\sprawa\szastrzeżone"
    r"|bản\squyền\s(?:thuộc\s(?:về\s)?(?:báo|công\sty|tòa\ssoạn)|©)|(?:تمامی?|کلیه|همه)\sحقوق\s.{0,30}محفوظ\sاست",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W{0,3}(?:photo(?:graph)?s?|images?|pictures?|fotos?|bild|imagen|illustration|credit|quelle)\s?(?:by\b|credit\b|von\b|de\b|[:/]|\.{3})",
    re.IGNORECASE,
)
_CREDIT_BEHIND = re.compile(
    r"(?:image|photo|picture|foto|bild|credit)s?\s?(?::|\.{3})\s?[^.)?!]{2,50}\)?$", re.IGNORECASE
)
_AGENCY = re.compile(r"[(/|]\s?(?:getty\simages|getty|afp|ap|reuters|dpa|epa)\)?$|\bgetty\simages\)?$", re.IGNORECASE)
_OF_AN_AGENCY = re.compile(r"[^\W\d_]{3,}[.!?]\s?\([a-z]{2,4}\)$")  # "… were hurt. (dpa)" ends a text
_LONGEST_AGENCY = 20  # characters
_SENTENCE = 8  # words before a full stop
_LONGEST_CAPTION = 600  # characters
_LONGEST_NOTICE = 200  # characters
# The house says that it earns by what readers buy. A commission that was asked to buy something is news.
_OURS = re.compile(
    r"\b(?:we|us|our|wir|uns(?:er\w*)?|nous|nos|nuestr[oa]s?|podemos|noi|nostr[oi]|possiamo|noss[oa]s?|wij|ons|onze|vi)\b",
    re.IGNORECASE,
)
_EARNS = re.compile(
    r"\b(?:earns?|pays?|receive|get|erhalten|bekommen|verdienen|toucher|touchons|percevoir|percevons|recevoir|recevons|recibir|recibimos"
    r"|ganar|ganamos|ricevere|riceviamo|guadagnare|guadagniamo|receber|recebemos|ganhar|ganhamos|ontvangen|krijgen|får)\s[^.“”\"«»]{0,30}?"
    r"(?:an?|some|any|small|affiliate|eine|une|des|una|un['’]|uma|een|kleine|en)\s(?:(?:small|affiliate|kleine|petite|pequeña|piccola|pequena)\s)?"
    r"(?:commissions?|Provision(?:en)?|provision|comisi(?:ón|ones)|commission[ei]|comiss(?:ão|ões)|commissie|provisie)\b(?!\s(?:of|de|von|van|di)\b)"
    r"|\b(?:eine|een)\s(?:kleine\s)?(?:Provision|commissie|provisie)\s(?:erhalten|bekommen|verdienen|ontvangen|krijgen)\b"
    r"|\b(?:contains?|includes?|enthält|contient|contiene|bevat)\s(?:some\s)?[Aa]ffiliate",
)
_QUOTES = frozenset('“”"«»„')
_EARNING_SIGNS = ("ommission", "ffiliate", "rovisi", "omisi", "omiss")
_BUYS = re.compile(
    r"\b(?:affiliate|links?|liens?|enlaces?|buy|purchas\w+|kauf\w*|ache\w+|compra\w*|acquist\w+|koop\w*|köp\w*)\b",
    re.IGNORECASE,
)


_PRINTED = re.compile(  # where this text stands on paper
    r"\b(?:this|dies\w{1,2}|cet(?:te)?|est[ea]|quest[oa]|deze|dit|denn[ea]|dette)\s(?:articles?|story|column|essay"
    r"|piece|report|interview|review|artikel|text|beitrag|bericht|kommentar|texte|tribune|artículo|noticia|reportaje|texto|articolo|artigo|reportagem|artikeln|artikkelen|saken|artiklen)\s[^.]{0,60}?"
    r"\b(?:(?:appear|run|ran|publish|print)\w*\sin\sprint\b|in\s(?:the|our)\sprint(?:ed)?[\s-](?:edition|issue)"
    r"|gedruckt\w*\s(?:ausgabe|zeitung)|printausgabe|édition\s(?:papier|imprimée)|(?:edición|versión)\simpresa"
    r"|(?:edizione|versione)\s(?:cartacea|stampata)|edição\simpressa|(?:papieren|gedrukte)\s(?:krant|editie)"
    r"|papp?(?:er|ir)s?(?:tidning|avis|utgav)\w*)",
    re.IGNORECASE,
)
_PRINT_SIGNS = ("print", "druckt", "papier", "impr", "carta", "stampa", "gedruk", "tidning", "avis", "utga")


def is_invitation(text: str) -> bool:
    """Whether a block asks the reader to read, follow, buy or comment, or states rights."""
    return len(text) < 420 and _invites(text)


@lru_cache(maxsize=4096)
def _invites(text: str) -> bool:
    """Judge a block; several rules ask of each."""
    if len(text) < _LONGEST_NOTICE and any(sign in text for sign in _PRINT_SIGNS) and _PRINTED.search(text):
        return True  # where a text stands on paper is said of the text, not in it
    if any(sign in text for sign in _EARNING_SIGNS) and _says_it_earns(text):
        return True
    return (
        ((call := _INVITATION.match(text)) is not None and (call[0][-1] in _LABELS or not is_told(text)))
        or (not text.isascii() and _speaks_of_rights(text))
        or (len(text) < 200 and _RIGHTS.search(text + " ") is not None)
    )


def is_told(text: str) -> bool:
    """Whether a text begins with a quotation, or says who said it."""
    ends = _QUOTATIONS.get(text[0], "")
    return any(end in text[1:] for end in ends) or _SAID.search(text) is not None


def _says_it_earns(text: str) -> bool:
    """Whether the house says what it has of what readers buy; who is quoted speaks of something else."""
    is_quoted = not _QUOTES.isdisjoint(text)
    return not is_quoted and bool(_OURS.search(text) and _EARNS.search(text) and _BUYS.search(text))


def _speaks_of_rights(text: str) -> bool:
    """Whether a text in another script asks to follow, keeps rights or names the editor."""
    return (_INVITATION_BEHIND.match(text) is not None and not is_told(text)) or (
        len(text) < _LONGEST_NOTICE and _RIGHTS_ELSEWHERE.search(text) is not None
    )


def is_machine_made(text: str) -> bool:
    """Whether a short line says that a machine made something. An article may say so too: it takes a box to tell."""
    if len(text) >= 220 or not any(sign in text for sign in _MACHINE_SIGNS):
        return False
    return _MACHINE.search(text) is not None and not is_told(text)


def is_service(text: str) -> bool:
    """Whether a link's text is the name of a network on which a site is to be followed; names need no translation."""
    words = text.lower().replace("google news", "rss").split()
    return 0 < len(words) < 4 and any(word.strip("@.,") in _SERVICES for word in words)


def without_credit(caption: str) -> str:
    """Return a caption without the name of who took the picture, "" where that is all it says."""
    start = _start_of_credit(caption) if len(caption) < _LONGEST_CAPTION else -1
    return caption if start < 0 else caption[:start].rstrip(" (|/–-")


def is_credit(text: str) -> bool:
    """Whether a short block is a picture's credit or a caption that ends in one, and no sentence of an agency's."""
    return len(text) < 220 and _start_of_credit(text) >= 0 and _OF_AN_AGENCY.search(text) is None


def _start_of_credit(text: str) -> int:
    """Return where a credit begins in a text, -1 where there is none; a search through the whole of it is the last."""
    if _CREDIT.match(text) and not _is_sentence(text):
        return 0
    behind = _CREDIT_BEHIND.search(text) if ":" in text or "..." in text else None
    agency = _AGENCY.search(text, max(0, len(text) - _LONGEST_AGENCY))
    return min((found.start() for found in (behind, agency) if found), default=-1)


def _is_sentence(text: str) -> bool:
    """Whether what begins as a credit does goes on to its full stop: "Photos by two witnesses show the car … fell."."""
    return text[-1] in ".!?" and len(text.split()) >= _SENTENCE
