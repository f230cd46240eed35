"""The small words that carry facts: numerals, negations, hedges, states, verbs of saying. Knows no grammar.

Each table goes by ISO 639-1 language. What a language lacks, the reader of facts simply does not see in it. Words that
mean something else as often ("up", "passed", "called", "secondo") are left out: a false fact costs more than a missed one.
"""

# ruff: noqa: E501, SIM905 - lists of words read best as lines of words

from typing import Final

# Numerals from zero on, in order; "-" holds the place of a value whose word means something else as well ("un").
_SMALL: Final = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn",
    "fr": "zéro - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "cero - dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve",
    "it": "zero - due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
    "pt": "zero - dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove",
    "nl": "nul - twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien",
    "sv": "noll - två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
    "no": "null - to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
    "da": "nul - to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
}
# The tens from twenty on, in order.
_TENS: Final = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "no": "tjue tretti førti femti seksti sytti åtti nitti",
    "da": "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
}
NUMERALS: Final[dict[str, dict[str, int]]] = {
    language: {
        **{word: value for value, word in enumerate(small.split()) if word != "-"},
        **{word: value * 10 for value, word in enumerate(_TENS[language].split(), 2)},
    }
    for language, small in _SMALL.items()
}
# Words that multiply the number before them. Short ones ("m", "bn") count only when they stand right at a figure.
MULTIPLIERS: Final[dict[str, int]] = {
    **dict.fromkeys("dozen dozens dutzend douzaine docena dozzina dúzia dozijn".split(), 12),
    **dict.fromkeys("hundred hundert cien honderd hundra hundre hundrede".split(), 100),
    **dict.fromkeys("thousand k tsd tausend mille mil mila duizend tusen tusind тыс тысяч bin ribu".split(), 10**3),
    **dict.fromkeys(
        "million millions m mn mio millionen millones millón milioni milione milhões milhão miljoen miljoner millioner "
        "mln milionów milionu miljoonaa млн миллионов milyon juta".split(),
        10**6,
    ),
    **dict.fromkeys(
        "billion billions bn b milliarde milliarden mrd milliard milliards miljard miljarder milliarder miliardi miliardo "
        "bilhões bilhão mld miliardów miljardia млрд миллиардов milyar miliar".split(),
        10**9,
    ),
    **dict.fromkeys("trillion trillions tn billionen".split(), 10**12),
}
CURRENCIES: Final[dict[str, str]] = {
    **dict.fromkeys(("$", "us$", "dollar", "dollars", "usd", "dólares", "dollari"), "USD"),
    **dict.fromkeys(("€", "euro", "euros", "eur", "евро"), "EUR"),
    **dict.fromkeys(("£", "pound", "pounds", "gbp", "pfund"), "GBP"),
    **dict.fromkeys(("¥", "yen", "jpy"), "JPY"),
    **dict.fromkeys(("r$", "reais", "real", "brl"), "BRL"),
    **dict.fromkeys(("kronor", "kroner", "sek", "nok", "dkk", "kr"), "KR"),
    **dict.fromkeys(("₹", "rs", "rupees", "inr"), "INR"),
    **dict.fromkeys(("рублей", "rubles", "₽"), "RUB"),
    **dict.fromkeys(("zł", "pln", "złotych"), "PLN"),
    **dict.fromkeys(("yuan", "rmb", "cny"), "CNY"),
}
PERCENTS: Final = frozenset(
    "% percent prozent procent prosent prosenttia percento pct proc процентов процента yüzde persen".split(),
)

