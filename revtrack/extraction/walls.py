"""What pages say that are no articles: errors, walls, consent, search. One list a kind; knows no page.

A title or heading must say it whole, but `*` stands for any words that follow. "Sorry" is an error page's title, and
"Sorry, says mayor" is a headline.
"""

import re

from revtrack.extraction.absences import ABSENT, tells_absence
from revtrack.text import fold

CLOSED = "a page for subscribers"
_LONGEST = 200  # characters that are looked at
_SAYINGS = {
    "an error page": """
        400; 401; 403; 404; 410; 429; 451; 500; 502; 503; 504; 404 not found; 404 page*; 404 error*; 410 gone*;
        429 too*; 500 internal*; 502 bad*; 503 service*; 504 gateway*; error; error 400*; error 401*; error 403*;
        error 404*; error 410*; error 429*; error 500*; error 502*; error 503*; error 504*; fehler 403*; fehler 404*;
        erreur 403*; erreur 404*; http error*; server error*; not found; oops; oops, something*; sorry;
        sorry, we can't find*; sorry, we cannot find*; sorry, we couldn't find*; sorry, we could not find*;
        sorry, the page you*; sorry, the page can*; sorry, the page could*; sorry, the page cannot*;
        sorry, the page was*; sorry, the page is not*; sorry, the page isn't*; sorry, the page does*;
        sorry, the page doesn't*; sorry, this page*; sorry, that page*; sorry, there was an error*;
        sorry, there was a problem*; sorry, something went wrong*; page not found*; page unavailable*;
        page cannot be*; page can't be*; page doesn't exist*; page does not exist*; this page isn't*;
        this page is not*; this page could not*; this page can't*; this page does not*; this page doesn't*;
        the page you*; article not found*; story not found*; we can't find that page*; we can't find the page*;
        we can't find this page*; we couldn't find that page*; we couldn't find the page*;
        we couldn't find this page*; we could not find that page*; we could not find the page*;
        we could not find this page*; internal server error*; bad gateway*; bad request*; service unavailable*;
        service temporarily unavailable*; gateway timeout*; unavailable due to legal reasons*; error establishing*;
        something went wrong; site maintenance; site maintenance in progress*; down for maintenance*;
        under maintenance; scheduled maintenance; scheduled maintenance in progress*; maintenance; seite nicht*;
        die seite wurde nicht*; die gewünschte seite*; page introuvable*; page non trouvée*; cette page n'existe*;
        página no encontrada*; página no disponible*; esta página no*; pagina non trovata*; pagina inesistente*;
        página não encontrada*; esta página não*; pagina niet gevonden*; sidan kunde inte hittas*;
        sidan hittades inte*; sidan finns inte*; siden blev ikke*; siden ble ikke*; siden findes ikke*;
        siden finnes ikke*; nie znaleziono strony*; strona nie istnieje*; страница не найдена*;
        страница не существует*; sayfa bulunamadı*; ページが見つかりません*; お探しのページ*;
        页面不存在*; 找不到页面*; 頁面不存在*; 找不到頁面*;
        페이지를 찾을 수 없습니다*
    """,
    "a page that is closed to this reader": """
        forbidden; 403 forbidden*; 401 unauthorized*; access denied; access to this page has been*;
        access to this site is*; access to this site has*; you have been blocked*; zugriff verweigert; accès refusé;
        acceso denegado; accesso negato; acesso negado
    """,
    "a check for robots": """
        just a moment; attention required; are you a human; are you human; are you a robot; press & hold*;
        press and hold to*; verify you are human*; verify you are not*; verify you are a human*; verifying you are*;
        please verify*; confirm you are*; security check; robot check; bot check; checking your browser*;
        one more step; captcha*; recaptcha*; pardon our interruption*; pardon the interruption; are you a bot;
        we have detected unusual*; we've detected unusual*; our systems have detected unusual*;
        unusual traffic from your*; i am not a robot; i'm not a robot; bist du ein mensch; bist du ein roboter;
        sind sie ein mensch; sind sie ein roboter; ich bin kein roboter; sicherheitsüberprüfung; êtes-vous un robot;
        êtes-vous humain; je ne suis pas un robot; vérification de sécurité; eres humano; eres un robot;
        no soy un robot; verificación de seguridad; sei un robot; sei umano; non sono un robot;
        controllo di sicurezza; você é humano; você é um robô; não sou um robô; verificação de segurança;
        bent u een mens; bent u een robot; ben je een mens; ben je een robot; ik ben geen robot; är du en människa;
        är du en robot; jag är inte en robot; er du et menneske; er du en robot; jeg er ikke en robot;
        oletko ihminen; oletko robotti; en ole robotti; czy jesteś człowiekiem; czy jesteś robotem;
        nie jestem robotem; jste člověk; jste robot; nejsem robot; вы робот; я не робот; вы не робот;
        подтвердите, что вы не робот*; підтвердьте, що ви не робот*; я не робот; robot musunuz; ben robot değilim;
        robot değilim; apakah anda robot; saya bukan robot; أنا لست روبوت; هل أنت روبوت; 私はロボットではありません;
        ロボットではありません; 人机验证; 安全验证; 人機驗證; 安全驗證; 로봇이 아닙니다; 보안 확인
    """,
    "a log-in page": """
        log in; log in to your*; log in or register*; log in or create*; log in or sign up*; login; login required*;
        login page; sign in; sign in to your*; sign in or register*; sign in or create*; sign in or sign up*;
        create an account; create a free account*; anmelden; anmeldung; einloggen; se connecter; connexion;
        iniciar sesión; accedi; entrar; inloggen; logga in; logg inn; log ind; zaloguj się; войти; ログイン; 登录; 登入
    """,
    CLOSED: """
        log in to continue*; log in to read*; sign in to continue*; sign in to read*; please log in;
        please log in to*; please sign in; please sign in to*; register to continue*; register to read*;
        register for free to*; subscribe to continue*; subscribe to read*; subscribe now to*;
        this article is for subscribers*; this article is only available*; this article is only for*;
        this content is for*; to continue reading*; continue reading with*; already a subscriber*; weiterlesen mit*;
        jetzt weiterlesen*; dieser artikel ist nur*; dieser artikel ist für*; dieser artikel ist exklusiv*;
        dieser artikel ist abonnent*; dieser artikel ist kostenpflichtig*; dieser artikel ist plus*;
        dieser artikel ist teil unseres*; cet article est réservé*; la suite est réservée*; contenido exclusivo*;
        este contenido es exclusivo*; este contenido es solo*; este contenido es sólo*;
        este contenido es para suscriptores*; hazte suscriptor*; articolo riservato*; contenuto riservato*;
        conteúdo exclusivo*; dit artikel is alleen voor*; dit artikel is alleen te lezen*;
        dit artikel is alleen beschikbaar*; dit artikel is enkel voor*; dit artikel is exclusief voor*;
        dit artikel is voor abonnees*; dit artikel is voor leden*; dit artikel is voorbehouden*;
        den här artikeln är för*; denne artikkelen er for*; for abonnenter;
        この記事は会員限定*
    """,
    "a consent page": """
        we value your privacy*; before you continue*; your privacy; your privacy choices*; privacy settings*;
        cookie settings*; cookie policy; cookie consent*; cookies; cookie; cookie preferences*; cookies on this*;
        cookie notice*; consent; manage your cookies*; manage your consent*; manage your privacy*; we use cookies*;
        this website uses cookies*; ihre privatsphäre; ihre privatsphäre ist*; wir verwenden cookies*;
        datenschutzeinstellungen*; votre vie privée; votre vie privée nous*; votre vie privée est*;
        nous utilisons des cookies*; tu privacidad; tu privacidad nos*; tu privacidad es*; usamos cookies*;
        utilizamos cookies*; la tua privacy; la tua privacy è*; utilizziamo i cookie*; continue with ads;
        continue with advertising; mit werbung weiterlesen; mit werbung und tracking weiterlesen;
        mit werbung fortfahren; weiter mit werbung; weiter mit werbung und tracking; continuer avec publicité;
        continuer avec la publicité; continuer sans accepter; continuar con publicidad; continua con la pubblicità;
        continua con pubblicità; continuar com publicidade; doorgaan met advertenties; fortsätt med annonser;
        fortsett med annonser; fortsæt med annoncer
    """,
    "a page that wants its adverts shown": """
        ad blocker detected; adblocker detected; ad block detected; adblock detected; ad blocking detected;
        ad blocker active; adblocker active; please disable your ad*; please turn off your ad*;
        disable your ad blocker; disable your adblocker; turn off your ad blocker; turn off your adblocker;
        please allow ads*; we noticed you're using an ad*; we noticed you are using an ad*;
        you are using an ad blocker; you're using an ad blocker; it looks like you're using an ad*;
        adblocker erkannt; werbeblocker erkannt; adblocker aktiv; werbeblocker aktiv;
        bitte deaktivieren sie ihren adblocker*; bitte deaktivieren sie ihren werbeblocker*;
        bitte deaktiviere deinen adblocker*; bitte schalten sie ihren adblocker*; bloqueur de publicité détecté;
        bloqueur de publicités détecté; veuillez désactiver votre bloqueur*; désactivez votre bloqueur*;
        bloqueador de anuncios detectado; desactiva tu bloqueador*; desactive su bloqueador*;
        por favor, desactiva tu bloqueador*; ad blocker rilevato; adblock rilevato; disattiva il tuo ad*;
        bloqueador de anúncios detectado; bloqueador de anúncios detetado; desative o seu bloqueador*;
        desative seu bloqueador*; adblocker gedetecteerd; adblocker ingeschakeld; schakel je adblocker*;
        schakel uw adblocker*; annonsblockerare upptäckt; stäng av din annonsblockerare*; annonseblokkering oppdaget;
        slå av annonseblokkeringen*; adblocker fundet; slå din adblocker fra*; mainosten esto on käytössä;
        wykryto adblocka; wyłącz adblocka*; wykryto blokadę reklam; vypněte adblock*; detekován adblock;
        обнаружен блокировщик рекламы; отключите блокировщик рекламы*; вимкніть блокувальник реклами*;
        reklam engelleyici algılandı; reklam engelleyiciyi kapat*; matikan pemblokir iklan*;
        広告ブロックが検出されました; 广告拦截器*; 광고 차단 프로그램*
    """,
    "a page that a script must make": """
        enable javascript*; please enable javascript*; javascript is required*; javascript is disabled*;
        javascript required*; you need to enable javascript*; redirecting; redirecting to*; redirecting you*; loading
    """,
    "a page of search results": """
        search results; search results for*; search; suchergebnisse; suchergebnisse für*; résultats de recherche;
        résultats de recherche pour*; résultats de la recherche; résultats de la recherche pour*;
        resultados de búsqueda; resultados de búsqueda para*; resultados de la búsqueda;
        resultados de la búsqueda para*; resultados da pesquisa; resultados da pesquisa por*;
        resultados da pesquisa para*; risultati della ricerca; risultati della ricerca per*; risultati di ricerca;
        risultati di ricerca per*; zoekresultaten; zoekresultaten voor*; sökresultat; sökresultat för*
    """,
}


