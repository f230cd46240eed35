"""The words that tell a slip from a claim: function words, look-alikes, opposites, expectations. Knows no grammar."""

# ruff: noqa: E501, SIM905 - lists of words read best as lines of words

from typing import Final

FUNCTION: Final = frozenset(
    (
        "a an the this that these those of to in on at by for from with as and or but if than then so it its he she they them his her their "
        "i we you our your my who whom which what when where while there here is are was were be been being am has have had having do does did "
        "will would shall can 's s also just very quite both such into onto over about "
        "der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren hat haben hatte wird werden im am zum zur "
        "von vom mit für auf aus bei nach zu an in es er sie sich auch "
        "le la les l un une des du de d et ou est sont était a ont au aux en dans par pour sur avec il elle ils elles qui que qu se s y "
        "el los las una unos unas del y o es son fue fueron ha han en por para con su sus lo que se al como "
        "il lo gli i uno della del dei delle e è sono era ha hanno da per con su che si "
        "um uma os as do da dos das no na nos nas e foi são com por que se ao "
        "het een van en is zijn was heeft op te dat die met voor aan "
        "och att det som en ett är var har på av för med till den de og i er et på som til av med"
    ).split(),
)
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
# Long words that differ by a letter in their midst and mean different things.
NO_SLIPS: Final = frozenset(
    frozenset(pair.split())
    for pair in "county country,averse adverse,perspective prospective,immoral immortal,statue statute,assistance assistants,moral mortal".split(
        ","
    )
)
# Words of one class that exclude each other: one put for the other changes what is stated.
CLASSES: Final = tuple(
    frozenset(row.split())
    for row in (
        "before after during until since",
        "more less fewer",
        "most some all none few many every several half majority minority",
        "always never often sometimes rarely",
        "for against",
        "first second third fourth fifth sixth last",
        "man woman boy girl men women boys girls",
        "son daughter brother sister father mother husband wife uncle aunt nephew niece cousin",
        "north south east west northern southern eastern western northeast northwest southeast southwest",
        "left right",
        "old young older younger",
        "republican democrat republicans democrats democratic",
        "increase decrease increased decreased increases decreases",
        "rise fall rose fell rises falls rising falling",
        "open closed opened closes opens close",
        "keep expand cut end extend retain lose gain",
        "guilty innocent",
        "legal illegal",
        "public private",
        "daily weekly monthly yearly annual",
        "hours days weeks months years minutes seconds",
        "hour day week month year minute second",
        "million billion trillion",
        "largest smallest biggest",
        "winner loser",
        "yes no",
        "allow ban allowed banned allows bans prohibit prohibited",
        "support oppose supports opposes supported opposed",
        "accept reject accepted rejected accepts rejects refuse refused",
        "alive dead",
        "knew know suspected suspect",
        "murder manslaughter murdered suicide",
        "terrorist militant terrorists militants fighter fighters",
        "vor nach",
        "mehr weniger",
        "mann frau männer frauen junge mädchen sohn tochter vater mutter bruder schwester",
        "avant après",
        "homme femme hommes femmes fils fille père mère frère sœur",
        "antes después",
        "hombre mujer hombres mujeres hijo hija padre madre hermano hermana",
    )
)
# What reverses what is stated, in a headline above all.
OPPOSITES: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "accept reject,accepts rejects,accepted rejected,accepts refuses,approve reject,approves rejects,approve block,approves blocks,win lose,wins loses,"
        "won lost,rise fall,rises falls,rose fell,rises drops,up down,gain loss,gains losses,gain lose,support oppose,supports opposes,supported opposed,"
        "backs opposes,allow ban,allows bans,allowed banned,guilty innocent,guilty acquitted,convicted acquitted,convicted cleared,"
        "convicted charged,convicts charges,legal illegal,alive dead,open close,opens closes,opened closed,confirm deny,confirms denies,confirmed denied,"
        "increase decrease,increases decreases,increased decreased,increase cut,raise cut,raises cuts,raised lowered,pass fail,passes fails,passed failed,"
        "start end,starts ends,begin end,resign re-sign,resigns re-signs,join leave,joins leaves,arrested released,freed jailed,true false,"
        "for against,safe unsafe,safe dangerous,best worst,lifts imposes,lift impose,keep scrap,keeps scraps,more less,more fewer,before after,with without,"
        "admits denies,admitted denied,condenado imputado,condenado absuelto,condenada imputada,condenada absuelta,investigado condenado,procesado condenado,"
        "culpable inocente,coupable innocent,condamné acquitté,condamné relaxé,schuldig unschuldig,verurteilt freigesprochen,verurteilt angeklagt,"
        "steigt sinkt,steigen sinken,gewinnt verliert,sube baja,gana pierde,hausse baisse,condannato assolto,condannato indagato,condenado réu"
    ).split(",")
)
# A number under one of these says less than the number itself.
BOUNDS: Final = frozenset(
    "about around almost nearly roughly approximately some over under least most more less than fewer up dozens hundreds thousands several "
    "etwa rund knapp fast über mindestens environ près plus moins casi unos unas más circa quasi oltre cerca ongeveer ruim cirka omkring".split(),
)
# Words behind which a number that rises is a development rather than a correction.
TOLL: Final = (
    "killed kill kills dead death deaths died die dies injured injuries injury wounded hurt missing casualties casualty victims toll cases infections infected "
    "evacuated displaced homeless arrested detained rescued tote toten verletzte verletzten opfer vermisste fälle morts blessés victimes disparus "
    "muertos heridos víctimas desaparecidos morti feriti vittime dispersi mortos feridos vítimas doden gewonden döda skadade døde "
    "死者 死亡 けが 負傷 死 亡 伤 失踪 사망 부상"
).split()
# What has not happened yet, or is not known yet: when it goes, the story has moved on.
PENDING: Final = (
    r"(?:is|are|was|were)\s(?:expected|due|set|scheduled|slated|poised|likely|planning|preparing|about)\sto\b|\bplans?\sto\b|\bwill\b|\bto\s(?:be\s)?[a-zà-ÿ]{3,}"
    r"|not\simmediately|\bunclear\b|not\s(?:yet\s)?(?:known|clear|available)|could\snot\s(?:immediately\s)?be\sreached|did\snot\simmediately|developing\sstory"
    r"|check\sback|more\s(?:details|information)\s(?:to\sfollow|soon)|awaiting|\bwird\b|\bwerden\b|soll(?:en)?\b|noch\sunklar|devrait|va\s[a-zà-ÿ]+r\b|podría"
)
# Stems of words that deny without a "not": put for one they change nothing.
DENYING: Final = frozenset(
    "refrai stop preven avoid fail refus lack unabl unclea unknow unlike unwill instea rathe declin never imposs neithe hardly barely scarce "
    "unchan remain unreso nop nope".split(),
)
WEAK_HEDGES: Final = frozenset(
    "would could may might expected claims possible likely suggests suggested soll sollen seria".split(),
)
TENSES: Final = (frozenset({"can", "could"}), frozenset({"will", "would"}), frozenset({"may", "might"}))
LOADED: Final = frozenset(
    "claimed claims admitted admits conceded confessed denied denies alleged insisted lied confirmed confirms "
    "behauptete räumte leugnete affirme avoué admitió negó".split(),
)
EDITORIAL: Final = frozenset(
    "article story version earlier previous previously correction corrected corrections clarification clarified clarify update updated updates editor editors note "
    "notes error errors mistake incorrectly incorrect wrongly wrong misstated misidentified mistakenly originally original published publication post report said "
    "stated reflect include includes information text fact facts page amended amend headline changed change changes been name number spelling spelled misspelled "
    "regret regrets apologize apologise was this that has have with from been were they their also more about which "
    "artikel fassung version korrektur korrigiert berichtigung hinweis anmerkung redaktion ursprünglich fehler ergänzt aktualisiert früheren hieß "
    "mise jour précision correction rectificatif erreur article version ajout actualización corrección versión artículo noticia error actualizado".split(),
)
# What a note says that tells of additions and names none.
ADDING: Final = frozenset(
    "additional reporting comment comments adds added add new details detail quotes quote reaction response statement background context latest "
    "developments information throughout ajout ajoute réaction déclarations contexte ergänzt hinzugefügt reaktion stellungnahme añade añadido reacción "
    "aggiunta dichiarazioni reazione".split(),
)