NEGATIONS: Final[dict[str, str]] = {
    "en": "not never no none nobody nothing neither nor without cannot nowhere",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder",
    "fr": "ne pas jamais aucun aucune sans ni rien personne",
    "es": "no nunca jamás ningún ninguno ninguna sin nadie nada tampoco",
    "it": "non mai nessun nessuno nessuna senza niente nulla né",
    "pt": "não nunca jamais nenhum nenhuma sem ninguém nada nem",
    "nl": "niet geen nooit niemand niets zonder",
    "sv": "inte ej aldrig ingen inget inga utan",
    "no": "ikke aldri ingen uten",
    "da": "ikke aldrig ingen uden",
    "fi": "ei eivät en emme ettei ilman",
    "pl": "nie nigdy żaden bez nikt",
    "cs": "ne není nikdy žádný bez nikdo",
    "ru": "не нет никогда без ни",
    "uk": "не немає ніколи без ні",
    "tr": "değil yok hiç asla",
    "id": "tidak bukan belum tanpa",
}
HEDGES: Final[dict[str, str]] = {
    "en": "allegedly alleged reportedly reported apparently purportedly purported supposedly seemingly suspected possibly "
    "possible probably likely perhaps maybe may might could would believed appears appeared seems seemed unconfirmed "
    "accused claimed claims preliminary potentially expected rumored rumoured presumably unclear suggests suggested",
    "de": "angeblich angebliche angeblichen mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher offenbar vermutlich anscheinend "
    "womöglich möglicherweise wohl wahrscheinlich vielleicht soll sollen könnte könnten dürfte scheint offenbar",
    "fr": "présumé présumée présumés apparemment probablement peut-être serait aurait seraient auraient pourrait semble",
    "es": "presunto presunta presuntamente supuesto supuesta supuestamente aparentemente posiblemente probablemente quizás "
    "podría habría parece",
    "it": "presunto presunta presumibilmente apparentemente probabilmente forse sarebbe avrebbe potrebbe sembra",
    "pt": "suposto suposta supostamente aparentemente possivelmente provavelmente talvez teria seria poderia parece suspeito",
    "nl": "vermeend vermeende vermoedelijk mogelijk waarschijnlijk misschien zou zouden blijkbaar",
    "sv": "påstås påstådd misstänkt misstänkte möjligen troligen kanske uppges lär verkar",
    "no": "angivelig mistenkt muligens trolig kanskje skal synes",
    "da": "angiveligt mistænkt muligvis formentlig måske skulle",
    "ru": "якобы предположительно возможно вероятно",
}
# States by what they mean. A change of meaning between two of one row reverses what was stated.
STATES: Final[dict[str, str]] = {
    "death": "dead died dies killed kills kill death deaths fatal fatally deceased murdered slain tot tote toten getötet gestorben "
    "starb mort morts morte mortes muerto muertos muere morto morti dood doden död döda døde død tué tués",
    "injury": "injured injures wounded wounds hurt injury injuries verletzt verletzte verletzten blessé blessés herido heridos "
    "ferito feriti ferido feridos gewond skadad skadade skadet såret",
    "survival": "alive survived survives survivor survivors unhurt unharmed überlebt überlebte survécu sobrevivió vivo",
    "missing": "missing vermisst disparu disparus desaparecido desaparecidos",
    "guilt": "convicted convicts guilty conviction verurteilt schuldig condamné coupable condenado culpable condannato colpevole",
    "acquittal": "acquitted innocent cleared exonerated acquittal freigesprochen unschuldig acquitté innocent absuelto assolto "
    "absolvido",
    "charge": "charged indicted indictment charges angeklagt inculpé acusado",
    "suspicion": "suspect suspected accused questioned verdächtig verdächtigt",
    "arrest": "arrested detained custody jailed imprisoned festgenommen verhaftet arrêté detenido arrestato preso",
    "release": "released freed freigelassen libéré liberado",
    "approval": "approved approves adopted accepted confirmed upheld backed supports supported genehmigt beschlossen",
    "rejection": "rejected rejects defeated failed fails blocked denied struck overturned opposed opposes abgelehnt",
    "victory": "won wins winner victory beat beats gewonnen gewinnt",
    "defeat": "lost loses loser defeat beaten verloren verliert",
    "rise": "rose rises increased increase increases grew gained climbed gestiegen steigt",
    "fall": "fell falls decreased decrease decreases declined dropped shrank gesunken sinkt gefallen",
    "resignation": "resign resigned resigns quit quits stepped zurückgetreten démissionne dimite",
    "stay": "re-sign re-signed re-signs stays bleibt",
}
OPPOSED: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "death injury,death survival,death missing,guilt acquittal,charge acquittal,guilt charge,guilt suspicion,"
        "charge suspicion,arrest release,approval rejection,victory defeat,rise fall,resignation stay"
    ).split(",")
)
SAYING: Final[dict[str, str]] = {
    "en": "said says told tells added adds according announced stated argued claimed insisted noted explained "
    "admitted conceded confirmed denied acknowledged wrote tweeted testified alleged asserted warned",
    "de": "sagte sagt sagten erklärte erklärt teilte laut zufolge berichtete behauptete betonte ergänzte schrieb räumte",
    "fr": "dit déclaré affirmé selon expliqué indiqué ajouté annoncé précisé admis",
    "es": "dijo según afirmó declaró explicó añadió aseguró señaló indicó admitió",
    "it": "detto dichiarato affermato spiegato aggiunto ammesso",
    "pt": "disse afirmou declarou explicou acrescentou informou admitiu",
    "nl": "zei zegt volgens verklaarde aldus meldde",
    "sv": "sade säger enligt uppger berättar skriver",
}