def wall_said_in(text: str) -> str:
    """Return what kind of page a title or heading says that it stands on, "" if it may be an article's.

    >>> wall_said_in("404 Not Found")
    'an error page'
    """
    said = fold(text[:_LONGEST]).lower()
    kind = next((kind for kind, wall in _WALLS.items() if wall.fullmatch(said)), "")
    return kind or (ABSENT if tells_absence(text) else "")


def sells(text: str) -> bool:
    """Say whether a text speaks of subscribing, membership, an account or the printed paper: by itself no sign.

    >>> [sells(line) for line in ("Already a subscriber? Log in.", "Les resten i e-avisen.", "The vote was postponed.")]
    [True, True, False]
    """
    return _SELLING.search(fold(text).lower()) is not None


def _read(sayings: str) -> re.Pattern[str]:
    said = [re.escape(saying.strip()).replace(r"\*", r"\b.*") for saying in sayings.split(";")]
    return re.compile(rf"\W*(?:{'|'.join(said)})\W*", re.DOTALL)


_SELLING = re.compile(
    r"\b(?:subscri|unlock|log in|sign in|sign up|members? only|paywall|abonn|abbon|suscri|assin(?:e|ante|atura)"
    r"|prenumer|anmelde|einloggen|weiterlesen|registrier|connecte|inscri|iscriv|regist[ra]|zaloguj|подпис|оформите|abone|tilaa"
    # the printed paper, where the rest is to be read
    r"|print(?:ed)? edition|e-?paper|printausgabe|gedruckten? ausgabe|papirutg|papirav|e-?avis|papperstidning"
    r"|e-?tidning|(?:édition|version) papier|edición impresa|edição impressa|edizione cartacea|papieren krant"
    r"|digitale krant|papierow\w+ wydani|wydani\w+ papierow)"
    r"|購読|会員|有料|登録|订阅|訂閱|会员|會員|구독|회원|اشترك|للمشتركين|सदस्यता"
)
_WALLS = {kind: _read(sayings) for kind, sayings in _SAYINGS.items()}
