"""What is no article is said to be none, with the reason; what is one is never refused."""

import random

import pytest

from revtrack.errors import NotAnArticleError
from revtrack.extraction import Memory, extract
from tests.extraction.lenning import HEADLINE, PARAGRAPHS, body

MENU = f"<nav><ul>{''.join(f'<li><a href=/{n}>Section {n}</a></li>' for n in range(12))}</ul></nav>"
FOOT = f"<footer><p>© 2024 The Lenning Post.</p><ul>{''.join(f'<li><a href=/f{n}>About {n}</a></li>' for n in range(9))}</ul></footer>"


def wrap(inside, title="The Lenning Post", head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}<main>{inside}</main>{FOOT}</body></html>"


def cards(form, number=20):
    return "".join(form.format(n=n) for n in range(number))


HEADED = "<h2><a href=/s/{n}>A headline that leads to story number {n}</a></h2><p>A line about story number {n}.</p>"
CARD = (
    "<article><h3><a href=/s/{n}>A headline that leads to story number {n}</a></h3><img src={n}.jpg>"
    "<p>A line about story number {n}, which happened on the coast on Monday.</p><time>3 hours ago</time></article>"
)
ITEM = (
    "<li><h2><a href=/s/{n}>Harbour story {n} of the year</a></h2><p>By Ida Moreau</p>"
    "<p>The council said on Monday that the harbour would be {n} metres deeper.</p></li>"
)
LINKED = "<div class=a{n}x><a href=/s/{n}><span>Headline of story {n}</span><p>A line about story {n}, on Monday.</p></a></div>"
HIT = "<li><a href=/s/{n}>Bridge story {n}</a><p>… the bridge was closed on Monday, the council said, for {n} days …</p></li>"
FORM = "<form><label>Email</label><input type=email><input type=password><button>Log in</button></form>"
REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b"  \n ", "empty"),
    "only a script": ("<html><head><title>Post</title></head><body><div id=root></div><script>go()</script></body></html>", "script"),
    "a shell with menus": (wrap("<div id=app></div>"), "no text"),
    "a script wanted": ("<title>Post</title><body><p>Please enable JavaScript and disable any ad blocker to continue.</p>", "script"),
    "binary": (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(30_000), "binary"),
    "challenge": ("<title>Just a moment...</title><body><p>Checking if the site connection is secure. Please wait.</p>", "robots"),
    "press and hold": ("<title>Access to this page has been denied</title><h1>Press &amp; Hold to confirm that you are human.</h1>", "closed"),
    "not found": (wrap("<h1>Page not found</h1><p>The page that you asked for is not here any more. Try the search.</p>"), "error"),
    "not found, in French": (wrap("<h1>Page introuvable</h1><p>La page que vous cherchez n’existe pas ou a été déplacée.</p>"), "error"),
    "not found, in German": (wrap("<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite gibt es leider nicht mehr.</p>"), "error"),
    "an error with teasers": (wrap("<h1>404</h1><p>We could not find the page that you were looking for.</p>" + cards(CARD, 6)), "error"),
    "a server's error": (wrap("<h1>Something went wrong</h1><p>Our servers have trouble at the moment. Please try later.</p>"), "error"),
    "log in": (wrap(f"<h1>Log in to your account</h1>{FORM}<p>By logging in you agree to our terms and our policy.</p>"), "log-in"),
    "only for subscribers": (
        wrap(f"<h1>{HEADLINE}</h1><div><h2>Subscribe to continue reading</h2><p>All stories for one dollar a week, and cancel at any time.</p></div>"),
        "subscribers",
    ),
    "consent": ("<h1>We value your privacy</h1><p>We and our partners store information on a device, such as cookies.</p>", "consent"),
    "a video alone": (wrap("<h1>Watch: the bridge opens</h1><video src=a.mp4></video><p>0:45</p>"), "no text"),
    "section page": (f"<h1>The Lenning Post</h1><div>{cards(HEADED)}</div>", ""),
    "section page of cards": (wrap(f"<h1>Business</h1><p>News of firms and markets on the coast, every day.</p>{cards(CARD)}"), "links"),
    "section page of hashed cards": (wrap(f"<div>{cards(LINKED)}</div>"), ""),
    "topic": (wrap(f"<h1>Harbour</h1><ul>{cards(ITEM, 12)}</ul>"), "links"),
    "search": (wrap(f"<h1>Search results for “bridge”</h1><ul>{cards(HIT, 9)}</ul>"), "search"),
}  # fmt: skip
BRIEF = "<p>A fire broke out in a warehouse on Dock Street on Sunday. Nobody was hurt.</p>"
ARTICLES = {
    "a brief": wrap(f"<h1>{HEADLINE}</h1>{BRIEF}"),
    "a brief with teasers below": wrap(f"<h1>{HEADLINE}</h1><div>{BRIEF}</div><h2>More news</h2>{cards(CARD, 12)}"),
    "a video with two paragraphs": wrap(f"<h1>Watch: the bridge opens</h1><video src=a.mp4></video>{body(PARAGRAPHS[:2])}"),
    "a list with linked headings": wrap(
        "<h1>Ten walks</h1>" + cards("<h2><a href=https://w.test/{n}>Walk {n}</a></h2><p>Walk number {n} leads to the coast, past three old mills.</p>", 10),
    ),
    "about an error": "<h1>404 Not Found: how a message made history</h1>" + "<p>The message was first seen by people who mistyped.</p>" * 3,
    "about a log-in": wrap(f"<h1>Log in to vote: how a town tried it</h1>{BRIEF}"),
    "about an apology": wrap(f"<h1>Sorry, says mayor after bridge row</h1>{BRIEF}", "Sorry, says mayor after bridge row | Post"),
    "about cookies": wrap(f"<h1>Cookie recipe from a grandmother’s kitchen</h1>{BRIEF}"),
    "about a forbidden city": wrap(f"<h1>Forbidden City opens again</h1>{BRIEF}"),
    "about a number": wrap(f"<h1>451 people leave town before the flood</h1>{BRIEF}"),
    "a brief beside a log-in": wrap(f"<h1>{HEADLINE}</h1>{BRIEF}<aside><h2>Log in</h2>{FORM}</aside>"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_no_article_is_made_of(name):
    html, reason = REFUSED[name]
    with pytest.raises(NotAnArticleError) as refused:
        extract(html, url="https://post.test/a")
    assert refused.value.name == "https://post.test/a"
    assert refused.value.why
    assert reason in refused.value.why


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_not_refused(name):
    assert extract(ARTICLES[name]).text


def test_a_page_that_shows_the_known_text_is_no_wall_whatever_its_headline_says():
    texts = ["The show of lost pages opens on Friday.", "It has drawn a queue around the block since its opening."]
    page = "<title>{0}</title><article><h1>{0}</h1>" + "".join(f"<p>{text}</p>" for text in texts) + "</article>"
    before = extract(page.format("A show of lost pages"))
    headline = "Page not found, but the queue is: the show of lost pages"
    with pytest.raises(NotAnArticleError):
        extract(page.format(headline))
    assert extract(page.format(headline), memory=Memory(story=before)).headline == headline


def test_a_brief_does_not_hold_the_teasers_below_it():
    assert extract(ARTICLES["a brief with teasers below"]).text == BRIEF[3:-4]


def test_headings_that_lead_elsewhere_make_a_section_page_without_any_boxes():
    teasers = "".join(
        f'<h2><a href="/s{n}">The council voted on street number {n}</a></h2><p>It took {n} hours, and the rain held off.</p>'
        for n in range(20)
    )
    with pytest.raises(NotAnArticleError, match="page of links"):
        extract(f"<html><body><h1>The Lenning Post</h1>{teasers}</body></html>")


ABSENT = [
    ("en", "This article has expired", "Articles are kept on our site for thirty days after they appear."),
    ("en", "Unavailable in your region", "The law of the place from which you ask does not let us show you this page."),
    ("de", "Dieser Artikel ist nicht mehr verfügbar", "Bitte nutzen Sie die Suche, oder gehen Sie zur Startseite zurück."),
    ("fr", "Cet article n’est pas disponible dans votre pays", "Retournez à la page d’accueil pour lire nos autres articles."),
    ("es", "Este contenido ya no está disponible", "Puede que la dirección haya cambiado: pruebe con el buscador de arriba."),
    ("it", "L’articolo non è più disponibile", "La pagina richiesta potrebbe trovarsi ora a un altro indirizzo."),
    ("pt", "Este artigo já não está disponível", "A página que procura pode ter mudado de endereço há pouco tempo."),
    ("nl", "Dit artikel is niet meer beschikbaar", "Ga terug naar de voorpagina of gebruik het zoekveld bovenaan."),
    ("sv", "Artikeln finns inte längre", "Sidan du söker kan ha flyttats till en annan adress på vår plats."),
    ("no", "Artikkelen er ikke lenger tilgjengelig", "Gå tilbake til forsiden for å lese flere saker fra kysten i dag."),
    ("da", "Artiklen er ikke længere tilgængelig", "Gå tilbage til forsiden for at læse flere historier fra kysten."),
    ("fi", "Tämä artikkeli ei ole enää saatavilla", "Palaa etusivulle ja lue muita juttuja rannikolta ja saaristosta."),
    ("pl", "Ten artykuł nie jest już dostępny", "Wróć na stronę główną i przeczytaj inne wiadomości z wybrzeża."),
    ("cs", "Tento článek již není dostupný", "Vraťte se na hlavní stránku a přečtěte si další zprávy z pobřeží."),
    ("ru", "Эта статья больше недоступна", "Вернитесь на главную, чтобы прочесть другие новости побережья."),
    ("uk", "Ця стаття більше недоступна", "Поверніться на головну, щоб прочитати інші новини узбережжя."),
    ("tr", "Bu içerik bölgenizde kullanılamıyor", "Ana sayfaya dönüp kıyıdan öteki haberleri okuyabilirsiniz."),
    ("id", "Halaman ini tidak tersedia di wilayah Anda", "Kembalilah ke halaman depan untuk membaca berita lain dari pantai."),
    ("ar", "لم يعد هذا المقال متاحًا", "عد إلى الصفحة الرئيسية لقراءة أخبار أخرى من الساحل اليوم."),
    ("hi", "यह लेख अब उपलब्ध नहीं है", "तट की दूसरी खबरें पढ़ने के लिए मुखपृष्ठ पर लौटें।"),
    ("ja", "この記事はお住まいの地域ではご利用いただけません", "海岸のほかのニュースは、トップページからお読みください。"),
    ("ko", "이 기사는 더 이상 제공되지 않습니다", "해안의 다른 소식은 첫 화면으로 돌아가서 읽어 주십시오."),
    ("zh", "该文章已不可用", "请返回首页，阅读来自海岸的其他新闻，或使用上方的搜索框。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), ABSENT)
def test_a_page_in_the_place_of_one_that_is_not_there_is_no_article(language, title, text):
    page = wrap(f"<h1>{title}</h1><p>{text}</p>").replace("<html>", f'<html lang="{language}">')
    with pytest.raises(NotAnArticleError, match="not available"):
        extract(page)


@pytest.mark.parametrize(("language", "title", "text"), ABSENT)
def test_a_headline_makes_no_article_of_a_text_that_is_not_there(language, title, text):
    page = wrap(f"<h1>{HEADLINE}</h1><p>{title}. {text}</p>").replace("<html>", f'<html lang="{language}">')
    with pytest.raises(NotAnArticleError, match="not available"):
        extract(page)


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Pardon our interruption", "Something about your browser made us think that you are a machine.", "robots"),
        ("Mit Werbung weiterlesen", "Die Zustimmung ist jederzeit unten auf jeder Seite widerrufbar.", "consent"),
        ("Ad blocker detected", "Our reporters live by the adverts that you do not see at the moment.", "adverts"),
        (
            "Dit artikel is alleen voor abonnees",
            "Neem een abonnement en lees het hele verhaal nu meteen.",
            "subscribers",
        ),
    ],
)
def test_walls_of_other_kinds_are_called_what_they_are(title, text, reason):
    with pytest.raises(NotAnArticleError, match=reason):
        extract(wrap(f"<h1>{title}</h1><p>{text}</p>"))


def test_a_page_without_any_text_is_called_what_its_title_says():
    page = "<title>Just a moment...</title><body><noscript>Enable JavaScript to continue</noscript></body>"
    with pytest.raises(NotAnArticleError, match="robots"):
        extract(page)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Court makes article unavailable in thirty countries", "The article about the pier is no longer available there. The Post will appeal."),
        ("The Lenning Times is unavailable in your region no more", "The paper opened its site to the south on Monday, after two years."),
        ("This article of the treaty has expired, says minister", "It had ruled the fishing for nine years. Talks begin on Monday."),
        ("Not available: housing in Lenning", "Two flats were on offer on Monday, the council said. A hundred people came."),
        ("Ad blocker detected on ministers’ telephones", "A hundred of them were found on Monday, the office said, and all are gone."),
        ("Dit artikel is de oudste van de grondwet", "De kamer stemt op maandag over het voorstel, aldus de minister."),
        ("Ferry site down for a day", "The site of the ferry line was not available on Monday. It is back, the line said."),
        ("Seite der Reederei nicht erreichbar", "Die Seite der Reederei ist seit Montag nicht erreichbar. Die Polizei ermittelt."),
    ],
)  # fmt: skip
def test_short_news_of_what_is_not_available_is_news(headline, text):
    assert extract(wrap(f"<h1>{headline}</h1><p>{text}</p>")).text == text


def test_a_note_on_what_became_of_a_known_article_is_not_lost_to_a_wall():
    told = "<h1>This article is no longer available</h1><p>This article has been removed for legal reasons.</p>"
    before = extract(wrap(f"<h1>{HEADLINE}</h1>{BRIEF}"))
    assert extract(wrap(told), memory=Memory(story=before)).notes
    with pytest.raises(NotAnArticleError):
        extract(wrap(told))
