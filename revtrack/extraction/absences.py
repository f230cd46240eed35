"""What pages say in the place of an article that is not there any more, or not for this reader. Words only, no page.

It is a thing, a state and perhaps a place: "This article", "is no longer available", "in your region"; or a state and a
place alone. A headline names whose page it is and says more: "Court makes article unavailable in thirty countries".
"""

import re
from functools import cache
from typing import NamedTuple

from revtrack.text import fold

ABSENT = "a page in the place of one that is not available"
_LONGEST = 200  # characters that are looked at


class _Told(NamedTuple):
    """How one language says it, in patterns. `things` may hold the article's verb, `states` that of the sentence.

    Of `words`, which blanks part, one stands in each of the states: without any, the patterns are not even made.
    """

    words: str
    things: str
    states: str
    places: str


_TOLD = {
    "ar": _Told(
        "متاح متوفر موجود",
        "(?:لم (?:يعد|تعد) )?(?:هذه |هذا )?(?:المقالة|المقال|الصفحة|المحتوى|الخبر)"
        "(?: المطلوبة?| التي تبحث عنها| الذي تبحث عنه)?",
        "(?:لم (?:يعد|تعد) |غير )?(?:متاح|متوفر|موجود)(?:اً|ًا|ا|ة)?(?: حالي(?:اً|ًا|ا))?",
        "في (?:منطقتك|بلدك|دولتك)",
    ),
    "cs": _Told(
        "dostupn dispozici neexistuje",
        "(?:tento |hledaný |požadovaný )?(?:článek|obsah|příspěvek)|(?:tato |hledaná |požadovaná )?stránka",
        "(?:již |už |bohužel )*není (?:již |už |bohužel |momentálně )*(?:dostupn[ýáé]|k dispozici)|nedostupn[ýáé]"
        "|(?:již |už )?neexistuje",
        "ve vaší (?:zemi|oblasti|lokalitě)|ve vašem regionu",
    ),
    "da": _Told(
        "tilgængelig udløbet findes",
        "(?:denne )?(?:artiklen|artikel|siden|side)|(?:dette )?indhold(?:et)?",
        "(?:er )?(?:desværre )?ikke (?:længere )?tilgængelige?t?(?: længere)?|(?:er )?utilgængelige?t?|er udløbet"
        "|findes (?:desværre )?ikke(?: længere| mere)?",
        "i (?:dit land|din region|dit område)",
    ),
    "de": _Told(
        "verfüg erreichbar abrufbar online vorhanden abgelaufen existiert gibt",
        "(?:(?:dieser|der) )?(?:(?:gewünschte|gesuchte|angeforderte|aufgerufene) )?(?:artikel|beitrag|inhalt)"
        "|(?:(?:diese|die) )?(?:(?:gewünschte|gesuchte|angeforderte|aufgerufene) )?seite",
        "(?:ist |steht )?(?:leider |derzeit |zurzeit |momentan |aktuell )*nicht (?:mehr )?"
        "(?:verfügbar|erreichbar|abrufbar"
        "|online|vorhanden|zur verfügung)|(?:ist )?abgelaufen|existiert (?:leider )?nicht(?: mehr)?"
        "|gibt es (?:leider )?nicht mehr",
        "(?:ist )?(?:in|aus) (?:ihrer|deiner) region|(?:ist )?in (?:ihrem|deinem) (?:land|gebiet)|an ihrem standort",
    ),
    "en": _Told(
        "available longer expired",
        "(?:(?:this|that|the) )?(?:page|article|story|content)"
        "(?: (?:that )?you (?:requested|(?:have )?asked for|(?:are|were) (?:looking for|trying to [a-z]+)))?"
        "|(?:this|our) (?:web ?)?site",
        "(?:is |are |it is |it's )?(?:currently |temporarily |unfortunately |sadly )?"
        "(?:unavailable|not (?:currently )?available|no longer (?:available|online|here))"
        "(?: any ?more| at (?:this|the) (?:time|moment)| right now| to you)?|isn't available(?: any ?more)?"
        "|(?:has |is )?expired|no longer exists",
        "(?:in|from|for) your (?:current )?(?:region|country|location|area|territory)|where you are",
    ),
    "es": _Told(
        "disponible existe expirado caducado",
        "(?:(?:este|el) )?(?:artículo|contenido)(?: que (?:buscas?|solicitas?))?"
        "|(?:(?:esta|la) )?(?:página|noticia)(?: que (?:buscas?|solicitas?))?",
        "(?:ya )?no (?:se encuentra |está )?(?:actualmente )?(?:ya )?disponible|(?:ya )?no existe"
        "|ha (?:expirado|caducado)",
        "en (?:tu|su) (?:país|región|zona|ubicación)",
    ),
    "fi": _Told(
        "saatavilla käytettävissä luettavissa olemassa löydy vanhentunut",
        "(?:tämä |hakemasi |etsimäsi )?(?:artikkeli|juttu|sivu|sisältö)|(?:hakemaasi |etsimääsi )?(?:sivua|artikkelia)",
        "ei (?:valitettavasti )?ole (?:enää |valitettavasti )*(?:saatavilla|käytettävissä|luettavissa|olemassa)"
        "|ei löydy(?: enää)?|on vanhentunut",
        "maassasi|alueellasi|sijainnissasi",
    ),
    "fr": _Told(
        "disponible accessible ligne consultable existe expiré",
        "(?:cet |l')?article|(?:(?:cette|la) )?page(?: que vous (?:cherchez|recherchez|demandez)| demandée)?"
        "|(?:(?:ce|le) )?contenu|l'article que vous (?:cherchez|recherchez)",
        "n'est (?:malheureusement |actuellement )?(?:plus|pas) (?:disponible|accessible|en ligne|consultable)"
        "|n'existe (?:plus|pas)|a expiré|(?:est )?(?:actuellement )?indisponible|(?:non|plus) disponible",
        "(?:dans|depuis) votre (?:pays|région|zone)(?: géographique)?",
    ),
    "hi": _Told(
        "नहीं",
        "(?:यह |ये )?(?:लेख|पेज|पृष्ठ|खबर|ख़बर|सामग्री|कंटेंट)",
        "(?:अब |अभी |फिलहाल )?(?:उपलब्ध|मौजूद) नहीं (?:है|हैं)",
        "आपके (?:क्षेत्र|देश|इलाके) में",
    ),
    "id": _Told(
        "tidak kedaluwarsa",
        "(?:artikel|halaman|konten)(?: ini)?(?: yang anda (?:cari|minta))?",
        "(?:sudah |saat ini )?tidak (?:lagi )?(?:tersedia|ditemukan)(?: lagi)?|(?:telah|sudah) kedaluwarsa",
        "di (?:wilayah|negara|lokasi|daerah) anda",
    ),
    "it": _Told(
        "disponibile accessibile raggiungibile online esiste scadut",
        "(?:questo |l')?articolo|(?:(?:questo|il) )?contenuto|(?:(?:questa|la) )?pagina(?: (?:richiesta|che cerchi))?",
        "(?:non è (?:più )?|non (?:più )?)(?:attualmente |al momento )?(?:disponibile|accessibile|raggiungibile|online)"
        "|non esiste(?: più)?|è scadut[oa]",
        "nel (?:tuo|suo) paese|nella (?:tua|sua) (?:regione|area|zona)",
    ),
    "ja": _Told(
        "いただけません できません いません しません かりません 終了",
        "(?:この|お探しの|ご指定の)?(?:記事|ページ|コンテンツ)[はが]?",
        "(?:現在)?(?:ご?利用いただけません|ご覧いただけません|表示できません|公開されていません|存在しません|見つかりません)"
        "|(?:掲載|公開)(?:期間)?[がを]?終了(?:しました|しています)",
        "お(?:住まい|使い)の(?:地域|国)(?:では)?|お客様の(?:地域|国)では",
    ),
    "ko": _Told(
        "없습니다 않습니다",
        "(?:이 |해당 |요청하신 |찾으시는 )?(?:기사|페이지|콘텐츠|게시물)[는은를을가이]?",
        "(?:더 이상 |현재 )?(?:(?:이용|사용|열람|접근|확인)할|볼) 수 없습니다|(?:더 이상 )?제공되지 않습니다"
        "|존재하지 않습니다|찾을 수 없습니다",
        "(?:귀하의 |현재 |해당 )?(?:지역|국가)에서(?:는)?",
    ),
    "nl": _Told(
        "beschikbaar online vinden verlopen bestaat",
        "(?:dit )?(?:artikel|bericht)|(?:(?:deze|de) )?(?:gevraagde |opgevraagde )?(?:pagina|inhoud)"
        "|(?:het artikel|de pagina) (?:die|dat|waar) (?:u|je) (?:zoekt|naar zoekt)",
        "(?:is )?(?:helaas |momenteel )*(?:niet (?:meer |langer )?(?:beschikbaar|online|te vinden)|verlopen)"
        "|bestaat niet(?: meer)?",
        "in (?:uw|jouw|je) (?:land|regio)|op (?:uw|jouw|je) locatie",
    ),
    "no": _Told(
        "tilgjengelig finnes",
        "(?:denne )?(?:artikkelen|artikkel|saken|siden|side)|(?:dette )?innhold(?:et)?",
        "(?:er )?(?:dessverre )?ikke (?:lenger )?tilgjengelig(?: lenger)?|(?:er )?utilgjengelig|finnes ikke lenger",
        "i (?:ditt land|din region|ditt område|landet ditt|regionen din)",
    ),
    "pl": _Told(
        "dostępn istnieje wygasł",
        "(?:(?:ten|szukany) )?(?:artykuł|materiał)|(?:(?:ta|szukana|żądana) )?(?:strona|treść)",
        "(?:już )?nie jest (?:już |obecnie )?dostępn[yae]|(?:jest )?(?:już |obecnie )?niedostępn[yae]"
        "|(?:już )?nie istnieje|wygasł[ao]?",
        "w (?:twoim|państwa) (?:kraju|regionie)",
    ),
    "pt": _Told(
        "disponível existe expirou",
        "(?:(?:este|o) )?(?:artigo|conteúdo)(?: que procura)?"
        "|(?:(?:esta|a) )?(?:página|notícia|matéria)(?: que procura)?",
        "(?:já )?não (?:está |se encontra )?(?:mais |já )?disponível|(?:está )?indisponível"
        "|(?:já )?não existe(?: mais)?|expirou",
        "(?:no|em) (?:seu|teu) país|na (?:sua|tua) (?:região|área|localização)",
    ),
    "ru": _Told(
        "доступ существует",
        "(?:(?:эта|данная|запрошенная) )?(?:статья|страница|новость|публикация)"
        "|(?:(?:этот|данный) )?(?:материал|контент)",
        "(?:больше |временно |сейчас |уже )*(?:не ?доступн[ао]|не ?доступен|не существует)",
        "в (?:вашей стране|вашем регионе)",
    ),
    "sv": _Told(
        "tillgänglig finns",
        "(?:(?:den här|denna) )?(?:artikeln|artikel|sidan|sida)|(?:(?:det här|detta) )?innehåll(?:et)?",
        "(?:är )?(?:tyvärr )?inte (?:längre )?tillgängligt?(?: längre)?|(?:är )?otillgängligt?"
        "|finns (?:tyvärr )?inte (?:längre|kvar)(?: kvar)?",
        "i (?:ditt land|din region|ditt område)",
    ),
    "tr": _Told(
        "mevcut yayında kullanılamıyor görüntülenemiyor erişime",
        "(?:(?:bu|aradığınız) )?(?:haber|makale|sayfa|içerik|yazı)",
        "(?:artık |şu anda |şu an )?(?:mevcut değil(?:dir)?|yayında değil(?:dir)?|kullanılamıyor|görüntülenemiyor"
        "|erişime kapalı(?:dır)?)",
        "bölgenizde|ülkenizde|bulunduğunuz (?:bölgede|ülkede)",
    ),
    "uk": _Told(
        "доступ існує",
        "(?:(?:ця|дана) )?(?:стаття|сторінка|новина|публікація)|(?:(?:цей|даний) )?(?:матеріал|вміст|контент)",
        "(?:більше |тимчасово |зараз |вже )*(?:не ?доступн(?:а|ий|о)|не існує)",
        "у (?:вашій країні|вашому регіоні)",
    ),
    "zh": _Told(
        "不可用 不存在 不再 过期 過期 下线 下線 法",
        "(?:[该此本該]|这篇|這篇|您(?:要)?(?:访问|查找|訪問)的)?(?:文章|页面|内容|网页|新闻|頁面|內容|網頁|新聞)",
        "(?:已|暂时|目前|暫時)?(?:不可用|不存在|不再可用|不再提供|过期|下线|過期|下線|[无無]法(?:访问|显示|浏览|訪問|顯示|瀏覽))",
        "在?[您你](?:所在)?的?(?:国家|地区|國家|地區)",
    ),
}
_SORRY = (
    "oops|sorry|we(?:'re| are) sorry|unfortunately|leider|désolé|lo sentimos|siamo spiacenti|ci dispiace"
    "|lamentamos|desculpe|helaas|beklager|tyvärr|desværre|valitettavasti|przepraszamy|niestety|bohužel|omlouváme se"
    "|извините|к сожалению|вибачте|на жаль|üzgünüz|maaf|عذرا|عذرًا|क्षमा करें"
    "|申し訳ありません|抱歉|对不起|對不起|죄송합니다"
)


def tells_absence(text: str) -> bool:
    """Say whether a text, all of it, tells that an article is not there, or not for this reader.

    >>> [tells_absence(text) for text in ("This article has expired.", "The lease has expired.")]
    [True, False]
    """
    if len(text) >= _LONGEST:
        return False
    said = fold(text).lower()
    asked = (told for told in _TOLD.values() if any(word in said for word in told.words.split()))
    return any(_pattern(told).fullmatch(said) for told in asked)


@cache
def _pattern(told: _Told) -> re.Pattern[str]:
    things, states, places = (f"(?:{part})" for part in (told.things, told.states, told.places))
    sentence = rf"{things}\W*(?:{places}\W*)?{states}(?:\W*{places})?|{states}\W*{places}|{places}\W*{states}"
    return re.compile(rf"\W*(?:(?:{_SORRY})(?:\W+but)?\W+)?(?:{sentence})\W*")
